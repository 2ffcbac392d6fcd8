import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { features } from '../features/index.ts'
import { openSpine } from '../kernel/spine.ts'
import { compactTime } from '../store/anchors.ts'
import { writeBackup, type BackupResult } from '../store/backup.ts'
import { blame, DataFolderError } from '../store/errors.ts'
import { syncFolder } from '../store/files.ts'
import { lockFolder } from '../store/lock.ts'
import { refuseNetworkFolder } from '../store/network.ts'
import { newestBackup, openReadOnly, refuseNewer } from '../store/open.ts'
import { unpackBackup } from '../store/unpack.ts'
import { verifyLog, type VerifyOptions, type VerifyResult } from '../store/verify.ts'
import { sweep } from './sweep.ts'

/**
 * Upkeep of a data folder that no service has open, for the command line. Verify, backup and doctor work beside a
 * running service too; rebuild and restore need the folder for themselves. All throw DataFolderErrors.
 */
export type Progress = (done: number, total: number) => void
export interface FolderOptions {
  readonly progress?: Progress
  /** UTC ms. */
  readonly clock?: () => number
}

export function verifyFolder(data: string, options: VerifyOptions = {}): VerifyResult {
  const folder = resolve(data)
  const db = openReadOnly(folder)
  try {
    refuseNewer(db, folder)
    return verifyLog(db, folder, options)
  } catch (error) {
    blame(error, folder, { backup: newestBackup(folder) ?? '-' })
  } finally {
    db.raw.close()
  }
}

export function backupFolder(data: string, out: string, options: FolderOptions = {}): Promise<BackupResult> {
  return writeBackup(resolve(data), out, (options.clock ?? Date.now)(), options.progress)
}

/** Long enough to be fast, short enough to show progress and to lose little. */
const SLICE_MS = 500

/** Writes all projections anew; resolves with the number of events folded. A killed one goes on at the next start. */
export function rebuildFolder(data: string, options: FolderOptions = {}): { events: number } {
  if (!existsSync(resolve(data))) throw new DataFolderError('folderMissing', { folder: resolve(data) })
  const spine = openSpine({ data, features, program: 'rebuild', ...(options.clock && { clock: options.clock }) })
  const { db, subjects } = spine
  try {
    const total = (db.raw.prepare('SELECT sum(seq) AS n FROM chain_head').get() as { n: number }).n
    db.raw.transaction(() => subjects.beginRebuild()).immediate()
    while (!sweep(db, subjects, SLICE_MS)) {
      options.progress?.(subjects.rebuiltEvents, total)
    }
    options.progress?.(total, total)
    return { events: subjects.rebuiltEvents }
  } catch (error) {
    blame(error, spine.folder, { backup: newestBackup(spine.folder) ?? '-' })
  } finally {
    spine.close()
  }
}

export interface RestoreOptions extends FolderOptions {
  /** Puts a folder that is not empty aside, under another name beside it, instead of refusing. */
  readonly aside?: boolean
}
export interface RestoreResult {
  readonly folder: string
  /** The new desk. */
  readonly origin: string
  readonly events: number
  /** Where the folder that was there before is now. */
  readonly aside: string | null
}

/**
 * Brings a backup back into an empty or absent folder. It is laid out and checked beside, and takes the place in one
 * step. Always a new origin: the old desk may still be running somewhere, and two desks must never write one chain.
 */
export async function restoreFolder(file: string, data: string, options: RestoreOptions = {}): Promise<RestoreResult> {
  const folder = resolve(data)
  const clock = options.clock ?? Date.now
  const staging = `${folder}.restoring`
  try {
    refuseNetworkFolder(folder)
    const isTaken = existsSync(folder) && readdirSync(folder).length > 0
    if (isTaken && options.aside !== true) throw new DataFolderError('folderNotEmpty', { folder })
    rmSync(staging, { recursive: true, force: true })
    mkdirSync(staging, { recursive: true, mode: 0o700 })
    const { events } = await unpackBackup(resolve(file), staging, options.progress)
    rmSync(`${staging}/manifest.json`, { force: true })
    const spine = openSpine({ data: staging, features, clock, program: 'restore' })
    const { origin } = spine.desk
    spine.close()
    const aside = isTaken ? putAside(folder, clock()) : null
    if (!isTaken && existsSync(folder)) rmdirSync(folder)
    renameSync(staging, folder)
    syncFolder(dirname(folder))
    return { folder, origin, events, aside }
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    blame(error, folder)
  }
}

/** Refuses while somebody works in it. */
function putAside(folder: string, at: number): string {
  const aside = `${folder}.before-restore-${compactTime(at)}`
  lockFolder(folder, 'restore').release()
  renameSync(folder, aside)
  return aside
}
