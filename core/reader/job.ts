import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import type { Principal } from '../kernel/access.ts'

/** What a reading thread is started with. */
export interface ReaderData {
  readonly folder: string
  /** The zone by whose days the rows of this folder are summed. */
  readonly zone: string
}

/** A question that was admitted and whose input was checked. */
export interface ReaderJob {
  readonly id: number
  readonly name: string
  readonly input: unknown
  /** UTC ms. */
  readonly now: number
  readonly principal: Principal
}

export type ReaderReport =
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly id: number; readonly kind: 'failed'; readonly error: Error }
