// A calendar laid out on UTC. Each local day is computed once and kept as a partition of its instants into
// run and closed, so that a deadline afterwards is a walk over numbers without any zone arithmetic.
import { Temporal } from 'temporal-polyfill'
import { appendPiece } from './clockPieces.ts'
import { NotEnoughWorkingTimeError } from './errors.ts'
import type { Calendar, ClockPiece } from './types.ts'
import { dateOfIndex, dayMinutes, dayMs, piecesOfIndex, type MinutePiece } from './workPieces.ts'

interface TimelineDay {
  start: number
  end: number
  /** Contiguous from start to end. */
  segments: readonly ClockPiece[]
  runMs: number
}

/** Where a walk stopped, and how much of the asked running time it could not place. */
export interface WalkEnd {
  at: number
  leftMs: number
}

const minuteMs = 60_000
/** A calendar that offers too little is found out here instead of being walked for ever. */
const horizonMs = 3 * 366 * dayMs
/** About 27 years of days; beyond that the memory is started afresh. */
const rememberedDays = 10_000

class Timeline {
  readonly #calendar: Calendar
  readonly #knownYears: ReadonlySet<number>
  readonly #days = new Map<number, TimelineDay>()
  /** The last seen stretch between two changes of the clocks, where local time is UTC plus a constant. */
  #steady = { from: 0, to: 0, offset: 0 }

  constructor(calendar: Calendar) {
    this.#calendar = calendar
    this.#knownYears = new Set(calendar.knownYears)
  }

  /** Runs from `from` until `budgetMs` of working time is used, at most to `until`; smallest such instant. */
  forward(from: number, until: number, budgetMs: number, pieces: ClockPiece[]): WalkEnd {
    const horizon = from + horizonMs
    let at = from
    let leftMs = budgetMs
    for (let index = this.#indexAt(from); leftMs > 0 && at < until; index++) {
      if (at >= horizon) throw new NotEnoughWorkingTimeError(this.#calendar.id)
      for (const segment of this.#day(index).segments) {
        if (segment.to <= at) continue
        let to = Math.min(segment.to, until)
        if (segment.kind === 'run') {
          to = Math.min(to, at + leftMs)
          leftMs -= to - at
        }
        appendPiece(pieces, { ...segment, from: at, to })
        at = to
        if (leftMs === 0 || at >= until) break
      }
    }
    return { at, leftMs }
  }

  /** The latest instant from which `budgetMs` of working time lies before `end`. */
  backward(end: number, budgetMs: number): number {
    const horizon = end - horizonMs
    let at = end
    let leftMs = budgetMs
    for (let index = this.#indexAt(end); leftMs > 0; index--) {
      if (at <= horizon) throw new NotEnoughWorkingTimeError(this.#calendar.id)
      const day = this.#day(index)
      for (let i = day.segments.length - 1; i >= 0 && leftMs > 0; i--) {
        const segment = day.segments[i]
        if (segment === undefined || segment.from >= at) continue
        const from = segment.kind === 'run' ? Math.max(segment.from, at - leftMs) : segment.from
        if (segment.kind === 'run') leftMs -= at - from
        at = from
      }
    }
    return at
  }

  /** Working time in [from, to). */
  between(from: number, to: number): number {
    let sum = 0
    for (let index = this.#indexAt(from); ; index++) {
      const day = this.#day(index)
      if (day.start >= to) return sum
      if (day.start >= from && day.end <= to) {
        sum += day.runMs
        continue
      }
      for (const segment of day.segments) {
        if (segment.kind !== 'run') continue
        sum += Math.max(0, Math.min(segment.to, to) - Math.max(segment.from, from))
      }
    }
  }

  #indexAt(ms: number): number {
    // A first guess; a change of the clocks since the last look moves it by a day at most.
    let index = Math.floor((ms + this.#steady.offset) / dayMs)
    while (ms < this.#day(index).start) index--
    while (ms >= this.#day(index).end) index++
    return index
  }

  #day(index: number): TimelineDay {
    const known = this.#days.get(index)
    if (known !== undefined) return known
    if (this.#days.size >= rememberedDays) this.#days.clear()
    const day = this.#layOut(index)
    this.#days.set(index, day)
    return day
  }

  #layOut(index: number): TimelineDay {
    const start = this.#days.get(index - 1)?.end ?? this.#instantOf(index, 0)
    const end = this.#days.get(index + 1)?.start ?? this.#instantOf(index + 1, 0)
    const toInstant = (minutes: number): number => {
      if (minutes === 0) return start
      if (minutes === dayMinutes) return end
      // A day of 24 h has no change of the clocks in it.
      return end - start === dayMs ? start + minutes * minuteMs : this.#instantOf(index, minutes)
    }
    const closed = this.#closedPiece(index)
    const segments: ClockPiece[] = []
    let at = start
    let runMs = 0
    const run = (piece: MinutePiece, owner: number): void => {
      const from = Math.max(at, toInstant(Math.max(0, piece.from)))
      const to = toInstant(Math.min(dayMinutes, piece.to))
      if (to <= from) return
      appendPiece(segments, { ...closed, from: at, to: from })
      appendPiece(segments, { from, to, kind: 'run', ...this.#assumed(owner) })
      runMs += to - from
      at = to
    }
    for (const piece of piecesOfIndex(this.#calendar, index - 1)) {
      // What the day before carries over midnight comes first.
      if (piece.to > dayMinutes) run({ from: 0, to: piece.to - dayMinutes }, index - 1)
    }
    for (const piece of piecesOfIndex(this.#calendar, index)) run(piece, index)
    appendPiece(segments, { ...closed, from: at, to: end })
    return { start, end, segments, runMs }
  }

  #closedPiece(index: number): Pick<ClockPiece, 'kind' | 'reason' | 'assumed'> {
    const special = this.#calendar.days[dateOfIndex(index)]
    const reason = special?.kind === 'holiday' ? (special.name ?? '节假日') : '休息'
    return { kind: 'closed', reason, ...this.#assumed(index) }
  }

  #assumed(index: number): { assumed?: true } {
    const date = dateOfIndex(index)
    const year = new Date(index * dayMs).getUTCFullYear()
    return this.#knownYears.has(year) || this.#calendar.days[date] !== undefined ? {} : { assumed: true }
  }

  /**
   * The instant of a wall-clock time, never decreasing in it: a time that comes twice means the first, a time
   * that the clocks skip means the moment of the jump. So pieces never overlap, and touching ones still touch.
   */
  #instantOf(index: number, minutes: number): number {
    const steady = this.#steady
    const guess = index * dayMs + minutes * minuteMs - steady.offset
    // Within a day of a change of the clocks the same local time may have come before.
    if (guess >= steady.from + dayMs && guess < steady.to) return guess
    const local = Temporal.PlainDate.from(dateOfIndex(index)).toPlainDateTime({
      hour: Math.floor(minutes / 60),
      minute: minutes % 60,
    })
    const earlier = local.toZonedDateTime(this.#calendar.zone, { disambiguation: 'earlier' })
    const skipped = !earlier.toPlainDateTime().equals(local)
    const instant = skipped ? (earlier.getTimeZoneTransition('next') ?? earlier) : earlier
    this.#remember(instant.epochMilliseconds)
    return instant.epochMilliseconds
  }

  #remember(ms: number): void {
    if (ms >= this.#steady.from && ms < this.#steady.to) return
    // One later, because the previous change is looked for strictly before.
    const zoned = Temporal.Instant.fromEpochMilliseconds(ms + 1).toZonedDateTimeISO(this.#calendar.zone)
    this.#steady = {
      from: zoned.getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
      to: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
      offset: Math.round(zoned.offsetNanoseconds / 1_000_000),
    }
  }
}

const timelines = new WeakMap<Calendar, Timeline>()

export function timelineOf(calendar: Calendar): Timeline {
  let timeline = timelines.get(calendar)
  if (timeline === undefined) {
    timeline = new Timeline(calendar)
    timelines.set(calendar, timeline)
  }
  return timeline
}
