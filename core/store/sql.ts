import type Database from 'better-sqlite3'

/**
 * Branded handles (after Signal Desktop): a query is handed a ReadableDb and cannot write by mistake; only the
 * pipeline, the migrations and the local services hold a WritableDb.
 */
export interface ReadableDb {
  readonly raw: Database.Database
  readonly readable: true
}
export interface WritableDb extends ReadableDb {
  readonly writable: true
}

const caches = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** Prepares once per connection. */
export function sql(db: ReadableDb, text: string): Database.Statement {
  let cache = caches.get(db.raw)
  if (!cache) caches.set(db.raw, (cache = new Map()))
  let statement = cache.get(text)
  if (!statement) {
    statement = db.raw.prepare(text)
    if (!('writable' in db) && !statement.readonly) throw new Error('a query tried to write')
    cache.set(text, statement)
  }
  return statement
}

export const all = <Row>(db: ReadableDb, text: string, ...params: unknown[]): Row[] =>
  sql(db, text).all(...params) as Row[]

export const one = <Row>(db: ReadableDb, text: string, ...params: unknown[]): Row | undefined =>
  sql(db, text).get(...params) as Row | undefined

export const run = (db: WritableDb, text: string, ...params: unknown[]): Database.RunResult =>
  sql(db, text).run(...params)
