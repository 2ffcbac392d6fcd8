import type { InputOf, OutputOf, QueryContract } from '#shared/contract/define.ts'
import type { ReadableDb } from '../store/sql.ts'
import type { Principal } from './access.ts'
import type { Projection } from './subjects.ts'
import type { Reactor, RegisteredCommand } from './pipeline.ts'

export interface QueryContext {
  readonly db: ReadableDb
  /** UTC ms. */
  readonly now: number
  readonly principal: Principal
}

export type QueryHandler<C extends QueryContract> = (input: InputOf<C>, context: QueryContext) => OutputOf<C> | Promise<OutputOf<C>>

export interface RegisteredQuery {
  readonly contract: QueryContract
  readonly handle: (input: never, context: QueryContext) => unknown
}

export function query<C extends QueryContract>(contract: C, handle: QueryHandler<C>): RegisteredQuery {
  return { contract, handle: handle as RegisteredQuery['handle'] }
}

/** One folder under `core/features/`: all that the composition root needs of it. */
export interface Feature {
  readonly name: string
  readonly commands: readonly RegisteredCommand[]
  readonly queries: readonly RegisteredQuery[]
  readonly projections: readonly Projection<never>[]
  readonly reactors?: readonly Reactor[]
}
