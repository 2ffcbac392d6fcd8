import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Alarm } from '#core/scheduler/alarm.ts'

const MINUTE = 60_000
let now = 0
let rings = 0
let jumps: number[] = []
const alarm = new Alarm(() => now, () => (rings += 1), (byMs) => jumps.push(byMs))

/** Lets time run; the wall clock goes with it. */
function pass(ms: number): void {
  now += ms
  vi.advanceTimersByTime(ms)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  now = Date.UTC(2026, 2, 2, 1)
  rings = 0
  jumps = []
})
afterEach(() => {
  alarm.clear()
  vi.useRealTimers()
})

describe('the alarm', () => {
  it('rings when the instant comes', () => {
    alarm.set(now + 5_000)
    pass(4_999)
    expect(rings).toBe(0)
    pass(1)
    expect(rings).toBe(1)
    expect(jumps).toEqual([])
  })

  it('rings at once for an instant that has passed', () => {
    alarm.set(now - MINUTE)
    pass(0)
    expect(rings).toBe(1)
  })

  it('never sleeps longer than a minute, so that no set clock is missed', () => {
    for (const at of [now + 400 * 24 * 60 * MINUTE, undefined]) {
      alarm.set(at)
      pass(MINUTE)
    }
    expect(rings).toBe(2)
    expect(jumps).toEqual([])
  })

  it('says by how much the clock was set, forwards and backwards', () => {
    alarm.set(undefined)
    now += 3 * 60 * MINUTE
    pass(MINUTE)
    alarm.set(undefined)
    now -= 2 * 60 * MINUTE
    pass(MINUTE)
    expect(jumps).toEqual([180 * MINUTE, -120 * MINUTE])
  })

  it('is silent once it was cleared', () => {
    alarm.set(now + 1)
    alarm.clear()
    pass(MINUTE)
    expect(rings).toBe(0)
  })
})
