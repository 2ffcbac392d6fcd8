import { all, sql, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { isLong, packedOf } from './packed.ts'
import { packedCloses } from './packedSums.ts'
import { singleOf, type Days, type Single } from './sums.ts'

/** How many of those closed in a period fall into each bucket of the histogram, ascending. */
function slotsOf(db: ReadableDb, { from, to }: Days, { dimension, keys }: Single): [number, number][] {
  const counts = new Map<number, number>()
  const text = `SELECT slot, sum(orders) AS orders FROM insight_close
    WHERE dimension = ? AND value = ? AND day BETWEEN ? AND ? GROUP BY slot`
  for (const key of keys) {
    for (const { slot, orders } of all<{ slot: number; orders: number }>(db, text, dimension, key, from, to)) {
      counts.set(slot, (counts.get(slot) ?? 0) + orders)
    }
  }
  return [...counts].sort(([a], [b]) => a - b)
}

/**
 * Exact percentiles of the time to close, ms. Where the sums know how many fall into which bucket, only the buckets
 * in which the wanted places lie are read. Median: the mean of the two middle ones; 80th percentile: nearest rank.
 */
export function closePercentiles(db: ReadableDb, days: Days, chosen: Chosen): { medianMs: number | null; p80Ms: number | null } {
  const single = singleOf(chosen)
  const packed = single && !isLong(days) ? undefined : packedOf(db)
  const closes = packed && packedCloses(packed, days, chosen)
  const slots = closes ? closes.slots : single && slotsOf(db, days, single)
  const whole = slots ? null : valuesIn(db, days, chosen)
  const count = whole ? whole.length : (slots ?? []).reduce((sum, [, orders]) => sum + orders, 0)
  if (count === 0) return { medianMs: null, p80Ms: null }
  const read = new Map<number, Float64Array>()
  const at = (place: number): number => {
    if (whole) return whole[place] ?? 0
    let before = 0
    for (const [slot, orders] of slots ?? []) {
      if (place < before + orders) {
        let values = read.get(slot)
        if (!values) read.set(slot, (values = closes ? closes.valuesOf(slot) : valuesIn(db, days, chosen, slot)))
        return values[place - before] ?? 0
      }
      before += orders
    }
    return 0
  }
  const middle = count >> 1
  return {
    medianMs: count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
    p80Ms: at(Math.ceil(count * 0.8) - 1),
  }
}

/** Ascending. */
function valuesIn(db: ReadableDb, { from, to }: Days, { where, params }: Chosen, slot?: number): Float64Array {
  const bucket = slot === undefined ? '' : ' AND close_slot = ?'
  const values = sql(
    db,
    `SELECT close_ms FROM order_insight AS i INDEXED BY order_insight_closed WHERE closed_day BETWEEN ? AND ?${bucket}${where}`,
  )
    .pluck()
    .all(from, to, ...(slot === undefined ? [] : [slot]), ...params) as number[]
  return Float64Array.from(values).sort()
}
