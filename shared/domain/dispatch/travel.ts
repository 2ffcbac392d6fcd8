import { kilometres } from '../roster/geo.ts'
import type { Coordinates } from '../roster/types.ts'

export interface RoadRule {
  /** How much longer the road is than the bee line. */
  readonly roadFactor: number
  readonly speedKmh: number
}

const MINUTE = 60_000

/** Times of the plan are whole multiples of it: customers are told 9:05, not 9:03:27. */
export const STEP_MS = 5 * MINUTE

export const upToStep = (ms: number): number => Math.ceil(ms / STEP_MS) * STEP_MS

/** Length of the way in ms, up to whole steps; none between the same place. */
export function roadMs(a: Coordinates, b: Coordinates, { roadFactor, speedKmh }: RoadRule): number {
  const hours = (kilometres(a, b) * roadFactor) / speedKmh
  return upToStep(Math.round(hours * 3_600_000))
}

/** From one place to another in ms. Where one of them is unknown nobody knows: null. */
export type TravelMs = (from: Coordinates | null, to: Coordinates | null) => number | null
