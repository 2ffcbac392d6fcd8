import * as z from 'zod'
import { Temporal } from 'temporal-polyfill'
import { assertDuration, assertInstant } from './errors.ts'
import { timelineOf } from './timeline.ts'
import { byStart, dateOfIndex, dayMinutes, indexOfDate, piecesOfIndex, toMinutes } from './workPieces.ts'
import type { Calendar, ClockPiece, WorkPiece } from './types.ts'

export type { Calendar, ClockPiece } from './types.ts'

const startTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM, 00:00 to 23:59')
const endTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time is HH:MM, 00:00 to 24:00')
const workPieces = z.array(z.tuple([startTime, endTime])).max(48)

const calendarDay = z.strictObject({
  kind: z.enum(['holiday', 'workday']),
  name: z.string().min(1).max(60).optional(),
  intervals: workPieces.optional(),
})

/** A fixed offset is refused: it would silently miss daylight saving time. */
function isZone(zone: string): boolean {
  if (/^[+\-\d]/.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

const calendarShape = z.strictObject({
  id: z.string().min(1).max(60),
  version: z.int().positive(),
  zone: z.string().refine(isZone, 'not an IANA time zone'),
  week: z.strictObject({
    1: workPieces,
    2: workPieces,
    3: workPieces,
    4: workPieces,
    5: workPieces,
    6: workPieces,
    7: workPieces,
  }),
  days: z.record(z.iso.date(), calendarDay),
  knownYears: z.array(z.int().min(1970).max(2200)),
})

/** Do the pieces that start on this date overlap each other, or what the day before carries over midnight? */
function overlapOn(calendar: Pick<Calendar, 'week' | 'days'>, index: number): boolean {
  let until = 0
  for (const piece of piecesOfIndex(calendar, index - 1)) until = Math.max(until, piece.to - dayMinutes)
  for (const piece of piecesOfIndex(calendar, index)) {
    if (piece.from < until) return true
    until = piece.to
  }
  return false
}

function overlapWithin(pieces: readonly WorkPiece[]): boolean {
  const sorted = pieces.map(toMinutes).sort(byStart)
  return sorted.some((piece, i) => piece.from < (sorted[i - 1]?.to ?? 0))
}

/** The import format of a calendar. Refuses overlaps, also over midnight and with neighbouring days. */
export const calendarSchema = calendarShape.superRefine((calendar, context) => {
  const refuse = (path: string[], message: string): void => {
    context.addIssue({ code: 'custom', path, message })
  }
  if (Object.values(calendar.week).every((pieces) => pieces.length === 0)) {
    refuse(['week'], 'a week without any working time')
  }
  const plainWeek = { week: calendar.week, days: {} }
  const monday = indexOfDate('1970-01-05')
  for (let i = 0; i < 7; i++) {
    if (overlapOn(plainWeek, monday + i)) refuse(['week', String(i + 1)], 'working hours overlap')
  }
  for (const [date, day] of Object.entries(calendar.days)) {
    const index = indexOfDate(date)
    if (overlapWithin(day.intervals ?? []) || overlapOn(calendar, index)) {
      refuse(['days', date], 'working hours overlap')
    }
    if (calendar.days[dateOfIndex(index + 1)] === undefined && overlapOn(calendar, index + 1)) {
      refuse(['days', date], 'working hours overlap with the next day')
    }
  }
  if (new Set(calendar.knownYears).size !== calendar.knownYears.length) {
    refuse(['knownYears'], 'a year is named twice')
  }
}) satisfies z.ZodType<Calendar>

/**
 * The earliest instant by which `durationMs` of working time has passed since `startMs` (UTC ms). Work that
 * ends with the day ends at closing time, not at the next opening. Pieces are contiguous from start to end.
 * @throws NotEnoughWorkingTimeError when three years of the calendar are not enough.
 */
export function addWorkingMs(
  calendar: Calendar,
  startMs: number,
  durationMs: number,
): { endMs: number; pieces: ClockPiece[] } {
  assertInstant(startMs, 'start')
  assertDuration(durationMs, 'duration')
  const pieces: ClockPiece[] = []
  const end = timelineOf(calendar).forward(startMs, Infinity, durationMs, pieces)
  return { endMs: end.at, pieces }
}

/** Working time in [fromMs, toMs), UTC ms; negative when they are the other way round. */
export function workingMsBetween(calendar: Calendar, fromMs: number, toMs: number): number {
  assertInstant(fromMs, 'from')
  assertInstant(toMs, 'to')
  if (toMs < fromMs) return -workingMsBetween(calendar, toMs, fromMs)
  return timelineOf(calendar).between(fromMs, toMs)
}
