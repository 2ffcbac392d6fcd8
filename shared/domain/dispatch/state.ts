import type { Compiled } from './compile.ts'

/**
 * All rounds as chains of nodes. Each node knows when it is left at the earliest and when it must be reached at the
 * latest for the rest to stay in time: whether one more fits between two is then told in constant time (Savelsbergh,
 * ORSA Journal on Computing 4, 1992). Rounds that a trial touches are kept and can be brought back.
 */
export class State {
  readonly c: Compiled
  readonly next: Int32Array
  readonly prev: Int32Array
  /** The round of a node; -1: in none. */
  readonly where: Int32Array
  readonly begin: Float64Array
  readonly leave: Float64Array
  readonly latest: Float64Array
  /** The way from a node to the next that has a place, kept beside it: the matrix is too large to be near. */
  readonly leg: Float64Array
  /** Begins that hold for now: the job's own, narrowed by crews, by what follows what and by certificates. */
  readonly lo: Float64Array
  readonly hi: Float64Array
  readonly enter: Int32Array
  readonly exit: Int32Array
  /** By round: visits and fixed blocks with a place, what is carried, way and work, cost. */
  readonly count: Int32Array
  readonly load: Float64Array
  readonly busy: Float64Array
  readonly cost: Float64Array
  readonly breaks: Uint8Array
  readonly touched: Int32Array
  touchedCount = 0
  readonly isTouched: Uint8Array
  readonly #kept: Int32Array
  readonly #keptTimes: Float64Array
  readonly #keptEnd: Int32Array
  readonly #keptSums: Float64Array

  constructor(c: Compiled) {
    this.c = c
    const ints = (length: number): Int32Array => new Int32Array(length)
    const floats = (length: number): Float64Array => new Float64Array(length)
    this.next = ints(c.nodes).fill(-1)
    this.prev = ints(c.nodes).fill(-1)
    this.where = ints(c.nodes).fill(-1)
    this.begin = floats(c.nodes)
    this.leave = floats(c.nodes)
    this.latest = floats(c.nodes)
    this.leg = floats(c.nodes)
    this.lo = c.first.slice()
    this.hi = c.last.slice()
    this.enter = c.enter.slice()
    this.exit = c.exit.slice()
    this.count = ints(c.rounds)
    this.load = floats(c.rounds)
    this.busy = floats(c.rounds)
    this.cost = floats(c.rounds)
    this.breaks = new Uint8Array(c.rounds)
    this.touched = ints(c.rounds)
    this.isTouched = new Uint8Array(c.rounds)
    this.#kept = ints(c.nodes)
    this.#keptTimes = floats(6 * c.nodes)
    this.#keptEnd = ints(c.rounds + 1)
    this.#keptSums = floats(5 * c.rounds)
    for (let r = 0; r < c.rounds; r++) this.#openRound(r)
  }

  /** The chain of a round as it is without visits. A break that finds no room beside what is fixed is not owed. */
  #openRound(r: number): void {
    const { c } = this
    const start = c.start[r] as number
    const end = c.end[r] as number
    this.next[start] = end
    this.prev[end] = start
    this.where[start] = this.where[end] = r
    let last = start
    for (const node of c.fixedOf[r] ?? []) {
      this.link(node, last, r)
      last = node
    }
    this.update(r)
    for (const node of c.breaksOf[r] ?? []) {
      for (let p = start; p !== end; p = this.next[p] as number) {
        this.link(node, p, r)
        if (this.update(r)) break
        this.unlink(node)
      }
    }
    this.update(r)
    this.price(r)
  }

  link(node: number, after: number, r: number): void {
    const behind = this.next[after] as number
    this.next[after] = node
    this.prev[node] = after
    this.next[node] = behind
    this.prev[behind] = node
    this.where[node] = r
    this.load[r] = (this.load[r] as number) + (this.c.load[node] as number)
    if (this.c.isBreak[node] === 1) this.breaks[r] = 1
    else this.count[r] = (this.count[r] as number) + 1
  }

  unlink(node: number): void {
    const r = this.where[node] as number
    const before = this.prev[node] as number
    const behind = this.next[node] as number
    this.next[before] = behind
    this.prev[behind] = before
    this.where[node] = -1
    this.load[r] = (this.load[r] as number) - (this.c.load[node] as number)
    if (this.c.isBreak[node] === 0) this.count[r] = (this.count[r] as number) - 1
  }

  /** The earliest begin for whom arrives at `at`; Infinity: too late. */
  beginOf(node: number, at: number, lo = this.lo[node] as number, hi = this.hi[node] as number): number {
    const from = at > lo ? at : lo
    if (from > hi) return Infinity
    const windows = this.c.windows[node]
    if (windows === undefined) return from
    for (let w = 0; w < windows.length; w += 2) {
      if (from <= (windows[w + 1] as number)) {
        const begin = Math.max(from, windows[w] as number)
        return begin <= hi ? begin : Infinity
      }
    }
    return Infinity
  }

  /** The latest begin no later than `by`; -Infinity: none. */
  lastBegin(node: number, by: number): number {
    const to = Math.min(by, this.hi[node] as number)
    const lo = this.lo[node] as number
    if (to < lo) return -Infinity
    const windows = this.c.windows[node]
    if (windows === undefined) return to
    for (let w = windows.length - 2; w >= 0; w -= 2) {
      if ((windows[w] as number) <= to) {
        const begin = Math.min(to, windows[w + 1] as number)
        return begin >= lo ? begin : -Infinity
      }
    }
    return -Infinity
  }

  /** Works out the times of a whole round; tells whether it is in time. */
  update(r: number): boolean {
    const { c, next, prev, leave, begin, latest, leg, enter, exit } = this
    const { time, places, duration, isBreak } = c
    const start = c.start[r] as number
    const end = c.end[r] as number
    let clock = c.leaves[r] as number
    begin[start] = leave[start] = clock
    let place = exit[start] as number
    let before = start
    let good = true
    for (let n = next[start] as number; n !== end; n = next[n] as number) {
      if (isBreak[n] === 1) enter[n] = exit[n] = place
      const way = time[place * places + (enter[n] as number)] as number
      leg[before] = way
      before = n
      const at = this.beginOf(n, clock + way)
      if (at === Infinity) good = false
      begin[n] = at
      clock = at + (duration[n] as number)
      leave[n] = clock
      place = exit[n] as number
    }
    leg[before] = time[place * places + (enter[end] as number)] as number
    clock += leg[before] as number
    begin[end] = leave[end] = clock
    let by = c.backBy[r] as number
    if (clock > by) good = false
    latest[end] = by
    for (let n = prev[end] as number; n !== start; n = prev[n] as number) {
      by = this.lastBegin(n, by - (leg[n] as number) - (duration[n] as number))
      latest[n] = by
    }
    return good
  }

  /** The same after a node was put in, as far as times change; only for rounds without breaks. */
  updateAround(node: number, r: number): void {
    const { c, next, prev, leave, begin, latest, leg, enter, exit } = this
    const { time, places, duration } = c
    const start = c.start[r] as number
    const end = c.end[r] as number
    const first = prev[node] as number
    leg[first] = time[(exit[first] as number) * places + (enter[node] as number)] as number
    leg[node] = time[(exit[node] as number) * places + (enter[next[node] as number] as number)] as number
    let before = first
    let n = node
    while (n !== end) {
      const at = this.beginOf(n, (leave[before] as number) + (leg[before] as number))
      if (n !== node && at === begin[n]) break
      begin[n] = at
      leave[n] = at + (duration[n] as number)
      before = n
      n = next[n] as number
    }
    if (n === end) leave[end] = begin[end] = (leave[before] as number) + (leg[before] as number)
    n = node
    let behind = next[node] as number
    while (n !== start) {
      const by = this.lastBegin(n, (latest[behind] as number) - (leg[n] as number) - (duration[n] as number))
      if (n !== node && by === latest[n]) break
      latest[n] = by
      behind = n
      n = prev[n] as number
    }
  }

  /** What the round costs; an idle one nothing. */
  price(r: number): number {
    const { c, next, begin, leg } = this
    const { duration } = c
    const start = c.start[r] as number
    const end = c.end[r] as number
    let busy = c.busy[r] as number
    let cost = 0
    if ((this.count[r] as number) > 0 || busy > 0) {
      let way = leg[start] as number
      for (let n = next[start] as number; n !== end; n = next[n] as number) {
        way += leg[n] as number
        if (c.isBreak[n] === 1) continue
        busy += duration[n] as number
        if (n < c.visits) cost += this.placeCost(n, r, begin[n] as number)
      }
      busy += way
      const over = (begin[end] as number) - (c.regularTo[r] as number)
      if (over > 0) cost += over * c.overtimeCost
      cost += c.travelCost * way
      if (c.fairness > 0) cost += c.fairness * (busy / (c.length[r] as number)) ** 2
    }
    this.busy[r] = busy
    this.cost[r] = cost
    return cost
  }

  /** What it costs beyond the way that the round has the visit and begins it then. */
  placeCost(node: number, r: number, begin: number): number {
    const { c } = this
    let cost = 0
    const late = begin - (c.due[node] as number)
    if (late > 0) cost = late * (c.lateCost[node] as number)
    if (c.roundCost !== undefined && c.stays !== undefined) {
      const at = node * c.rounds + r
      cost += c.roundCost[at] as number
      if (begin > (c.slipAfter[node] as number) && c.stays[at] === 1) cost += c.slipCost[node] as number
    }
    return cost
  }

  /** Keeps a round as it is, unless this trial has kept it already. */
  touch(r: number): void {
    if (this.isTouched[r] === 1) return
    this.isTouched[r] = 1
    const k = this.touchedCount++
    this.touched[k] = r
    const { c, next } = this
    const kept = this.#kept
    const times = this.#keptTimes
    const end = c.end[r] as number
    let i = k === 0 ? 0 : (this.#keptEnd[k - 1] as number)
    for (let n = next[c.start[r] as number] as number; n !== end; n = next[n] as number) {
      kept[i] = n
      const t = 6 * i
      times[t] = this.begin[n] as number
      times[t + 1] = this.leave[n] as number
      times[t + 2] = this.latest[n] as number
      times[t + 3] = this.lo[n] as number
      times[t + 4] = this.hi[n] as number
      times[t + 5] = this.leg[n] as number
      i += 1
    }
    this.#keptEnd[k] = i
    const sums = this.#keptSums
    sums[5 * k] = this.cost[r] as number
    sums[5 * k + 1] = this.busy[r] as number
    sums[5 * k + 2] = this.load[r] as number
    sums[5 * k + 3] = this.begin[end] as number
    sums[5 * k + 4] = this.leg[c.start[r] as number] as number
  }

  /** Takes what the trial did as the new state. */
  accept(): void {
    for (let k = 0; k < this.touchedCount; k++) this.isTouched[this.touched[k] as number] = 0
    this.touchedCount = 0
  }

  /** Brings back the rounds as they were. */
  reject(): void {
    const { c, next, prev, where } = this
    const kept = this.#kept
    const times = this.#keptTimes
    for (let k = 0; k < this.touchedCount; k++) {
      const r = this.touched[k] as number
      const end = c.end[r] as number
      for (let n = next[c.start[r] as number] as number; n !== end; n = next[n] as number) where[n] = -1
    }
    let i = 0
    for (let k = 0; k < this.touchedCount; k++) {
      const r = this.touched[k] as number
      const start = c.start[r] as number
      const end = c.end[r] as number
      const last = this.#keptEnd[k] as number
      let before = start
      let place = this.exit[start] as number
      let count = 0
      for (; i < last; i++) {
        const n = kept[i] as number
        next[before] = n
        prev[n] = before
        before = n
        where[n] = r
        const t = 6 * i
        this.begin[n] = times[t] as number
        this.leave[n] = times[t + 1] as number
        this.latest[n] = times[t + 2] as number
        this.lo[n] = times[t + 3] as number
        this.hi[n] = times[t + 4] as number
        this.leg[n] = times[t + 5] as number
        if (c.isBreak[n] === 1) this.enter[n] = this.exit[n] = place
        else count += 1
        place = this.exit[n] as number
      }
      next[before] = end
      prev[end] = before
      const sums = this.#keptSums
      this.count[r] = count
      this.cost[r] = sums[5 * k] as number
      this.busy[r] = sums[5 * k + 1] as number
      this.load[r] = sums[5 * k + 2] as number
      this.begin[end] = this.leave[end] = sums[5 * k + 3] as number
      this.leg[start] = sums[5 * k + 4] as number
    }
    this.accept()
  }
}
