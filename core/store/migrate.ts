import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import type { ReadableDb, WritableDb } from './sql.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url))

interface Migration {
  /** The number that its file name starts with; `user_version` of a database that has it. */
  readonly version: number
  readonly script: string
}

let known: readonly Migration[] | undefined

function migrations(): readonly Migration[] {
  known ??= readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ version: Number.parseInt(name, 10), script: readFileSync(join(MIGRATIONS, name), 'utf8') }))
    .sort((a, b) => a.version - b.version)
  return known
}

/** The newest schema that this program knows. */
export const latestSchema = (): number => migrations().at(-1)?.version ?? 0

export const schemaOf = (db: ReadableDb): number => db.raw.pragma('user_version', { simple: true }) as number

/** Forward only; each migration is one transaction: it is there whole, with its number, or not at all. */
export function migrate(db: WritableDb, upTo = latestSchema()): void {
  const done = schemaOf(db)
  for (const { version, script } of migrations()) {
    if (version <= done || version > upTo) continue
    try {
      db.raw.exec(`BEGIN IMMEDIATE;\n${script}\nPRAGMA user_version = ${version};\nCOMMIT;`)
    } catch (error) {
      if (db.raw.inTransaction) db.raw.exec('ROLLBACK')
      throw error
    }
  }
}

/** An empty database of a schema version: what tables, indexes and triggers should be there. */
export function emptySchema(version: number): Database.Database {
  const raw = new Database(':memory:')
  migrate({ raw, readable: true, writable: true }, version)
  return raw
}
