import { describe, it, expect } from 'vitest'
import { slaPolicySchema, type SlaPolicy } from '#shared/domain/sla/policy.ts'
import { hour, minute, resource } from './support.ts'

const shipped = resource('policies/default-sla.json')
const policy: SlaPolicy = slaPolicySchema.parse(shipped)
const timer = (stage: string): SlaPolicy['timers'][number] | undefined =>
  policy.timers.find((each) => each.stage === stage)

describe('the default policy', () => {
  it.each([
    ['intakeReview', 15 * minute, 'dispatcher'],
    ['diagnosis', 2 * hour, 'technicalLead'],
    ['partsLock', 24 * hour, 'supervisor'],
    ['scheduling', 24 * hour, 'supervisor'],
    ['onsite', 8 * hour, 'technicalLead'],
    ['signoff', 4 * hour, 'dispatcher'],
  ])('calls for %s after %d ms the %s, then the director', (stage, afterMs, role) => {
    expect(timer(stage)).toMatchObject({
      clock: 'wall',
      levels: [
        { level: 1, afterMs, call: { role }, channels: ['inApp', 'chat', 'sms'], dailyReport: false },
        { level: 2, afterMs: 2 * hour, unlessActed: true, call: { role: 'director' }, dailyReport: true },
      ],
    })
  })

  it('runs to the first reply in intake, and from the conclusion for scheduling', () => {
    expect(timer('intakeReview')).toMatchObject({ when: 'untilFirstReply', startsAt: 'stageEntered' })
    expect(timer('scheduling')).toMatchObject({ when: 'untilLeft', startsAt: 'diagnosisConcluded' })
  })

  it('never pauses the first reply, and pauses for a missing part only where parts are locked', () => {
    expect(timer('intakeReview')?.pausesOn).toEqual([])
    const onFrozen = policy.timers.filter((each) => each.pausesOn.includes('frozen'))
    expect(onFrozen.map((each) => each.stage)).toEqual(['partsLock'])
  })
})

describe('slaPolicySchema', () => {
  const level = { level: 1, afterMs: hour, call: { role: 'dispatcher' }, channels: ['inApp'] }
  const base = { key: 'a', stage: 'diagnosis', levels: [level] }
  const paths = (...timers: object[]): string[] => {
    const result = slaPolicySchema.safeParse({ id: 'p', version: 1, timers })
    return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'))
  }

  it('fills in what a short timer leaves out', () => {
    expect(slaPolicySchema.parse({ id: 'p', version: 1, timers: [base] }).timers[0]).toMatchObject({
      clock: 'wall',
      when: 'untilLeft',
      startsAt: 'stageEntered',
      pausesOn: [],
    })
  })

  it.each([
    ['a working clock without a calendar', { clock: 'working' }, 'timers.0.calendarId'],
    ['levels out of step', { levels: [level, { ...level, level: 3 }] }, 'timers.0.levels.1.level'],
    [
      'a first level that may be spared',
      { levels: [{ ...level, unlessActed: true }] },
      'timers.0.levels.0.unlessActed',
    ],
    ['no level', { levels: [] }, 'timers.0.levels'],
    ['a limit of nothing', { levels: [{ ...level, afterMs: 0 }] }, 'timers.0.levels.0.afterMs'],
    ['an unknown role', { levels: [{ ...level, call: { role: 'boss' } }] }, 'timers.0.levels.0.call.role'],
    ['an unknown field', { colour: 'red' }, 'timers.0'],
  ])('refuses %s', (_, change, path) => {
    expect(paths({ ...base, ...change })).toContain(path)
  })

  it('refuses a key used twice', () => {
    expect(paths(base, { ...base, stage: 'onsite' })).toContain('timers.1.key')
  })
})
