import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import { readSetting, removeSetting, writeSetting } from '../store/settings.ts'
import { one, run, type WritableDb } from '../store/sql.ts'
import type { Projection } from './projection.ts'

/** Setting `rebuild`: there while rows are missing, whatever happens to the process. */
interface Pending {
  /** Projections by name. */
  readonly of: readonly string[]
  /** The last subject that the sweep has written, in SQLite's order of text. */
  readonly cursor: string
  readonly events: number
}

/** A projection's name in the settings. */
const nameOf = (projection: Projection): string => `${projection.kind}: ${projection.tables.join(' ')}`

/**
 * Which rows are written anew, and how far that has come. A sweep goes through the subjects by key; a command that
 * writes a subject beyond the sweep writes all its rows then and leaves a mark, and the sweep passes it by.
 */
export class Rebuild {
  readonly #db: WritableDb
  readonly #projections: readonly Projection[]
  readonly #folds: number
  #pending: Pending | null
  #names: ReadonlySet<string> = new Set()
  #kinds: ReadonlySet<SubjectKind> = new Set()

  constructor(db: WritableDb, projections: readonly Projection[], folds: number) {
    this.#db = db
    this.#projections = projections
    this.#folds = folds
    this.#pending = this.#read()
    this.#beginWhatChanged()
  }

  get isPending(): boolean {
    return this.#pending !== null
  }

  get events(): number {
    return this.#pending?.events ?? this.#last
  }
  #last = 0

  /** All of them, or those of the given names and whoever shares a table with them. Within a transaction. */
  begin(names: Iterable<string> = this.#projections.map(nameOf)): void {
    const chosen = this.#withSharedTables(new Set([...names, ...(this.#pending?.of ?? [])]))
    const tables = new Set(chosen.flatMap((projection) => projection.tables))
    for (const table of tables) empty(this.#db, table)
    run(this.#db, 'DELETE FROM rebuilt_subject')
    this.#write({ of: chosen.map(nameOf), cursor: '', events: 0 })
  }

  /** A changed, a new or a removed projector since the folder was last open; an empty log has nothing to rebuild. */
  #beginWhatChanged(): void {
    const known = readSetting<Record<string, string>>(this.#db, 'projectors') ?? {}
    const versions = this.#versions()
    const changed = Object.keys(versions).filter((name) => known[name] !== versions[name])
    if (changed.length === 0) return
    const isEmpty = one(this.#db, 'SELECT 1 FROM event LIMIT 1') === undefined
    this.#db.raw.transaction(() => {
      if (!isEmpty) this.begin(changed)
      writeSetting(this.#db, 'projectors', versions)
    })()
  }

  #versions(): Record<string, string> {
    return Object.fromEntries(
      this.#projections.map((projection) => {
        const variant = projection.variant ? `.${projection.variant(this.#db)}` : ''
        return [nameOf(projection), `${this.#folds}.${projection.version}${variant}`]
      }),
    )
  }

  #withSharedTables(names: ReadonlySet<string>): Projection[] {
    const chosen = new Set(this.#projections.filter((projection) => names.has(nameOf(projection))))
    let before = -1
    while (before !== chosen.size) {
      before = chosen.size
      const tables = new Set([...chosen].flatMap((projection) => projection.tables))
      for (const projection of this.#projections) {
        if (projection.tables.some((table) => tables.has(table))) chosen.add(projection)
      }
    }
    return [...chosen]
  }

  /** Whether the rows that this projection has of the subject were emptied and not yet written again. */
  isAhead(projection: Projection, key: string): boolean {
    if (!this.#pending || !this.#names.has(nameOf(projection)) || isPassed(key, this.#pending.cursor)) return false
    return one(this.#db, 'SELECT 1 FROM rebuilt_subject WHERE subject = ?', key) === undefined
  }

  /** A command has just written all rows of a subject. */
  wrote(kind: SubjectKind, key: string): void {
    if (!this.#pending || !this.#kinds.has(kind) || isPassed(key, this.#pending.cursor)) return
    run(this.#db, 'INSERT OR IGNORE INTO rebuilt_subject (subject) VALUES (?)', key)
  }

  /** The next subject of the sweep; null: all rows are there, and the mark is taken off. */
  next(): string | null {
    if (!this.#pending) return null
    let from = this.#pending.cursor
    for (;;) {
      const key = one<{ subject: string | null }>(this.#db, 'SELECT min(subject) AS subject FROM event WHERE subject > ?', from)?.subject
      if (key === null || key === undefined) break
      const kind = key.slice(0, key.indexOf(':'))
      if (this.#kinds.has(kind as SubjectKind)) return key
      // ';' follows ':': over all subjects of a kind that has no rows to write.
      from = `${kind};`
    }
    run(this.#db, 'DELETE FROM rebuilt_subject')
    removeSetting(this.#db, 'rebuild')
    this.#last = this.#pending.events
    this.#pending = null
    return null
  }

  passed(key: string, events: number): void {
    if (this.#pending) this.#pending = { ...this.#pending, cursor: key, events: this.#pending.events + events }
  }

  /** At the end of a slice: where the next one goes on. */
  save(): void {
    if (this.#pending) writeSetting(this.#db, 'rebuild', this.#pending)
  }

  /** After a rolled-back transaction. */
  forget(): void {
    this.#pending = this.#read()
  }

  #write(pending: Pending): void {
    writeSetting(this.#db, 'rebuild', pending)
    this.#pending = pending
    this.#know()
  }

  #read(): Pending | null {
    const pending = readSetting<Pending>(this.#db, 'rebuild')
    this.#pending = pending
    this.#know()
    return pending
  }

  #know(): void {
    const chosen = this.#pending ? this.#withSharedTables(new Set(this.#pending.of)) : []
    this.#names = new Set(chosen.map(nameOf))
    this.#kinds = new Set(chosen.map((projection) => projection.kind))
  }
}

/** A full-text index would go through every row of itself. */
function empty(db: WritableDb, table: string): void {
  const index = one(db, "SELECT 1 FROM sqlite_schema WHERE name = ? AND sql LIKE 'CREATE VIRTUAL TABLE%'", table)
  run(db, index ? `INSERT INTO ${table} (${table}) VALUES ('delete-all')` : `DELETE FROM ${table}`)
}

/** In SQLite's order of text, by bytes. */
const isPassed = (key: string, cursor: string): boolean => Buffer.compare(Buffer.from(key), Buffer.from(cursor)) <= 0
