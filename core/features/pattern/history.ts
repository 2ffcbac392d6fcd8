import { dayFromIso, startOf } from '#shared/domain/perceivedTime/days.ts'
import type { FieldMachine, PatternCase } from '#shared/domain/pattern/mine.ts'
import { fitsAll, isFault, type Condition, type Fault } from '#shared/domain/pattern/traits.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'

export type PastOrder = PatternCase & { readonly at: number }

const COLUMNS = `order_id AS "order", first_contact_at AS at, machine, category, symptom, model, environment, firmware, batch, solution, parts`

/** Orders whose first contact lies in `[from, to)`, UTC ms, oldest first. */
export const readCases = (db: ReadableDb, from: number, to: number): PastOrder[] =>
  all<Omit<PastOrder, 'parts'> & { readonly parts: string }>(
    db,
    `SELECT ${COLUMNS} FROM order_traits WHERE first_contact_at >= ? AND first_contact_at < ? ORDER BY first_contact_at, order_id`,
    from,
    to,
  ).map((row) => ({ ...row, parts: row.parts === '' ? [] : row.parts.split('\n') }))

/** Machines in the field; where each stands, its orders tell. */
export const readMachines = (db: ReadableDb): FieldMachine[] =>
  all<FieldMachine>(
    db,
    `SELECT id AS machine, model, '' AS environment, coalesce(firmware, '') AS firmware, coalesce(batch, '') AS batch
     FROM equipment WHERE active = 1`,
  )

/** Natural days, both included, as `[from, to)`. */
export function spanOf(db: ReadableDb, { from, to }: { readonly from: string; readonly to: string }): { from: number; to: number } {
  const zone = readSetting(db, 'company.timeZone')
  return { from: startOf(dayFromIso(from), zone), to: startOf(dayFromIso(to) + 1, zone) }
}

export const casesOf = <Order extends PatternCase>(orders: readonly Order[], fault: Fault, conditions: readonly Condition[]): Order[] =>
  orders.filter((order) => isFault(fault, order) && fitsAll(order, conditions))
