import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import type { MomentAsked } from './build.ts'

/** What the thread of a moment is started with. */
export interface MomentData {
  readonly folder: string
  readonly asked: MomentAsked
}

/** What it says by itself, in this order; `refused` ends it. */
export type MomentNews =
  | { readonly kind: 'begun'; readonly orders: number }
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'ready'; readonly events: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
