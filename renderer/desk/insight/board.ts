import type { InsightFilter } from '#shared/contract/insight.ts'
import type { QueryInput } from '#shared/contract/registry.ts'
import type { Period } from './period.ts'

/** What all boards of the page are asked by. */
export interface Scope {
  readonly period: Period
  /** To compare with; null: with nothing. */
  readonly compare: Period | null
  readonly filter: InsightFilter
}

/** The orders behind a figure, and how it is called. */
export type Behind = Omit<QueryInput['insight.orders'], 'limit'> & { readonly title: string }
