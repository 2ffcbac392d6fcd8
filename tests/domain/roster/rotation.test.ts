import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import { kilometres } from '#shared/domain/roster/geo.ts'
import { shiftMonthFold } from '#shared/domain/roster/monthFold.ts'
import { clashBetween, clashWithin, joined, overlaps, rotationShifts } from '#shared/domain/roster/rotation.ts'
import type { Rotation } from '#shared/domain/roster/types.ts'
import { addDays, dayIn, instantIn, spanText } from '#shared/domain/roster/zoneTime.ts'
import { skillFinder } from '#shared/domain/skill/need.ts'
import { randomRuns } from '../../support/random.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const nightly = (zone: string, minutes: number): Rotation => ({
  id: 'r',
  from: '2026-03-01',
  until: null,
  zone,
  cycleDays: 1,
  shifts: [{ day: 0, start: '08:00', minutes }],
})

describe('a rotation', () => {
  it('keeps its wall time where the clocks are changed, and no hour is worked twice', () => {
    const span = { from: instantIn('Europe/Berlin', '2026-03-28', '08:00'), to: instantIn('Europe/Berlin', '2026-03-30', '08:00') }
    const shifts = joined(rotationShifts(nightly('Europe/Berlin', 1440), span))
    const within = shifts.filter((shift) => shift.from >= span.from)
    // 29 March has 23 hours: the shift of 24 h that begins on the 28th reaches into the next one.
    expect(within.map(({ from, to }) => (to - from) / HOUR)).toEqual([24, 23])
    expect(within[1]?.from).toBe(within[0]?.to)
    expect(spanText('Europe/Berlin', within[0] ?? span)).toBe('2026-03-28 08:00–03-29 09:00')
  })

  it('stands where it stood when the company’s zone is another', () => {
    const rotation = nightly('Asia/Shanghai', 540)
    const [first] = rotationShifts(rotation, { from: Date.UTC(2026, 2, 3), to: Date.UTC(2026, 2, 4) })
    expect(first).toMatchObject({ day: '2026-03-03', from: Date.UTC(2026, 2, 3, 0), to: Date.UTC(2026, 2, 3, 9) })
  })

  const rotations = fc
    .record({
      cycleDays: fc.integer({ min: 1, max: 6 }),
      from: fc.integer({ min: 0, max: 9 }),
      length: fc.option(fc.integer({ min: 0, max: 20 })),
      zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin'),
      shifts: fc.array(fc.record({ day: fc.nat(5), start: fc.nat(23), minutes: fc.constantFrom(60, 480, 720, 1440) }), { minLength: 1, maxLength: 3 }),
    })
    .map(({ cycleDays, from, length, zone, shifts }): Rotation => {
      const begins = addDays('2026-10-20', from)
      return {
        id: 'x',
        from: begins,
        until: length === null ? null : addDays(begins, length),
        zone,
        cycleDays,
        shifts: shifts.map(({ day, start, minutes }) => ({ day: day % cycleDays, start: `${String(start).padStart(2, '0')}:00`, minutes })),
      }
    })
  // A summer of Berlin is not over within it.
  const span = { from: Date.UTC(2026, 9, 26), to: Date.UTC(2026, 11, 30) }

  it('clashes with itself or another exactly where two of their shifts overlap', () => {
    fc.assert(
      fc.property(rotations, rotations, (a, b) => {
        const mine = rotationShifts(a, { from: Date.UTC(2026, 9, 1), to: span.to })
        const twice = mine.some((shift, n) => mine.slice(n + 1).some((other) => overlaps(shift, other)))
        // An end cuts the cycle short: then only what is worked counts.
        if (a.until === null && a.from > '2026-10-25') expect(clashWithin(a) !== null).toBe(twice)
        else if (twice && a.from > '2026-10-25') expect(clashWithin(a)).not.toBeNull()
        const theirs = rotationShifts(b, { from: Date.UTC(2026, 9, 1), to: span.to })
        const both = a.from > '2026-10-25' && b.from > '2026-10-25'
        if (both && mine.some((shift) => theirs.some((other) => overlaps(shift, other)))) expect(clashBetween(a, b)).not.toBeNull()
        const clash = clashBetween(a, b)
        if (clash && clashWithin(a) === null && clashWithin(b) === null) expect(a.zone !== b.zone || overlaps(clash.mine, clash.theirs)).toBe(true)
      }),
      randomRuns(60, 3000),
    )
  })

  it('gives the same shifts whatever span is asked, none of them overlapping once joined', () => {
    fc.assert(
      fc.property(rotations, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 50 }), (rotation, begin, hours) => {
        const asked = { from: span.from + begin * DAY + 5 * HOUR, to: span.from + begin * DAY + (5 + hours) * HOUR }
        const all = rotationShifts(rotation, { from: Date.UTC(2026, 9, 1), to: Date.UTC(2027, 1, 1) })
        expect(rotationShifts(rotation, asked)).toEqual(all.filter((shift) => overlaps(shift, asked)))
        const plain = joined(all)
        expect(plain.every((shift, n) => n === 0 || (plain[n - 1]?.to ?? 0) <= shift.from)).toBe(true)
        for (const { from, day } of all) expect(dayIn(rotation.zone, from)).toBe(day)
      }),
      randomRuns(60, 3000),
    )
  })
})

describe('single shifts', () => {
  it('of a desk that came too late are kept as lost, in the order of truth', () => {
    const event = (id: string, shift: string, from: number, to: number): StoredEvent => ({
      ...{ id, origin: 'B', seq: 1, hlc: 1, at: 5, recordedAt: 5, base: null, cause: id, version: 1 },
      subject: { kind: 'shiftMonth', id: 'chen/2026-10' },
      type: 'shiftAdded',
      data: { shift, day: '2026-10-22', from, to },
      actor: { kind: 'user', id: 'zhou' },
    })
    const folded = [event('1', 'a', 0, 10), event('2', 'b', 9, 20), event('3', 'c', 10, 20)].reduce(
      (state, each) => shiftMonthFold.evolve(state, each),
      shiftMonthFold.initial('chen/2026-10'),
    )
    expect(folded.shifts.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(folded.lost).toMatchObject([{ event: '2', shift: 'b', code: 'shiftOverlap', actor: 'zhou', from: 9, to: 20 }])
  })
})

describe('a skill that an order names', () => {
  it('is found by name or id, in any width and case, a level behind it', () => {
    const find = skillFinder([
      { id: 'touch', name: '触控' },
      { id: 's2', name: 'PLC' },
      { id: 's3', name: 'G-L2' },
    ])
    const found = ['触控', 'touch', 'ｐｌｃ－l3', 'PLC 3级', 'PLC（L2）', 'G-L2', 'G-L2-L3', 'PLC-L4', '焊接'].map(find)
    expect(found.map((each) => each && `${each.skill}:${each.level}`)).toEqual(['touch:1', 'touch:1', 's2:3', 's2:3', 's2:2', 's3:1', 's3:3', null, null])
  })

  it('is as far as the crow flies', () => {
    expect(kilometres({ lat: 31.2304, lon: 121.4737 }, { lat: 31.2989, lon: 120.5853 })).toBeCloseTo(84.8, 0)
    expect(kilometres({ lat: 0, lon: 179.9 }, { lat: 0, lon: -179.9 })).toBeCloseTo(22.2, 1)
  })
})
