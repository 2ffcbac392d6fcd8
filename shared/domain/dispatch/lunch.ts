import type { EngineerRoster, Span } from '../roster/types.ts'
import { addDays, dayIn, dayNumber, dayOfNumber, instantIn } from '../roster/zoneTime.ts'
import { gapsOf, wholeShifts } from './openings.ts'

/** When somebody eats: so long, within from … to. */
export interface Lunch extends Span {
  readonly durationMs: number
}

/** The lunches on the days that a span touches, each owed only where a shift has room for its whole window. */
export function lunchesOf({ lunch, shifts }: Pick<EngineerRoster, 'lunch' | 'shifts'>, span: Span, zone: string): Lunch[] {
  if (!lunch) return []
  const lunches: Lunch[] = []
  const last = dayNumber(dayIn(zone, span.to - 1))
  const worked = wholeShifts(shifts)
  for (let n = dayNumber(dayIn(zone, span.from)); n <= last; n++) {
    const day = dayOfNumber(n)
    const from = instantIn(zone, day, lunch.from)
    const to = instantIn(zone, lunch.to > lunch.from ? day : addDays(day, 1), lunch.to)
    const owed = worked.some((shift) => shift.from <= from && to <= shift.to)
    if (owed) lunches.push({ from, to, durationMs: Math.min(lunch.minutes * 60_000, to - from) })
  }
  return lunches
}

/** The longest time that is left in a lunch's window. */
export const lunchLeft = (lunch: Lunch, taken: readonly Span[]): number =>
  Math.max(0, ...gapsOf(lunch, taken).map((gap) => gap.to - gap.from))
