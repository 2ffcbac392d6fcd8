import type { Coordinates, EngineerRoster, Span } from '../roster/types.ts'
import { gapsOf, wholeShifts } from './openings.ts'
import { routesOf } from './routes.ts'
import type { TravelMs } from './travel.ts'

/** A job where it stands, before or after planning. */
export interface Placed extends Span {
  readonly order: string
  readonly engineers: readonly string[]
  readonly place: Coordinates | null
  readonly dueAt: number | null
}

export interface PlanFigures {
  readonly served: number
  readonly unserved: number
  readonly travelMs: number
  readonly workMs: number
  readonly overtimeMs: number
  readonly late: number
  readonly lateMs: number
  readonly busiest: number
  readonly idlest: number
}

/** What a plan comes to, by the same rule before and after, over the shifts that touch the span. */
export function figuresOf(
  placed: readonly Placed[],
  unserved: number,
  rosters: readonly EngineerRoster[],
  span: Span,
  travel: TravelMs,
): PlanFigures {
  let [travelMs, workMs, overtimeMs, busiest, idlest] = [0, 0, 0, 0, Infinity]
  const of = new Map<string, Placed[]>()
  for (const job of placed) for (const engineer of job.engineers) of.set(engineer, [...(of.get(engineer) ?? []), job])
  for (const roster of rosters) {
    const stops = (of.get(roster.engineer) ?? []).map(({ order, from, to, place }) => ({ id: order, from, to, place }))
    const shifts = roster.shifts.filter((shift) => shift.from < span.to && span.from < shift.to)
    const routes = routesOf({ shifts, home: roster.home }, stops, travel)
    const worked = routes.reduce((sum, route) => sum + route.workMs + route.travelMs, 0)
    const paid = paidMs(shifts, roster.absences)
    travelMs += routes.reduce((sum, route) => sum + route.travelMs, 0)
    workMs += routes.reduce((sum, route) => sum + route.workMs, 0)
    overtimeMs += routes.reduce((sum, route) => sum + route.overtimeMs, 0)
    if (paid === 0) continue
    busiest = Math.max(busiest, worked / paid)
    idlest = Math.min(idlest, worked / paid)
  }
  const late = placed.filter(({ from, dueAt }) => dueAt !== null && from > dueAt)
  const lateMs = late.reduce((sum, { from, dueAt }) => sum + from - (dueAt as number), 0)
  const share = (value: number): number => Math.round(value * 1000) / 1000
  return {
    served: placed.length,
    unserved,
    travelMs,
    workMs,
    overtimeMs,
    late: late.length,
    lateMs,
    busiest: share(busiest),
    idlest: Number.isFinite(idlest) ? share(idlest) : 0,
  }
}

/** Time on shift with leave taken out. */
export const paidMs = (shifts: readonly Span[], absences: readonly Span[]): number =>
  wholeShifts(shifts).reduce((sum, shift) => sum + gapsOf(shift, absences).reduce((free, gap) => free + gap.to - gap.from, 0), 0)
