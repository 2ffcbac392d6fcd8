import type { Coordinates, EngineerRoster, Span } from '../roster/types.ts'
import { wholeShifts } from './openings.ts'
import type { TravelMs } from './travel.ts'

/** An appointment as it stands on somebody's way. */
export interface RouteStop extends Span {
  readonly id: string
  readonly place: Coordinates | null
}

/** A way, shown just before the stop that it leads to; `to` null: home. */
export interface Leg extends Span {
  readonly toStop: string | null
}

/** What one engineer does in one shift; `shift` null: outside any shift. */
export interface Route {
  readonly shift: Span | null
  readonly stops: readonly RouteStop[]
  readonly legs: readonly Leg[]
  readonly workMs: number
  readonly travelMs: number
  /** Beyond the shift's end, the way home included. */
  readonly overtimeMs: number
}

/** The ways between an engineer's appointments, shift by shift: from home to home. Ways nobody knows are left out. */
export function routesOf({ shifts, home }: Pick<EngineerRoster, 'shifts' | 'home'>, stops: readonly RouteStop[], travel: TravelMs): Route[] {
  const sorted = [...stops].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))
  const left = new Set(sorted)
  const routes = wholeShifts(shifts).map((shift, index, all): Route => {
    const next = all[index + 1]?.from ?? Infinity
    // What runs on past the end, or begins in the overtime, is still this shift's.
    const own = sorted.filter((stop) => left.has(stop) && stop.to > shift.from && stop.from < Math.min(next, shift.to + LATEST_MS))
    for (const stop of own) left.delete(stop)
    return routeOf(shift, own, home, travel)
  })
  return left.size === 0 ? routes : [...routes, routeOf(null, [...left], home, travel)]
}

/** Nobody begins a job of a shift later than this after it. */
const LATEST_MS = 4 * 3_600_000

function routeOf(shift: Span | null, stops: readonly RouteStop[], home: Coordinates | null, travel: TravelMs): Route {
  const legs: Leg[] = []
  let at = home
  let travelMs = 0
  let end = 0
  for (const stop of stops) {
    const ms = travel(at, stop.place) ?? 0
    if (ms > 0) legs.push({ from: stop.from - ms, to: stop.from, toStop: stop.id })
    travelMs += ms
    at = stop.place
    end = Math.max(end, stop.to)
  }
  const back = stops.length === 0 ? 0 : (travel(at, home) ?? 0)
  if (back > 0) legs.push({ from: end, to: end + back, toStop: null })
  const workMs = stops.reduce((sum, stop) => sum + stop.to - stop.from, 0)
  const overtimeMs = shift && stops.length > 0 ? Math.max(0, end + back - shift.to) : 0
  return { shift, stops, legs, workMs, travelMs: travelMs + back, overtimeMs: shift ? overtimeMs : workMs }
}
