import fc from 'fast-check'
import type { Engineer, Job, Problem, Span } from '#shared/domain/dispatch/problem.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Midnight in Shanghai of a Monday; a problem knows no zone. */
const DAY = Date.UTC(2026, 10, 22, 16)

const minutes = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.floor(min / 15), max: Math.floor(max / 15) }).map((quarter) => quarter * 15 * MINUTE)
const at = (fromHour: number, toHour: number): fc.Arbitrary<number> =>
  minutes(fromHour * 60, toHour * 60).map((ms) => DAY + ms)
const span = (fromHour: number, toHour: number, shortest: number, longest: number): fc.Arbitrary<Span> =>
  fc.tuple(at(fromHour, toHour), minutes(shortest, longest)).map(([from, length]) => ({ from, to: from + length }))
const rarely = <T>(value: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

const skills = ['plc', 'touch', 'drive']
const places = 12
const held = fc.record({
  skill: fc.constantFrom(...skills),
  level: fc.integer({ min: 1, max: 3 }),
  from: rarely(at(0, 12)),
  until: rarely(at(10, 40)),
})

const engineer = (id: string): fc.Arbitrary<Engineer> =>
  fc
    .record({
      skills: fc.array(held, { minLength: 2, maxLength: 5 }),
      // Across midnight, of 24 hours, overlapping, backwards: as rosters come.
      shifts: fc.array(fc.oneof(span(7, 10, 240, 600), span(18, 23, 300, 720), span(0, 12, 1440, 1440), span(8, 20, -60, 300)), {
        minLength: 1,
        maxLength: 2,
      }),
      breaks: fc.constantFrom(
        [],
        [{ from: DAY + 11.5 * HOUR, to: DAY + 13 * HOUR, durationMs: 45 * MINUTE }],
        [
          { from: DAY + 11 * HOUR, to: DAY + 13 * HOUR, durationMs: 30 * MINUTE },
          { from: DAY + 22 * HOUR, to: DAY + 24 * HOUR, durationMs: 30 * MINUTE },
        ],
      ),
      absences: fc.array(span(6, 26, 30, 300), { maxLength: 2 }).map((all) => (all.length === 2 ? all.slice(1) : all)),
      start: fc.nat(places - 1),
      end: fc.option(fc.nat(places - 1), { nil: undefined }),
      overtimeMs: minutes(0, 120),
      maxJobs: rarely(fc.integer({ min: 1, max: 4 })),
      capacity: rarely(fc.integer({ min: 1, max: 6 })),
    })
    .map((value) => ({ id, ...value }))

const job = (id: string, index: number, engineers: readonly string[]): fc.Arbitrary<Job> => {
  const placement = fc.record({
    engineers: fc.array(fc.constantFrom(...(engineers.length > 0 ? engineers : ['nobody'])), { minLength: 1, maxLength: 1 }),
    from: at(7, 24),
  })
  return fc
    .record({
      place: fc.nat(places - 1),
      durationMs: minutes(0, 180),
      windows: fc.array(span(6, 30, 0, 300), { maxLength: 3 }),
      skills: fc.array(fc.record({ skill: fc.constantFrom(...skills), level: fc.integer({ min: 1, max: 2 }) }), { maxLength: 1 }),
      engineers: rarely(fc.subarray([...engineers]), 8),
      liking: rarely(fc.constant(Object.fromEntries(engineers.slice(0, 1).map((e) => [e, -20]))), 8),
      priority: fc.nat(2),
      dueAt: rarely(at(8, 24), 2),
      crew: rarely(fc.integer({ min: 1, max: 3 })),
      after: rarely(fc.array(fc.nat(Math.max(0, index)).map((k) => `j${k}`), { maxLength: 2 }), 3),
      pinned: rarely(placement, 10),
      current: rarely(placement, 3),
      load: fc.nat(2),
    })
    .map((value) => ({ id, ...value }))
}

/** A day or two with all that a roster and a backlog may have, good and bad. */
export const randomDay: fc.Arbitrary<Problem> = fc
  .record({ jobs: fc.nat(14), engineers: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 9, arbitrary: fc.integer({ min: 1, max: 5 }) }), seed: fc.nat(), now: rarely(at(6, 14), 2), wide: fc.boolean() })
  .chain(({ jobs, engineers, seed, now, wide }) => {
    const ids = Array.from({ length: engineers }, (_, e) => `e${e}`)
    const noise = (k: number): number => Math.abs(Math.sin(seed + k * 12.9898) * 43758.5453) % 1
    const where = Array.from({ length: places }, (_, p) => [noise(2 * p) * (wide ? 90 : 30), noise(2 * p + 1) * 30] as const)
    const travelMs = (a: number, b: number): number => {
      const [[ax, ay], [bx, by]] = [where[a] ?? [0, 0], where[b] ?? [0, 0]]
      // Not the same both ways, as roads are.
      return a === b ? 0 : Math.round(Math.hypot(ax - bx, ay - by) * MINUTE * (a < b ? 1 : 1.2))
    }
    return fc
      .record({
        jobs: fc.tuple(...Array.from({ length: jobs }, (_, j) => job(`j${j}`, j, ids))),
        engineers: fc.tuple(...ids.map(engineer)),
        fairness: fc.constantFrom(0, 30),
        change: fc.constantFrom(0, 60),
      })
      .map(
        ({ jobs: all, engineers: who, fairness, change }): Problem => ({
          jobs: all,
          engineers: who,
          travelMs,
          weights: { travel: 1, late: 1, overtime: 2, unserved: 1000, fairness, change, priority: 1 },
          ...(now !== undefined && { now }),
        }),
      )
  })
