import type * as z from 'zod'
import type {
  CommandContract,
  InputOf,
  OutputOf,
  QueryContract,
  TopicContract,
} from '#shared/contract/define.ts'
import type { examineDesk } from '#shared/contract/system.ts'
import type { StoredEvent, Subject } from '#shared/domain/kernel/event.ts'
import type { Result } from '#shared/domain/kernel/refusal.ts'
import type { BackupResult } from '../store/backup.ts'
import type { BlobStore } from '../store/blobs.ts'
import type { ReadableDb, WritableDb } from '../store/sql.ts'
import type { VerifyResult } from '../store/verify.ts'
import type { Principal } from './access.ts'
import type { Bulletin } from './bulletin.ts'
import type { Attention } from './attention.ts'
import type { Host } from './host.ts'
import type { Projection, Subjects } from './subjects.ts'
import type { Pipeline, Reactor, RegisteredCommand } from './pipeline.ts'

export interface QueryContext {
  readonly db: ReadableDb
  /** UTC ms. */
  readonly now: number
  readonly principal: Principal
  /** Absent where nothing but the tables is asked. */
  readonly center?: ServedCenter
}

export type QueryHandler<C extends QueryContract> = (
  input: InputOf<C>,
  context: QueryContext,
) => OutputOf<C> | Promise<OutputOf<C>>

/** Threads beside the writer that answer long questions: dashboards do not wait for studies of the whole history. */
export const LANES = ['figures', 'studies'] as const
export type Lane = (typeof LANES)[number]

export interface RegisteredQuery {
  readonly contract: QueryContract
  readonly handle: (input: never, context: QueryContext) => unknown
  /** In which thread it is answered while the service runs; absent: beside the commands, for it takes no time. */
  readonly lane?: Lane
}

/** @param lane of a question that may take longer than a slice of the writer's time; such a handler has no `center` */
export function query<C extends QueryContract>(contract: C, handle: QueryHandler<C>, lane?: Lane): RegisteredQuery {
  return { contract, handle: handle as RegisteredQuery['handle'], ...(lane && { lane }) }
}

/**
 * Asks a question of this desk whose input is checked: in the thread of its lane while the service runs, else here.
 * Rejects with what the answer broke on, or with `serviceStopped` where the desk is closed meanwhile.
 */
export type Ask = <C extends QueryContract>(contract: C, input: InputOf<C>, principal: Principal) => Promise<OutputOf<C>>

/** Upkeep of the open data folder. Each throws a DataFolderError where the folder is to blame. */
export interface Upkeep {
  verify(anchors: readonly string[]): Promise<VerifyResult>
  rebuild(): Promise<{ events: number }>
  /** @param out path of the file */
  backup(out: string): Promise<BackupResult>
  /** Into the folder of the daily ones, as one of them. */
  backUpNow(): Promise<BackupResult>
  doctor(): Promise<OutputOf<typeof examineDesk>>
}

/** Another data folder, open for as long as it is laid out. */
export interface DeskBeside {
  readonly db: WritableDb
  readonly subjects: Subjects
  readonly pipeline: Pipeline
  readonly clock: () => number
  close(): void
}

/** The service center around the pipeline, for what takes longer than an answer. */
export interface ServedCenter {
  /** The data folder. */
  readonly folder: string
  readonly blobs: BlobStore
  readonly subjects: Subjects
  readonly attention: Attention
  /** Whoever opened this folder and can open another one in its place; null: nobody stays to do it. */
  readonly host: Host | null
  /** Another data folder by the same rules, for as long as it is laid out. */
  openBeside(data: string): DeskBeside
}

/** What a service works with. It stands beside the pipeline: secrets and upkeep, which the log must not hold. */
export interface ServiceContext {
  readonly db: WritableDb
  readonly pipeline: Pipeline
  readonly clock: () => number
  readonly ask: Ask
  readonly principal: Principal | null
  /** The session token that the call came with. */
  readonly token: string | undefined
  /** The call came through a listener that others than this machine reach. */
  readonly exposed: boolean
  readonly upkeep: Upkeep
  readonly bulletin: Bulletin
  readonly center: ServedCenter
}

export type ServiceHandler<C extends CommandContract> = (
  input: InputOf<C>,
  context: ServiceContext,
) => Promise<Result<OutputOf<C> & object>> | Result<OutputOf<C> & object>

/** A command of the contract that is no event: what it answers is not kept for a repetition. */
export interface RegisteredService {
  readonly contract: CommandContract
  readonly handle: (input: never, context: ServiceContext) => Promise<Result<object>> | Result<object>
}

export function service<C extends CommandContract>(
  contract: C,
  handle: ServiceHandler<C>,
): RegisteredService {
  return { contract, handle: handle as RegisteredService['handle'] }
}

export interface TopicContext {
  readonly db: ReadableDb
  /** UTC ms. */
  readonly now: number
}

/** What listeners of a topic are told after a commit; null: nothing of theirs changed. */
export interface RegisteredTopic {
  readonly contract: TopicContract
  readonly publish: (
    touched: readonly Subject[],
    events: readonly StoredEvent[],
    context: TopicContext,
  ) => object | null
}

export function topic<C extends TopicContract>(
  contract: C,
  publish: (
    touched: readonly Subject[],
    events: readonly StoredEvent[],
    context: TopicContext,
  ) => (z.infer<C['message']> & object) | null,
): RegisteredTopic {
  return { contract, publish }
}

/** One folder under `core/features/`: all that the composition root needs of it. */
export interface Feature {
  readonly name: string
  readonly commands: readonly RegisteredCommand[]
  readonly queries: readonly RegisteredQuery[]
  readonly projections: readonly Projection<never>[]
  readonly reactors?: readonly Reactor[]
  readonly services?: readonly RegisteredService[]
  readonly topics?: readonly RegisteredTopic[]
}
