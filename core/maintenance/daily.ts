import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Spine } from '../kernel/spine.ts'
import { anchorFolderOf, compactTime, writeAnchor } from '../store/anchors.ts'
import type { BackupResult } from '../store/backup.ts'
import { backupFolderOf } from '../store/open.ts'
import { DEFAULT_RETENTION, expired, type Retention } from '../store/retention.ts'
import { readSetting, writeSetting } from '../store/settings.ts'
import { backupStateOf, type BackupSetting, type BackupState } from './backupState.ts'
import { inWorker } from './work.ts'

const DAY = 86_400_000
/** Not in the middle of the start. */
const FIRST_LOOK_MS = 2 * 60_000
const LOOK_EVERY_MS = 10 * 60_000

/** The backup of every day. A failing one is a warning that stays until the next good one, never a crash. */
export class DailyBackup {
  readonly #spine: Spine
  readonly #warn: (message: string) => void
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined

  constructor(spine: Spine, warn: (message: string) => void) {
    this.#spine = spine
    this.#warn = warn
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#look()
      this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
    }, FIRST_LOOK_MS).unref()
  }

  /** Resolves when a backup on its way is done. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#running
  }

  #look(): void {
    this.#running ??= this.runIfDue().finally(() => (this.#running = undefined))
  }

  /** Backs up when the last good backup is a day old; removes what the retention lets go. */
  async runIfDue(): Promise<void> {
    const { db, clock } = this.#spine
    const state = backupStateOf(db)
    const now = clock()
    if (state.at !== null && now - state.at < DAY) return
    try {
      await this.runNow()
    } catch (error) {
      this.#warn(`daily backup failed: ${messageOf(error)}`)
    }
  }

  /** Notes what became of it, for doctor and the settings page; rejects as the backup does. */
  async runNow(): Promise<BackupResult> {
    const { db, clock } = this.#spine
    const now = clock()
    try {
      const result = await this.#backup(now)
      if (db.raw.open) writeSetting(db, 'backupState', { at: result.at, file: result.file, failure: null } satisfies BackupState)
      return result
    } catch (error) {
      const failure = { at: now, message: messageOf(error) }
      // Where not even this can be written, the disk says so at every command.
      if (db.raw.open) this.#trySafely(() => writeSetting(db, 'backupState', { ...backupStateOf(db), failure } satisfies BackupState))
      throw error
    }
  }

  async #backup(now: number): Promise<BackupResult> {
    const { db, desk, folder } = this.#spine
    const setting = readSetting<BackupSetting>(db, 'backup') ?? {}
    const place = setting.folder ?? backupFolderOf(folder)
    desk.signHead()
    writeAnchor(db, anchorFolderOf(folder), now)
    mkdirSync(place, { recursive: true })
    const out = join(place, `${this.#prefix}${compactTime(now)}.tar.gz`)
    const result = await inWorker({ kind: 'backup', folder, out, at: now })
    this.#removeExpired(place, setting.keep ?? DEFAULT_RETENTION)
    return result
  }

  get #prefix(): string {
    return `loopdesk-${this.#spine.desk.origin}-`
  }

  /** Only this desk's own: other desks may keep theirs in the same folder. */
  #removeExpired(place: string, keep: Retention): void {
    const names = new Map<number, string>()
    for (const name of readdirSync(place)) {
      if (!name.startsWith(this.#prefix)) continue
      const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz$/.exec(name.slice(this.#prefix.length))
      if (!stamp) continue
      const [year, month, day, hour, minute, second] = stamp.slice(1).map(Number) as [number, number, number, number, number, number]
      names.set(Date.UTC(year, month - 1, day, hour, minute, second), name)
    }
    for (const at of expired([...names.keys()], keep)) rmSync(join(place, names.get(at) as string))
  }

  #trySafely(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#warn(`the failed backup could not be noted: ${String(error)}`)
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
