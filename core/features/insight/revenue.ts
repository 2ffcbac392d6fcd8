import type { InsightFigures } from '#shared/contract/insight.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { isLong, packedOf } from './packed.ts'
import { packedRevenue } from './packedSums.ts'
import type { Days } from './sums.ts'

/** Verified for another amount than was billed, or without a step. */
export const WRONG = 'f.verified_at IS NOT NULL AND (f.verified_fen <> f.gross_fen OR f.skipped = 1)'

/** METRICS, "revenue confirmation error", of orders closed in the period; null: nothing of theirs was billed. */
export function revenueErrors(db: ReadableDb, { from, to }: Days, chosen: Chosen): InsightFigures['revenue'] {
  if (one(db, `SELECT 1 FROM order_finance WHERE step IN ('billed', 'archived') LIMIT 1`) === undefined) return null
  const packed = chosen.by.size > 0 || isLong({ from, to }) ? packedOf(db) : undefined
  if (packed) return packedRevenue(packed, { from, to }, chosen)
  const { where, params } = chosen
  const sums = one<{ billed: number; wrong: number | null; differenceFen: number | null }>(
    db,
    `SELECT count(*) AS billed, sum(${WRONG}) AS wrong,
       sum(CASE WHEN f.verified_at IS NULL THEN 0 ELSE abs(f.verified_fen - f.gross_fen) END) AS differenceFen
     FROM order_insight AS i INDEXED BY order_insight_closed JOIN order_finance AS f USING (order_id)
     WHERE i.closed_day BETWEEN ? AND ? AND f.billed_at IS NOT NULL${where}`,
    from,
    to,
    ...params,
  )
  if (!sums || sums.billed === 0) return null
  const wrong = sums.wrong ?? 0
  return { billed: sums.billed, wrong, differenceFen: sums.differenceFen ?? 0, rate: wrong / sums.billed }
}
