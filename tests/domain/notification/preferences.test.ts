import { describe, expect, it } from 'vitest'
import { defaultPreferences, isQuiet, ringOf, soundOf, type NoticePreferences } from '#shared/domain/notification/preferences.ts'

const ZONE = 'Asia/Shanghai'
/** A time of day in Shanghai, in the week of Monday, 2 March 2026. */
const at = (day: number, time: string): number => Date.parse(`2026-03-0${day + 1}T${time}:00+08:00`)
const prefer = (change: Partial<NoticePreferences> = {}): NoticePreferences => ({
  ...defaultPreferences({ sound: true, quietHours: null }),
  ...change,
})
const night = { from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5] }
const call = { kind: 'escalation', params: { role: 'supervisor' } }

describe('do not disturb', () => {
  it('holds from the first minute to before the last, past midnight too', () => {
    const preferences = prefer({ quietHours: night })
    const quiet = (day: number, time: string): boolean => isQuiet(preferences, at(day, time), ZONE)
    expect([quiet(1, '21:59'), quiet(1, '22:00'), quiet(2, '06:59'), quiet(2, '07:00')]).toEqual([false, true, true, false])
  })

  it('belongs to the evening on which it began', () => {
    const preferences = prefer({ quietHours: night })
    const quiet = (day: number, time: string): boolean => isQuiet(preferences, at(day, time), ZONE)
    expect(quiet(6, '03:00'), 'Friday’s night reaches into Saturday').toBe(true)
    expect(quiet(6, '23:00'), 'Saturday is not chosen').toBe(false)
    expect(quiet(1, '03:00'), 'nor is Sunday, whose night this is').toBe(false)
  })

  it('is told in the zone of the company, not of the computer', () => {
    const preferences = prefer({ quietHours: { from: '12:00', to: '13:00', days: [1, 2, 3, 4, 5, 6, 7] } })
    expect(isQuiet(preferences, at(1, '12:30'), ZONE)).toBe(true)
    expect(isQuiet(preferences, at(1, '12:30'), 'Europe/Berlin')).toBe(false)
  })

  it('for an hour ends by itself', () => {
    const preferences = prefer({ quietUntil: at(1, '11:00') })
    expect(isQuiet(preferences, at(1, '11:00') - 1, ZONE)).toBe(true)
    expect(isQuiet(preferences, at(1, '11:00'), ZONE)).toBe(false)
  })

  it('lets a promise through that broke up to the director, where that is wished', () => {
    const director = { kind: 'escalation', params: { role: 'director' } }
    const fellUp = { kind: 'escalation', params: { role: 'supervisor', fellUpTo: 'admin' } }
    const quiet = prefer({ quietUntil: at(1, '11:00') })
    const now = at(1, '10:00')
    expect(ringOf(call, quiet, now, ZONE)).toEqual({ sound: 'none', system: false })
    expect(ringOf(director, quiet, now, ZONE)).toEqual({ sound: 'alarm', system: true })
    expect(ringOf(fellUp, quiet, now, ZONE).system).toBe(true)
    expect(ringOf(director, { ...quiet, directorPasses: false }, now, ZONE).system).toBe(false)
  })
})

describe('what sounds', () => {
  const now = at(1, '10:00')

  it('is chosen for each kind; a kind that is new has a sound, too', () => {
    const preferences = prefer({ sounds: { escalation: 'none', mention: 'knock' } })
    expect([soundOf(preferences, 'escalation'), soundOf(preferences, 'mention'), soundOf(preferences, 'somethingNew')]).toEqual(['none', 'knock', 'chime'])
  })

  it('is nothing where sound is off or at no volume; the message of the system comes all the same', () => {
    expect(ringOf(call, prefer({ sound: false }), now, ZONE)).toEqual({ sound: 'none', system: true })
    expect(ringOf(call, prefer({ volume: 0 }), now, ZONE).sound).toBe('none')
  })

  it('comes with a message of the system for calls alone', () => {
    expect(ringOf({ kind: 'mention', params: {} }, prefer(), now, ZONE)).toEqual({ sound: 'chime', system: false })
    expect(ringOf(call, prefer({ system: false }), now, ZONE).system).toBe(false)
  })
})
