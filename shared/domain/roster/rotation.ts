import { addDays, DAY, dayIn, dayNumber, dayOfNumber, instantIn, MINUTE } from './zoneTime.ts'
import type { Rotation, Shift, Span } from './types.ts'

/** Half-open spans: what ends when the other begins is beside it. */
export const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to

const clockMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** The rotation's shifts that touch a span, ascending; `skipped`: days on which none of them begins. */
export function rotationShifts(rotation: Rotation, span: Span, skipped: ReadonlySet<string> = NOTHING): Shift[] {
  const { id, from, until, zone, cycleDays, shifts } = rotation
  const begins = dayNumber(from)
  // A shift of the day before may reach into the span.
  const first = Math.max(begins, dayNumber(dayIn(zone, span.from)) - 1)
  const last = Math.min(until === null ? Infinity : dayNumber(until), dayNumber(dayIn(zone, span.to)))
  const found: Shift[] = []
  for (let n = first; n <= last; n++) {
    const inCycle = (n - begins) % cycleDays
    for (const shift of shifts) {
      if (shift.day !== inCycle) continue
      const day = dayOfNumber(n)
      if (skipped.has(day)) continue
      const at = instantIn(zone, day, shift.start)
      const to = at + shift.minutes * MINUTE
      if (at < span.to && to > span.from) found.push({ id: `${id}/${day}/${shift.start}`, source: 'rotation', day, from: at, to })
    }
  }
  return found.sort((a, b) => a.from - b.from)
}
const NOTHING: ReadonlySet<string> = new Set()

/**
 * Shifts in order, none over another: where the clocks are set forward a shift of 24 h reaches into the next, and two
 * desks may have given the same time twice. What overlaps is cut off the later one; nothing is worked twice.
 */
export function joined(shifts: readonly Shift[]): Shift[] {
  const inOrder = [...shifts].sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : 1))
  let reached = -Infinity
  return inOrder.flatMap((shift) => {
    if (shift.to <= reached) return []
    const cut = shift.from < reached ? { ...shift, from: reached } : shift
    reached = shift.to
    return [cut]
  })
}

/** Spans in order, those that overlap or touch made one. */
export function united(spans: readonly Span[]): Span[] {
  const whole: { from: number; to: number }[] = []
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else whole.push({ from, to })
  }
  return whole
}

/** Two shifts of one rotation that overlap by the wall clock, the last of a cycle with the first of the next too. */
export function clashWithin({ cycleDays, shifts }: Pick<Rotation, 'cycleDays' | 'shifts'>): { day: number; start: string } | null {
  const inOrder = shifts
    .map((shift) => ({ shift, from: shift.day * 1440 + clockMinutes(shift.start) }))
    .sort((a, b) => a.from - b.from)
  for (const [index, { shift, from }] of inOrder.entries()) {
    const next = inOrder[index + 1] ?? { from: (inOrder[0]?.from ?? 0) + cycleDays * 1440, shift: inOrder[0]?.shift }
    if (from + shift.minutes > next.from) return { day: next.shift?.day ?? 0, start: next.shift?.start ?? '' }
  }
  return null
}

/** So far ahead two rotations are compared: cycles of 8 weeks and of any other length meet within that. */
const LOOK_AHEAD_DAYS = 56 * 57

/** The first shifts of two rotations that overlap; null: none does, within nine years. */
export function clashBetween(a: Rotation, b: Rotation): { mine: Shift; theirs: Shift } | null {
  const first = a.from > b.from ? a.from : b.from
  const ends = [a.until, b.until].filter((day) => day !== null).sort()[0]
  const furthest = addDays(first, Math.min(LOOK_AHEAD_DAYS, lcm(a.cycleDays, b.cycleDays) + 2))
  const last = ends !== undefined && ends < furthest ? ends : furthest
  // By the wall clock, as if no clock were ever set: an hour of summer time is nobody's mistake.
  const wall = (rotation: Rotation): Rotation => (a.zone === b.zone ? { ...rotation, zone: 'UTC' } : rotation)
  const span = { from: instantIn('UTC', addDays(first, -2), '00:00'), to: instantIn('UTC', addDays(last, 2), '00:00') }
  const theirs = rotationShifts(wall(b), span)
  let next = 0
  for (const mine of rotationShifts(wall(a), span)) {
    while (next < theirs.length && (theirs[next] as Shift).to <= mine.from) next++
    const other = theirs[next]
    if (other && overlaps(mine, other)) return { mine: real(a, mine), theirs: real(b, other) }
  }
  return null
}

/** The shift at its true time, where it was compared by the wall clock. */
function real(rotation: Rotation, shift: Shift): Shift {
  const around = { from: shift.from - 2 * DAY, to: shift.to + 2 * DAY }
  return rotationShifts(rotation, around).find(({ id }) => id === shift.id) ?? shift
}

function lcm(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y > 0) [x, y] = [y, x % y]
  return (a / x) * b
}
