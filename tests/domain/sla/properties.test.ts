import { describe, it, expect } from 'vitest'
import fc from 'fast-check'
import { addWorkingMs, calendarSchema, workingMsBetween } from '#shared/domain/sla/calendar.ts'
import { deadline, remainingMs, subtractWorkingMs } from '#shared/domain/sla/deadline.ts'
import { NotEnoughWorkingTimeError } from '#shared/domain/sla/errors.ts'
import type { DeadlineRequest, Pause } from '#shared/domain/sla/types.ts'
import { randomRuns } from '../../support/random.ts'
import { calendars, durations, instants, isPaused, openMinutes, pausesFrom } from './oracle.ts'
import { fills, minute, sumOf } from './support.ts'

const runs = randomRuns(200, 2000)
const simulatedMinutes = 8 * 1440

const requests = fc
  .record({
    start: instants,
    limitMs: durations(30),
    clock: fc.constantFrom<'wall' | 'working'>('wall', 'working', 'working'),
    calendar: calendars,
  })
  .chain((request) => pausesFrom(request.start).map((pauses) => ({ ...request, pauses })))

/** A random calendar may have very little time: too little is a fair answer, and says nothing else. */
function orTooLittle(property: () => void): void {
  try {
    property()
  } catch (error) {
    if (!(error instanceof NotEnoughWorkingTimeError)) throw error
    fc.pre(false)
  }
}

describe('against a simulation of every minute', () => {
  it('has the same deadline, the same pieces and the same time left', () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 0, max: simulatedMinutes - 1 }), (request, probe) => {
        const { start, limitMs, clock, calendar, pauses } = request
        const open = clock === 'wall' ? [] : openMinutes(calendar, start, simulatedMinutes)
        const kindAt = (i: number): string => {
          if (isPaused(pauses, start + i * minute)) return 'paused'
          return clock === 'wall' || open[i] === true ? 'run' : 'closed'
        }
        let used = 0
        let due: number | undefined
        let usedAtProbe = 0
        const kinds: string[] = []
        for (let i = 0; i < simulatedMinutes; i++) {
          if (i === probe) usedAtProbe = used
          if (due === undefined && used === limitMs) due = start + i * minute
          const kind = kindAt(i)
          if (due === undefined) kinds.push(kind)
          if (kind === 'run') used += minute
        }
        expect(remainingMs(request, start + probe * minute)).toBe(limitMs - usedAtProbe)
        orTooLittle(() => {
          const result = deadline(request)
          if (due === undefined) {
            expect(result.dueAt ?? Infinity).toBeGreaterThanOrEqual(start + simulatedMinutes * minute)
            return
          }
          expect(result.dueAt).toBe(due)
          expect(result.pieces.flatMap((p) => Array<string>((p.to - p.from) / minute).fill(p.kind))).toEqual(
            kinds,
          )
        })
      }),
      runs,
    )
  })

  it('has the same working time between two instants, and the same reach back', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 0, max: 6000 }), (calendar, from, length) => {
        const open = openMinutes(calendar, from, length)
        const to = from + length * minute
        const worked = open.filter(Boolean).length * minute
        expect(workingMsBetween(calendar, from, to)).toBe(worked)
        if (worked > 0) {
          expect(subtractWorkingMs(calendar, to, worked)).toBe(from + open.indexOf(true) * minute)
        }
      }),
      runs,
    )
  })
})

describe('working time', () => {
  const anyMs = fc.integer({ min: 0, max: 30 * 60 * minute })

  it('added and measured is the same', () => {
    fc.assert(
      fc.property(calendars, instants, anyMs, anyMs, (calendar, minuteStart, shift, duration) => {
        const start = minuteStart + (shift % minute)
        orTooLittle(() => {
          const { endMs, pieces } = addWorkingMs(calendar, start, duration)
          expect(workingMsBetween(calendar, start, endMs)).toBe(duration)
          expect(sumOf(pieces, 'run')).toBe(duration)
          expect(fills(pieces, start, endMs)).toBe(true)
          const back = subtractWorkingMs(calendar, endMs, duration)
          expect(back).toBeGreaterThanOrEqual(start)
          expect(workingMsBetween(calendar, back, endMs)).toBe(duration)
        })
      }),
      runs,
    )
  })

  it('measured and added comes back to the last working instant', () => {
    fc.assert(
      fc.property(calendars, instants, anyMs, (calendar, start, length) => {
        const end = start + length
        const { endMs } = addWorkingMs(calendar, start, workingMsBetween(calendar, start, end))
        expect(endMs).toBeLessThanOrEqual(end)
        expect(workingMsBetween(calendar, endMs, end)).toBe(0)
      }),
      runs,
    )
  })

  it('adds up over two durations', () => {
    fc.assert(
      fc.property(calendars, instants, anyMs, anyMs, (calendar, start, a, b) => {
        orTooLittle(() => {
          const halfway = addWorkingMs(calendar, start, a).endMs
          expect(addWorkingMs(calendar, halfway, b).endMs).toBe(addWorkingMs(calendar, start, a + b).endMs)
        })
      }),
      runs,
    )
  })

  it('is accepted by the import format in every random calendar', () => {
    fc.assert(
      fc.property(calendars, (calendar) => {
        expect(calendarSchema.safeParse(calendar).error?.issues ?? []).toEqual([])
      }),
      runs,
    )
  })
})

describe('a deadline', () => {
  const due = (request: DeadlineRequest): number => deadline(request).dueAt ?? Infinity

  it('explains itself in pieces without gaps that sum to what was used', () => {
    fc.assert(
      fc.property(requests, (request) => {
        orTooLittle(() => {
          const result = deadline(request)
          const end = result.dueAt ?? result.openPause?.from ?? Number.NaN
          expect(fills(result.pieces, request.start, end)).toBe(true)
          expect(sumOf(result.pieces, 'run')).toBe(result.usedMs)
          if (result.dueAt !== null) expect(remainingMs(request, result.dueAt)).toBe(0)
          expect(remainingMs(request, end)).toBe(request.limitMs - result.usedMs)
        })
      }),
      runs,
    )
  })

  it('never comes earlier for a longer limit or one more pause', () => {
    fc.assert(
      fc.property(requests, durations(10), fc.integer({ min: -60, max: 3000 }), (request, more, after) => {
        orTooLittle(() => {
          expect(due({ ...request, limitMs: request.limitMs + more })).toBeGreaterThanOrEqual(due(request))
          const from = request.start + after * minute
          const extra: Pause = { from, to: from + more, reason: '再停' }
          expect(due({ ...request, pauses: [...request.pauses, extra] })).toBeGreaterThanOrEqual(due(request))
        })
      }),
      runs,
    )
  })

  it('does not care about the order of pauses, nor whether one is cut in two', () => {
    fc.assert(
      fc.property(requests, fc.nat({ max: 100 }), (request, percent) => {
        const halves = request.pauses.flatMap((pause): Pause[] => {
          if (pause.to === null) return [pause]
          const middle = pause.from + Math.floor(((pause.to - pause.from) * percent) / 100)
          return [
            { ...pause, from: middle },
            { ...pause, to: middle },
          ]
        })
        orTooLittle(() => {
          const whole = deadline(request)
          const cut = deadline({ ...request, pauses: halves })
          expect(cut.dueAt).toBe(whole.dueAt)
          expect(cut.usedMs).toBe(whole.usedMs)
          if (request.pauses.length === 1) expect(cut.pieces).toEqual(whole.pieces)
        })
      }),
      runs,
    )
  })
})
