import { describe, it, expect } from 'vitest'
import { addWorkingMs, calendarSchema, workingMsBetween } from '#shared/domain/sla/calendar.ts'
import { subtractWorkingMs } from '#shared/domain/sla/deadline.ts'
import { NotEnoughWorkingTimeError } from '#shared/domain/sla/errors.ts'
import type { Calendar } from '#shared/domain/sla/types.ts'
import {
  always,
  calendarWith,
  day,
  everyDay,
  hour,
  minute,
  office,
  resource,
  shanghai,
  sumOf,
} from './support.ts'

describe('working time in the china-office calendar', () => {
  it('skips the lunch break, the night and the weekend', () => {
    const friday = shanghai('2026-11-20 11:30')
    expect(addWorkingMs(office, friday, hour).endMs).toBe(shanghai('2026-11-20 13:30'))
    expect(addWorkingMs(office, friday, 7 * hour).endMs).toBe(shanghai('2026-11-23 10:30'))
  })

  it('ends with the day when the time is used up exactly at closing time', () => {
    expect(addWorkingMs(office, shanghai('2026-11-20 09:00'), 8 * hour).endMs).toBe(
      shanghai('2026-11-20 18:00'),
    )
    expect(addWorkingMs(office, shanghai('2026-11-20 09:00'), 8 * hour + 1).endMs).toBe(
      shanghai('2026-11-23 09:00') + 1,
    )
  })

  it('takes no time for nothing, even while closed', () => {
    const sunday = shanghai('2026-11-22 12:00')
    expect(addWorkingMs(office, sunday, 0)).toEqual({ endMs: sunday, pieces: [] })
  })

  it('names the holiday, and works on the Saturday that pays for it', () => {
    // 国庆节 2026: 1 to 7 October off, Saturday the 10th worked.
    const { endMs, pieces } = addWorkingMs(office, shanghai('2026-09-30 17:00'), 2 * hour)
    expect(endMs).toBe(shanghai('2026-10-08 10:00'))
    expect(pieces).toEqual([
      { from: shanghai('2026-09-30 17:00'), to: shanghai('2026-09-30 18:00'), kind: 'run' },
      {
        from: shanghai('2026-09-30 18:00'),
        to: shanghai('2026-10-01 00:00'),
        kind: 'closed',
        reason: '休息',
      },
      {
        from: shanghai('2026-10-01 00:00'),
        to: shanghai('2026-10-08 00:00'),
        kind: 'closed',
        reason: '国庆节',
      },
      {
        from: shanghai('2026-10-08 00:00'),
        to: shanghai('2026-10-08 09:00'),
        kind: 'closed',
        reason: '休息',
      },
      { from: shanghai('2026-10-08 09:00'), to: shanghai('2026-10-08 10:00'), kind: 'run' },
    ])
    expect(workingMsBetween(office, shanghai('2026-10-10 00:00'), shanghai('2026-10-11 00:00'))).toBe(
      8 * hour,
    )
  })

  it('counts backwards with a minus sign', () => {
    const [from, to] = [shanghai('2026-11-20 10:00'), shanghai('2026-11-23 10:00')]
    expect(workingMsBetween(office, from, to)).toBe(8 * hour)
    expect(workingMsBetween(office, to, from)).toBe(-8 * hour)
  })

  it('marks time of a year whose holidays nobody knows yet', () => {
    const { endMs, pieces } = addWorkingMs(office, shanghai('2026-12-31 17:00'), 2 * hour)
    expect(endMs).toBe(shanghai('2027-01-01 10:00'))
    expect(pieces.map((piece) => [piece.kind, piece.assumed ?? false])).toEqual([
      ['run', false],
      ['closed', false],
      ['closed', true],
      ['run', true],
    ])
  })

  it('does not call a day assumed that the table names in an unknown year', () => {
    const calendar = calendarWith({ days: { '2027-01-01': { kind: 'holiday', name: '元旦' } } })
    const { pieces } = addWorkingMs(calendar, shanghai('2027-01-01 00:00'), hour)
    expect(pieces[0]).toEqual({
      from: shanghai('2027-01-01 00:00'),
      to: shanghai('2027-01-02 00:00'),
      kind: 'closed',
      reason: '元旦',
    })
    expect(pieces[1]?.assumed).toBe(true)
  })
})

describe('"1 h before" in working time', () => {
  it('reaches over the weekend instead of firing in the night', () => {
    expect(subtractWorkingMs(office, shanghai('2026-11-23 09:30'), hour)).toBe(shanghai('2026-11-20 17:30'))
    expect(subtractWorkingMs(office, shanghai('2026-11-23 00:00'), hour)).toBe(shanghai('2026-11-20 17:00'))
  })

  it('stops at opening time when that is enough', () => {
    expect(subtractWorkingMs(office, shanghai('2026-11-23 10:00'), hour)).toBe(shanghai('2026-11-23 09:00'))
    expect(subtractWorkingMs(office, shanghai('2026-11-22 10:00'), 0)).toBe(shanghai('2026-11-22 10:00'))
  })
})

describe('special days', () => {
  const half = calendarWith({
    days: {
      '2026-11-18': { kind: 'holiday', name: '厂庆', intervals: [['09:00', '11:00']] },
      '2026-11-21': { kind: 'workday' },
      '2026-11-22': { kind: 'workday', intervals: [['10:00', '12:00']] },
      '2026-11-20': { kind: 'holiday' },
    },
  })
  const worked = (date: string): number =>
    workingMsBetween(half, shanghai(`${date} 00:00`), shanghai(`${date} 00:00`) + day)

  it('take their own hours, or the usual ones, or none', () => {
    expect(['2026-11-18', '2026-11-20', '2026-11-21', '2026-11-22'].map(worked)).toEqual([
      2 * hour,
      0,
      8 * hour,
      2 * hour,
    ])
  })

  it('without a name are still called a holiday', () => {
    const { pieces } = addWorkingMs(half, shanghai('2026-11-20 09:00'), hour)
    expect(pieces[0]?.reason).toBe('节假日')
  })
})

describe('night shifts', () => {
  const nights = calendarWith({ week: everyDay(['22:00', '06:00']) })

  it('cross midnight in one piece', () => {
    const start = shanghai('2026-11-20 23:00')
    expect(addWorkingMs(nights, start, 7 * hour)).toEqual({
      endMs: start + 7 * hour,
      pieces: [{ from: start, to: start + 7 * hour, kind: 'run' }],
    })
  })

  it('belong to the day on which they begin', () => {
    const calendar = { ...nights, days: { '2026-11-21': { kind: 'holiday' as const } } }
    const night = (date: string): number =>
      workingMsBetween(calendar, shanghai(`${date} 12:00`), shanghai(`${date} 12:00`) + day)
    expect(night('2026-11-20')).toBe(8 * hour)
    expect(night('2026-11-21')).toBe(0)
  })
})

describe('a night shift into an unknown year', () => {
  it('is still known, for it began in the old one', () => {
    const nights = calendarWith({ week: everyDay(['22:00', '06:00']) })
    const { pieces } = addWorkingMs(nights, shanghai('2026-12-31 23:00'), 8 * hour)
    expect(pieces.map((piece) => [piece.kind, piece.assumed ?? false])).toEqual([
      ['run', false],
      ['closed', true],
      ['run', true],
    ])
  })
})

describe('daylight saving time', () => {
  const berlin = calendarWith({ zone: 'Europe/Berlin', week: everyDay(['00:00', '24:00']) })
  const newYork = calendarWith({ zone: 'America/New_York', week: everyDay(['00:00', '24:00']) })
  const dayOf = (calendar: Calendar, from: string, to: string): number =>
    workingMsBetween(calendar, Date.parse(from), Date.parse(to))

  it('has days of 23 and of 25 hours', () => {
    expect(dayOf(berlin, '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00')).toBe(23 * hour)
    expect(dayOf(berlin, '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00')).toBe(25 * hour)
    expect(dayOf(newYork, '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00')).toBe(23 * hour)
    expect(dayOf(newYork, '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00')).toBe(25 * hour)
  })

  it('shortens and lengthens the night shift', () => {
    const nights = { ...berlin, week: everyDay(['22:00', '06:00']) }
    const before = {
      spring: Date.parse('2026-03-28T22:00+01:00'),
      autumn: Date.parse('2026-10-24T22:00+02:00'),
    }
    expect(addWorkingMs(nights, before.spring, 8 * hour).pieces[0]?.to).toBe(before.spring + 7 * hour)
    expect(addWorkingMs(nights, before.autumn, 10 * hour).pieces[0]?.to).toBe(before.autumn + 9 * hour)
  })

  it('opens with the jump when the opening time is skipped, and once when it comes twice', () => {
    const early = { ...berlin, week: everyDay(['02:30', '04:00']) }
    const opening = (from: string): number => addWorkingMs(early, Date.parse(from), 1).endMs - 1
    expect(opening('2026-03-29T00:00+01:00')).toBe(Date.parse('2026-03-29T03:00+02:00'))
    expect(dayOf(early, '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00')).toBe(hour)
    expect(opening('2026-10-25T00:00+02:00')).toBe(Date.parse('2026-10-25T02:30+02:00'))
    expect(dayOf(early, '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00')).toBe(2.5 * hour)
  })

  it('does not depend on which day was asked for first', () => {
    // In Havana the clocks jump at midnight itself: the first instant of the day is the change.
    const havana = { ...berlin, zone: 'America/Havana', week: everyDay(['09:00', '18:00']) }
    const dayOfChange = Date.parse('2026-03-08T01:00-04:00')
    expect(addWorkingMs(havana, dayOfChange, 1).endMs - 1).toBe(Date.parse('2026-03-08T09:00-04:00'))
    const dayBefore = Date.parse('2026-03-06T20:00-05:00')
    expect(addWorkingMs(havana, dayBefore, 1).endMs - 1).toBe(Date.parse('2026-03-07T09:00-05:00'))
  })

  it('has nothing to work on a date that never was', () => {
    const apia = { ...berlin, zone: 'Pacific/Apia' }
    const start = Date.parse('2011-12-29T12:00-10:00')
    // From the 29th at noon to the 31st at noon, over a 30th that was skipped.
    expect(workingMsBetween(apia, start, Date.parse('2011-12-31T12:00+14:00'))).toBe(day)
    expect(addWorkingMs(apia, start, 3 * day).endMs).toBe(start + 3 * day)
  })

  it('follows the zone of the calendar, not of the machine', () => {
    const nine = (zone: string): number =>
      addWorkingMs(calendarWith({ zone }), Date.parse('2026-11-20T00:00Z'), 1).endMs - 1
    expect(nine('Asia/Shanghai')).toBe(Date.parse('2026-11-20T01:00Z'))
    expect(nine('Europe/Berlin')).toBe(Date.parse('2026-11-20T08:00Z'))
    expect(nine('America/New_York')).toBe(Date.parse('2026-11-20T14:00Z'))
  })
})

describe('a calendar with too little working time', () => {
  const never = calendarWith({ week: everyDay() })

  it('is an error, not an endless loop', () => {
    const start = shanghai('2026-11-20 09:00')
    expect(() => addWorkingMs(never, start, 1)).toThrow(NotEnoughWorkingTimeError)
    expect(() => subtractWorkingMs(never, start, 1)).toThrow(NotEnoughWorkingTimeError)
    expect(() => addWorkingMs(office, start, 1000 * day)).toThrow(NotEnoughWorkingTimeError)
    expect(workingMsBetween(never, start, start + 5000 * day)).toBe(0)
  })

  it('refuses what is no time at all', () => {
    for (const bad of [Number.NaN, Infinity, 0.5]) {
      expect(() => addWorkingMs(office, bad, 1)).toThrow(RangeError)
      expect(() => addWorkingMs(office, 0, bad)).toThrow(RangeError)
      expect(() => workingMsBetween(office, 0, bad)).toThrow(RangeError)
    }
    expect(() => addWorkingMs(office, 0, -1)).toThrow(RangeError)
  })
})

describe('calendarSchema', () => {
  const table = (change: object): object => ({
    ...(resource('calendars/china-office.json') as object),
    ...change,
  })
  const week = (pieces: [string, string][], monday = pieces): object => ({
    ...everyDay(...pieces),
    1: monday,
  })
  const paths = (value: object): string[] => {
    const result = calendarSchema.safeParse(value)
    return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'))
  }

  it('accepts night shifts, 24 hours, touching pieces and a half holiday', () => {
    expect(
      paths(
        table({
          week: week([
            ['22:00', '06:00'],
            ['06:00', '09:00'],
          ]),
        }),
      ),
    ).toEqual([])
    expect(paths(table({ week: week([['00:00', '24:00']]) }))).toEqual([])
    expect(paths(table({ week: week([['07:00', '07:00']]), days: {} }))).toEqual([])
    expect(
      paths(table({ days: { '2028-02-29': { kind: 'holiday', intervals: [['09:00', '12:00']] } } })),
    ).toEqual([])
  })

  it.each([
    [
      'overlapping pieces',
      {
        week: week(
          [],
          [
            ['09:00', '12:00'],
            ['11:59', '13:00'],
          ],
        ),
      },
      'week.1',
    ],
    [
      'a night shift into the next morning',
      {
        week: week([
          ['05:00', '07:00'],
          ['22:00', '06:00'],
        ]),
      },
      'week.1',
    ],
    [
      'a Sunday night into Monday',
      { week: { ...everyDay(), 7: [['22:00', '06:00']], 1: [['05:00', '08:00']] } },
      'week.1',
    ],
    [
      'a special day into the next',
      { days: { '2026-11-18': { kind: 'workday', intervals: [['22:00', '10:00']] } } },
      'days.2026-11-18',
    ],
    [
      'overlaps on a special day',
      {
        days: {
          '2026-11-18': {
            kind: 'holiday',
            intervals: [
              ['09:00', '12:00'],
              ['10:00', '11:00'],
            ],
          },
        },
      },
      'days.2026-11-18',
    ],
    ['a bad hour', { week: week([['09:00', '25:00']]) }, 'week.1.0.1'],
    ['a start at 24:00', { week: week([['24:00', '06:00']]) }, 'week.1.0.0'],
    ['a time without its zero', { week: week([['9:00', '18:00']]) }, 'week.1.0.0'],
    ['an invented zone', { zone: 'Asia/Beijing' }, 'zone'],
    ['a fixed offset', { zone: '+08:00' }, 'zone'],
    ['a date that is none', { days: { '2026-02-30': { kind: 'holiday' } } }, 'days.2026-02-30'],
    ['a week without work', { week: everyDay() }, 'week'],
    ['a missing weekday', { week: { 1: [] } }, 'week.2'],
    ['a year named twice', { knownYears: [2025, 2025] }, 'knownYears'],
    ['an unknown field', { colour: 'red' }, ''],
  ])('refuses %s', (_, change, path) => {
    expect(paths(table(change))).toContain(path)
  })
})

describe('the shipped calendars', () => {
  it('know 2023 to 2026, holidays and 调休', () => {
    expect(office.knownYears).toEqual([2023, 2024, 2025, 2026])
    expect(office.days['2024-02-10']).toEqual({ kind: 'holiday', name: '春节' })
    expect(office.days['2024-02-04']).toEqual({ kind: 'workday', name: '春节调休' })
    expect(office.days['2025-10-08']?.kind).toBe('holiday')
    for (const year of office.knownYears) {
      const holidays = Object.entries(office.days).filter(
        ([date, special]) => date.startsWith(String(year)) && special.kind === 'holiday',
      )
      expect(holidays.length).toBeGreaterThan(20)
    }
  })

  it('agree with wall time when always open', () => {
    const start = shanghai('2026-12-31 23:59')
    const { endMs, pieces } = addWorkingMs(always, start, 90 * minute)
    expect(endMs).toBe(start + 90 * minute)
    expect(pieces).toEqual([{ from: start, to: endMs, kind: 'run' }])
    expect(sumOf(pieces, 'run')).toBe(90 * minute)
  })
})
