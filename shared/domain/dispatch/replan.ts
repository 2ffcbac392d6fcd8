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
    if (loose.length === 0 && tight.length === 0) break
    free = new Set([...free, ...loose.map(({ job }) => job), ...tight.map(({ id }) => id)])
    held = solve(holding(problem, free), limit(FIRST_SHARE / MOST_ROUNDS))
  }
  const stuck = held.unserved.some(({ reason }) => STUCK.has(reason))
  if (!stuck) return better(problem, held, solve(holding(problem, free), limit(1 - FIRST_SHARE)))
  return better(problem, held, reluctant(problem, limit(1 - FIRST_SHARE)))
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
  if (!current || pinned || current.from < now) return false
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
