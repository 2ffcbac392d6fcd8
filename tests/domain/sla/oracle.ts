// A second, slow answer to the same questions: looks at every minute, and asks Intl what the clock shows.
import fc from 'fast-check'
import type { Calendar, CalendarDay, Pause, Weekday, WorkPiece } from '#shared/domain/sla/types.ts'
import { day, hour, minute } from './support.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

/** Local minus UTC; the zones in these tests change at half hours of UTC at the finest. */
function offsetAt(zone: string, ms: number): number {
  const slot = Math.floor(ms / (30 * minute)) * 30 * minute
  const ofZone = offsets.get(zone) ?? new Map<number, number>()
  offsets.set(zone, ofZone)
  const known = ofZone.get(slot)
  if (known !== undefined) return known
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(zone, format)
  const offset = Date.parse(`${format.format(slot).replace(' ', 'T')}Z`) - slot
  ofZone.set(slot, offset)
  return offset
}

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function hoursOf(calendar: Calendar, date: string): readonly WorkPiece[] {
  const weekday = (local: string): Weekday => String(new Date(local).getUTCDay() || 7) as Weekday
  const special = calendar.days[date]
  if (special === undefined) return calendar.week[weekday(date)]
  if (special.intervals !== undefined) return special.intervals
  if (special.kind === 'holiday') return []
  const own = calendar.week[weekday(date)]
  return own.length > 0 ? own : (Object.values(calendar.week).find((pieces) => pieces.length > 0) ?? [])
}

/** For each minute of a local date: does the calendar work? Times compare as text. */
function openOn(calendar: Calendar, dateMs: number): boolean[] {
  const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const today = hoursOf(calendar, dateOf(dateMs))
  const yesterday = hoursOf(calendar, dateOf(dateMs - day))
  return Array.from({ length: 1440 }, (_, i) => {
    const now = time(i)
    return (
      today.some(([from, to]) => now >= from && (to <= from || now < to)) ||
      yesterday.some(([from, to]) => to <= from && now < to)
    )
  })
}

/**
 * For each minute from `from`: is it working time? An hour that comes twice does not turn the clock back: what
 * was opened or closed in it the first time stays so.
 */
export function openMinutes(calendar: Calendar, from: number, count: number): boolean[] {
  let latest = -Infinity
  const open: boolean[] = []
  const dates = new Map<number, boolean[]>()
  for (let ms = from - 3 * hour; ms < from + count * minute; ms += minute) {
    latest = Math.max(latest, ms + offsetAt(calendar.zone, ms))
    if (ms < from) continue
    const dateMs = Math.floor(latest / day) * day
    const date = dates.get(dateMs) ?? openOn(calendar, dateMs)
    dates.set(dateMs, date)
    open.push(date[(latest - dateMs) / minute] === true)
  }
  return open
}

export function isPaused(pauses: readonly Pause[], ms: number): boolean {
  return pauses.some((pause) => ms >= pause.from && (pause.to === null || ms < pause.to))
}

/** Days around which the clocks change somewhere, or holidays lie. */
const moments = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-12-31',
]
const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'UTC',
]

/** Pieces between two minutes of the day, cut at random. */
const cuts = (from: number, to: number): fc.Arbitrary<WorkPiece[]> =>
  fc.uniqueArray(fc.integer({ min: from, max: to }), { maxLength: 6 }).map((points) => {
    const sorted = points.sort((a, b) => a - b)
    const pieces: WorkPiece[] = []
    for (let i = 0; i + 1 < sorted.length; i += 2) {
      pieces.push([time(sorted[i] ?? 0), time(sorted[i + 1] ?? 0)])
    }
    return pieces
  })

const nightPieces = fc
  .tuple(
    cuts(360, 1200),
    fc.option(fc.tuple(fc.integer({ min: 1200, max: 1439 }), fc.integer({ min: 0, max: 360 }))),
  )
  .map(([pieces, night]) =>
    night === null ? pieces : [...pieces, [time(night[0]), time(night[1])] satisfies WorkPiece],
  )

const calendarOf = (pieces: fc.Arbitrary<WorkPiece[]>): fc.Arbitrary<Calendar> =>
  fc
    .record({
      zone: fc.constantFrom(...zones),
      week: fc.record({ 1: pieces, 2: pieces, 3: pieces, 4: pieces, 5: pieces, 6: pieces, 7: pieces }),
      days: fc.dictionary(
        fc
          .tuple(fc.constantFrom(...moments), fc.integer({ min: -4, max: 8 }))
          .map(([date, shift]) => new Date(Date.parse(date) + shift * day).toISOString().slice(0, 10)),
        fc.record<CalendarDay>(
          {
            kind: fc.constantFrom('holiday', 'workday'),
            name: fc.constantFrom('春节', '国庆节'),
            intervals: pieces,
          },
          { requiredKeys: ['kind'] },
        ),
        { maxKeys: 8 },
      ),
      knownYears: fc.constantFrom([2026], [2025, 2026, 2027], []),
    })
    .map((rest) => ({ id: 'random', version: 1, ...rest }))
    .filter(({ week }) => Object.values(week).some((own) => own.length > 0))

export const calendars = fc.oneof(calendarOf(cuts(0, 1440)), calendarOf(nightPieces))

/** An instant near a moment of interest, on a whole minute. */
export const instants = fc
  .tuple(fc.constantFrom(...moments), fc.integer({ min: -3 * 1440, max: 2 * 1440 }))
  .map(([date, minutes]) => Date.parse(date) + minutes * minute)

export const durations = (maxHours: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: maxHours * 60 }).map((minutes) => minutes * minute)

/** Pauses given relative to the start. */
export const pausesFrom = (start: number): fc.Arbitrary<Pause[]> =>
  fc.array(
    fc
      .record({
        after: fc.integer({ min: -600, max: 4000 }),
        length: fc.option(fc.integer({ min: 0, max: 1500 }), { freq: 12 }),
        reason: fc.constantFrom('缺件冻结', '等待客户'),
      })
      .map(({ after, length, reason }) => {
        const from = start + after * minute
        return { from, to: length === null ? null : from + length * minute, reason }
      }),
    { maxLength: 5 },
  )
