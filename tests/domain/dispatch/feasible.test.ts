import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replan } from '#shared/domain/dispatch/replan.ts'
import { solve } from '#shared/domain/dispatch/solve.ts'
import { breaches } from '../../../bench/dispatch/checker.mjs'
import { isLongRun, randomRuns } from '../../support/random.ts'
import { randomDay } from '../../support/randomDay.ts'

const LIMIT = isLongRun ? 3_600_000 : 60_000

describe('plans of random days', () => {
  it('never hold an unqualified, absent, overlapping or late assignment, as an independent checker sees it', () => {
    fc.assert(
      fc.property(randomDay, fc.integer(), (problem, seed) => {
        expect(breaches(problem, solve(problem, { seed, iterations: 150 }))).toEqual([])
      }),
      randomRuns(500, 10_000),
    )
  }, LIMIT)

  it('hold good when they are planned anew, and are the same for the same seed', () => {
    fc.assert(
      fc.property(randomDay, fc.integer(), (problem, seed) => {
        const plan = replan(problem, { seed, iterations: 150 })
        expect(breaches(problem, plan)).toEqual([])
        expect(replan(problem, { seed, iterations: 150 })).toEqual(plan)
      }),
      randomRuns(60, 1000),
    )
  }, LIMIT)
})
