import type { Compiled } from './compile.ts'
import { GroupInsertion } from './group.ts'
import { Insertion } from './insertion.ts'
import { Random } from './random.ts'
import { State } from './state.ts'

const AVERAGE_REMOVED = 10
const LONGEST_STRING = 10
const SPLIT_RATE = 0.5
const SPLIT_GROWTH = 0.01
const BLAME = 0.01
/** So many neighbours of a job are looked at when strings are taken out. */
const NEIGHBOURS = 250

/**
 * One trial of a search: slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science 54,
 * 2020). Strings of neighbouring jobs are taken out of their rounds and put back greedily, one by one, where they
 * cost least.
 */
export class Trial {
  readonly c: Compiled
  readonly state: State
  readonly random: Random
  readonly #insertion: Insertion
  readonly #groups: GroupInsertion
  readonly #near: readonly Int32Array[]
  /** Visits, breaks and groups (by their first visit) that are in no round, or a group that is not there as a whole. */
  readonly absent: Int32Array
  absentCount = 0
  readonly #absentBefore: Int32Array
  #absentBeforeCount = 0
  readonly #isAbsent: Uint8Array
  readonly #key: Float64Array
  readonly #string: Int32Array
  readonly #ruined: Int32Array
  #turn = 0
  /** What leaving a visit out counts while searching; those left out again and again weigh more. */
  readonly weight: Float64Array
  plainChange = 0
  /** Seeds of the ruin that may be in a round. */
  readonly #able: Int32Array

  constructor(c: Compiled, seed: number) {
    this.c = c
    this.state = new State(c)
    this.random = new Random(seed)
    this.#insertion = new Insertion(this.state, this.random)
    this.#groups = new GroupInsertion(this.state, this.#insertion, this.random)
    this.absent = new Int32Array(c.nodes)
    this.#absentBefore = new Int32Array(c.nodes)
    this.#isAbsent = new Uint8Array(c.nodes)
    this.#key = new Float64Array(c.nodes)
    this.#string = new Int32Array(c.nodes)
    this.#ruined = new Int32Array(c.rounds).fill(-1)
    this.weight = c.undoneCost.slice()
    this.#near = neighbours(c)
    const able: number[] = []
    for (let v = 0; v < c.visits; v++) {
      if ((c.roundsFor[v]?.length ?? 0) === 0 || (c.first[v] as number) > (c.last[v] as number)) continue
      able.push(v)
      this.#leaveOut(v)
    }
    this.#able = Int32Array.from(able)
  }

  get possible(): number {
    return this.#able.length
  }

  /** Puts in what is left out: where it was before, if that may be, then wherever it costs least. */
  fill(): void {
    this.#settle()
    this.#recreate()
    for (let k = 0; k < this.state.touchedCount; k++) this.state.price(this.state.touched[k] as number)
    this.keep()
  }

  #settle(): void {
    const { c, absent } = this
    const insertion = this.#insertion
    const { stays } = c
    if (!stays) return
    const order = absent.slice(0, this.absentCount).sort((a, b) => (c.slipAfter[a] as number) - (c.slipAfter[b] as number))
    this.absentCount = 0
    for (const node of order) {
      insertion.round = -1
      insertion.cost = this.weight[node] as number
      if (c.groupOf[node] === -1) {
        for (const r of c.roundsFor[node] as Int32Array) if (stays[node * c.rounds + r] === 1) insertion.seekIn(node, r)
      }
      if (insertion.round === -1) absent[this.absentCount++] = node
      else {
        this.#isAbsent[node] = 0
        insertion.put(node)
      }
    }
  }

  /**
   * Tries one change; the answer is by how much it costs more as the search weighs it, Infinity where it cannot be;
   * `plainChange` is the same by the weights that were given.
   */
  step(): number {
    const { state, c } = this
    const before = this.#absentCost(this.weight)
    const plainBefore = this.#absentCost(c.undoneCost)
    this.#absentBeforeCount = this.absentCount
    for (let i = 0; i < this.absentCount; i++) this.#absentBefore[i] = this.absent[i] as number
    const good = this.#ruin() && this.#recreate()
    if (!good) return Infinity
    let change = 0
    for (let k = 0; k < state.touchedCount; k++) {
      const r = state.touched[k] as number
      const was = state.cost[r] as number
      change += state.price(r) - was
    }
    this.plainChange = change + this.#absentCost(c.undoneCost) - plainBefore
    return change + this.#absentCost(this.weight) - before
  }

  /** What is left out now weighs a little more from now on. */
  blame(): void {
    for (let i = 0; i < this.absentCount; i++) {
      const node = this.absent[i] as number
      this.weight[node] = (this.weight[node] as number) + BLAME * (this.c.undoneCost[node] as number)
    }
  }

  forgive(): void {
    this.weight.set(this.c.undoneCost)
  }

  keep(): void {
    this.state.accept()
  }

  undo(): void {
    this.state.reject()
    for (let i = 0; i < this.absentCount; i++) this.#isAbsent[this.absent[i] as number] = 0
    this.absentCount = this.#absentBeforeCount
    for (let i = 0; i < this.absentCount; i++) {
      const node = this.#absentBefore[i] as number
      this.absent[i] = node
      this.#isAbsent[node] = 1
      this.state.lo[node] = this.c.first[node] as number
      this.state.hi[node] = this.c.last[node] as number
    }
  }

  /** The cost of the state by the weights that were given. */
  cost(): number {
    let sum = 0
    for (let r = 0; r < this.c.rounds; r++) sum += this.state.cost[r] as number
    return sum + this.undone((node) => this.c.undoneCost[node] as number)
  }

  /** Sums up something of each visit that is left out. */
  undone(of: (visit: number) => number): number {
    let sum = 0
    for (const v of this.#able) if (this.state.where[v] === -1) sum += of(v)
    return sum
  }

  #absentCost(weight: Float64Array): number {
    let sum = 0
    for (let i = 0; i < this.absentCount; i++) {
      const node = this.absent[i] as number
      const group = node < this.c.visits ? (this.c.groupOf[node] as number) : -1
      if (group === -1) sum += weight[node] as number
      else {
        this.#groups.each(group, (v) => {
          if (this.state.where[v] === -1) sum += weight[v] as number
        })
      }
    }
    return sum
  }

  #leaveOut(node: number): void {
    const group = node < this.c.visits ? (this.c.groupOf[node] as number) : -1
    const item = group === -1 ? node : this.#groups.first(group)
    if (this.#isAbsent[item] === 1) return
    this.#isAbsent[item] = 1
    this.absent[this.absentCount++] = item
  }

  #ruin(): boolean {
    const { c, state, random } = this
    let used = 0
    let served = 0
    for (let r = 0; r < c.rounds; r++) {
      const count = state.count[r] as number
      if (count > 0) used += 1
      served += count
    }
    const average = used === 0 ? 1 : served / used
    const longest = Math.max(1, Math.min(LONGEST_STRING, average))
    const most = (4 * AVERAGE_REMOVED) / (1 + longest) - 1
    const strings = Math.floor(random.next() * most + 1)
    this.#turn += 1
    const seed =
      this.absentCount > 0 && random.next() < 0.5
        ? this.#visitNear(this.absent[random.below(this.absentCount)] as number)
        : (this.#able[random.below(this.#able.length)] as number)
    const near = this.#near[seed] as Int32Array
    let ruined = this.#take(seed, longest) ? 1 : 0
    for (let k = 0; k < near.length && ruined < strings; k++) if (this.#take(near[k] as number, longest)) ruined += 1
    for (let k = 0; k < state.touchedCount; k++) if (!state.update(state.touched[k] as number)) return false
    return true
  }

  #visitNear(node: number): number {
    return node < this.c.visits ? node : (this.#able[this.random.below(this.#able.length)] as number)
  }

  /** Takes a string of nodes around a visit out of its round; at most once a round. */
  #take(node: number, longest: number): boolean {
    const { state, random, c } = this
    const r = state.where[node] as number
    if (r === -1 || this.#ruined[r] === this.#turn) return false
    this.#ruined[r] = this.#turn
    const { next, prev } = state
    const start = c.start[r] as number
    const end = c.end[r] as number
    const count = state.count[r] as number
    const size = Math.floor(random.next() * Math.min(count, longest)) + 1
    let kept = 0
    if (size > 1 && size < count && random.next() < SPLIT_RATE) {
      kept = 1
      while (size + kept < count && random.next() > SPLIT_GROWTH) kept += 1
    }
    const span = size + kept
    let before = 0
    let first = node
    while (before < span - 1 && prev[first] !== start) {
      first = prev[first] as number
      before += 1
    }
    let behind = 0
    for (let n = node; behind < span - 1 && next[n] !== end; n = next[n] as number) behind += 1
    const least = Math.max(0, span - 1 - behind)
    let back = least + (before > least ? random.below(before - least + 1) : 0)
    first = node
    for (; back > 0 && prev[first] !== start; back--) first = prev[first] as number
    const skipFrom = kept === 0 ? span : 1 + random.below(size - 1)
    let taken = 0
    for (let i = 0, n = first; i < span && n !== end; i++, n = next[n] as number) {
      if ((i < skipFrom || i >= skipFrom + kept) && c.isFixed[n] === 0) this.#string[taken++] = n
    }
    for (let i = 0; i < taken; i++) this.#drop(this.#string[i] as number)
    return taken > 0
  }

  #drop(node: number): void {
    const { state } = this
    if (state.where[node] === -1) return
    if (node < this.c.visits && this.c.groupOf[node] !== -1) this.#groups.drop(this.c.groupOf[node] as number)
    else {
      state.touch(state.where[node] as number)
      state.unlink(node)
      if (this.c.validFrom !== undefined) {
        state.lo[node] = this.c.first[node] as number
        state.hi[node] = this.c.last[node] as number
      }
    }
    this.#leaveOut(node)
  }

  /** Puts in all that is left out, where it may go; false: a break did not find its place again. */
  #recreate(): boolean {
    const { c, absent } = this
    const insertion = this.#insertion
    this.#sort()
    let left = 0
    for (let i = 0; i < this.absentCount; i++) {
      const node = absent[i] as number
      if (node >= c.visits) {
        insertion.seekBreak(node, c.breakRound[node - c.visits] as number)
        if (insertion.round === -1) return false
      } else if (c.groupOf[node] !== -1) {
        if (this.#groups.insert(c.groupOf[node] as number)) this.#isAbsent[node] = 0
        else absent[left++] = node
        continue
      } else insertion.seek(node, this.weight[node] as number)
      if (insertion.round === -1) {
        absent[left++] = node
        continue
      }
      this.#isAbsent[node] = 0
      insertion.put(node)
    }
    this.absentCount = left
    return true
  }

  /** The order in which they are put in: by chance one of several. */
  #sort(): void {
    const { c, absent, random, absentCount: n } = this
    const key = this.#key
    const pick = random.next() * 16
    for (let i = 0; i < n; i++) {
      const node = absent[i] as number
      let value: number
      // Breaks go nowhere but into their round.
      if (node >= c.visits) value = -Infinity
      else if (pick < 4) value = random.next()
      else if (pick < 6) value = -(c.load[node] as number)
      else if (pick < 8) value = -this.#far(node)
      else if (pick < 9) value = this.#far(node)
      else if (pick < 11) value = (c.last[node] as number) - (c.first[node] as number)
      else if (pick < 13) value = c.first[node] as number
      else if (pick < 15) value = -(c.last[node] as number)
      else value = c.roundsFor[node]?.length ?? 0
      let k = i
      while (k > 0 && (key[k - 1] as number) > value) {
        key[k] = key[k - 1] as number
        absent[k] = absent[k - 1] as number
        k -= 1
      }
      key[k] = value
      absent[k] = node
    }
  }

  #far(node: number): number {
    const { c } = this
    const r = c.roundsFor[node]?.[0] ?? 0
    return c.time[(c.exit[c.start[r] as number] as number) * c.places + (c.enter[node] as number)] as number
  }
}

/** The visits nearest to each, nearest first. */
function neighbours(c: Compiled): Int32Array[] {
  const all = Array.from({ length: c.visits }, (_, v) => v)
  return all.map((v) => {
    const row = (c.enter[v] as number) * c.places
    const far = (other: number): number => c.time[row + (c.enter[other] as number)] as number
    const others = all.filter((other) => other !== v).sort((a, b) => far(a) - far(b) || a - b)
    return Int32Array.from(others.slice(0, NEIGHBOURS))
  })
}
