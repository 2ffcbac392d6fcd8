import { STUCK_AFTER_MS } from '#shared/domain/insight/facts.ts'
import { startOf } from '#shared/domain/perceivedTime/days.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { isLong, packedOf } from './packed.ts'
import { packedStanding } from './packedSums.ts'
import type { Days } from './sums.ts'

/** SQL of the ids of orders, each once, and its parameters by name. */
export interface Ids {
  readonly text: string
  readonly params: Readonly<Record<string, number>>
}

/** Of the spans that meet the period the last one alone. */
const LAST = 'to_at > :begin AND from_at < :end AND next_from >= :end'

/** Orders that were open at some instant of the period, up to now. */
export function openIds({ from, to }: Days, zone: string, now: number): Ids {
  const [begin, end] = bounds(from, to, zone, now)
  return {
    text: `SELECT order_id FROM order_span WHERE kind = 'open' AND ${LAST}
      UNION ALL SELECT order_id FROM order_insight INDEXED BY order_insight_open WHERE open_since < :end AND :begin < :end`,
    params: { begin, end },
  }
}

/** Of those, the ones with a visit or a hand-over that had lasted 48 h by then and still did at some instant of the period. */
export function stuckIds({ from, to }: Days, zone: string, now: number): Ids {
  const [begin, end] = bounds(from, to, zone, now)
  return {
    text: `SELECT order_id FROM order_span WHERE kind = 'stuck' AND ${LAST}
      UNION ALL ${STILL_STUCK}`,
    params: { begin, end },
  }
}

/** In its stage for so long; an imported order without stages stays in none. */
const STAYS = `(entered_at < :end - ${STUCK_AFTER_MS} AND EXISTS (SELECT 1 FROM stage_visit AS v WHERE v.order_id = work_order.id))`
/** What is so still. */
const STILL_STUCK = `SELECT id AS order_id FROM work_order INDEXED BY work_order_column WHERE status = 'open' AND ${STAYS} AND :begin < :end
  UNION ALL SELECT id FROM work_order INDEXED BY work_order_offered
    WHERE status = 'open' AND handover_to IS NOT NULL AND handover_at < :end - ${STUCK_AFTER_MS} AND NOT ${STAYS} AND :begin < :end`

/** The instants of a period that have been, half-open; the present one is among them. */
const bounds = (from: number, to: number, zone: string, now: number): [number, number] => [
  startOf(from, zone),
  Math.min(startOf(to + 1, zone), now + 1),
]

/** How many they are: by the columns in memory where orders are chosen, or years are asked about. */
export function countStanding(db: ReadableDb, kind: 'open' | 'stuck', days: Days, zone: string, now: number, chosen: Chosen): number {
  const packed = chosen.by.size > 0 || isLong(days) ? packedOf(db) : undefined
  if (!packed) return countIds(db, kind === 'open' ? openIds(days, zone, now) : stuckIds(days, zone, now), chosen)
  const [begin, end] = bounds(days.from, days.to, zone, now)
  const ended = packedStanding(packed, kind, begin, end, chosen)
  return kind === 'open' ? ended : ended + countIds(db, { text: STILL_STUCK, params: { begin, end } }, chosen)
}

function countIds(db: ReadableDb, { text, params }: Ids, { where, params: filter }: Chosen): number {
  const counted = where === '' ? `SELECT count(*) AS n FROM (${text})` : `SELECT count(*) AS n FROM (${text}) AS s CROSS JOIN order_insight AS i ON i.order_id = s.order_id WHERE 1${where}`
  return one<{ n: number }>(db, counted, params, ...filter)?.n ?? 0
}
