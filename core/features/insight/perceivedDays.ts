import { RATED, type RatedPiece } from '#shared/domain/perceivedTime/pieces.ts'
import { startOf } from '#shared/domain/perceivedTime/days.ts'
import { sql, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { packedOf } from './packed.ts'
import { packedPerceived } from './packedSums.ts'
import type { Days, PerceivedSum } from './kinds.ts'

const STAGE_COLUMNS = RATED.flatMap((stage) => [`i.${stage}_day`, `i.${stage}_slot`, `i.${stage}_ms`])
type Line = readonly (number | string | null)[]

/** The sums of `perceived_day`, of chosen orders alone; by day where a trend is asked for. */
export function perceivedDays(db: ReadableDb, { from, to }: Days, zone: string, chosen: Chosen, byDay: boolean): PerceivedSum[] {
  const packed = packedOf(db)
  const sums = packed ? packedPerceived(packed, { from, to }, chosen, byDay) : rowsOf(db, { from, to }, chosen)
  const { where, params } = chosen
  const ended = sql(
    db,
    `SELECT p.outcome FROM order_insight AS i INDEXED BY order_insight_void JOIN order_perceived AS p USING (order_id)
     WHERE i.counted = 0 AND p.ended_at >= ? AND p.ended_at < ?${where}`,
  )
  const begins = [startOf(from, zone), startOf(to + 1, zone)]
  for (const outcome of ended.pluck().iterate(...begins, ...params)) sums.push({ day: from, figure: `outcome.${String(outcome)}`, slot: 0, orders: 1, ms: 0 })
  return sums
}

/** From the rows of those that ended something in the period. */
function rowsOf(db: ReadableDb, { from, to }: Days, { where, params }: Chosen): PerceivedSum[] {
  const sums = new Map<string, { day: number; figure: string; slot: number; orders: number; ms: number }>()
  const add = (day: number, figure: string, slot: number, ms = 0): void => {
    const key = `${day} ${figure} ${slot}`
    const sum = sums.get(key)
    if (sum) {
      sum.orders += 1
      sum.ms += ms
    } else sums.set(key, { day, figure, slot, orders: 1, ms })
  }
  const isWithin = (day: unknown): day is number => typeof day === 'number' && day >= from && day <= to
  const lines = sql(
    db,
    `SELECT i.outcome, i.closed_day, i.total_slot, i.total_ms, i.all_slots, i.remote, i.at_call, i.by_wish, ${STAGE_COLUMNS.join(', ')}
     FROM order_insight AS i WHERE i.settled_day >= ? AND i.counted = 1${where}`,
  )
  for (const line of lines.raw().iterate(from, ...params) as IterableIterator<Line>) {
    const [outcome, closedDay, totalSlot, totalMs, allSlots, remote, atCall, byWish] = line
    for (const [index, stage] of RATED.entries()) {
      const [day, slot, ms] = line.slice(8 + 3 * index, 11 + 3 * index) as [number | null, number, number]
      if (!isWithin(day)) continue
      add(day, stage, slot, ms)
      if (isShown(stage, atCall, byWish)) add(day, stage === 'response' ? 'atCall' : 'byWish', slot)
    }
    if (!isWithin(closedDay)) continue
    add(closedDay, `outcome.${String(outcome)}`, 0)
    if (typeof totalSlot !== 'number') continue
    if (remote === 1) add(closedDay, 'outcome.remote', 0)
    add(closedDay, 'total', totalSlot, Number(totalMs))
    if (typeof allSlots === 'number') add(closedDay, 'all', allSlots)
  }
  return [...sums.values()]
}

const isShown = (stage: RatedPiece, atCall: unknown, byWish: unknown): boolean =>
  (stage === 'response' && atCall === 1) || (stage === 'execution' && byWish === 1)
