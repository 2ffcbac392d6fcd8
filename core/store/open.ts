import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { blame, DataFolderError } from './errors.ts'
import { syncPath } from './files.ts'
import { lockFolder, type FolderLock } from './lock.ts'
import { latestSchema, migrate, schemaOf } from './migrate.ts'
import { nearestFolder, refuseNetworkFolder } from './network.ts'
import { finishSuccession } from './succession.ts'
import { one, type ReadableDb, type WritableDb } from './sql.ts'

export interface OpenFolder {
  readonly path: string
  readonly db: WritableDb
  /** Closes the database, then gives the folder back to others. */
  close(): void
}

export const databaseFile = (folder: string): string => join(folder, 'loopdesk.db')
/** The desk's private key. */
export const keyFile = (folder: string): string => join(folder, 'desk.key')
export const backupFolderOf = (folder: string): string => join(folder, 'backups')

/**
 * Takes a data folder (made when absent) for this process alone and brings its schema up to this program. Throws a
 * DataFolderError where that cannot be; the folder is then as it was.
 * @param program who says so to the next one that comes: `serve`, `import` …
 */
export function openFolder(folder: string, program = 'loopdesk'): OpenFolder {
  const path = resolve(folder)
  let lock: FolderLock | undefined
  let raw: Database.Database | undefined
  try {
    refuseNetworkFolder(path)
    finishSuccession(path)
    accessSync(nearestFolder(path), constants.W_OK)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    lock = lockFolder(path, program)
    probe(path)
    raw = new Database(databaseFile(path))
    const db = prepare(raw)
    if (needsMigration(db)) backupBeforeMigration(path, db)
    migrate(db)
    chmodSync(databaseFile(path), 0o600)
    return { path, db, close: () => closeBoth(db, lock) }
  } catch (error) {
    raw?.close()
    lock?.release()
    blame(error, path, { backup: newestBackup(path) ?? '-' })
  }
}

function prepare(raw: Database.Database): WritableDb {
  raw.pragma('journal_mode = WAL')
  // FULL: an answer leaves only after the disk has it.
  raw.pragma('synchronous = FULL')
  raw.pragma('foreign_keys = ON')
  // What the law makes us delete is overwritten with zeros, not left in free space.
  raw.pragma('secure_delete = ON')
  raw.pragma('temp_store = MEMORY')
  raw.pragma('cache_size = -65536')
  return { raw, readable: true, writable: true }
}

function closeBoth(db: WritableDb, lock: FolderLock | undefined): void {
  db.raw.close()
  lock?.release()
}

/**
 * Looks at an existing database through a connection that cannot write, before one that can is opened: a damaged or
 * newer one stays exactly as it is. Cheap at any size; the full check is doctor's.
 */
function probe(folder: string): void {
  if (!existsSync(databaseFile(folder))) return refuseEmptied(folder)
  accessSync(databaseFile(folder), constants.W_OK)
  const db = connect(folder)
  try {
    refuseNewer(db, folder)
    one(db, 'SELECT count(*) FROM sqlite_schema')
    if (schemaOf(db) > 0) one(db, 'SELECT * FROM event ORDER BY rowid DESC LIMIT 1')
    else refuseEmptied(folder)
  } finally {
    db.raw.close()
  }
}

/** A desk gets its key after its tables: where only the key is left, the database was lost, and is not begun anew. */
function refuseEmptied(folder: string): void {
  if (!existsSync(keyFile(folder))) return
  throw new DataFolderError('folderDamaged', { folder, backup: newestBackup(folder) ?? '-' })
}

/** A connection for verify, doctor and backup, beside a running service or alone. Throws a DataFolderError. */
export function openReadOnly(folder: string): ReadableDb {
  if (existsSync(databaseFile(folder))) {
    const db = connect(folder)
    if (schemaOf(db) > 0) return db
    db.raw.close()
  }
  refuseEmptied(folder)
  throw new DataFolderError('folderMissing', { folder })
}

/** A copy of a newer database may be made; what it says is for the newer program to judge. */
export function refuseNewer(db: ReadableDb, folder: string): void {
  const found = schemaOf(db)
  const newest = latestSchema()
  if (found > newest) throw new DataFolderError('folderNewer', { folder, found, known: newest })
}

function connect(folder: string): ReadableDb {
  let raw: Database.Database | undefined
  try {
    raw = new Database(databaseFile(folder), { readonly: true, fileMustExist: true })
    const db: ReadableDb = { raw, readable: true }
    // The first page is read here, so that what is no database is told of in words.
    schemaOf(db)
    return db
  } catch (error) {
    raw?.close()
    blame(error, folder, { backup: newestBackup(folder) ?? '-' })
  }
}

function needsMigration(db: ReadableDb): boolean {
  const found = schemaOf(db)
  return found > 0 && found < latestSchema() && one(db, 'SELECT 1 FROM event LIMIT 1') !== undefined
}

/** A plain copy of the database; blobs are never touched by a migration. `restore` takes it like any backup. */
function backupBeforeMigration(folder: string, db: WritableDb): void {
  const backups = backupFolderOf(folder)
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  const file = join(backups, `before-schema-${latestSchema()}-from-${schemaOf(db)}.db`)
  // Left by a try that failed: the database is still as old, so a new copy is as good.
  rmSync(file, { force: true })
  db.raw.prepare('VACUUM INTO ?').run(file)
  chmodSync(file, 0o600)
  syncPath(file)
}

/** File name of the newest backup in the data folder, by time of writing in the name; null when there is none. */
export function newestBackup(folder: string): string | null {
  const backups = backupFolderOf(folder)
  if (!existsSync(backups)) return null
  const names = readdirSync(backups).filter((name) => /^loopdesk-.*\.tar\.gz$/.test(name))
  const time = (name: string): string => name.slice(-'20260101T000000Z.tar.gz'.length)
  const newest = names.sort((a, b) => (time(a) < time(b) ? -1 : 1)).at(-1)
  return newest === undefined ? null : join(backups, newest)
}
