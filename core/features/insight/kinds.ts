import type { Counter } from './rollup.ts'

export type Sums = Readonly<Record<Counter, number>>

/** Day numbers, both included. */
export interface Days {
  readonly from: number
  readonly to: number
}

/** A row as `perceived_day` has it. */
export interface PerceivedSum {
  readonly day: number
  readonly figure: string
  readonly slot: number
  readonly orders: number
  readonly ms: number
}
