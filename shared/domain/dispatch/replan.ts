import { stability } from './change.ts'
import type { Job, Problem, Solution, SolveOptions } from './problem.ts'
import { solve } from './solve.ts'

/** Share of the time for finding who can stay; the rest is for placing the others among them. */
const FIRST_SHARE = 0.3
const MOST_ROUNDS = 4
/** A change ÷ a job left out, when all are set free: so many changes for one more served at the most. */
const RELUCTANCE = 0.2
const STUCK: ReadonlySet<string> = new Set(['noRoom', 'pinImpossible', 'afterUnserved'])

/**
 * Plans anew with as few changes as may be of what jobs have as `current`. All stay that can, exactly where they are,
 * and the rest is placed around them. Where somebody finds no place, all are set free in a second plan, in which a change
 * weighs much; it is taken where it serves more, or changes less.
 */
export function replan(problem: Problem, options: SolveOptions): Solution {
  const limit = (share: number): SolveOptions => ({
    ...options,
    ...(options.milliseconds !== undefined && { milliseconds: options.milliseconds * share }),
    ...(options.iterations !== undefined && { iterations: Math.ceil(options.iterations * share) }),
  })
  // First all that had a place stands as if pinned; what cannot stand so is set free until the rest can.
  let free = new Set(problem.jobs.filter((job) => !mayStay(job, problem.now)).map(({ id }) => id))
  let held = solve(holding(problem, free), limit(FIRST_SHARE / MOST_ROUNDS))
  for (let k = 1; k < MOST_ROUNDS; k++) {
    const loose = held.unserved.filter(({ job, reason }) => reason === 'pinImpossible' && !free.has(job))
    const tight = held.remarks.filter(({ code, id }) => code === 'pinsTooTight' && !free.has(id))
    const early = misplaced(problem, held)
    if (loose.length === 0 && tight.length === 0 && early.length === 0) break
    free = new Set([...free, ...loose.map(({ job }) => job), ...tight.map(({ id }) => id), ...early])
    held = solve(holding(problem, free), limit(FIRST_SHARE / MOST_ROUNDS))
  }
  const rest = limit(1 - FIRST_SHARE)
  if (misplaced(problem, held).length > 0) return reluctant(problem, rest)
  const stuck = held.unserved.some(({ reason }) => STUCK.has(reason))
  const other = stuck ? reluctant(problem, rest) : solve(holding(problem, free), rest)
  return misplaced(problem, other).length > 0 ? held : better(problem, held, other)
}

/** Jobs that were held where they cannot be: pins stay without asking, these may not. */
function misplaced(problem: Problem, solution: Solution): string[] {
  const mine = new Set(problem.jobs.filter(({ pinned }) => !pinned).map(({ id }) => id))
  const engineers = new Map(problem.engineers.map((engineer) => [engineer.id, engineer]))
  const loads = new Map(problem.jobs.map(({ id, load = 0 }) => [id, load]))
  const amiss = outOfOrder(problem, solution)
  for (const { engineer, shift, stops, overtimeMs } of solution.rounds) {
    let clock = Math.max(shift.from, problem.now ?? -Infinity)
    stops.forEach(({ job, start, travelMs, finish }, i) => {
      if (clock + travelMs > start) amiss.push(job, stops[i - 1]?.job ?? job)
      clock = finish
    })
    const last = stops.at(-1)
    const { maxJobs = Infinity, capacity = Infinity, overtimeMs: most = 0 } = engineers.get(engineer) ?? {}
    if (last && overtimeMs > Math.max(0, most)) amiss.push(last.job)
    const load = stops.reduce((sum, { job }) => sum + (loads.get(job) ?? 0), 0)
    if (stops.length > maxJobs || load > capacity) amiss.push(...stops.map(({ job }) => job))
  }
  return amiss.filter((id) => mine.has(id))
}

/** Jobs that stand where they were though what they wait for is left out or not done by then: pins do not ask. */
function outOfOrder({ jobs }: Problem, { rounds }: Solution): string[] {
  const known = new Set(jobs.map(({ id }) => id))
  const stops = new Map(rounds.flatMap((round) => round.stops.map((stop) => [stop.job, stop] as const)))
  const waits = ({ id, after = [] }: Job): boolean => {
    const start = stops.get(id)?.start ?? Infinity
    return start < Infinity && after.some((before) => known.has(before) && !((stops.get(before)?.finish ?? Infinity) <= start))
  }
  return jobs.filter((job) => !job.pinned && waits(job)).map(({ id }) => id)
}

/** Plans freely, but a change weighs near what leaving a job out does; the costs told are those of the weights given. */
function reluctant(problem: Problem, options: SolveOptions): Solution {
  const { change, unserved } = problem.weights
  const factor = change > 0 ? Math.max(1, (unserved * RELUCTANCE) / change) : 1
  const plan = solve({ ...problem, weights: { ...problem.weights, change: change * factor } }, options)
  const told = plan.costs.change / factor
  return { ...plan, costs: { ...plan.costs, change: told, total: plan.costs.total - plan.costs.change + told } }
}

/** As far as the job itself goes: its place is still ahead, in a window, and of an engineer whom it wants. */
function mayStay({ current, pinned, windows, engineers }: Job, now = -Infinity): boolean {
  if (!current || pinned || current.from <= now) return false
  if (engineers && !current.engineers.every((id) => engineers.includes(id))) return false
  return windows.length === 0 || windows.some(({ from, to }) => from <= current.from && current.from <= to)
}

/** The problem with all that is not free pinned where it is; windows bind no more what was agreed. */
function holding(problem: Problem, free: ReadonlySet<string>): Problem {
  const jobs = problem.jobs.map((job): Job => (free.has(job.id) || !job.current ? job : { ...job, pinned: job.current }))
  return { ...problem, jobs }
}

/** More served first (by their weight), then fewer changes, then cost. */
function better(problem: Problem, a: Solution, b: Solution): Solution {
  const changes = (s: Solution): number => stability(problem, s).changed.length
  const order = a.costs.unserved - b.costs.unserved || changes(a) - changes(b) || a.costs.total - b.costs.total
  return order <= 0 ? a : b
}
