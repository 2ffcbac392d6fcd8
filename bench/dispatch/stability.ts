import { stability } from '#shared/domain/dispatch/change.ts'
import { CHANGE_TOLERANCE_MS, DEFAULT_WEIGHTS, type Job, type Problem, type Solution, type Stop } from '#shared/domain/dispatch/problem.ts'
import { Random } from '#shared/domain/dispatch/random.ts'
import { replan } from '#shared/domain/dispatch/replan.ts'
import { solve } from '#shared/domain/dispatch/solve.ts'
import { round, type BenchResult } from '../support.ts'
import { breaches } from './checker.mjs'

const DAYS = 60
const ENGINEERS = 8
const JOBS = 32
const ITERATIONS = 5000
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 10 * HOUR
const SKILLS = ['plc', 'touch', 'drive']

/** What happened at ten o'clock, and which jobs cannot stay where they are, whatever is done about it. */
interface Incident {
  readonly problem: Problem
  readonly mustChange: ReadonlySet<string>
}

/** Jobs that change ÷ jobs that had to, when an engineer falls ill, a job overruns, or an emergency comes in. */
export async function replanning(): Promise<BenchResult> {
  const kinds = { 'falls ill': ill, overruns: overrun, emergency }
  const seen: Record<string, number | string> = { days: DAYS }
  let changedInAll = 0
  let mustInAll = 0
  let wrong = 0
  for (const [kind, happen] of Object.entries(kinds)) {
    let changed = 0
    let must = 0
    let untouched = 0
    let left = 0
    for (let seed = 1; seed <= DAYS; seed++) {
      const morning = day(seed)
      const { problem, mustChange } = happen(morning, solve(morning, { seed, iterations: ITERATIONS }), new Random(seed))
      const after = replan(problem, { seed, iterations: ITERATIONS })
      wrong += breaches(problem, after).length
      const others = stability(problem, after).changed.filter((id) => !mustChange.has(id)).length
      must += mustChange.size
      changed += mustChange.size + others
      untouched += others === 0 ? 1 : 0
      left += after.unserved.length
    }
    seen[kind] = `had to change ${must}, changed ${changed}; no other on ${untouched} days; left out ${left}`
    changedInAll += changed
    mustInAll += must
  }
  seen['breaches that the checker found'] = wrong
  return {
    name: 'y. a day planned anew',
    of: 'jobs that changed ÷ jobs that had to, an engineer ill, a job 90 min longer or an emergency at ten',
    ratio: wrong > 0 ? Infinity : round(changedInAll / mustInAll),
    bound: { most: 1.3 },
    seen,
  }
}

function day(seed: number): Problem {
  const random = new Random(seed)
  const where = Array.from({ length: ENGINEERS + JOBS + 1 }, () => [random.next() * 50, random.next() * 50] as const)
  const levels = (): { skill: string; level: number }[] => SKILLS.flatMap((skill) => (random.next() < 0.7 ? { skill, level: 1 + random.below(3) } : []))
  return {
    engineers: Array.from({ length: ENGINEERS }, (_, e) => ({
      id: `e${e}`,
      skills: levels(),
      shifts: [{ from: 8 * HOUR, to: 17 * HOUR }],
      breaks: [{ from: 11.5 * HOUR, to: 13.5 * HOUR, durationMs: 45 * MINUTE }],
      start: e,
      end: e,
      overtimeMs: HOUR,
    })),
    jobs: Array.from({ length: JOBS }, (_, j): Job => {
      const from = (8 + random.below(7)) * HOUR
      return {
        id: `j${j}`,
        place: ENGINEERS + j,
        durationMs: (2 + random.below(5)) * 15 * MINUTE,
        windows: random.next() < 0.5 ? [{ from, to: from + 2 * HOUR }] : [],
        skills: random.next() < 0.6 ? [{ skill: SKILLS[random.below(SKILLS.length)] as string, level: 1 + random.below(2) }] : [],
        priority: random.below(2),
      }
    }),
    travelMs: (a, b) => {
      const [[ax, ay], [bx, by]] = [where[a] ?? [0, 0], where[b] ?? [0, 0]]
      return Math.round(Math.hypot(ax - bx, ay - by) * 1.3 * MINUTE)
    },
    weights: DEFAULT_WEIGHTS,
  }
}

/** At ten: what is done is done, what has begun stays, the rest is where the morning's plan had it. */
function atTen(problem: Problem, { rounds }: Solution): Problem {
  const stops = new Map(rounds.flatMap(({ engineer, stops }) => stops.map((stop) => [stop.job, { engineer, stop }] as const)))
  const place = new Map(problem.jobs.map((job) => [job.id, job.place]))
  const jobs = problem.jobs.flatMap((job): Job[] => {
    const { engineer, stop } = stops.get(job.id) ?? {}
    if (!engineer || !stop || stop.finish <= NOW) return []
    const current = { engineers: [engineer], from: stop.start }
    return [begun(stop) ? { ...job, pinned: current } : { ...job, current }]
  })
  // Whoever is on his way is as good as there.
  const engineers = problem.engineers.map((engineer) => {
    const own = rounds.find((one) => one.engineer === engineer.id)?.stops.filter(({ start, travelMs }) => start - travelMs <= NOW)
    return { ...engineer, start: place.get(own?.at(-1)?.job ?? '') ?? engineer.start }
  })
  return { ...problem, jobs, engineers, now: NOW }
}

/** The rounds in which something has begun and something has not. */
const half = ({ rounds }: Solution) => rounds.filter(({ stops }) => stops.some(begun) && !stops.every(begun))
const begun = ({ start }: Stop): boolean => start < NOW

function ill(morning: Problem, plan: Solution, random: Random): Incident {
  const problem = atTen(morning, plan)
  const one = half(plan)[random.below(half(plan).length)]
  const from = Math.max(NOW, ...(one?.stops.filter(begun).map(({ finish }) => finish) ?? []))
  const engineers = problem.engineers.map((who) => (who.id === one?.engineer ? { ...who, absences: [{ from, to: 24 * HOUR }] } : who))
  return { problem: { ...problem, engineers }, mustChange: new Set(one?.stops.filter((stop) => !begun(stop)).map(({ job }) => job)) }
}

/** Whoever cannot be reached in time from the job that lasts longer has to change; the way between others is not counted. */
function overrun(morning: Problem, plan: Solution, random: Random): Incident {
  const problem = atTen(morning, plan)
  const one = half(plan)[random.below(half(plan).length)]
  const running = one?.stops.filter(begun).at(-1)
  const longer = 90 * MINUTE
  const jobs = problem.jobs.map((job) => (job.id === running?.job ? { ...job, durationMs: job.durationMs + longer } : job))
  const place = new Map(jobs.map((job) => [job.id, job.place]))
  const way = (a: string, b: string): number => problem.travelMs(place.get(a) ?? 0, place.get(b) ?? 0)
  const late = one?.stops.filter((stop) => running && !begun(stop) && running.finish + longer + way(running.job, stop.job) > stop.start + CHANGE_TOLERANCE_MS)
  return { problem: { ...problem, jobs }, mustChange: new Set(late?.map(({ job }) => job)) }
}

function emergency(morning: Problem, plan: Solution, random: Random): Incident {
  const problem = atTen(morning, plan)
  const urgent: Job = {
    id: 'urgent',
    place: ENGINEERS + JOBS,
    durationMs: HOUR,
    windows: [{ from: NOW, to: NOW + 4 * HOUR }],
    skills: [{ skill: SKILLS[random.below(SKILLS.length)] as string, level: 1 }],
    priority: 9,
    dueAt: NOW + 2 * HOUR,
  }
  return { problem: { ...problem, jobs: [...problem.jobs, urgent] }, mustChange: new Set() }
}
