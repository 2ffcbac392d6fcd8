import type { EquipmentState } from '#shared/domain/equipment/fold.ts'
import { codeKey } from '#shared/domain/tableImport/normal.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const EQUIPMENT: Table = { name: 'equipment', key: ['id'] }

function rowOf(state: EquipmentState | null): readonly Row[] {
  if (!state?.exists) return []
  return [
    {
      id: state.id,
      customer: state.customer,
      model: state.model,
      serial: state.serial,
      firmware: state.firmware,
      batch: state.batch,
      delivered_on: state.deliveredOn,
      warranty_until: state.warrantyUntil,
      location: state.location,
      active: state.active ? 1 : 0,
      provisional: state.provisional ? 1 : 0,
      demo: state.demo ? 1 : 0,
    },
  ]
}

const CODE: Table = { name: 'equipment_code', key: ['id'] }

const codeOf = (state: EquipmentState | null): readonly Row[] => (state?.exists ? [{ id: state.id, serial: codeKey(state.serial) }] : [])

/** By which the same machine is known however its serial is typed. */
export const equipmentCodeProjection: Projection<EquipmentState> = {
  kind: 'equipment',
  version: 1,
  tables: [CODE.name],
  write: (db, _id, before, after) => replaceRows(db, CODE, codeOf(before), codeOf(after)),
}

const PLACE: Table = { name: 'equipment_place', key: ['id'] }

const placeOf = (state: EquipmentState | null): readonly Row[] =>
  state?.exists && state.place ? [{ id: state.id, lat: state.place.lat, lon: state.place.lon }] : []

/** Where the machine stands, if not where its customer is. */
export const equipmentPlaceProjection: Projection<EquipmentState> = {
  kind: 'equipment',
  version: 1,
  tables: [PLACE.name],
  write: (db, _id, before, after) => replaceRows(db, PLACE, placeOf(before), placeOf(after)),
}

export const equipmentProjection: Projection<EquipmentState> = {
  kind: 'equipment',
  version: 2,
  tables: [EQUIPMENT.name],
  write: (db, _id, before, after) => replaceRows(db, EQUIPMENT, rowOf(before), rowOf(after)),
}
