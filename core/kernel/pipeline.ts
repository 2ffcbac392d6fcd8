import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import type * as z from 'zod'
import { DryRun } from './dryRun.ts'
import { eraseLateParts, eraseParts } from './erasure.ts'
import type { Loaded, Subjects } from './subjects.ts'
import type { StateOf } from '#shared/domain/folds.ts'
import type { CommandContract, InputOf } from '#shared/contract/define.ts'
import { canonical, CanonicalError } from '#shared/domain/kernel/canonical.ts'
import {
  subjectKey,
  type Actor,
  type EventDraft,
  type StoredEvent,
  type Subject,
  type SubjectKind,
} from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import type { BlobStore } from '../store/blobs.ts'
import { troubleOf } from '../store/errors.ts'
import { eventId, type CommandDrafts, type EventLog, type WireEvent } from '../store/eventLog.ts'
import { newestBackup } from '../store/open.ts'
import { one, run, type ReadableDb, type WritableDb } from '../store/sql.ts'

/** What a command handler sees: the folded subjects, the time, the person; nothing that writes. */
export interface CommandContext {
  readonly commandId: string
  readonly actor: Actor
  /** When it happened, UTC ms: `now`, or earlier where the person may backdate. */
  readonly at: number
  /** This desk's clock, UTC ms. */
  readonly now: number
  readonly db: ReadableDb
  load<Kind extends SubjectKind>(kind: Kind, id: string): Loaded<StateOf<Kind>>
  /** Bytes of a file that was stored before; null: there is none of that hash. */
  blobSize(hash: string): number | null
  /** Next number of a local counter, unique on this desk (order numbers). */
  count(counter: string): number
}

export type HandlerResult<Answer extends object> = Result<{ readonly events: readonly EventDraft[]; readonly answer: Answer }>

export type CommandHandler<C extends CommandContract, Answer extends object = object> = (
  input: InputOf<C>,
  context: CommandContext,
) => HandlerResult<Answer>

export interface RegisteredCommand {
  readonly contract: CommandContract
  readonly handle: (input: never, context: CommandContext) => HandlerResult<object>
}

/** Pairs a contract with its handler, keeping the types of both. */
export function handler<C extends CommandContract, Answer extends object>(
  contract: C,
  handle: CommandHandler<C, Answer>,
): RegisteredCommand {
  return { contract, handle: handle as RegisteredCommand['handle'] }
}

export interface CommandRequest {
  readonly id: string
  readonly name: string
  readonly input: unknown
  readonly actor: Actor
  /** UTC ms; absent: now. Permission to backdate is checked before this point. */
  readonly at?: number
}

/** `heads`: the last event of each subject written, by subject key. */
export type Answer = { readonly heads: Readonly<Record<string, string>> } & Readonly<Record<string, unknown>>

/** Runs inside the transaction of a local command, never on import, refold or rebuild: outbox, notifications, rules. */
export type Reactor = (events: readonly StoredEvent[], db: WritableDb, now: number) => void
/** Runs after the commit, with what changed. */
export type Listener = (touched: readonly Subject[], events: readonly StoredEvent[]) => void

export interface PipelineParts {
  readonly db: WritableDb
  readonly log: EventLog
  readonly subjects: Subjects
  readonly commands: ReadonlyMap<string, RegisteredCommand>
  readonly reactors: readonly Reactor[]
  readonly clock: () => number
  readonly blobs: Pick<BlobStore, 'sizeOf'>
}

/**
 * The one door to the log: load → decide → append → project → arm timers → enqueue outbox → commit → publish, in one
 * transaction (DESIGN §4). The answer is returned after SQLite has synced the WAL.
 */
export class Pipeline {
  readonly #parts: PipelineParts
  readonly #listeners = new Set<Listener>()
  #isDamaged = false

  constructor(parts: PipelineParts) {
    this.#parts = parts
  }

  onCommitted(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  execute(request: CommandRequest): Result<Answer> {
    const results = this.executeAll([request])
    return results[0] as Result<Answer>
  }

  /**
   * Several commands in one transaction: each is accepted or refused alone, all accepted ones become durable together.
   * For the scheduler and bulk actions, where one sync per command would be paid for nothing.
   */
  executeAll(requests: readonly CommandRequest[]): Result<Answer>[] {
    const done = this.inOne((execute) => requests.map(execute))
    return done.ok ? done.value : requests.map(() => done)
  }

  /** The same where each command is made in the light of the answers before it. `work` has no other effect. */
  inOne<Value>(work: (execute: (request: CommandRequest) => Result<Answer>) => Value): Result<Value> {
    const { db } = this.#parts
    const written: StoredEvent[] = []
    const touched = new Map<string, Subject>()
    let value: Value
    try {
      db.raw.exec('BEGIN IMMEDIATE')
      value = work((request) => this.#one(request, written, touched))
      db.raw.exec('COMMIT')
    } catch (error) {
      this.#undo()
      return this.#refusalOf(error)
    }
    if (written.length > 0) this.#publish([...touched.values()], written)
    return accept(value)
  }

  /**
   * What commands would be answered one after the other, by the same handlers and without writing: null where one would
   * be accepted. Whoever asks the tables for others of a name does not see what an earlier one of them would have made.
   */
  judge(requests: readonly CommandRequest[]): (Refusal | null)[] {
    const tried = this.dryRun()
    return requests.map((request) => {
      const answer = this.tryOut(request, tried)
      return answer.ok ? null : answer.refusal
    })
  }

  /** For commands that are only tried, one after the other. */
  dryRun(): DryRun {
    return new DryRun(this.#parts.subjects)
  }

  /** The events that a command would have, in the light of those tried before it; nothing is written. */
  tryOut({ id, name, input, actor, at }: CommandRequest, tried: DryRun): Result<readonly EventDraft[]> {
    const { commands, db, clock, blobs } = this.#parts
    const command = commands.get(name)
    const parsed = command?.contract.input.safeParse(input)
    if (!command || !parsed) return refuse('unknownCommand', 'name', { name })
    if (!parsed.success) return refuseInput(parsed.error)
    const now = clock()
    const author = { actor, at: at ?? now, cause: id }
    const decided = command.handle(parsed.data as never, {
      commandId: id,
      actor,
      at: author.at,
      now,
      db,
      load: (kind, subject) => tried.load({ kind, id: subject }),
      blobSize: (hash) => blobs.sizeOf(hash),
      // The number that it would get is not taken.
      count: () => 0,
    })
    if (!decided.ok) return decided
    tried.apply(decided.value.events, author)
    return accept(decided.value.events)
  }

  /**
   * A full disk refuses the command and the service goes on answering. A damaged file is never written again, so that
   * nothing gets worse. Anything else is a bug.
   */
  #refusalOf(error: unknown): ReturnType<typeof refuse> {
    const { db } = this.#parts
    const folder = dirname(db.raw.name)
    const code = this.#isDamaged ? 'folderDamaged' : troubleOf(error, folder)
    if (code === undefined) throw error
    if (code === 'folderDamaged' && !this.#isDamaged) {
      this.#isDamaged = true
      db.raw.pragma('query_only = ON')
    }
    return refuse(code, undefined, { folder, backup: newestBackup(folder) ?? '-' })
  }

  #one(request: CommandRequest, written: StoredEvent[], touched: Map<string, Subject>): Result<Answer> {
    const { commands, log, subjects, db, clock, reactors, blobs } = this.#parts
    const command = commands.get(request.name)
    if (!command) return refuse('unknownCommand', 'name', { name: request.name })
    const parsed = command.contract.input.safeParse(request.input)
    if (!parsed.success) return refuseInput(parsed.error)
    const digest = digestOf(request)
    if (digest === undefined) return refuse('uncleanText')
    const earlier = this.#earlier(request.id, digest)
    if (earlier) return earlier
    const now = clock()
    const seen = new Set<string>()
    const context: CommandContext = {
      commandId: request.id,
      actor: request.actor,
      at: request.at ?? now,
      now,
      db,
      load(kind, id) {
        const subject = { kind, id }
        seen.add(subjectKey(subject))
        return subjects.load(subject)
      },
      blobSize: (hash) => blobs.sizeOf(hash),
      count: (counter) => countUp(db, counter),
    }
    const decided = command.handle(parsed.data as never, context)
    if (!decided.ok) return this.#isDone(request.id, seen) ? refuse('alreadyDone', 'id') : decided
    if (this.#isDone(request.id, new Set(decided.value.events.map(({ subject }) => subjectKey(subject))))) {
      return refuse('alreadyDone', 'id')
    }
    const events = log.append([{ commandId: request.id, events: decided.value.events }], {
      actor: request.actor,
      at: context.at,
      now,
      base: (subject) => subjects.load(subject).last?.id ?? null,
    })
    for (const event of events) touched.set(subjectKey(event.subject), event.subject)
    subjects.apply(events)
    for (const subject of eraseParts(db, subjects, events)) touched.set(subjectKey(subject), subject)
    for (const reactor of reactors) reactor(events, db, now)
    written.push(...events)
    const heads: Record<string, string> = {}
    for (const event of events) heads[subjectKey(event.subject)] = event.id
    const answer: Answer = { ...decided.value.answer, heads }
    run(db, 'INSERT INTO command_answer (id, digest, answer) VALUES (?,?,?)', request.id, digest, JSON.stringify(answer))
    return accept(answer)
  }

  /** The same command again: the same answer. Another payload under its id: refused. */
  #earlier(id: string, digest: Buffer): Result<Answer> | undefined {
    const row = one<{ digest: Buffer; answer: string }>(
      this.#parts.db,
      'SELECT digest, answer FROM command_answer WHERE id = ?',
      id,
    )
    if (!row) return undefined
    return row.digest.equals(digest) ? accept(JSON.parse(row.answer) as Answer) : refuse('commandIdReused', 'id')
  }

  /**
   * The events of a command tell of it where its answer is not here: it was given on another desk, or in a backup that
   * came without answers. Whether it is the same command to the letter nobody knows any more, hence no answer.
   */
  #isDone(command: string, subjects: ReadonlySet<string>): boolean {
    const { db } = this.#parts
    for (const key of subjects) {
      if (one(db, 'SELECT 1 FROM event WHERE id = ? LIMIT 1', eventId(command, key, 0))) return true
    }
    return false
  }

  /**
   * Takes in events of other desks, in any order and any batches; returns how many were new. All or nothing: a batch
   * with a forged event is refused whole by an exception. Rules and outbox stay silent (DESIGN §4).
   */
  receive(wires: readonly WireEvent[]): number {
    const { db, log, subjects } = this.#parts
    const fresh: StoredEvent[] = []
    const touched = new Map<string, Subject>()
    db.raw.exec('BEGIN IMMEDIATE')
    try {
      for (const wire of wires) {
        const event = log.receive(wire)
        if (!event) continue
        fresh.push(event)
        touched.set(subjectKey(event.subject), event.subject)
      }
      subjects.apply(fresh)
      const erased = [...eraseParts(db, subjects, fresh), ...eraseLateParts(db, subjects, fresh)]
      for (const subject of erased) touched.set(subjectKey(subject), subject)
      db.raw.exec('COMMIT')
    } catch (error) {
      this.#undo()
      throw error
    }
    if (fresh.length > 0) this.#publish([...touched.values()], fresh)
    return fresh.length
  }

  /**
   * Facts of a foreign history, whose ids say that they are not in the log yet: all commands in one transaction. No
   * rule and no reactor hears of them (DESIGN §4), and no answer is kept: the events themselves tell of a repetition.
   */
  ingest(commands: readonly CommandDrafts[], actor: Actor): Result<readonly StoredEvent[]> {
    const { db, log, subjects, clock } = this.#parts
    const now = clock()
    const touched = new Map<string, Subject>()
    let written: StoredEvent[]
    try {
      db.raw.exec('BEGIN IMMEDIATE')
      for (const { events } of commands) for (const { subject } of events) touched.set(subjectKey(subject), subject)
      written = log.append(commands, { actor, at: now, now, base: (subject) => subjects.load(subject).last?.id ?? null })
      subjects.apply(written, { unseen: true })
      db.raw.exec('COMMIT')
    } catch (error) {
      this.#undo()
      return this.#refusalOf(error)
    }
    if (written.length > 0) this.#publish([...touched.values()], written)
    return accept(written)
  }

  /** An erasure refolds subjects that no event names: nothing that was remembered meanwhile is trusted. */
  #undo(): void {
    const { db, log, subjects } = this.#parts
    if (db.raw.inTransaction) db.raw.exec('ROLLBACK')
    log.forget()
    subjects.forget()
  }

  #publish(touched: readonly Subject[], events: readonly StoredEvent[]): void {
    for (const listener of this.#listeners) listener(touched, events)
  }
}

function digestOf(request: CommandRequest): Buffer | undefined {
  try {
    const text = canonical({ name: request.name, input: request.input, actor: request.actor.id, at: request.at })
    return createHash('sha256').update(text).digest()
  } catch (error) {
    if (error instanceof CanonicalError) return undefined
    throw error
  }
}

function countUp(db: WritableDb, counter: string): number {
  const row = one<{ value: string }>(
    db,
    `INSERT INTO setting (name, value) VALUES (?, '1')
     ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value`,
    `counter:${counter}`,
  )
  return Number(row?.value)
}

/** The first problem, by field: `fields.contactPhone`. A key that the contract does not know is named itself. */
export function refuseInput(error: z.ZodError): { ok: false; refusal: Refusal } {
  const issue = error.issues[0]
  // What a schema knows a code and words for says so.
  if (issue?.code === 'custom' && typeof issue.params?.['refusal'] === 'string') {
    const { refusal, ...params } = issue.params as { refusal: string } & Record<string, string | number>
    return refuse(refusal, issue.path.join('.'), params)
  }
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0]?.slice(0, LONGEST_KEY) : undefined
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.')
  const reason = unknown === undefined ? (issue?.message ?? '') : 'unknown key'
  return refuse('invalidInput', field === '' ? undefined : field, { reason })
}

/** What somebody else wrote is not given back at any length. */
const LONGEST_KEY = 80
