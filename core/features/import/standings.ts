import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'

/** How the orders of a file now stand. Hours from first contact to the last closing (METRICS), null where none closed. */
export interface Standings {
  readonly openByStage: Readonly<Record<StageId, number>>
  readonly closed: number
  readonly meanHoursToClose: number | null
  readonly medianHoursToClose: number | null
}

export type Standing = Pick<WorkOrderState, 'status' | 'stage' | 'firstContactAt' | 'closedAt'>

const hour = 3_600_000

export function standingsOf(orders: Iterable<Standing>): Standings {
  const openByStage = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<StageId, number>
  const spans: number[] = []
  for (const { status, stage, firstContactAt, closedAt } of orders) {
    if (status === 'open') openByStage[stage] += 1
    else if (status === 'closed' && closedAt !== null) spans.push(closedAt - firstContactAt)
  }
  spans.sort((a, b) => a - b)
  const middle = spans.length >> 1
  const at = (index: number): number => spans[index] ?? 0
  const median = spans.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2
  const some = spans.length > 0
  return {
    openByStage,
    closed: spans.length,
    meanHoursToClose: some ? hours(spans.reduce((sum, span) => sum + span, 0) / spans.length) : null,
    medianHoursToClose: some ? hours(median) : null,
  }
}

const hours = (ms: number): number => Math.round((ms / hour) * 100) / 100
