import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import type { WritableDb } from './sql.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url))

/** Opens (or creates) the database of a data folder and brings its schema up to this program. */
export function openStore(folder: string): WritableDb {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const raw = new Database(join(folder, 'loopdesk.db'))
  raw.pragma('journal_mode = WAL')
  // FULL: an answer leaves only after the disk has it.
  raw.pragma('synchronous = FULL')
  raw.pragma('foreign_keys = ON')
  raw.pragma('temp_store = MEMORY')
  raw.pragma('cache_size = -65536')
  const db: WritableDb = { raw, readable: true, writable: true }
  migrate(db)
  return db
}

function migrate(db: WritableDb): void {
  const done = db.raw.pragma('user_version', { simple: true }) as number
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql')).sort()
  for (const [index, name] of files.entries()) {
    const version = index + 1
    if (version <= done) continue
    const script = readFileSync(join(MIGRATIONS, name), 'utf8')
    db.raw.exec(`BEGIN IMMEDIATE;\n${script}\nPRAGMA user_version = ${version};\nCOMMIT;`)
  }
}
