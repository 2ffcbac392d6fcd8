import { all, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { singleOf, type Days } from './sums.ts'

/** How many of those closed in a period fall into each bucket of the histogram, ascending. */
function slotsOf(db: ReadableDb, { from, to }: Days, chosen: Chosen): [number, number][] {
  const counts = new Map<number, number>()
  const add = (rows: readonly { slot: number; orders: number }[]): void => {
    for (const { slot, orders } of rows) counts.set(slot, (counts.get(slot) ?? 0) + orders)
  }
  const single = singleOf(chosen)
  if (single) {
    const text = `SELECT slot, sum(orders) AS orders FROM insight_close
      WHERE dimension = ? AND value = ? AND day BETWEEN ? AND ? GROUP BY slot`
    for (const key of single.keys) add(all(db, text, single.dimension, key, from, to))
  } else {
    add(
      all(
        db,
        `SELECT close_slot AS slot, count(*) AS orders FROM order_insight AS i
         WHERE closed_day BETWEEN ? AND ?${chosen.where} GROUP BY close_slot`,
        from,
        to,
        ...chosen.params,
      ),
    )
  }
  return [...counts].sort(([a], [b]) => a - b)
}

/**
 * Exact percentiles of the time to close, ms: the histogram says in which bucket the wanted places lie, and only that
 * bucket is read. Median: the mean of the two middle ones; 80th percentile: nearest rank.
 */
export function closePercentiles(db: ReadableDb, days: Days, chosen: Chosen): { medianMs: number | null; p80Ms: number | null } {
  const slots = slotsOf(db, days, chosen)
  const count = slots.reduce((sum, [, orders]) => sum + orders, 0)
  if (count === 0) return { medianMs: null, p80Ms: null }
  const at = (place: number): number => valueAt(db, days, chosen, slots, place)
  const middle = count >> 1
  return {
    medianMs: count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
    p80Ms: at(Math.ceil(count * 0.8) - 1),
  }
}

/** @param place from 0, in ascending order */
function valueAt(db: ReadableDb, { from, to }: Days, { where, params }: Chosen, slots: readonly [number, number][], place: number): number {
  let before = 0
  for (const [slot, orders] of slots) {
    if (place < before + orders) {
      const rows = all<{ ms: number }>(
        db,
        `SELECT close_ms AS ms FROM order_insight AS i INDEXED BY order_insight_closed
         WHERE closed_day BETWEEN ? AND ? AND close_slot = ?${where} ORDER BY close_ms LIMIT 1 OFFSET ?`,
        from,
        to,
        slot,
        ...params,
        place - before,
      )
      return rows[0]?.ms ?? 0
    }
    before += orders
  }
  return 0
}
