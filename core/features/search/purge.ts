import { setImmediate as pause } from 'node:timers/promises'
import { INDEX_PURGE } from '../../kernel/erasure.ts'
import { readSetting } from '../../store/settings.ts'
import { one, run, type WritableDb } from '../../store/sql.ts'
import { WORDS } from './words.ts'

/** Pages merged in one slice: others have their turn in between (DESIGN §3). */
const PAGES = 64

/**
 * A row that is deleted from the index is only crossed out: its words stay in the file until the pieces of the index
 * are merged. Where the law bids deletion they are merged at once, in slices. Killed meanwhile, the next start does it.
 */
export class IndexPurge {
  readonly #db: WritableDb
  #running: Promise<void> | undefined

  constructor(db: WritableDb) {
    this.#db = db
  }

  /** Begins where an erasure asks for it; settles when the file holds nothing more of it. */
  run(): Promise<void> {
    if (!this.#running && readSetting(this.#db, INDEX_PURGE) !== null) {
      this.#running = this.#purge().finally(() => (this.#running = undefined))
    }
    return this.#running ?? Promise.resolve()
  }

  async #purge(): Promise<void> {
    const db = this.#db
    // Whoever asked for the erasure has the answer first.
    await pause()
    while (db.raw.open) {
      const asked = wanted(db)
      if (asked === null) break
      for (const table of Object.values(WORDS)) {
        // Negative: every piece belongs to this merge, not only those that are due.
        for (let pages = -PAGES; db.raw.open && merge(db, table, pages); pages = PAGES) await pause()
      }
      // Asked for again meanwhile: once more.
      if (db.raw.open) run(db, 'DELETE FROM setting WHERE name = ? AND value = ?', INDEX_PURGE, asked)
    }
    if (db.raw.open) db.raw.pragma('wal_checkpoint(TRUNCATE)')
  }
}

const wanted = (db: WritableDb): string | null =>
  one<{ value: string }>(db, 'SELECT value FROM setting WHERE name = ?', INDEX_PURGE)?.value ?? null

/** Whether there was something to merge. */
function merge(db: WritableDb, table: string, pages: number): boolean {
  const before = changes(db)
  run(db, `INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`, pages)
  return changes(db) - before >= 2
}

const changes = (db: WritableDb): number => one<{ n: number }>(db, 'SELECT total_changes() AS n')?.n ?? 0
