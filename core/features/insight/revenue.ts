import type { InsightFigures } from '#shared/contract/insight.ts'
import type { ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import type { Days } from './sums.ts'

/** METRICS, "revenue confirmation error"; null: nothing was billed. */
export function revenueErrors(_db: ReadableDb, _days: Days, _chosen: Chosen): InsightFigures['revenue'] {
  return null
}
