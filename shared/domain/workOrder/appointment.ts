import type { Appointment, WorkOrderState } from './state.ts'

/** All who come, the lead first. */
export const crewOf = ({ engineer, crew }: Pick<Appointment, 'engineer' | 'crew'>): string[] => [engineer, ...crew]

/** An arrival so long before a visit is that of the visit. */
const BEFORE_MS = 43_200_000

/** Somebody has arrived for the appointment: the work is under way or done. */
export const hasArrived = (arrivals: WorkOrderState['arrivals'], { from }: Pick<Appointment, 'from'>): boolean =>
  arrivals.some(({ at }) => at >= from - BEFORE_MS)

/** Its time is over, or somebody is there: it is what happened, and is moved no more. */
export const hasBegun = (arrivals: WorkOrderState['arrivals'], held: Pick<Appointment, 'from' | 'to'>, now: number): boolean =>
  held.to <= now || hasArrived(arrivals, held)
