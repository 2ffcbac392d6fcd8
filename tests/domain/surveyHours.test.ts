import { describe, expect, it } from 'vitest'
import { askedFrom } from '#shared/domain/survey/when.ts'

describe('the hours at which a customer may be asked', () => {
  it.each([
    ['Asia/Shanghai', '2026-10-21T00:00Z', '2026-10-21T01:00Z'],
    ['Asia/Shanghai', '2026-10-21T11:59Z', '2026-10-21T11:59Z'],
    ['Asia/Shanghai', '2026-10-21T12:00Z', '2026-10-22T01:00Z'],
    // The clocks are set forward, and back: nine and eight are what the wall says.
    ['Europe/Berlin', '2026-03-29T05:00Z', '2026-03-29T07:00Z'],
    ['Europe/Berlin', '2026-10-25T05:00Z', '2026-10-25T08:00Z'],
    ['Europe/Berlin', '2026-10-25T18:30Z', '2026-10-25T18:30Z'],
    ['Europe/Berlin', '2026-03-28T21:00Z', '2026-03-29T07:00Z'],
  ])('%s: at %s, from %s on', (zone, at, opens) => {
    expect(new Date(askedFrom(Date.parse(at), zone)).toISOString()).toBe(new Date(opens).toISOString())
  })
})
