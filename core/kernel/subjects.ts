import { compareTruth, subjectKey, type StoredEvent, type Subject, type SubjectKind } from '#shared/domain/kernel/event.ts'
import type { AnyFold, SubjectFold } from '#shared/domain/kernel/fold.ts'
import { readSubject, readSubjectWithout, type Place } from '../store/eventLog.ts'
import { one, run, type ReadableDb, type WritableDb } from '../store/sql.ts'
import type { Projection } from './projection.ts'
import { Rebuild } from './rebuild.ts'

export type { Projection } from './projection.ts'

/** Bumped when any fold changes its meaning: snapshots of another number are not read. */
const FOLDS_VERSION = 7
/** A subject this many events past its snapshot gets a new one. */
const SNAPSHOT_EVERY = 100
const CACHED_SUBJECTS = 20_000

export interface Loaded<State> {
  readonly state: State
  /** The last folded event; null when the subject has none. */
  readonly last: (Place & { readonly id: string }) | null
  readonly events: number
}

interface SubjectType {
  readonly fold: SubjectFold<unknown>
  readonly projections: readonly Projection[]
}

/** Folds subjects and keeps their projections: the only code that writes a projection's table. */
export class Subjects {
  readonly #db: WritableDb
  readonly #types: ReadonlyMap<SubjectKind, SubjectType>
  readonly #cache = new Map<string, Loaded<unknown>>()
  readonly #rebuild: Rebuild

  constructor(
    db: WritableDb,
    folds: Readonly<Record<SubjectKind, AnyFold>>,
    projections: readonly Projection<never>[],
  ) {
    this.#db = db
    this.#types = new Map(
      Object.entries(folds).map(([kind, fold]) => [
        kind as SubjectKind,
        {
          fold: fold as unknown as SubjectFold<unknown>,
          projections: projections.filter((projection) => projection.kind === kind) as unknown as Projection[],
        },
      ]),
    )
    this.#rebuild = new Rebuild(db, projections as unknown as Projection[], FOLDS_VERSION)
  }

  load<State>(subject: Subject): Loaded<State> {
    const key = subjectKey(subject)
    const cached = this.#cache.get(key)
    if (cached) {
      // Re-inserting keeps the map in order of use, oldest first.
      this.#cache.delete(key)
      this.#cache.set(key, cached)
      return cached as Loaded<State>
    }
    const loaded = foldSubject(this.#db, this.#type(subject.kind).fold, subject)
    this.#remember(key, loaded)
    return loaded as Loaded<State>
  }

  /** Spares looking for the events of a subject that the caller knows to have none yet. */
  expectNew(subject: Subject): void {
    const key = subjectKey(subject)
    if (this.#cache.has(key)) return
    this.#remember(key, { state: this.#type(subject.kind).fold.initial(subject.id), last: null, events: 0 })
  }

  /**
   * Folds freshly stored events of any subjects and brings the projections up to them. Within a transaction.
   * `unseen`: the caller knows that none of their ids stands in another chain.
   */
  apply(events: readonly StoredEvent[], { unseen = false } = {}): Subject[] {
    const bySubject = new Map<string, StoredEvent[]>()
    for (const event of events) {
      // A newer desk's kind of subject is stored and passed on; the program that knows it folds it (DESIGN §4).
      if (!this.#types.has(event.subject.kind)) continue
      const key = subjectKey(event.subject)
      const list = bySubject.get(key)
      if (list) list.push(event)
      else bySubject.set(key, [event])
    }
    const touched: Subject[] = []
    for (const [key, list] of bySubject) {
      const subject = (list[0] as StoredEvent).subject
      touched.push(subject)
      this.#applyTo(key, subject, list, unseen)
    }
    return touched
  }

  #applyTo(key: string, subject: Subject, events: readonly StoredEvent[], unseen: boolean): void {
    const type = this.#type(subject.kind)
    const before = this.#before(key, subject, events)
    const inOrder = events.every(
      (event, index) =>
        compareTruth(event, index === 0 ? (before.last ?? { hlc: -1, origin: '', seq: 0 }) : (events[index - 1] as StoredEvent)) > 0,
    )
    let after: Loaded<unknown>
    if (inOrder && (unseen || !events.some((event) => this.#isRepeated(event)))) {
      let state = before.state
      for (const event of events) state = type.fold.evolve(state, event)
      after = { state, last: events[events.length - 1] as StoredEvent, events: before.events + events.length }
    } else {
      run(this.#db, 'DELETE FROM subject_snapshot WHERE subject = ?', key)
      after = foldSubject(this.#db, type.fold, subject)
    }
    this.#show(key, subject, before, after)
    if (Math.floor(after.events / SNAPSHOT_EVERY) > Math.floor(before.events / SNAPSHOT_EVERY)) this.#snapshot(key, after)
  }

  #show(key: string, subject: Subject, before: Loaded<unknown>, after: Loaded<unknown>): void {
    for (const projection of this.#type(subject.kind).projections) {
      const hasRows = before.last !== null && !this.#rebuild.isAhead(projection, key)
      projection.write(this.#db, subject.id, hasRows ? before.state : null, after.state, after.last?.id ?? '')
    }
    this.#rebuild.wrote(subject.kind, key)
    this.#remember(key, after)
  }

  /** Folds subjects anew whose events `change` alters: parts erased by law. Within a transaction. */
  refold(subjects: readonly Subject[], change: () => void): void {
    const known = subjects.filter(({ kind }) => this.#types.has(kind))
    const shown = known.map((subject) => ({ subject, key: subjectKey(subject), before: this.load(subject) }))
    change()
    for (const { subject, key, before } of shown) {
      run(this.#db, 'DELETE FROM subject_snapshot WHERE subject = ?', key)
      this.#show(key, subject, before, foldSubject(this.#db, this.#type(subject.kind).fold, subject))
    }
  }

  /** The state that the rows show now: events of this batch are in the log already, but not in the rows. */
  #before(key: string, subject: Subject, events: readonly StoredEvent[]): Loaded<unknown> {
    const cached = this.#cache.get(key)
    if (cached) return cached
    const fresh = new Set(events.map((event) => `${event.origin} ${event.seq}`))
    const { fold } = this.#type(subject.kind)
    return foldEvents(fold, { state: fold.initial(subject.id), last: null, events: 0 }, readSubjectWithout(this.#db, key, fresh))
  }

  #isRepeated(event: StoredEvent): boolean {
    return (
      one<{ n: number }>(this.#db, 'SELECT count(*) AS n FROM event WHERE id = ?', event.id) as { n: number }
    ).n > 1
  }

  #snapshot(key: string, loaded: Loaded<unknown>): void {
    const last = loaded.last as Place
    run(
      this.#db,
      'INSERT OR REPLACE INTO subject_snapshot (subject, folds, hlc, origin, seq, state) VALUES (?,?,?,?,?,?)',
      key,
      FOLDS_VERSION,
      last.hlc,
      last.origin,
      last.seq,
      JSON.stringify({ state: loaded.state, events: loaded.events, id: loaded.last?.id }),
    )
  }

  #remember(key: string, loaded: Loaded<unknown>): void {
    this.#cache.delete(key)
    this.#cache.set(key, loaded)
    if (this.#cache.size > CACHED_SUBJECTS) this.#cache.delete(this.#cache.keys().next().value as string)
  }

  #type(kind: SubjectKind): SubjectType {
    const type = this.#types.get(kind)
    if (!type) throw new Error(`no fold for ${kind}`)
    return type
  }

  /** After a rolled-back transaction, or when another writer changed what lies below. */
  forget(): void {
    this.#rebuild.forget()
    this.#cache.clear()
  }

  /** Whether the rows are still being written anew: a changed projector, or a rebuild that was cut short. */
  get isRebuilding(): boolean {
    return this.#rebuild.isPending
  }

  /** Empties every projection; `rebuildSlice` then writes them anew from the log alone. Within a transaction. */
  beginRebuild(): void {
    this.#cache.clear()
    run(this.#db, 'DELETE FROM subject_snapshot')
    this.#rebuild.begin()
  }

  /**
   * Goes on rebuilding for about `budget` ms; true when all is done. Within a transaction: a kill between two slices
   * loses nothing, the next start goes on where the last slice ended.
   */
  rebuildSlice(budget: number): boolean {
    const until = performance.now() + budget
    let key = this.#rebuild.next()
    while (key !== null) {
      const subject = parseSubject(key)
      const type = this.#type(subject.kind)
      const loaded = foldSubject(this.#db, type.fold, subject)
      for (const projection of type.projections) {
        if (this.#rebuild.isAhead(projection, key)) projection.write(this.#db, subject.id, null, loaded.state, loaded.last?.id ?? '')
      }
      if (loaded.events >= SNAPSHOT_EVERY) this.#snapshot(key, loaded)
      this.#rebuild.passed(key, loaded.events)
      if (performance.now() >= until) break
      key = this.#rebuild.next()
    }
    this.#rebuild.save()
    return !this.#rebuild.isPending
  }

  /** Events folded so far by the running rebuild. */
  get rebuiltEvents(): number {
    return this.#rebuild.events
  }

  /** The whole rebuild at once. Within a transaction; minutes on a large log. Returns how many events were folded. */
  rebuild(): number {
    this.beginRebuild()
    this.rebuildSlice(Infinity)
    return this.rebuiltEvents
  }
}

export function parseSubject(key: string): Subject {
  const colon = key.indexOf(':')
  return { kind: key.slice(0, colon) as SubjectKind, id: key.slice(colon + 1) }
}

/** Folds from the newest snapshot, or from the first event; reads only. */
export function foldSubject(db: ReadableDb, fold: SubjectFold<unknown>, subject: Subject): Loaded<unknown> {
  const key = subjectKey(subject)
  const row = one<Place & { state: string }>(
    db,
    'SELECT hlc, origin, seq, state FROM subject_snapshot WHERE subject = ? AND folds = ?',
    key,
    FOLDS_VERSION,
  )
  if (!row) return foldEvents(fold, { state: fold.initial(subject.id), last: null, events: 0 }, readSubject(db, key))
  const { state, events, id } = JSON.parse(row.state) as { state: unknown; events: number; id: string }
  const { hlc, origin, seq } = row
  return foldEvents(fold, { state, events, last: { hlc, origin, seq, id } }, readSubject(db, key, row))
}

function foldEvents(
  fold: SubjectFold<unknown>,
  begin: Loaded<unknown>,
  events: readonly StoredEvent[],
): Loaded<unknown> {
  const state = events.reduce((before, event) => fold.evolve(before, event), begin.state)
  return { state, last: events[events.length - 1] ?? begin.last, events: begin.events + events.length }
}
