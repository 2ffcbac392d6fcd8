import type { Compiled } from './compile.ts'
import type { Insertion } from './insertion.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/** Begins that are tried for a crew. */
const CREW_BEGINS = 10

/**
 * Jobs that hang together, by a crew that works at once or by what follows what. They are taken out as a whole and put
 * in first to last; each is then bound to times that keep the tie, so that rounds stay independent of each other until
 * the group is taken out again.
 */
export class GroupInsertion {
  readonly #c: Compiled
  readonly #state: State
  readonly #insertion: Insertion
  readonly #random: Random
  /** The last begin that a visit had before it was held. */
  readonly #free: Float64Array

  constructor(state: State, insertion: Insertion, random: Random) {
    this.#state = state
    this.#c = state.c
    this.#insertion = insertion
    this.#random = random
    this.#free = state.hi.slice()
  }

  /** The visit that stands for the group. */
  first(group: number): number {
    return this.#c.firstVisit[this.#c.groups[group]?.[0] as number] as number
  }

  each(group: number, act: (visit: number) => void): void {
    const { firstVisit, groups } = this.#c
    for (const j of groups[group] as readonly number[]) {
      for (let v = firstVisit[j] as number; v < (firstVisit[j + 1] as number); v++) act(v)
    }
  }

  /** Times of the rounds are the caller's to work out. */
  drop(group: number): void {
    const state = this.#state
    this.each(group, (v) => {
      if (state.where[v] !== -1) {
        state.touch(state.where[v] as number)
        state.unlink(v)
      }
      state.lo[v] = this.#c.first[v] as number
      state.hi[v] = this.#c.last[v] as number
    })
  }

  /** Puts in as much of the group as may be; whether it is all of it. */
  insert(group: number): boolean {
    const c = this.#c
    const state = this.#state
    this.each(group, (v) => {
      const r = state.where[v] as number
      if (r === -1) return
      state.touch(r)
      state.unlink(v)
      state.update(r)
    })
    this.each(group, (v) => {
      state.lo[v] = c.first[v] as number
      state.hi[v] = c.last[v] as number
    })
    let whole = true
    for (const j of c.groups[group] as readonly number[]) if (!this.#insertJob(j)) whole = false
    return whole
  }

  #insertJob(j: number): boolean {
    const c = this.#c
    const state = this.#state
    const v = c.firstVisit[j] as number
    const crew = (c.firstVisit[j + 1] as number) - v
    let ready = c.first[v] as number
    for (const before of c.waitsFor[j] as readonly number[]) {
      const other = c.firstVisit[before] as number
      // A pinned one has no visits; its end is in the first begin already.
      if (other === c.firstVisit[before + 1]) continue
      if (state.where[other] === -1) return false
      ready = Math.max(ready, state.leave[other] as number)
    }
    state.lo[v] = ready
    if (ready > (state.hi[v] as number)) return false
    this.#hold(j)
    if (crew > 1) {
      if (!this.#insertCrew(v, crew)) return false
    } else {
      this.#insertion.seek(v, c.undoneCost[v] as number)
      if (this.#insertion.round === -1) return false
      this.#insertion.put(v)
    }
    this.#tie(j, state.begin[v] as number)
    return true
  }

  /** What comes before may not be put off by what is put in now. */
  #hold(j: number): void {
    const c = this.#c
    const state = this.#state
    for (const before of c.waitsFor[j] as readonly number[]) {
      for (let o = c.firstVisit[before] as number; o < (c.firstVisit[before + 1] as number); o++) {
        this.#free[o] = state.hi[o] as number
        state.hi[o] = state.begin[o] as number
        state.update(state.where[o] as number)
      }
    }
  }

  /** Draws a time between the end of each job before and the begin of this one that neither may cross. */
  #tie(j: number, begin: number): void {
    const c = this.#c
    const state = this.#state
    const v0 = c.firstVisit[j] as number
    let open = -Infinity
    for (const before of c.waitsFor[j] as readonly number[]) {
      const o0 = c.firstVisit[before] as number
      const o1 = c.firstVisit[before + 1] as number
      if (o0 === o1) continue
      const done = state.leave[o0] as number
      const border = done + this.#random.next() * (begin - done)
      open = Math.max(open, border)
      for (let o = o0; o < o1; o++) {
        state.hi[o] = Math.min(this.#free[o] as number, Math.max(state.begin[o] as number, border - (c.duration[o] as number)))
        state.update(state.where[o] as number)
      }
    }
    if (open > -Infinity && c.firstVisit[j + 1] === v0 + 1) {
      // No earlier than a certificate allows, which its own bound holds already.
      state.lo[v0] = Math.max(state.lo[v0] as number, Math.min(open, begin))
      state.update(state.where[v0] as number)
    }
  }

  #insertCrew(v: number, crew: number): boolean {
    const c = this.#c
    const state = this.#state
    const insertion = this.#insertion
    const rounds = c.roundsFor[v] as Int32Array
    const earliest = state.lo[v] as number
    const latest = state.hi[v] as number
    let limit = 0
    for (let k = 0; k < crew; k++) limit += c.undoneCost[v + k] as number
    let best: { round: number; after: number }[] | undefined
    for (const begin of this.#begins(v, rounds, earliest, latest)) {
      state.lo[v] = state.hi[v] = begin
      const found: { round: number; after: number; cost: number }[] = []
      for (const r of rounds) {
        insertion.round = -1
        insertion.cost = Infinity
        insertion.seekIn(v, r)
        if (insertion.round !== -1) found.push({ round: r, after: insertion.after, cost: insertion.cost })
      }
      found.sort((a, b) => a.cost - b.cost || a.round - b.round)
      const engineers = new Set<number>()
      const chosen = found.filter(({ round }) => {
        const engineer = c.engineerOf[round] as number
        if (engineers.size === crew || engineers.has(engineer)) return false
        engineers.add(engineer)
        return true
      })
      const cost = chosen.reduce((sum, one) => sum + one.cost, 0)
      if (chosen.length < crew || cost >= limit) continue
      limit = cost
      best = chosen
      for (let k = 0; k < crew; k++) state.lo[v + k] = state.hi[v + k] = begin
    }
    const at = state.lo[v + crew - 1] as number
    if (!best) {
      state.lo[v] = earliest
      state.hi[v] = latest
      return false
    }
    state.lo[v] = state.hi[v] = at
    best.forEach(({ round, after }, k) => {
      insertion.round = round
      insertion.after = after
      insertion.put(v + k)
    })
    return true
  }

  /** Begins worth a try: when single engineers would come, and when windows open. */
  #begins(v: number, rounds: Int32Array, earliest: number, latest: number): number[] {
    const state = this.#state
    const insertion = this.#insertion
    const begins = new Set<number>()
    for (let k = 0; k < CREW_BEGINS && k < rounds.length; k++) {
      const r = rounds[rounds.length <= CREW_BEGINS ? k : this.#random.below(rounds.length)] as number
      insertion.round = -1
      insertion.cost = Infinity
      insertion.seekIn(v, r)
      if (insertion.round === -1) continue
      const p = insertion.after
      const way = this.#c.time[(state.exit[p] as number) * this.#c.places + (state.enter[v] as number)] as number
      begins.add(state.beginOf(v, (state.leave[p] as number) + way))
    }
    begins.add(state.beginOf(v, earliest))
    begins.add(state.beginOf(v, earliest + this.#random.next() * (latest - earliest)))
    begins.delete(Infinity)
    return [...begins]
  }
}
