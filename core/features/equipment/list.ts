import type * as z from 'zod'
import type { EquipmentRow, listEquipment } from '#shared/contract/equipment.ts'
import type { ListPage } from '../../kernel/listTable.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { foundBy } from '../search/find.ts'
import { readMachines } from './rows.ts'

const SHOWN = {
  active: 'e.active = 1',
  provisional: 'e.provisional = 1',
  inactive: 'e.active = 0',
  all: '1 = 1',
} as const

type Wanted = z.output<(typeof listEquipment)['input']> & { readonly text: string }

/** Machines by model and serial, those that a text finds or all. @param today the desk's day */
export function machinesBySerial(db: ReadableDb, today: string, { customer, show, text, after, limit }: Wanted): ListPage<EquipmentRow> {
  const [model, serial, id] = readPlace(after, 3) ?? []
  const isAfter = model !== undefined && serial !== undefined && id !== undefined
  const conditions: string[] = [SHOWN[show]]
  if (customer !== undefined) conditions.push('e.customer = :customer')
  if (text !== '') conditions.push('e.id IN (SELECT value FROM json_each(:found))')
  if (isAfter) conditions.push('(e.model, e.serial, e.id) > (:model, :serial, :id)')
  const found = readMachines(db, today, `WHERE ${conditions.join(' AND ')} ORDER BY e.model, e.serial, e.id LIMIT :limit`, {
    limit: limit + 1,
    ...(customer !== undefined && { customer }),
    ...(text !== '' && { found: foundBy(db, 'machine', text, customer === undefined ? undefined : { of: 'customer', id: customer }) }),
    ...(isAfter && { model, serial, id }),
  })
  return pageOf(found, limit, (last) => placeOf(last.model, last.serial, last.id))
}
