import type { PlanContent } from './propose.ts'
import type { PlanSpec } from './spec.ts'

/** What the planning thread is given. */
export interface PlanJob {
  readonly folder: string
  readonly spec: PlanSpec
  /** UTC ms. */
  readonly now: number
  /** One integer: not 0 asks it to end with its best so far. */
  readonly ending: SharedArrayBuffer
}

export interface PlanProgress {
  readonly used: number
  readonly iterations: number
  readonly cost: number
  readonly unserved: number
}

export type PlanReport =
  | { readonly kind: 'progress'; readonly progress: PlanProgress }
  | { readonly kind: 'ready'; readonly content: PlanContent }
