import type { Fixed, RoundPins } from './pins.ts'
import { placePins } from './pins.ts'
import { Places } from './places.ts'
import { grouped, precedence } from './links.ts'
import type { Qualified } from './qualify.ts'
import { qualify } from './qualify.ts'
import type { Ready } from './ready.ts'
import { CHANGE_TOLERANCE_MS } from './problem.ts'

const MINUTE = 60_000

/** What a visit, a break or a fixed block is, by node. */
interface Nodes {
  /** Where a node is entered and left; breaks are where the engineer is, told when they are put in. */
  readonly enter: Int32Array
  readonly exit: Int32Array
  readonly isBreak: Uint8Array
  readonly isFixed: Uint8Array
  readonly duration: Float64Array
  readonly load: Float64Array
  /** First and last begin; those with more windows than one have them all, as pairs, in `windows`. */
  readonly first: Float64Array
  readonly last: Float64Array
  readonly windows: (Float64Array | undefined)[]
  readonly due: Float64Array
  /** For each ms begun after `due`. */
  readonly lateCost: Float64Array
  /** Begun after `slipAfter` by the engineer it had, a job has changed. */
  readonly slipAfter: Float64Array
  readonly slipCost: Float64Array
  readonly undoneCost: Float64Array
  readonly jobOf: Int32Array
}

/** What a shift is, by round. */
interface Rounds {
  readonly start: Int32Array
  readonly end: Int32Array
  readonly leaves: Float64Array
  readonly backBy: Float64Array
  readonly regularTo: Float64Array
  readonly length: Float64Array
  /** What pins leave of it; `maxJobs` counts fixed blocks with a place. */
  readonly capacity: Float64Array
  readonly maxJobs: Int32Array
  /** Work and way that pins at the very beginning and end bring along, of the share worked. */
  readonly busy: Float64Array
  /** Rounds alike are worth one try while empty. */
  readonly kind: Int32Array
  readonly engineerOf: Int32Array
  readonly fixedOf: number[][]
  readonly breaksOf: number[][]
  /** Counted from the first node that is no visit. */
  readonly breakRound: number[]
}

/**
 * The problem as flat arrays. Nodes: visits (one for each engineer that a job needs), then breaks and fixed blocks,
 * then the start and the end of each round. Costs are in ms of travel.
 */
export interface Compiled extends Nodes, Rounds, Qualified {
  readonly visits: number
  readonly nodes: number
  readonly rounds: number
  readonly places: number
  /** ms from place to place, row by row, and the same turned: rows are read along. */
  readonly time: Float64Array
  readonly back: Float64Array
  /** Visits of job j: firstVisit[j] … firstVisit[j + 1] − 1; none where it is pinned. */
  readonly firstVisit: Int32Array
  /** What a node stands for: pinned jobs and leave. */
  readonly carried: ReadonlyMap<number, readonly Fixed[]>
  /** Jobs bound together by crews and by what follows what; each in an order that can be planned. */
  readonly groups: readonly (readonly number[])[]
  /** By visit; -1: on its own. */
  readonly groupOf: Int32Array
  /** By job: those that it waits for. */
  readonly waitsFor: readonly (readonly number[])[]
  readonly travelCost: number
  readonly overtimeCost: number
  readonly fairness: number
  /** Whether more than the way depends on the order: else an insertion is judged in constant time. */
  readonly soft: boolean
}

export function compile(ready: Ready): Compiled {
  const { problem, rounds, jobs } = ready
  const { weights } = problem
  const places = new Places(problem.travelMs)
  const pins = placePins(ready, (from, to) => places.ms(from, to))
  const open = jobs.map(({ job }) => !job.pinned)
  const firstVisit = new Int32Array(jobs.length + 1)
  jobs.forEach(({ crew }, j) => (firstVisit[j + 1] = (firstVisit[j] as number) + (open[j] ? crew : 0)))
  const visits = firstVisit[jobs.length] as number
  const extras = rounds.reduce((sum, { breaks }, r) => sum + breaks.length + (pins[r]?.blocks.length ?? 0), 0)
  const count = visits + extras + 2 * rounds.length
  const nodes = emptyNodes(count)
  fillVisits(ready, nodes, places, firstVisit, open)
  const qualified = qualify(ready, firstVisit)
  const carried = new Map<number, readonly Fixed[]>()
  const shifts = fillRounds(ready, nodes, places, pins, visits, extras, qualified, carried)
  return {
    ...nodes,
    ...shifts,
    ...qualified,
    ...places.matrix(),
    ...grouped(ready, open, firstVisit),
    visits,
    nodes: count,
    rounds: rounds.length,
    places: places.size,
    firstVisit,
    carried,
    waitsFor: jobs.map(({ after }) => after),
    travelCost: weights.travel,
    overtimeCost: weights.overtime,
    fairness: weights.fairness * MINUTE,
    soft:
      nodes.lateCost.some((cost) => cost > 0) ||
      nodes.slipCost.some((cost) => cost > 0) ||
      (weights.overtime > 0 && rounds.some(({ regularTo, to }) => regularTo < to)),
  }
}

function emptyNodes(count: number): Nodes {
  const floats = (value = 0): Float64Array => new Float64Array(count).fill(value)
  return {
    enter: new Int32Array(count),
    exit: new Int32Array(count),
    isBreak: new Uint8Array(count),
    isFixed: new Uint8Array(count),
    duration: floats(),
    load: floats(),
    first: floats(-Infinity),
    last: floats(Infinity),
    windows: [],
    due: floats(Infinity),
    lateCost: floats(),
    slipAfter: floats(Infinity),
    slipCost: floats(),
    undoneCost: floats(),
    jobOf: new Int32Array(count).fill(-1),
  }
}

function fillVisits(ready: Ready, nodes: Nodes, places: Places, firstVisit: Int32Array, open: readonly boolean[]): void {
  const { weights } = ready.problem
  const horizon = {
    from: Math.min(...ready.rounds.map(({ from }) => from)),
    to: Math.max(...ready.rounds.map(({ to }) => to)),
  }
  const bounds = precedence(ready, open)
  ready.jobs.forEach(({ job, windows, durationMs, crew }, j) => {
    const stay = weights.change > 0 ? job.current : undefined
    const cut = (earliest: number): { from: number; to: number }[] =>
      windows
        .map(({ from, to }) => ({
          from: Math.max(from, earliest, horizon.from, bounds.from[j] as number),
          to: Math.min(to, horizon.to, bounds.to[j] as number),
        }))
        .filter(({ from, to }) => from <= to)
    // What was told is not begun before it, unless it could not be begun at all.
    const kept = stay ? cut(stay.from) : []
    const spans = kept.length > 0 ? kept : cut(-Infinity)
    const weight = 1 + (job.priority ?? 0) * weights.priority
    for (let v = firstVisit[j] as number; v < (firstVisit[j + 1] as number); v++) {
      nodes.jobOf[v] = j
      nodes.enter[v] = nodes.exit[v] = places.of(job.place)
      nodes.duration[v] = durationMs
      nodes.load[v] = job.load ?? 0
      nodes.first[v] = spans[0]?.from ?? Infinity
      nodes.last[v] = spans.at(-1)?.to ?? -Infinity
      if (spans.length > 1) nodes.windows[v] = Float64Array.from(spans.flatMap(({ from, to }) => [from, to]))
      nodes.due[v] = job.dueAt ?? Infinity
      // A crew is late once, changed once and left out once, however many it has.
      nodes.lateCost[v] = job.dueAt === undefined ? 0 : (weights.late * weight) / crew
      if (stay) {
        nodes.slipAfter[v] = stay.from + CHANGE_TOLERANCE_MS
        nodes.slipCost[v] = (weights.change * MINUTE) / crew
      }
      nodes.undoneCost[v] = (weights.unserved * weight * MINUTE) / crew
    }
  })
}

function fillRounds(
  ready: Ready,
  nodes: Nodes,
  places: Places,
  pins: readonly RoundPins[],
  visits: number,
  extras: number,
  qualified: Qualified,
  carried: Map<number, readonly Fixed[]>,
): Rounds {
  const { rounds, engineers, jobs } = ready
  const R = rounds.length
  const ints = (): Int32Array => new Int32Array(R)
  const floats = (): Float64Array => new Float64Array(R)
  const out: Rounds = {
    start: ints(),
    end: ints(),
    leaves: floats(),
    backBy: floats(),
    regularTo: floats(),
    length: floats(),
    capacity: floats(),
    maxJobs: ints(),
    busy: floats(),
    kind: ints(),
    engineerOf: Int32Array.from(rounds, ({ engineer }) => engineer),
    fixedOf: [],
    breaksOf: [],
    breakRound: [],
  }
  let next = visits
  const placeOf = (items: readonly Fixed[]): number | undefined => items.find(({ place }) => place !== -1)?.place
  const put = (items: readonly Fixed[]): number => {
    const node = next++
    nodes.isFixed[node] = 1
    nodes.isBreak[node] = placeOf(items) === undefined ? 1 : 0
    nodes.enter[node] = places.of(placeOf(items))
    nodes.exit[node] = places.of(placeOf(items.toReversed()))
    nodes.first[node] = nodes.last[node] = items[0]?.from ?? 0
    nodes.duration[node] = (items.at(-1)?.to ?? 0) - (items[0]?.from ?? 0)
    carried.set(node, items)
    return node
  }
  const kinds = new Map<string, number>()
  rounds.forEach((round, r) => {
    const engineer = engineers[round.engineer]
    const pin = pins[r] as RoundPins
    out.fixedOf.push(pin.blocks.map(put))
    out.breaksOf.push(
      round.breaks.map(({ from, to, durationMs }) => {
        const node = next++
        out.breakRound[node - visits] = r
        nodes.isBreak[node] = 1
        nodes.first[node] = from
        nodes.last[node] = to
        nodes.duration[node] = durationMs
        return node
      }),
    )
    const start = (out.start[r] = visits + extras + 2 * r)
    const end = (out.end[r] = start + 1)
    const closed = placeOf(pin.closing)
    nodes.enter[start] = nodes.exit[start] = places.of(placeOf(pin.opening.toReversed()) ?? engineer?.start)
    nodes.enter[end] = nodes.exit[end] = places.of(closed ?? engineer?.end)
    out.leaves[r] = Math.max(round.from, pin.opening.at(-1)?.to ?? -Infinity)
    out.backBy[r] = pin.closing[0]?.from ?? round.to
    out.regularTo[r] = closed === undefined ? round.regularTo : Infinity
    if (pin.opening.length > 0) carried.set(start, pin.opening)
    if (pin.closing.length > 0) carried.set(end, pin.closing)
    const edges = [...pin.opening, ...pin.closing]
    out.busy[r] = edges.reduce((sum, { from, to, job }) => sum + (job === -1 ? 0 : to - from), 0)
    const held = [...edges, ...pin.blocks.flat()].flatMap(({ job }) => jobs[job] ?? [])
    out.length[r] = Math.max(1, round.shift.to - round.shift.from)
    out.capacity[r] = (engineer?.capacity ?? Infinity) - held.reduce((sum, { job }) => sum + (job.load ?? 0), 0)
    const standing = pin.blocks.filter((block) => placeOf(block) !== undefined).length
    out.maxJobs[r] = Math.max(0, Math.min(engineer?.maxJobs ?? 1e9, 1e9) - held.length) + standing
    const column = (): string => {
      let text = ''
      for (let v = 0; v < visits; v++) text += qualified.may[v * R + r]
      return text
    }
    const own = qualified.roundCost ?? qualified.validFrom ?? (held.length > 0 || round.away.length > 0 ? held : undefined)
    const alike = [nodes.enter[start], nodes.enter[end], round.from, round.to, round.regularTo, round.shift.from]
    const text =
      own || round.breaks.length > 0
        ? `#${r}`
        : [...alike, round.shift.to, out.capacity[r], out.maxJobs[r], column()].join()
    if (!kinds.has(text)) kinds.set(text, kinds.size)
    out.kind[r] = kinds.get(text) as number
  })
  return out
}
