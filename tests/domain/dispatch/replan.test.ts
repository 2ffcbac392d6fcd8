import { describe, expect, it } from 'vitest'
import { stability } from '#shared/domain/dispatch/change.ts'
import { DEFAULT_WEIGHTS, type Problem } from '#shared/domain/dispatch/problem.ts'
import { replan } from '#shared/domain/dispatch/replan.ts'
import { solve } from '#shared/domain/dispatch/solve.ts'

const HOUR = 3_600_000

describe('a day planned anew', () => {
  it('moves only the jobs of the engineer who fell ill', () => {
    const day: Problem = {
      jobs: Array.from({ length: 12 }, (_, j) => ({ id: `j${j}`, place: 1 + j, durationMs: HOUR, windows: [] })),
      engineers: Array.from({ length: 4 }, (_, e) => ({
        id: `e${e}`,
        skills: [],
        shifts: [{ from: 8 * HOUR, to: 17 * HOUR }],
        start: 0,
        end: 0,
      })),
      travelMs: (a, b) => Math.abs(a - b) * 60_000,
      weights: DEFAULT_WEIGHTS,
    }
    const plan = solve(day, { seed: 1, iterations: 2000 })
    expect(plan.unserved).toEqual([])
    const placed = new Map(
      plan.rounds.flatMap(({ engineer, stops }) =>
        stops.map(({ job, start }) => [job, { engineers: [engineer], from: start }] as const),
      ),
    )
    const ill = plan.rounds.find(({ stops }) => stops.length > 1)?.engineer
    const anew: Problem = {
      ...day,
      jobs: day.jobs.map((job) => ({ ...job, current: placed.get(job.id) ?? { engineers: [], from: 0 } })),
      engineers: day.engineers.map((one) => (one.id === ill ? { ...one, absences: [{ from: 0, to: 24 * HOUR }] } : one)),
    }
    const after = replan(anew, { seed: 1, iterations: 2000 })
    expect(after.unserved).toEqual([])
    const mustMove = [...placed].filter(([, { engineers }]) => engineers[0] === ill).map(([id]) => id)
    expect([...stability(anew, after).changed].sort()).toEqual(mustMove.sort())
  })
})
