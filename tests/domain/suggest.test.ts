import { describe, expect, it } from 'vitest'
import { suggest, type SuggestEngineer, type SuggestJob } from '#shared/domain/dispatch/suggest.ts'
import { DEFAULT_WEIGHTS } from '#shared/domain/dispatch/problem.ts'
import { roadMs } from '#shared/domain/dispatch/travel.ts'
import { NO_PROFILE, type EngineerRoster, type Span } from '#shared/domain/roster/types.ts'
import { instantIn } from '#shared/domain/roster/zoneTime.ts'

const HOUR = 3_600_000
const SHANGHAI = 'Asia/Shanghai'
const at = (time: string, day = '2026-10-22', zone = SHANGHAI): number => instantIn(zone, day, time)
const HERE = { lat: 31.3, lon: 120.6 }

function engineer(id: string, shifts: readonly Span[], more: Partial<EngineerRoster> = {}, booked: SuggestEngineer['booked'] = []): SuggestEngineer {
  const roster: EngineerRoster = {
    ...NO_PROFILE,
    engineer: id,
    name: id,
    hasProfile: true,
    hasShifts: true,
    home: { ...HERE, name: '' },
    skills: [{ skill: 'plc', level: 3, certificate: 'C-1', validUntil: null }],
    shifts: shifts.map((shift, n) => ({ ...shift, id: `${id}-${n}`, source: 'single', day: '2026-10-22' })),
    absences: [],
    booked: [],
    ...more,
  }
  return { roster, booked, lastAtMachine: null, timesAtModel: 0, carries: new Set() }
}

const JOB: SuggestJob = {
  place: HERE,
  durationMs: 2 * HOUR,
  crew: 1,
  skills: [{ skill: 'plc', level: 2, name: 'PLC' }],
  windows: [],
  notBefore: 0,
  notAfter: Infinity,
  dueAt: null,
  priority: 1,
  parts: [],
}

const asked = (job: Partial<SuggestJob>, engineers: readonly SuggestEngineer[], more: { span?: Span; now?: number; zone?: string } = {}) =>
  suggest({ ...JOB, ...job }, engineers, {
    now: at('06:00'),
    span: { from: at('00:00'), to: at('00:00', '2026-10-24') },
    zone: SHANGHAI,
    weights: DEFAULT_WEIGHTS,
    travel: (from, to) => (from && to ? roadMs(from, to, { roadFactor: 1.35, speedKmh: 40 }) : null),
    limit: 20,
    ...more,
  })
const day: Span = { from: at('08:00'), to: at('17:00') }
const codes = (found: ReturnType<typeof asked>): Record<string, string[]> =>
  Object.fromEntries(found.leftOut.map(({ engineer: id, reasons }) => [id, reasons.map(({ code }) => code)]))

describe('suggestions', () => {
  it('reach over midnight and through shifts that follow each other, and into a night window', () => {
    const night = { from: at('20:00'), to: at('08:00', '2026-10-23') }
    const window = { from: at('23:30'), to: at('00:30', '2026-10-23') }
    const found = asked({ windows: [window] }, [engineer('night', [night]), engineer('day', [day])])
    expect(found.options).toMatchObject([{ engineers: ['night'], from: at('23:30'), to: at('01:30', '2026-10-23') }])
    expect(codes(found)).toEqual({ day: ['outsideWindow'] })
    const whole = engineer('whole', [{ from: at('00:00'), to: at('00:00', '2026-10-23') }, { from: at('00:00', '2026-10-23'), to: at('00:00', '2026-10-24') }])
    expect(asked({ windows: [window], durationMs: 20 * HOUR }, [whole]).options).toMatchObject([{ from: at('23:30') }])
  })

  it('keep to real time where the clocks are set back', () => {
    const zone = 'Europe/Berlin'
    // The night of 2026-10-25 has an hour more: 22:00 to 06:00 is nine hours.
    const night = { from: at('22:00', '2026-10-24', zone), to: at('06:00', '2026-10-25', zone) }
    const span = { from: at('00:00', '2026-10-24', zone), to: at('00:00', '2026-10-26', zone) }
    const found = asked({ durationMs: 9 * HOUR }, [engineer('night', [night])], { zone, span, now: span.from })
    expect(found.options).toMatchObject([{ from: night.from, to: night.to }])
    expect(codes(asked({ durationMs: 10 * HOUR }, [engineer('night', [night])], { zone, span, now: span.from }))).toEqual({ night: ['noRoom'] })
  })

  it('tell of each who is left out the reason that weighs most', () => {
    const found = asked({ durationMs: 4 * HOUR }, [
      engineer('junior', [day], { skills: [{ skill: 'plc', level: 1, certificate: '', validUntil: null }] }),
      engineer('lapsed', [day], { skills: [{ skill: 'plc', level: 3, certificate: 'C', validUntil: '2026-10-21' }] }),
      engineer('off', []),
      engineer('away', [day], { absences: [{ from: at('00:00'), to: at('00:00', '2026-10-25') }] }),
      engineer('busy', [day], {}, [{ from: at('11:00'), to: at('14:00'), number: 'A-1', place: HERE }]),
    ])
    expect(found.options).toEqual([])
    expect(codes(found)).toEqual({ junior: ['notQualified'], lapsed: ['certificateExpired'], off: ['noShift'], away: ['absent'], busy: ['noRoom'] })
    expect(found.leftOut.at(-1)?.reasons[0]?.params).toEqual({ longestMinutes: 180, neededMinutes: 240 })
  })

  it('go to whoever is nearer, knows the machine, or is in time', () => {
    const near = engineer('near', [day])
    const far = engineer('far', [day], { home: { lat: 31.3, lon: 121.4, name: '' } })
    expect(asked({}, [far, near]).options.map(({ engineers }) => engineers[0])).toEqual(['near', 'far'])
    const knows = { ...engineer('knows', [day]), lastAtMachine: { at: at('09:00', '2026-09-01'), number: 'A-9' } }
    const [first] = asked({}, [near, knows]).options
    expect(first?.engineers).toEqual(['knows'])
    expect(first?.reasons.map(({ code }) => code)).toEqual(['hasCertificate', 'free', 'travel', 'knowsMachine', 'nthJob'])
    const busy = engineer('busy', [day], {}, [{ from: at('08:00'), to: at('12:00'), number: 'A-1', place: HERE }])
    const late = asked({ dueAt: at('10:00') }, [busy]).options[0]
    expect(late?.reasons.find(({ code }) => code === 'late')).toMatchObject({ against: true, params: { minutes: 120 } })
  })

  it('bring a crew together at one hour, or say how many are found', () => {
    const late = engineer('late', [{ from: at('13:00'), to: at('17:00') }])
    const found = asked({ crew: 2 }, [engineer('early', [day]), late])
    expect(found.options[0]).toMatchObject({ from: at('13:00') })
    expect([...(found.options[0]?.engineers ?? [])].sort()).toEqual(['early', 'late'])
    const alone = asked({ crew: 2 }, [engineer('early', [day])])
    expect(alone.leftOut).toMatchObject([{ engineer: 'early', reasons: [{ code: 'crewTooSmall', params: { needed: 2, found: 1 } }] }])
  })

  it('count no way where nobody knows the place, and say so', () => {
    const [option] = asked({ place: null }, [engineer('near', [day])]).options
    expect(option).toMatchObject({ travelMs: null, from: at('08:00') })
    expect(option?.reasons.map(({ code }) => code)).toContain('placeUnknown')
  })

  it('are empty where there is nobody', () => {
    expect(asked({}, [])).toEqual({ options: [], more: 0, leftOut: [] })
  })
})
