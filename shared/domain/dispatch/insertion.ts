import type { Compiled } from './compile.ts'
import { nearby, type Nearby } from './nearby.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/** A place that would have been the best is passed over with this chance: so searches do not repeat themselves. */
const BLINK_RATE = 0.01
/** So many visits before and behind are looked at where that will do. */
const NEIGHBOURS = 20

/** Finds where a visit or a break goes in at the least cost. */
export class Insertion {
  readonly #c: Compiled
  readonly #state: State
  readonly #random: Random
  readonly #tried: Int32Array
  readonly #nearby: Nearby | undefined
  #turn = 0
  #best = 0
  /** What was found: the round, −1 for none, the node before, and what it costs more. */
  round = -1
  after = -1
  cost = 0

  constructor(state: State, random: Random) {
    this.#state = state
    this.#c = state.c
    this.#random = random
    this.#tried = new Int32Array(state.c.rounds).fill(-1)
    const { c } = state
    const plain = !c.soft && !c.roundCost && !c.validFrom && c.fairness === 0 && c.travelCost > 0 && !c.isBreak.includes(1)
    this.#nearby = plain ? nearby(c, NEIGHBOURS) : undefined
  }

  /** The cheapest place below `limit` in any round that may have the visit. */
  seek(node: number, limit: number): void {
    this.round = -1
    this.cost = limit
    this.#turn += 1
    if (this.#nearby !== undefined && this.#c.windows[node] === undefined) {
      this.#seekNearby(node, this.#nearby)
      if (this.round !== -1) return
    }
    const { count } = this.#state
    const { kind } = this.#c
    const rounds = this.#c.roundsFor[node] as Int32Array
    for (const r of rounds) {
      if (count[r] === 0) {
        if (this.#tried[kind[r] as number] === this.#turn) continue
        this.#tried[kind[r] as number] = this.#turn
      }
      this.seekIn(node, r)
    }
  }

  /** The same in one round; keeps what was found before where it is cheaper. */
  seekIn(node: number, r: number): void {
    const { load, count, breaks, lo, hi } = this.#state
    const c = this.#c
    if ((count[r] as number) >= (c.maxJobs[r] as number)) return
    if ((load[r] as number) + (c.load[node] as number) > (c.capacity[r] as number)) return
    if (c.validFrom !== undefined || c.roundCost !== undefined || c.soft || c.fairness > 0 || c.travelCost === 0 || breaks[r] === 1) {
      this.#seekWidely(node, r)
    } else if (c.windows[node] !== undefined || count[r] === 0) this.#seekWidely(node, r)
    else this.#seekFast(node, r, lo[node] as number, hi[node] as number)
  }

  /** Puts the node where it was found to go. */
  put(node: number): void {
    const state = this.#state
    const c = this.#c
    const r = this.round
    state.touch(r)
    if (node < c.visits && c.validFrom !== undefined && c.validTo !== undefined) {
      state.lo[node] = Math.max(state.lo[node] as number, c.validFrom[node * c.rounds + r] as number)
      state.hi[node] = Math.min(state.hi[node] as number, c.validTo[node * c.rounds + r] as number)
    }
    state.link(node, this.after, r)
    if (state.breaks[r] === 1) state.update(r)
    else state.updateAround(node, r)
  }

  /** Where a break fits into its own round and disturbs the least. */
  seekBreak(node: number, r: number): void {
    const state = this.#state
    const c = this.#c
    const { next, leave, exit, enter, begin, latest } = state
    const end = c.end[r] as number
    this.round = -1
    this.cost = Infinity
    for (let p = c.start[r] as number; p !== end; p = next[p] as number) {
      let clock = state.beginOf(node, leave[p] as number)
      if (clock === Infinity) break
      clock += c.duration[node] as number
      let q = next[p] as number
      for (; c.isBreak[q] === 1; q = next[q] as number) clock = state.beginOf(q, clock) + (c.duration[q] as number)
      clock += c.time[(exit[p] as number) * c.places + (enter[q] as number)] as number
      if (!(clock <= (latest[q] as number))) continue
      const delay = Math.max(0, clock - (begin[q] as number))
      const cost = delay * 1e-6 + (c.soft ? this.#pushed(q, r, clock, begin[end] as number) : 0)
      if (cost < this.cost) {
        this.cost = cost
        this.round = r
        this.after = p
      }
    }
  }

  /** Where only the way counts: beside whom it goes well, and at the ends of rounds. */
  #seekNearby(node: number, near: Nearby): void {
    const { next, prev, where, leave, latest, leg, enter, exit, lo, hi } = this.#state
    const c = this.#c
    const { time, back, places, start, end } = c
    const { most, before, wayBefore, behind, wayBehind } = near
    const own = (enter[node] as number) * places
    const work = c.duration[node] as number
    const from = lo[node] as number
    const to = hi[node] as number
    const done = from + work
    const leastOn = near.leastOn[node] as number
    const leastThere = near.leastThere[node] as number
    this.#best = this.cost / c.travelCost
    const list = node * most
    // What is near at hand is looked at first; the matrix only where it may be better.
    for (let k = list; k < list + most; k++) {
      const p = before[k] as number
      if (p === -1) break
      const there = wayBefore[k] as number
      if (there + leastOn - (leg[p] as number) >= this.#best || where[p] === -1 || (leave[p] as number) + there > to) continue
      const q = next[p] as number
      this.#weigh(node, p, q, there, time[own + (enter[q] as number)] as number, from, work)
    }
    for (let k = list; k < list + most; k++) {
      const q = behind[k] as number
      if (q === -1) break
      if (where[q] === -1) continue
      const p = prev[q] as number
      const on = wayBehind[k] as number
      if (leastThere + on - (leg[p] as number) >= this.#best || done + on > (latest[q] as number)) continue
      this.#weigh(node, p, q, back[own + (exit[p] as number)] as number, on, from, work)
    }
    for (let r = 0; r < c.rounds; r++) {
      const first = start[r] as number
      const there = back[own + (exit[first] as number)] as number
      if (there + leastOn - (leg[first] as number) < this.#best && (leave[first] as number) + there <= to) {
        const q = next[first] as number
        this.#weigh(node, first, q, there, time[own + (enter[q] as number)] as number, from, work)
      }
      const last = end[r] as number
      const on = time[own + (enter[last] as number)] as number
      const p = prev[last] as number
      if (leastThere + on - (leg[p] as number) < this.#best && done + on <= (latest[last] as number)) {
        this.#weigh(node, p, last, back[own + (exit[p] as number)] as number, on, from, work)
      }
    }
    this.cost = this.#best * c.travelCost
  }

  /** Takes the place between p and q if it is better than what was found and fits. */
  #weigh(node: number, p: number, q: number, there: number, on: number, from: number, work: number): void {
    const { leave, latest, leg, where, load, count, hi } = this.#state
    const c = this.#c
    const r = where[p] as number
    const delta = there + on - (count[r] === 0 ? 0 : (leg[p] as number))
    if (delta >= this.#best) return
    const at = (leave[p] as number) + there
    if (at > (hi[node] as number) || (at > from ? at : from) + work + on > (latest[q] as number)) return
    if ((load[r] as number) + (c.load[node] as number) > (c.capacity[r] as number)) return
    if ((count[r] as number) >= (c.maxJobs[r] as number) || c.may[node * c.rounds + r] === 0) return
    if (this.#random.next() < BLINK_RATE) return
    this.#best = delta
    this.round = r
    this.after = p
  }

  /** Where only the way counts and the visit has one window. */
  #seekFast(node: number, r: number, lo: number, hi: number): void {
    const { next, leave, latest, leg, exit, enter } = this.#state
    const { time, back, places, duration, travelCost } = this.#c
    const own = (this.#state.enter[node] as number) * places
    const work = duration[node] as number
    const end = this.#c.end[r] as number
    let best = this.cost / travelCost
    let after = -1
    let p = this.#c.start[r] as number
    let left = leave[p] as number
    let there = back[own + (exit[p] as number)] as number
    while (p !== end && left <= hi) {
      const q = next[p] as number
      const to = enter[q] as number
      const on = time[own + to] as number
      const delta = there + on - (leg[p] as number)
      if (delta < best) {
        const at = left + there
        if (at <= hi && (at > lo ? at : lo) + work + on <= (latest[q] as number) && this.#random.next() >= BLINK_RATE) {
          best = delta
          after = p
        }
      }
      p = q
      left = leave[p] as number
      there = back[own + to] as number
    }
    if (after === -1) return
    this.cost = best * travelCost
    this.round = r
    this.after = after
  }

  /** With all that may count. */
  #seekWidely(node: number, r: number): void {
    const state = this.#state
    const c = this.#c
    const { next, leave, latest, exit, enter, begin } = state
    const { time, places, isBreak, travelCost } = c
    let lo = state.lo[node] as number
    let hi = state.hi[node] as number
    if (c.validFrom !== undefined && c.validTo !== undefined) {
      lo = Math.max(lo, c.validFrom[node * c.rounds + r] as number)
      hi = Math.min(hi, c.validTo[node * c.rounds + r] as number)
    }
    if (lo > hi) return
    const own = enter[node] as number
    const end = c.end[r] as number
    const work = c.duration[node] as number
    const idle = state.count[r] === 0 && c.busy[r] === 0
    const length = c.length[r] as number
    const share = (state.busy[r] as number) / length
    const soft = c.soft || c.roundCost !== undefined
    for (let p = c.start[r] as number; p !== end && (leave[p] as number) <= hi; p = next[p] as number) {
      let q = next[p] as number
      while (isBreak[q] === 1) q = next[q] as number
      const there = time[(exit[p] as number) * places + own] as number
      const on = time[own * places + (enter[q] as number)] as number
      const direct = idle ? 0 : (time[(exit[p] as number) * places + (enter[q] as number)] as number)
      const more = there + on - direct
      let cost = travelCost * more
      if (c.fairness > 0) {
        const then = idle ? (more + work) / length : share + (more + work) / length
        cost += c.fairness * (then * then - (idle ? 0 : share * share))
      }
      if (cost >= this.cost && !(soft && c.roundCost !== undefined)) continue
      const at = state.beginOf(node, (leave[p] as number) + there, lo, hi)
      if (at === Infinity) continue
      // Breaks behind it are then taken at its place.
      let clock = at + work
      for (let b = next[p] as number; b !== q; b = next[b] as number) clock = state.beginOf(b, clock) + (c.duration[b] as number)
      clock += on
      if (!(clock <= (latest[q] as number))) continue
      if (soft) {
        cost += state.placeCost(node, r, at)
        if (cost >= this.cost) continue
        cost += this.#pushed(q, r, clock, idle ? -Infinity : (begin[end] as number))
      }
      if (cost < this.cost && this.#random.next() >= BLINK_RATE) {
        this.cost = cost
        this.round = r
        this.after = p
      }
    }
  }

  /** What it costs that whoever comes at `q` is there at `clock`: begins later than due, slips, overtime. */
  #pushed(q: number, r: number, clock: number, before: number): number {
    const state = this.#state
    const c = this.#c
    const end = c.end[r] as number
    let cost = 0
    let n = q
    let at = clock
    while (n !== end) {
      const begin = state.beginOf(n, at)
      const was = state.begin[n] as number
      if (begin <= was && before !== -Infinity) return cost
      if (begin > was && n < c.visits) cost += state.placeCost(n, r, begin) - state.placeCost(n, r, was)
      const behind = state.next[n] as number
      const from = state.exit[n] as number
      at = begin + (c.duration[n] as number)
      let to = behind
      while (c.isBreak[to] === 1) to = state.next[to] as number
      at += behind === to ? (c.time[from * c.places + (state.enter[to] as number)] as number) : 0
      n = behind
    }
    const regular = c.regularTo[r] as number
    return cost + c.overtimeCost * (Math.max(0, at - regular) - Math.max(0, before - regular))
  }
}
