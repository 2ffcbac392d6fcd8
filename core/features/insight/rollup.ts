import { DIMENSIONS } from '#shared/domain/insight/facts.ts'
import { startOf } from '#shared/domain/perceivedTime/days.ts'
import { run, type WritableDb } from '../../store/sql.ts'
import type { InsightRow } from './row.ts'

/** The sums of one day: columns of `insight_day`. */
export const COUNTERS = [
  'created',
  'cancelled',
  'merged',
  'closed_since',
  'closed_soon',
  'inquiries',
  'inquired',
  'complained',
  'overtime',
  'other_cause',
  'closed',
  'close_ms',
  'fixed',
  'remote',
  'remote_fixed',
  'led',
  'stars_1',
  'stars_2',
  'stars_3',
  'stars_4',
  'stars_5',
] as const
export type Counter = (typeof COUNTERS)[number]

/** Of an order: its row, its ratings by day, and when it broke the limits of stages. */
export interface Shared {
  readonly row: InsightRow
  readonly ratings: readonly { readonly day: number; readonly stars: number }[]
  readonly breaches: readonly { readonly day: number; readonly stage: string; readonly hour: number }[]
}

type Cells = Partial<Record<Counter, number>>

/** What an order adds to which day. */
function daysOf({ row, ratings }: Shared): [number, Cells][] {
  if (row.counted === 0) return [[row.created_day, { [row.outcome === 'merged' ? 'merged' : 'cancelled']: 1 }]]
  const complained = row.overtime + row.other_cause > 0
  const closed = row.closed_day !== null
  const shares: [number, Cells][] = [
    [
      row.created_day,
      {
        created: 1,
        closed_since: closed ? 1 : 0,
        closed_soon: row.soon,
        inquiries: row.inquiries,
        inquired: row.inquiries > 0 ? 1 : 0,
        complained: complained ? 1 : 0,
        overtime: row.overtime > 0 ? 1 : 0,
        other_cause: row.other_cause > 0 ? 1 : 0,
      },
    ],
  ]
  if (row.closed_day !== null) {
    const cells = {
      closed: 1,
      close_ms: row.close_ms ?? 0,
      fixed: row.fixed,
      remote: row.remote,
      remote_fixed: row.remote * row.fixed,
      led: row.lead === null ? 0 : 1,
    }
    shares.push([row.closed_day, cells])
  }
  for (const { day, stars } of ratings) shares.push([day, { [`stars_${stars}`]: 1 }])
  return shares
}

const ALL = 'all'
const valuesOf = (row: InsightRow): [string, string][] => [[ALL, ''], ...DIMENSIONS.map((name): [string, string] => [name, row[name]])]

const ADD_DAY = `
  INSERT INTO insight_day (dimension, value, day, ${COUNTERS.join(', ')}) VALUES (?,?,?,${COUNTERS.map(() => '?').join()})
  ON CONFLICT (dimension, value, day) DO UPDATE SET ${COUNTERS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`
const DROP_DAY = `DELETE FROM insight_day WHERE dimension = ? AND value = ? AND day = ? AND ${COUNTERS.map((name) => `${name} = 0`).join(' AND ')}`
const ADD_CLOSE = `
  INSERT INTO insight_close (dimension, value, day, slot, orders) VALUES (?,?,?,?,?)
  ON CONFLICT (dimension, value, day, slot) DO UPDATE SET orders = orders + excluded.orders`
const DROP_CLOSE = 'DELETE FROM insight_close WHERE dimension = ? AND value = ? AND day = ? AND slot = ? AND orders = 0'
const ADD_BREACH = `
  INSERT INTO insight_breach (dimension, value, day, stage, hour, orders) VALUES (?,?,?,?,?,?)
  ON CONFLICT (dimension, value, day, stage, hour) DO UPDATE SET orders = orders + excluded.orders`
const DROP_BREACH = 'DELETE FROM insight_breach WHERE dimension = ? AND value = ? AND day = ? AND stage = ? AND hour = ? AND orders = 0'

/** Takes an order's old share out of the sums and puts the new one in; no row stands for nothing. */
export function writeShares(db: WritableDb, was: Shared | null, is: Shared | null): void {
  writeDays(db, was, is)
  writeCounts(db, ADD_CLOSE, DROP_CLOSE, was ? closesOf(was) : [], is ? closesOf(is) : [])
  if (was?.breaches !== is?.breaches || !sameValues(was?.row, is?.row)) {
    writeCounts(db, ADD_BREACH, DROP_BREACH, was ? breachesOf(was) : [], is ? breachesOf(is) : [])
  }
}

const sameValues = (a: InsightRow | undefined, b: InsightRow | undefined): boolean =>
  a !== undefined && b !== undefined && a.counted === b.counted && DIMENSIONS.every((name) => a[name] === b[name])

type Key = readonly (string | number)[]

const closesOf = ({ row }: Shared): Key[] => {
  const { closed_day: day, close_slot: slot } = row
  return day === null || slot === null ? [] : valuesOf(row).map(([dimension, value]) => [dimension, value, day, slot])
}

const breachesOf = ({ row, breaches }: Shared): Key[] =>
  row.counted === 0
    ? []
    : breaches.flatMap(({ day, stage, hour }) => valuesOf(row).map(([dimension, value]) => [dimension, value, day, stage, hour]))

function writeCounts(db: WritableDb, add: string, drop: string, was: readonly Key[], is: readonly Key[]): void {
  const deltas = new Map<string, { key: Key; orders: number }>()
  const count = (key: Key, sign: 1 | -1): void => {
    const name = key.join('\n')
    const delta = deltas.get(name)
    if (delta) delta.orders += sign
    else deltas.set(name, { key, orders: sign })
  }
  for (const key of was) count(key, -1)
  for (const key of is) count(key, 1)
  for (const { key, orders } of deltas.values()) {
    if (orders === 0) continue
    run(db, add, ...key, orders)
    if (orders < 0) run(db, drop, ...key)
  }
}

const sameDays = (a: readonly [number, Cells][], b: readonly [number, Cells][]): boolean =>
  a.length === b.length &&
  a.every(([day, cells], index) => {
    const [otherDay, others] = b[index] as [number, Cells]
    if (day !== otherDay) return false
    for (const name in cells) if (cells[name as Counter] !== others[name as Counter]) return false
    return true
  })

function writeDays(db: WritableDb, was: Shared | null, is: Shared | null): void {
  // Most of what happens to an order leaves it where it is counted.
  if (was && is && sameValues(was.row, is.row) && sameDays(daysOf(was), daysOf(is))) return
  const deltas = new Map<string, { key: [string, string, number]; cells: number[] }>()
  const add = (shared: Shared, sign: 1 | -1): void => {
    const values = valuesOf(shared.row)
    for (const [day, cells] of daysOf(shared)) {
      for (const [dimension, value] of values) {
        const name = `${dimension}\n${value}\n${day}`
        let delta = deltas.get(name)
        if (!delta) deltas.set(name, (delta = { key: [dimension, value, day], cells: COUNTERS.map(() => 0) }))
        for (const [index, counter] of COUNTERS.entries()) delta.cells[index] = (delta.cells[index] as number) + sign * (cells[counter] ?? 0)
      }
    }
  }
  if (was) add(was, -1)
  if (is) add(is, 1)
  for (const { key, cells } of deltas.values()) {
    if (cells.every((cell) => cell === 0)) continue
    run(db, ADD_DAY, ...key, ...cells)
    if (cells.some((cell) => cell < 0)) run(db, DROP_DAY, ...key)
  }
}

/** The hour of the day, 0 to 23, by the clock on the wall of a zone; the one that a change of clocks repeats counts with the first. */
export const hourOf = (at: number, day: number, zone: string): number => Math.min(23, Math.floor((at - startOf(day, zone)) / 3_600_000))
