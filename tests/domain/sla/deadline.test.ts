import { describe, it, expect } from 'vitest'
import { deadline, explainDeadline, remainingMs } from '#shared/domain/sla/deadline.ts'
import { NotEnoughWorkingTimeError } from '#shared/domain/sla/errors.ts'
import type { DeadlineRequest, Pause } from '#shared/domain/sla/types.ts'
import { calendarWith, day, everyDay, fills, hour, minute, office, shanghai, sumOf } from './support.ts'

const start = shanghai('2026-11-20 16:00')
const wall = (limitMs: number, ...pauses: Pause[]): DeadlineRequest => ({
  start,
  limitMs,
  clock: 'wall',
  pauses,
})
const working = (limitMs: number, ...pauses: Pause[]): DeadlineRequest => ({
  start,
  limitMs,
  clock: 'working',
  calendar: office,
  pauses,
})
const pause = (from: number, to: number | null, reason = '等待客户'): Pause => ({ from, to, reason })

describe('a deadline by the wall clock', () => {
  it('is start plus limit, and runs on through the night', () => {
    expect(deadline(wall(24 * hour))).toEqual({
      dueAt: start + 24 * hour,
      usedMs: 24 * hour,
      pieces: [{ from: start, to: start + 24 * hour, kind: 'run' }],
    })
  })

  it('is the start itself for no limit at all, even inside a pause', () => {
    expect(deadline(wall(0, pause(start - hour, null))).dueAt).toBe(start)
  })

  it('is half-open: nothing is left at that instant, a millisecond before it there was one', () => {
    expect(remainingMs(wall(2 * hour), start + 2 * hour - 1)).toBe(1)
    expect(remainingMs(wall(2 * hour), start + 2 * hour)).toBe(0)
    expect(remainingMs(wall(2 * hour), start + 3 * hour)).toBe(-hour)
    expect(remainingMs(wall(2 * hour), start - hour)).toBe(2 * hour)
  })
})

describe('pauses', () => {
  it('are given back in full on resume', () => {
    const request = wall(2 * hour, pause(start + hour, start + 5 * hour))
    expect(deadline(request).dueAt).toBe(start + 6 * hour)
    expect(remainingMs(request, start + hour)).toBe(hour)
    expect(remainingMs(request, start + 4 * hour)).toBe(hour)
    expect(remainingMs(request, start + 5.5 * hour)).toBe(0.5 * hour)
  })

  it('hold the clock while they are open, and say since when', () => {
    const request = wall(2 * hour, pause(start + 30 * minute, null, '缺件冻结'))
    expect(deadline(request)).toEqual({
      dueAt: null,
      usedMs: 30 * minute,
      pieces: [{ from: start, to: start + 30 * minute, kind: 'run' }],
      openPause: { from: start + 30 * minute, reason: '缺件冻结' },
    })
    expect(remainingMs(request, start + 100 * day)).toBe(90 * minute)
  })

  it('come too late when they begin at the deadline or after it', () => {
    expect(deadline(wall(hour, pause(start + hour, null))).dueAt).toBe(start + hour)
    expect(deadline(wall(hour, pause(start + hour - 1, null))).dueAt).toBeNull()
  })

  it('may hold the start', () => {
    const request = wall(hour, pause(start - hour, start + 20 * minute))
    expect(deadline(request)).toMatchObject({
      dueAt: start + 80 * minute,
      pieces: [
        { from: start, to: start + 20 * minute, kind: 'paused' },
        { from: start + 20 * minute, to: start + 80 * minute, kind: 'run' },
      ],
    })
    expect(deadline(wall(hour, pause(start - hour, null))).openPause?.from).toBe(start)
  })

  it('overlapping each other count once', () => {
    const a = pause(start + hour, start + 3 * hour, '缺件冻结')
    const b = pause(start + 2 * hour, start + 4 * hour)
    const inside = pause(start + 90 * minute, start + 100 * minute, '里面')
    const { dueAt, pieces } = deadline(wall(2 * hour, b, inside, a))
    expect(dueAt).toBe(start + 5 * hour)
    expect(pieces.map((piece) => [piece.kind, piece.reason, piece.to - start])).toEqual([
      ['run', undefined, hour],
      ['paused', '缺件冻结', 3 * hour],
      ['paused', '等待客户', 4 * hour],
      ['run', undefined, 5 * hour],
    ])
  })

  it('that are empty, turned round or long over change nothing', () => {
    const useless = [
      pause(start + 1, start + 1),
      pause(start + 9, start + 3),
      pause(start - day, start - hour),
    ]
    expect(deadline(wall(hour, ...useless))).toEqual(deadline(wall(hour)))
  })

  it('over closed time give back only the working time they held', () => {
    // Friday 17:00 to Monday 10:00 holds one hour on each side of the weekend.
    const held = pause(shanghai('2026-11-20 17:00'), shanghai('2026-11-23 10:00'))
    const result = deadline(working(2 * hour, held))
    expect(result.dueAt).toBe(shanghai('2026-11-23 11:00'))
    expect(result.pieces.map((piece) => piece.kind)).toEqual(['run', 'paused', 'run'])
    const night = pause(shanghai('2026-11-20 20:00'), shanghai('2026-11-22 20:00'))
    expect(deadline(working(3 * hour, night)).dueAt).toBe(deadline(working(3 * hour)).dueAt)
  })

  it('survive another limit, clock or calendar', () => {
    const pauses = [pause(start + hour, start + 2 * hour)]
    const before = deadline({ start, limitMs: 2 * hour, clock: 'wall', pauses })
    const longer = deadline({ start, limitMs: 4 * hour, clock: 'wall', pauses })
    const slower = deadline({ start, limitMs: 2 * hour, clock: 'working', calendar: office, pauses })
    expect(before.dueAt).toBe(start + 3 * hour)
    expect(longer.dueAt).toBe(start + 5 * hour)
    expect(slower.dueAt).toBe(shanghai('2026-11-23 10:00'))
    for (const result of [before, longer, slower]) expect(sumOf(result.pieces, 'paused')).toBe(hour)
  })
})

describe('a deadline by the working clock', () => {
  it('needs a calendar', () => {
    expect(() => deadline({ start, limitMs: 1, clock: 'working' })).toThrow(TypeError)
    expect(() => remainingMs({ start, limitMs: 1, clock: 'working' }, start)).toThrow(TypeError)
  })

  it('is an error when the calendar never opens, unless a pause holds it', () => {
    const calendar = calendarWith({ week: everyDay() })
    const request: DeadlineRequest = { start, limitMs: hour, clock: 'working', calendar }
    expect(() => deadline(request)).toThrow(NotEnoughWorkingTimeError)
    expect(deadline({ ...request, pauses: [pause(start + day, null)] }).dueAt).toBeNull()
    expect(remainingMs(request, start + 5000 * day)).toBe(hour)
  })
})

describe('an explanation', () => {
  it('gives start, calendar pieces, pauses and result, and sums exactly', () => {
    const explained = explainDeadline(working(6 * hour, pause(start + hour, start + 90 * minute, '缺件冻结')))
    expect(explained).toMatchObject({
      start,
      limitMs: 6 * hour,
      clock: 'working',
      calendarId: 'china-office',
      calendarVersion: 1,
      dueAt: shanghai('2026-11-23 14:30'),
      usedMs: 6 * hour,
    })
    expect(fills(explained.pieces, start, shanghai('2026-11-23 14:30'))).toBe(true)
    expect(sumOf(explained.pieces, 'run')).toBe(6 * hour)
    expect(sumOf(explained.pieces, 'paused')).toBe(30 * minute)
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explained)
  })

  it('names no calendar for the wall clock', () => {
    expect(explainDeadline({ ...wall(hour), calendar: office })).not.toHaveProperty('calendarId')
  })
})

describe('the cost of a deadline', () => {
  /** The best of many batches: what the code costs, not what else the machine does. */
  const cost = (request: DeadlineRequest): number => {
    let best = Infinity
    for (let batch = 0; batch < 40; batch++) {
      const began = performance.now()
      for (let i = 0; i < 200; i++) deadline({ ...request, start: start - i * hour })
      best = Math.min(best, ((performance.now() - began) * 1000) / 200)
    }
    return best
  }

  it('stays far below a command', () => {
    const pauses = [pause(start + hour, start + 3 * hour), pause(start + day, start + 2 * day)]
    expect(cost(wall(24 * hour, ...pauses))).toBeLessThan(20)
    expect(cost(working(24 * hour, ...pauses))).toBeLessThan(60)
  })
})
