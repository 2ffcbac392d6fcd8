import type { Dimension } from '#shared/domain/insight/facts.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { packedOf } from './packed.ts'
import { packedSums, type By } from './packedSums.ts'
import type { Days, Sums } from './kinds.ts'
import { COUNTERS } from './rollup.ts'

export type { Days, Sums } from './kinds.ts'


const SUMS = COUNTERS.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(', ')
const ZERO = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Sums

/** Of one value, or of all orders, the sums answer; of several filters at once the rows of orders, to the same figures. */
export function readSums(db: ReadableDb, { from, to }: Days, chosen: Chosen): Sums {
  const single = singleOf(chosen)
  if (!single) return sumOrders(db, { from, to }, chosen)
  return add(
    single.keys.map((key) =>
      one<Sums>(db, `SELECT ${SUMS} FROM insight_day WHERE dimension = ? AND value = ? AND day BETWEEN ? AND ?`, single.dimension, key, from, to) ?? ZERO,
    ),
  )
}

export interface Single {
  readonly dimension: 'all' | Dimension
  readonly keys: readonly string[]
}

/** Where the sums by day know the answer. */
export function singleOf({ by }: Chosen): Single | null {
  if (by.size === 0) return { dimension: 'all', keys: [''] }
  if (by.size > 1) return null
  const [[dimension, keys] = ['team', []] as [Dimension, readonly string[]]] = by
  return { dimension, keys }
}

export const add = (list: readonly Sums[]): Sums =>
  list.length === 1
    ? (list[0] as Sums)
    : (Object.fromEntries(COUNTERS.map((name) => [name, list.reduce((sum, sums) => sum + sums[name], 0)])) as Sums)

/** By day, for a trend; days without anything are absent. */
export function readDays(db: ReadableDb, { from, to }: Days, chosen: Chosen): Map<number, Sums> {
  const single = singleOf(chosen)
  if (single) {
    const rows = single.keys.flatMap((key) =>
      all<{ day: number } & Sums>(db, 'SELECT * FROM insight_day WHERE dimension = ? AND value = ? AND day BETWEEN ? AND ?', single.dimension, key, from, to),
    )
    const days = new Map<number, Sums>()
    for (const row of rows) days.set(row.day, days.has(row.day) ? add([days.get(row.day) as Sums, row]) : row)
    return days
  }
  return ordersBy<number>(db, { from, to }, chosen, 'day')
}

/** By the values of a dimension as the rows hold them. */
export function readValues(db: ReadableDb, { from, to }: Days, chosen: Chosen, by: Dimension, keys: readonly string[]): Map<string, Sums> {
  if (chosen.by.size === 0) {
    const text = `SELECT ${SUMS} FROM insight_day WHERE dimension = ? AND value = ? AND day BETWEEN ? AND ?`
    return new Map(keys.map((key) => [key, one<Sums>(db, text, by, key, from, to) ?? ZERO]))
  }
  return ordersBy<string>(db, { from, to }, chosen, by)
}

const CREATED = `
  sum(i.counted) AS created, sum(i.outcome = 'cancelled') AS cancelled, sum(i.outcome = 'merged') AS merged,
  sum(i.closed_day IS NOT NULL) AS closed_since, sum(i.soon) AS closed_soon,
  sum(i.counted * i.inquiries) AS inquiries, sum(i.counted * (i.inquiries > 0)) AS inquired,
  sum(i.counted * (i.overtime + i.other_cause > 0)) AS complained, sum(i.counted * (i.overtime > 0)) AS overtime,
  sum(i.counted * (i.other_cause > 0)) AS other_cause`
const CLOSED = `
  count(*) AS closed, sum(i.close_ms) AS close_ms, sum(i.fixed) AS fixed, sum(i.remote) AS remote,
  sum(i.remote * i.fixed) AS remote_fixed, sum(i.lead IS NOT NULL) AS led`
const RATED = [1, 2, 3, 4, 5].map((stars) => `sum(r.stars = ${stars}) AS stars_${stars}`).join(', ')

const of = (column: string) => ({ created: column, closed: column, rated: column })
const KEYS: Readonly<Record<By, ReturnType<typeof of>>> = {
  nothing: of("''"),
  day: { created: 'i.created_day', closed: 'i.closed_day', rated: 'r.day' },
  team: of('i.team'),
  model: of('i.model'),
  region: of('i.region'),
  provider: of('i.provider'),
}

/** The same sums from the rows of the orders themselves. */
const sumOrders = (db: ReadableDb, days: Days, chosen: Chosen): Sums =>
  ordersBy<string>(db, days, chosen, 'nothing').get('') ?? ZERO

function ordersBy<Key extends string | number>(
  db: ReadableDb,
  { from, to }: Days,
  chosen: Chosen,
  by: By,
): Map<Key, Sums> {
  const packed = packedOf(db)
  if (packed) return packedSums(packed, { from, to }, chosen, by) as Map<Key, Sums>
  const { where, params } = chosen
  const key = KEYS[by]
  const sums = new Map<Key, Sums>()
  const read = (text: string): void => {
    for (const { key: of, ...some } of all<{ key: Key } & Partial<Sums>>(db, text, from, to, ...params)) {
      sums.set(of, { ...(sums.get(of) ?? ZERO), ...some })
    }
  }
  read(`SELECT ${key.created} AS key, ${CREATED} FROM order_insight AS i INDEXED BY order_insight_created
    WHERE i.created_day BETWEEN ? AND ?${where} GROUP BY 1`)
  read(`SELECT ${key.closed} AS key, ${CLOSED} FROM order_insight AS i INDEXED BY order_insight_closed
    WHERE i.closed_day BETWEEN ? AND ?${where} GROUP BY 1`)
  read(`SELECT ${key.rated} AS key, ${RATED} FROM order_rating AS r JOIN order_insight AS i USING (order_id)
    WHERE r.day BETWEEN ? AND ?${where} GROUP BY 1`)
  return sums
}
