// Stage timers. A deadline is always computed anew from its start and all its pauses, never moved by a
// difference: so resuming, or another policy, cannot lose a pause.
import { appendPiece } from './clockPieces.ts'
import { assertDuration, assertInstant } from './errors.ts'
import { heldTime } from './pauses.ts'
import { timelineOf, type WalkEnd } from './timeline.ts'
import type { Calendar, ClockPiece, Deadline, DeadlineExplanation, DeadlineRequest } from './types.ts'

export type { DeadlineExplanation, DeadlineRequest } from './types.ts'

function calendarOf(request: DeadlineRequest): Calendar {
  if (request.calendar === undefined) throw new TypeError('the working clock needs a calendar')
  return request.calendar
}

function run(
  request: DeadlineRequest,
  from: number,
  until: number,
  budgetMs: number,
  pieces: ClockPiece[],
): WalkEnd {
  if (request.clock === 'working') {
    return timelineOf(calendarOf(request)).forward(from, until, budgetMs, pieces)
  }
  const at = Math.max(from, Math.min(until, from + budgetMs))
  appendPiece(pieces, { from, to: at, kind: 'run' })
  return { at, leftMs: budgetMs - (at - from) }
}

/**
 * When the limit is used up (UTC ms). Half-open: the timer fires at `dueAt` itself, and a pause that begins
 * at that instant comes too late. Paused time counts as paused even where the calendar is closed.
 * @throws NotEnoughWorkingTimeError when three years of the calendar are not enough.
 */
export function deadline(request: DeadlineRequest): Deadline {
  assertInstant(request.start, 'start')
  assertDuration(request.limitMs, 'limit')
  const pieces: ClockPiece[] = []
  let at = request.start
  let leftMs = request.limitMs
  for (const pause of heldTime(request.pauses, request.start)) {
    ;({ at, leftMs } = run(request, at, pause.from, leftMs, pieces))
    if (leftMs === 0) return { dueAt: at, pieces, usedMs: request.limitMs }
    if (pause.to === Infinity) {
      const openPause = { from: pause.from, reason: pause.reason }
      return { dueAt: null, pieces, usedMs: request.limitMs - leftMs, openPause }
    }
    appendPiece(pieces, { from: pause.from, to: pause.to, kind: 'paused', reason: pause.reason })
    at = pause.to
  }
  const end = run(request, at, Infinity, leftMs, pieces)
  return { dueAt: end.at, pieces, usedMs: request.limitMs }
}

/** Running time still left at `now` (UTC ms); zero at the deadline, negative after it, constant in a pause. */
export function remainingMs(request: DeadlineRequest, now: number): number {
  assertInstant(request.start, 'start')
  assertDuration(request.limitMs, 'limit')
  assertInstant(now, 'now')
  const timeline = request.clock === 'working' ? timelineOf(calendarOf(request)) : undefined
  let usedMs = 0
  let at = request.start
  const count = (until: number): void => {
    const to = Math.min(until, now)
    if (to > at) usedMs += timeline === undefined ? to - at : timeline.between(at, to)
  }
  for (const pause of heldTime(request.pauses, request.start)) {
    count(pause.from)
    at = pause.to
  }
  count(now)
  return request.limitMs - usedMs
}

/** The deadline with all that it was computed from; its run pieces sum exactly to `usedMs`. */
export function explainDeadline(request: DeadlineRequest): DeadlineExplanation {
  const { start, limitMs, clock, calendar } = request
  const source =
    clock === 'working' && calendar !== undefined
      ? { calendarId: calendar.id, calendarVersion: calendar.version }
      : {}
  return { start, limitMs, clock, ...source, ...deadline(request) }
}

/**
 * The latest instant (UTC ms) from which `durationMs` of working time is left before `endMs`: "1 h before"
 * a deadline on Monday at 09:30 is Friday 17:30, not Monday 08:30.
 * @throws NotEnoughWorkingTimeError when three years of the calendar are not enough.
 */
export function subtractWorkingMs(calendar: Calendar, endMs: number, durationMs: number): number {
  assertInstant(endMs, 'end')
  assertDuration(durationMs, 'duration')
  return timelineOf(calendar).backward(endMs, durationMs)
}
