import type { Compiled } from './compile.ts'

/** What a ms of waiting weighs beside one of travel when it is judged who goes well behind whom. */
const WAITING = 0.2

/** By visit `most` places each, the best first; −1 ends a shorter list. Ways stand beside, as matrices are far. */
export interface Nearby {
  readonly most: number
  readonly before: Int32Array
  readonly wayBefore: Float64Array
  readonly behind: Int32Array
  readonly wayBehind: Float64Array
  /** The least way from a visit to anywhere, and from anywhere to it. */
  readonly leastOn: Float64Array
  readonly leastThere: Float64Array
}

/** Who goes best before and behind whom (granular neighbourhoods: Toth and Vigo, INFORMS Journal on Computing 15, 2003). */
export function nearby(c: Compiled, most: number): Nearby {
  const { visits, time, places, enter, exit, first, last, duration } = c
  const way = (v: number, w: number): number => time[(exit[v] as number) * places + (enter[w] as number)] as number
  const cost = new Float64Array(visits * visits)
  const leastOn = new Float64Array(visits).fill(Infinity)
  const leastThere = new Float64Array(visits).fill(Infinity)
  for (let v = 0; v < visits; v++) {
    for (let w = 0; w < c.nodes; w++) {
      if (v === w) continue
      leastOn[v] = Math.min(leastOn[v] as number, way(v, w))
      leastThere[v] = Math.min(leastThere[v] as number, way(w, v))
    }
    for (let w = 0; w < visits; w++) {
      const there = (duration[v] as number) + way(v, w)
      const wait = (first[w] as number) - (last[v] as number) - there
      const never = v === w || (first[v] as number) + there > (last[w] as number)
      cost[v * visits + w] = never ? Infinity : way(v, w) + WAITING * Math.max(0, wait)
    }
  }
  const before = new Int32Array(visits * most).fill(-1)
  const behind = new Int32Array(visits * most).fill(-1)
  const wayBefore = new Float64Array(visits * most)
  const wayBehind = new Float64Array(visits * most)
  const best = (of: (other: number) => number): number[] => {
    const others: number[] = []
    for (let w = 0; w < visits; w++) if (of(w) < Infinity) others.push(w)
    return others.sort((a, b) => of(a) - of(b) || a - b).slice(0, most)
  }
  for (let v = 0; v < visits; v++) {
    best((w) => cost[w * visits + v] as number).forEach((w, k) => {
      before[v * most + k] = w
      wayBefore[v * most + k] = way(w, v)
    })
    best((w) => cost[v * visits + w] as number).forEach((w, k) => {
      behind[v * most + k] = w
      wayBehind[v * most + k] = way(v, w)
    })
  }
  return { most, before, wayBefore, behind, wayBehind, leastOn, leastThere }
}
