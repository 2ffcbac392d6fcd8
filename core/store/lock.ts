import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { blame, codeOf, DataFolderError } from './errors.ts'
import { readEndpoint } from './endpoint.ts'
import { readJson, writeFileSafely } from './files.ts'

/** Who has the folder. Only believed while the lock itself is held. */
interface Holder {
  readonly pid: number
  readonly program: string
  /** UTC ms. */
  readonly since: number
}

export interface FolderLock {
  release(): void
}

const lockFile = (folder: string): string => join(folder, 'lock.db')
const holderFile = (folder: string): string => join(folder, 'holder.json')

/**
 * One writer per data folder: an exclusive transaction held on `lock.db`. The operating system gives it back even
 * after kill -9. Nobody may open lock.db or loopdesk.db with anything but SQLite inside the writing process: closing
 * any descriptor of a file drops all POSIX locks that the process has on it.
 */
export function lockFolder(folder: string, program: string): FolderLock {
  let raw: Database.Database | undefined
  try {
    // The wait is for those who merely look whether it is locked.
    raw = new Database(lockFile(folder), { timeout: 300 })
    raw.exec('BEGIN EXCLUSIVE')
    const holder: Holder = { pid: process.pid, program, since: Date.now() }
    writeFileSafely(holderFile(folder), JSON.stringify(holder))
  } catch (error) {
    raw?.close()
    if (codeOf(error) === 'SQLITE_BUSY') throw new DataFolderError('folderLocked', holderOf(folder), error)
    blame(error, folder)
  }
  const held = raw
  return {
    release() {
      if (!held.open) return
      rmSync(holderFile(folder), { force: true })
      held.close()
    },
  }
}

function holderOf(folder: string): Record<string, string | number> {
  const holder = readJson<Holder>(holderFile(folder))
  return {
    folder,
    pid: holder?.pid ?? '?',
    program: holder?.program ?? '?',
    since: holder ? new Date(holder.since).toISOString() : '?',
    url: readEndpoint(folder)?.url ?? '',
  }
}

/** Whether a living process holds the folder; takes nothing from whoever does. */
export function isLocked(folder: string): boolean {
  let raw: Database.Database | undefined
  try {
    raw = new Database(lockFile(folder), { readonly: true, fileMustExist: true, timeout: 0 })
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
    return false
  } catch (error) {
    return codeOf(error) === 'SQLITE_BUSY'
  } finally {
    raw?.close()
  }
}
