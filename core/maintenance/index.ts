import type { Spine } from '../kernel/spine.ts'
import type { BackupResult } from '../store/backup.ts'
import { troubleOf } from '../store/errors.ts'
import type { VerifyResult } from '../store/verify.ts'
import { DailyBackup } from './daily.ts'
import type { DoctorResult } from './doctor.ts'
import type { Progress } from './folder.ts'
import { sweep } from './sweep.ts'
import { inWorker } from './work.ts'

/** A slice of the writer: nobody waits longer (DESIGN §3). The commit's sync comes on top. */
const SLICE_MS = 12
const SIGN_EVERY_EVENTS = 1000
const SIGN_EVERY_MS = 60_000

/** The upkeep of an open data folder. Heavy reads run in a worker thread. */
export class Maintenance {
  readonly #spine: Spine
  readonly #signing: NodeJS.Timeout
  readonly #unsubscribe: () => void
  readonly #daily: DailyBackup
  #unsigned = 0
  #rebuilding: NodeJS.Immediate | undefined
  readonly #warn: (message: string) => void
  #waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = []

  constructor(spine: Spine, warn: (message: string) => void) {
    this.#spine = spine
    this.#warn = warn
    this.#daily = new DailyBackup(spine, warn)
    this.#signing = setInterval(() => this.#sign(), SIGN_EVERY_MS).unref()
    this.#unsubscribe = spine.pipeline.onCommitted((_, events) => {
      this.#unsigned += events.length
      if (this.#unsigned < SIGN_EVERY_EVENTS) return
      this.#unsigned = 0
      setImmediate(() => this.#sign())
    })
    if (spine.subjects.isRebuilding) this.#rebuildNext()
  }

  #sign(): void {
    const { db, desk, folder } = this.#spine
    if (!db.raw.open || db.raw.inTransaction) return
    try {
      desk.signHead()
    } catch (error) {
      // The next one signs for this one too.
      if (troubleOf(error, folder) === undefined) throw error
    }
  }

  /** For a service that stays: the backup of every day. */
  start(): void {
    this.#daily.start()
  }

  /** Checks the log beside the running service. @param anchors files from outside the folder */
  verify(anchors: readonly string[] = [], progress?: Progress): Promise<VerifyResult> {
    return inWorker({ kind: 'verify', folder: this.#spine.folder, anchors }, progress)
  }

  /** Writes a backup while the service goes on. */
  backup(out: string, progress?: Progress): Promise<BackupResult> {
    const { clock, desk, folder } = this.#spine
    desk.signHead()
    return inWorker({ kind: 'backup', folder, out, at: clock() }, progress)
  }

  /** One more of the daily backups, now. */
  backUpNow(): Promise<BackupResult> {
    return this.#daily.runNow()
  }

  /** The backup of the day, when it is due. */
  backupIfDue(): Promise<void> {
    return this.#daily.runIfDue()
  }

  /** Examines the folder beside the running service. */
  doctor(): Promise<DoctorResult> {
    return inWorker({ kind: 'doctor', folder: this.#spine.folder, now: this.#spine.clock() })
  }

  /** Empties the projections and writes them anew from the log, in slices between the commands. Resolves when done. */
  rebuild(): Promise<void> {
    const { db, subjects } = this.#spine
    db.raw.transaction(() => subjects.beginRebuild()).immediate()
    this.#rebuildNext()
    return this.whenRebuilt()
  }

  /** Resolves when no projection is being rebuilt. */
  whenRebuilt(): Promise<void> {
    if (!this.#spine.subjects.isRebuilding) return Promise.resolve()
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  #rebuildNext(): void {
    if (this.#rebuilding) return
    this.#rebuilding = setImmediate(() => {
      this.#rebuilding = undefined
      this.#rebuildSlice()
    })
  }

  #rebuildSlice(): void {
    const { db, subjects } = this.#spine
    try {
      if (!sweep(db, subjects, SLICE_MS)) return this.#rebuildNext()
      for (const { resolve } of this.#waiting.splice(0)) resolve()
    } catch (error) {
      // The mark stays: doctor tells of it, and the next start tries again.
      subjects.forget()
      this.#warn(`the rebuild stopped: ${String(error)}`)
      for (const { reject } of this.#waiting.splice(0)) reject(error)
    }
  }

  /** Before the folder is closed. A rebuild that is not done goes on at the next start. */
  stop(): void {
    void this.#daily.stop()
    this.#unsubscribe()
    clearInterval(this.#signing)
    clearImmediate(this.#rebuilding)
  }
}
