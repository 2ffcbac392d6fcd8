import type { CustomerState } from '#shared/domain/customer/fold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const CUSTOMER: Table = { name: 'customer', key: ['id'] }

function rowOf(state: CustomerState | null): readonly Row[] {
  if (!state?.exists) return []
  return [
    {
      id: state.id,
      name: state.name,
      contact_name: state.contactName,
      contact_phone: state.contactPhone,
      address: state.address,
      region: state.region,
      provisional: state.provisional ? 1 : 0,
      active: state.active ? 1 : 0,
      demo: state.demo ? 1 : 0,
      erased: state.erased ? 1 : 0,
    },
  ]
}

const PLACE: Table = { name: 'customer_place', key: ['id'] }

const placeOf = (state: CustomerState | null): readonly Row[] =>
  state?.exists && state.place ? [{ id: state.id, lat: state.place.lat, lon: state.place.lon }] : []

/** Where the customer's site is: a table of its own, for most questions about customers are none about places. */
export const customerPlaceProjection: Projection<CustomerState> = {
  kind: 'customer',
  version: 1,
  tables: [PLACE.name],
  write: (db, _id, before, after) => replaceRows(db, PLACE, placeOf(before), placeOf(after)),
}

const MERGED: Table = { name: 'customer_merged', key: ['id'] }

const mergedOf = (state: CustomerState | null): readonly Row[] =>
  state?.exists && state.mergedInto !== null ? [{ id: state.id, stays: state.mergedInto }] : []

export const customerMergedProjection: Projection<CustomerState> = {
  kind: 'customer',
  version: 1,
  tables: [MERGED.name],
  write: (db, _id, before, after) => replaceRows(db, MERGED, mergedOf(before), mergedOf(after)),
}

export const customerProjection: Projection<CustomerState> = {
  kind: 'customer',
  version: 3,
  tables: [CUSTOMER.name],
  write: (db, _id, before, after) => replaceRows(db, CUSTOMER, rowOf(before), rowOf(after)),
}
