import type { Coordinates, EngineerRoster, Span } from '../roster/types.ts'
import { upToStep, type TravelMs } from './travel.ts'

/** Where an engineer is booked, and where that is. */
export interface BookedPlace extends Span {
  readonly number: string
  readonly place: Coordinates | null
}

/** When work for a job can begin in a gap of somebody's day, and what stands around it. */
export interface Opening {
  /** First and last instant at which work may begin, both included. */
  readonly from: number
  readonly to: number
  /** The gap itself: free from … to. */
  readonly gap: Span
  /** The shift's own end: overtime begins there. */
  readonly shift: Span
  readonly before: BookedPlace | null
  readonly after: BookedPlace | null
  readonly travelThere: number
  /** To the next job or back to the base. */
  readonly travelOn: number
  /** So much longer is the way than without the job. */
  readonly detour: number
  /** How many jobs stand in the shift already. */
  readonly jobs: number
}

export interface Asked {
  readonly place: Coordinates | null
  readonly durationMs: number
  /** Work begins no earlier. */
  readonly earliest: number
  /** Work is done by then. */
  readonly latest: number
}

/**
 * The openings of one engineer over his shifts, by time. He leaves his base when the shift begins and is back, at the
 * latest, `overtimeMin` after it ends; between two jobs he goes from one to the other. A way nobody knows counts as none.
 * `longestMs`: the longest job that would have found room, for whoever is told why there is none.
 */
export function openingsOf(
  roster: EngineerRoster,
  booked: readonly BookedPlace[],
  asked: Asked,
  travel: TravelMs,
): { openings: Opening[]; longestMs: number } {
  const openings: Opening[] = []
  let longestMs = 0
  for (const shift of wholeShifts(roster.shifts)) {
    const end = shift.to + roster.overtimeMin * 60_000
    if (end <= asked.earliest || shift.from >= asked.latest) continue
    const within = booked.filter((slot) => slot.from < end && shift.from < slot.to)
    for (const gap of gapsOf({ from: shift.from, to: end }, within, roster.absences)) {
      const before = within.findLast((slot) => slot.to <= gap.from) ?? null
      const after = within.find((slot) => slot.from >= gap.to) ?? null
      const start = before ? before.place : roster.home
      const goal = after ? after.place : roster.home
      const travelThere = travel(start, asked.place) ?? 0
      const travelOn = travel(asked.place, goal) ?? 0
      const detour = travelThere + travelOn - (travel(start, goal) ?? 0)
      const from = upToStep(Math.max(gap.from + travelThere, asked.earliest))
      const to = Math.min(gap.to - travelOn, asked.latest) - asked.durationMs
      longestMs = Math.max(longestMs, to + asked.durationMs - from)
      if (to < from) continue
      openings.push({ from, to, gap, shift, before, after, travelThere, travelOn, detour: Math.max(0, detour), jobs: within.length })
    }
  }
  return { openings, longestMs }
}

/** Shifts that follow each other without a gap, as one. */
export function wholeShifts(shifts: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const { from, to } of shifts) {
    const last = out.at(-1)
    if (last && from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else out.push({ from, to })
  }
  return out
}

/** What is left of a span when others are cut out of it. */
export function gapsOf(span: Span, ...taken: readonly (readonly Span[])[]): Span[] {
  const cuts = taken.flat().filter((cut) => cut.from < span.to && span.from < cut.to)
  cuts.sort((a, b) => a.from - b.from)
  const gaps: Span[] = []
  let at = span.from
  for (const cut of cuts) {
    if (cut.from > at) gaps.push({ from: at, to: cut.from })
    at = Math.max(at, cut.to)
  }
  if (at < span.to) gaps.push({ from: at, to: span.to })
  return gaps
}
