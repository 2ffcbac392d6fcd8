import { perceive } from '../perceivedTime/perceive.ts'
import { isRated, RATED } from '../perceivedTime/pieces.ts'
import { STAGES } from '../workOrder/stages.ts'
import type { WorkOrderState } from '../workOrder/state.ts'

/**
 * Stretches of an order's life whose lengths teach what to expect: each stay in a stage, each piece of the customer's
 * time with a limit, each freeze, and `arrival`: how much later than agreed (less: earlier) the engineer came.
 */
export const SEGMENTS = [...STAGES, ...RATED, 'frozen', 'arrival'] as const
export type SegmentName = (typeof SEGMENTS)[number]

export interface Segment {
  readonly segment: SegmentName
  /** UTC ms. */
  readonly from: number
  readonly to: number
}


/** Finished stretches in the order of their kinds; none of an order that was cancelled or merged. */
export function segmentsOf(state: WorkOrderState): Segment[] {
  if (!state.registered || (state.status !== 'open' && state.status !== 'closed')) return []
  const segments: Segment[] = []
  const add = (segment: SegmentName, from: number, to: number | null): void => {
    if (to !== null && (to >= from || segment === 'arrival')) segments.push({ segment, from, to })
  }
  for (const { stage, enteredAt, leftAt } of state.visits) add(stage, enteredAt, leftAt)
  for (const { piece, from, to } of perceive(state).pieces) if (isRated(piece)) add(piece, from, to)
  for (const [from, to] of freezesOf(state)) add('frozen', from, to)
  const first = state.arrivals[0]
  if (state.appointment && first?.engineer === state.appointment.engineer) add('arrival', state.appointment.from, first.at)
  return segments
}

/** Each freeze once, though several timers paused for it. */
function freezesOf({ timers }: Pick<WorkOrderState, 'timers'>): Map<number, number> {
  const freezes = new Map<number, number>()
  for (const { pauses } of timers) {
    for (const { from, to, reason } of pauses) if (reason === 'frozen' && to !== null) freezes.set(from, to)
  }
  return freezes
}
