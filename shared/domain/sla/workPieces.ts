// Which wall-clock pieces a calendar gives to a local date. No instants here: the zone comes later.
import type { Calendar, CalendarDay, Weekday, WorkPiece } from './types.ts'

export const dayMinutes = 24 * 60
export const dayMs = 86_400_000
const weekdays: readonly Weekday[] = ['1', '2', '3', '4', '5', '6', '7']

/** Minutes after local midnight; an end beyond 1440 lies on the next day. */
export interface MinutePiece {
  from: number
  to: number
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

export function toMinutes(piece: WorkPiece): MinutePiece {
  const from = minutesOf(piece[0])
  const to = minutesOf(piece[1])
  return { from, to: to > from ? to : to + dayMinutes }
}

export function byStart(a: MinutePiece, b: MinutePiece): number {
  return a.from - b.from
}

/** Local dates are counted as days since 1970-01-01, a Thursday. */
export function dateOfIndex(index: number): string {
  return new Date(index * dayMs).toISOString().slice(0, -'T00:00:00.000Z'.length)
}

export function indexOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs
}

function weekdayOfIndex(index: number): Weekday {
  return weekdays[(((index + 3) % 7) + 7) % 7] ?? '1'
}

/** A 调休 Saturday has no hours of its own: it is worked like the first working day of the week. */
function usualPieces(calendar: Pick<Calendar, 'week'>, weekday: Weekday): readonly WorkPiece[] {
  const own = calendar.week[weekday]
  if (own.length > 0) return own
  const working = weekdays.find((day) => calendar.week[day].length > 0)
  return working === undefined ? [] : calendar.week[working]
}

/** The pieces that start on the date, in order. */
export function piecesOfIndex(calendar: Pick<Calendar, 'week' | 'days'>, index: number): MinutePiece[] {
  const special: CalendarDay | undefined = calendar.days[dateOfIndex(index)]
  const weekday = weekdayOfIndex(index)
  let pieces: readonly WorkPiece[] = []
  if (special === undefined) pieces = calendar.week[weekday]
  else if (special.intervals !== undefined) pieces = special.intervals
  else if (special.kind === 'workday') pieces = usualPieces(calendar, weekday)
  return pieces.map(toMinutes).sort(byStart)
}
