import highs from 'highs'
import type { Engineer, Job, Problem, Span } from '#shared/domain/dispatch/problem.ts'
import { Random } from '#shared/domain/dispatch/random.ts'
import { solve } from '#shared/domain/dispatch/solve.ts'
import { round, type BenchResult } from '../support.ts'

/**
 * Small days whose optimum is known: every order of jobs that one engineer could work through is worked out, and HiGHS
 * chooses among them.
 */
const MINUTE = 60_000
const DAYS = 40
const ITERATIONS = 10_000
type Solver = Awaited<ReturnType<typeof highs>>

/** A day with skills, several windows, lunch, overtime, due times and priorities; what crews are is in the tests. */
function day(seed: number): Problem {
  const random = new Random(seed)
  const pick = (min: number, max: number): number => min + random.below(max - min + 1)
  const engineers = pick(2, 4)
  const jobs = pick(7, 11)
  const where = Array.from({ length: engineers + jobs }, () => [random.next() * 60, random.next() * 60] as const)
  const travelMs = (a: number, b: number): number => {
    const [[ax, ay], [bx, by]] = [where[a] ?? [0, 0], where[b] ?? [0, 0]]
    return Math.round(Math.hypot(ax - bx, ay - by) * 1.3 * MINUTE)
  }
  const hour = (h: number): number => h * 60 * MINUTE
  return {
    engineers: Array.from({ length: engineers }, (_, e): Engineer => {
      const from = hour(pick(7, 9))
      return {
        id: `e${e}`,
        skills: ['plc', 'touch', 'drive'].flatMap((skill) => (random.next() < 0.7 ? { skill, level: pick(1, 3) } : [])),
        shifts: [{ from, to: from + hour(8) }],
        ...(random.next() < 0.5 && { breaks: [{ from: hour(11.5), to: hour(13), durationMs: 45 * MINUTE }] }),
        start: e,
        end: e,
        overtimeMs: pick(0, 4) * 30 * MINUTE,
      }
    }),
    jobs: Array.from({ length: jobs }, (_, j): Job => {
      const windows = Array.from({ length: pick(0, 2) }, (): Span => {
        const from = hour(pick(7, 14))
        return { from, to: from + hour(pick(1, 4)) }
      })
      return {
        id: `j${j}`,
        place: engineers + j,
        durationMs: pick(2, 8) * 15 * MINUTE,
        windows,
        skills: random.next() < 0.7 ? [{ skill: ['plc', 'touch', 'drive'][random.below(3)] as string, level: pick(1, 2) }] : [],
        priority: pick(0, 2),
        ...(random.next() < 0.4 && { dueAt: hour(pick(9, 15)) }),
      }
    }),
    travelMs,
    weights: { travel: 1, late: 1, overtime: 2, unserved: 300, fairness: 30, change: 0, priority: 1 },
  }
}

/** The cheapest order of each set of jobs that the engineer could have, by set; in minutes of travel. */
function columns(problem: Problem, engineer: Engineer): Map<number, number> {
  const { weights, travelMs } = problem
  const shift = engineer.shifts[0] as Span
  const rest = engineer.breaks?.[0]
  const may = problem.jobs.map(({ skills = [] }) =>
    skills.every((need) => engineer.skills.some(({ skill, level }) => skill === need.skill && level >= need.level)),
  )
  const last = shift.to + (engineer.overtimeMs ?? 0)
  const owed = rest && Math.max(rest.from, shift.from) <= Math.min(rest.to, last - rest.durationMs)
  const best = new Map<number, number>()
  const visit = (set: number, place: number, clock: number, way: number, work: number, late: number, rested: boolean): void => {
    const home = travelMs(place, engineer.end ?? place)
    const end = clock + home
    if (set !== 0 && rested && end <= last) {
      const busy = (way + home + work) / (shift.to - shift.from)
      const cost =
        (weights.travel * (way + home) + weights.overtime * Math.max(0, end - shift.to)) / MINUTE + late + weights.fairness * busy ** 2
      if (cost < (best.get(set) ?? Infinity)) best.set(set, cost)
    }
    if (!rested && rest) {
      const from = Math.max(clock, rest.from)
      if (from <= rest.to) visit(set, place, from + rest.durationMs, way, work, late, true)
    }
    problem.jobs.forEach((job, j) => {
      if (set & (1 << j) || !may[j]) return
      const leg = travelMs(place, job.place)
      const windows = job.windows.length > 0 ? job.windows : [{ from: -Infinity, to: Infinity }]
      const begin = Math.min(...windows.map(({ from, to }) => (clock + leg <= to ? Math.max(clock + leg, from) : Infinity)))
      const done = begin + job.durationMs
      if (done > last) return
      const over = job.dueAt === undefined ? 0 : (Math.max(0, begin - job.dueAt) / MINUTE) * weights.late * weight(problem, job)
      visit(set | (1 << j), job.place, done, way + leg, work + job.durationMs, late + over, rested)
    })
  }
  visit(0, engineer.start, shift.from, 0, 0, 0, !owed)
  return best
}

const weight = ({ weights }: Problem, { priority = 0 }: Job): number => 1 + priority * weights.priority

/** The least that a plan can cost. */
function optimum(solver: Solver, problem: Problem): number {
  const names: string[] = []
  const objective: string[] = []
  const rows = problem.jobs.map(() => [] as string[])
  const own: string[][] = []
  const add = (name: string, cost: number, set: number): void => {
    names.push(name)
    objective.push(`${cost.toFixed(9)} ${name}`)
    rows.forEach((row, j) => set & (1 << j) && row.push(name))
  }
  problem.engineers.forEach((engineer, e) => {
    own[e] = []
    for (const [set, cost] of columns(problem, engineer)) {
      add(`x${e}_${set}`, cost, set)
      own[e].push(`x${e}_${set}`)
    }
  })
  problem.jobs.forEach((job, j) => add(`u${j}`, problem.weights.unserved * weight(problem, job), 1 << j))
  const lines = [
    'Minimize',
    ` ${objective.join('\n + ')}`,
    'Subject To',
    ...rows.map((row, j) => ` j${j}: ${row.join('\n + ')} = 1`),
    ...own.flatMap((row, e) => (row.length > 0 ? ` e${e}: ${row.join('\n + ')} <= 1` : [])),
    'Binary',
    ...names.map((name) => ` ${name}`),
    'End',
  ]
  const result = solver.solve(lines.join('\n'), { mip_rel_gap: 0 })
  if (result.Status !== 'Optimal') throw new Error(result.Status)
  return result.ObjectiveValue
}

/** The planner against the exact optimum of small days with skills. */
export async function exact(): Promise<BenchResult> {
  const solver = await highs()
  const ratios: number[] = []
  for (let seed = 1; seed <= DAYS; seed++) {
    const problem = day(seed)
    const least = optimum(solver, problem)
    const { costs } = solve(problem, { seed, iterations: ITERATIONS })
    ratios.push(least === 0 ? 1 : costs.total / least)
  }
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / DAYS
  return {
    name: 'x. the planner on small days',
    of: `cost ÷ the optimum that HiGHS finds, mean, ${ITERATIONS} iterations each`,
    ratio: round(mean, 5),
    bound: { most: 1.005 },
    seen: {
      'days (their seeds from 1 on)': DAYS,
      'at the optimum': ratios.filter((ratio) => Math.abs(ratio - 1) < 1e-6).length,
      'worst gap %': round((Math.max(...ratios) - 1) * 100),
    },
  }
}
