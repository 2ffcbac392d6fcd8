// The words of the SLA time domain. Every instant and duration is in UTC milliseconds, whole numbers.

/** ISO weekday, Monday is '1'. */
export type Weekday = '1' | '2' | '3' | '4' | '5' | '6' | '7'

/** A piece of working time by the wall clock, ['09:00', '18:00']; an end ≤ start lies on the next day. */
export type WorkPiece = readonly [string, string]

export interface CalendarDay {
  kind: 'holiday' | 'workday'
  name?: string | undefined
  /** Replaces the week's hours. Without it a holiday is closed and a workday has the usual hours. */
  intervals?: readonly WorkPiece[] | undefined
}

/**
 * Working time of a team. Treated as immutable: a change is a new version and a new object, because the
 * computed days are remembered per object. A piece belongs to the day on which it starts, so a night shift
 * that begins before a holiday runs into it.
 */
export interface Calendar {
  id: string
  version: number
  /** IANA name. */
  zone: string
  week: Readonly<Record<Weekday, readonly WorkPiece[]>>
  /** By local date, YYYY-MM-DD. */
  days: Readonly<Record<string, CalendarDay>>
  /** Years whose 法定节假日 and 调休 are in `days`; time in other years is marked as assumed. */
  knownYears: readonly number[]
}

/** A stretch of time, `from` inclusive, `to` exclusive. */
export interface ClockPiece {
  from: number
  to: number
  kind: 'run' | 'closed' | 'paused'
  /** Name of the holiday, 休息, or why it was paused. */
  reason?: string
  /** The holidays of this year are not known: the piece follows the plain week. */
  assumed?: boolean
}

/** Time that does not count, `from` inclusive, `to` exclusive; null while it lasts. */
export interface Pause {
  from: number
  to: number | null
  reason: string
}

export interface DeadlineRequest {
  start: number
  limitMs: number
  clock: 'wall' | 'working'
  /** Needed by the working clock, ignored by the wall clock. */
  calendar?: Calendar | undefined
  pauses?: readonly Pause[] | undefined
}

export interface Deadline {
  /** Null while an open pause holds the clock. */
  dueAt: number | null
  /** Contiguous from the start to `dueAt`, or to the open pause. */
  pieces: ClockPiece[]
  /** Running time in `pieces`: the whole limit, or what had been used when the open pause began. */
  usedMs: number
  openPause?: { from: number; reason: string }
}

export interface DeadlineExplanation extends Deadline {
  start: number
  limitMs: number
  clock: 'wall' | 'working'
  calendarId?: string
  calendarVersion?: number
}
