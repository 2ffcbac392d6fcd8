import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomRuns } from '../support/random.ts'
import { instantOf, offsetMs, wallTime } from '../../renderer/words/zone.ts'

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'] as const
const HOUR = 3_600_000

describe('times on the wall of a zone', () => {
  it('are read back as what they were written from, to the minute', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 4_102_444_800 / 60 }), (zone, minutes) => {
        const at = minutes * 60_000
        const back = instantOf(wallTime(at, zone).slice(0, 16), zone)
        // An hour that comes twice is read as the first.
        expect([at, at - HOUR, at - HOUR / 2]).toContain(back)
        expect(wallTime(back, zone)).toBe(wallTime(at, zone))
      }),
      randomRuns(300),
    )
  })

  it('know summer time, and what it leaves out', () => {
    expect(offsetMs(Date.UTC(2026, 6, 1), 'Europe/Berlin')).toBe(2 * HOUR)
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30))
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30))
    expect(instantOf('no time', 'UTC')).toBeNaN()
  })
})
