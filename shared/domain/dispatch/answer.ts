import { changed } from './change.ts'
import type { Compiled } from './compile.ts'
import type { Costs, Round, Solution, Span, Stop, Unserved } from './problem.ts'
import { reasonFor } from './reasons.ts'
import type { Ready } from './ready.ts'
import type { Found } from './search.ts'

const MINUTE = 60_000

/** The plan in the words of the question. */
export function answer(ready: Ready, c: Compiled, found: Found): Solution {
  const rounds = ready.rounds.map((_, r) => roundOf(ready, c, found, r))
  const served = new Set(rounds.flatMap(({ stops }) => stops.map(({ job }) => job)))
  const told = new Set(ready.unserved.map(({ job }) => job))
  const left: Unserved[] = []
  for (const entry of ready.jobs) {
    const { id } = entry.job
    if (served.has(id) || told.has(id)) continue
    const before = entry.after.map((k) => ready.jobs[k]?.job.id ?? '').find((other) => !served.has(other))
    const reason = reasonFor(ready, entry)
    left.push(
      reason.reason === 'noRoom' && before !== undefined
        ? { job: id, reason: 'afterUnserved', detail: before }
        : { job: id, ...reason },
    )
  }
  const unserved = [...ready.unserved, ...left]
  return { rounds, unserved, remarks: ready.remarks, costs: costsOf(ready, rounds, unserved), iterations: found.iterations }
}

function roundOf(ready: Ready, c: Compiled, found: Found, r: number): Round {
  const { problem, engineers, jobs } = ready
  const round = ready.rounds[r]
  const engineer = round && engineers[round.engineer]
  if (!round || !engineer) throw new Error('no such round')
  const stops: Stop[] = []
  const breaks: Span[] = []
  let place = engineer.start
  let clock = round.from
  const go = (to: number): number => (to === place ? 0 : problem.travelMs(place, to))
  const stop = (job: number, start: number): void => {
    const entry = jobs[job]
    if (!entry) return
    const travelMs = go(entry.job.place)
    // A pin that leaves too little time for the way is where it is all the same.
    const arrive = Math.min(start, clock + travelMs)
    const finish = start + entry.durationMs
    stops.push({ job: entry.job.id, travelMs, arrive, start, finish })
    place = entry.job.place
    clock = finish
  }
  const pinned = (node: number): void => {
    for (const { job, from, to } of c.carried.get(node) ?? []) {
      if (job === -1) clock = Math.max(clock, to)
      else stop(job, from)
    }
  }
  pinned(c.start[r] as number)
  for (const node of found.chains[r] ?? []) {
    const begin = found.begins[node] as number
    if (c.carried.has(node)) pinned(node)
    else if (node < c.visits) stop(c.jobOf[node] as number, begin)
    else {
      clock = begin + (c.duration[node] as number)
      breaks.push({ from: begin, to: clock })
    }
  }
  pinned(c.end[r] as number)
  const idle = stops.length === 0
  const endTravelMs = idle || engineer.end === undefined ? 0 : go(engineer.end)
  const end = idle ? round.shift.from : clock + endTravelMs
  const overtimeMs = Math.max(0, end - round.shift.to)
  return { engineer: engineer.id, shift: round.shift, stops, breaks: idle ? [] : breaks, endTravelMs, end, overtimeMs }
}

/** What a plan costs, read off the plan itself. */
function costsOf(ready: Ready, rounds: readonly Round[], unserved: readonly Unserved[]): Costs {
  const { weights } = ready.problem
  const byId = new Map(ready.jobs.map((entry) => [entry.job.id, entry]))
  const weightOf = (priority = 0): number => 1 + priority * weights.priority
  const first = new Map<string, { start: number; engineers: Set<string> }>()
  const sums = { travel: 0, late: 0, overtime: 0, unserved: 0, fairness: 0, change: 0, liking: 0 }
  for (const { engineer, shift, stops, endTravelMs, overtimeMs } of rounds) {
    let way = endTravelMs
    let work = 0
    for (const { job, travelMs, start, finish } of stops) {
      way += travelMs
      work += finish - start
      const seen = first.get(job) ?? { start, engineers: new Set<string>() }
      seen.engineers.add(engineer)
      first.set(job, seen)
    }
    sums.travel += (weights.travel * way) / MINUTE
    sums.overtime += (weights.overtime * overtimeMs) / MINUTE
    sums.fairness += weights.fairness * ((way + work) / Math.max(1, shift.to - shift.from)) ** 2
  }
  for (const [id, { start, engineers }] of first) {
    const entry = byId.get(id)
    if (!entry) continue
    const { dueAt, priority, current, liking } = entry.job
    if (dueAt !== undefined) sums.late += (weights.late * weightOf(priority) * Math.max(0, start - dueAt)) / MINUTE
    for (const engineer of engineers) sums.liking += (liking?.[engineer] ?? 0) / entry.crew
    if (current && changed(current, start, engineers)) sums.change += weights.change
  }
  const given = new Map(ready.problem.jobs.map((job) => [job.id, job]))
  for (const { job } of unserved) sums.unserved += weights.unserved * weightOf(given.get(job)?.priority)
  const total = Object.values(sums).reduce((sum, part) => sum + part, 0)
  return { ...sums, total }
}
