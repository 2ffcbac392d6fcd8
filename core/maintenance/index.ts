import type { Spine } from '../kernel/spine.ts'
import { troubleOf } from '../store/errors.ts'

/** A slice of the writer: nobody waits longer (DESIGN §3). The commit's sync comes on top. */
const SLICE_MS = 12
const SIGN_EVERY_EVENTS = 1000
const SIGN_EVERY_MS = 60_000

/** The upkeep of an open data folder: heads signed, projections rebuilt. */
export class Maintenance {
  readonly #spine: Spine
  readonly #signing: NodeJS.Timeout
  readonly #unsubscribe: () => void
  #unsigned = 0
  #rebuilding: NodeJS.Immediate | undefined
  #rebuilt: (() => void)[] = []

  constructor(spine: Spine) {
    this.#spine = spine
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
    return new Promise((resolve) => this.#rebuilt.push(resolve))
  }

  #rebuildNext(): void {
    if (this.#rebuilding) return
    this.#rebuilding = setImmediate(() => {
      this.#rebuilding = undefined
      const { db, subjects } = this.#spine
      const isDone = db.raw.transaction(() => subjects.rebuildSlice(SLICE_MS)).immediate()
      if (!isDone) return this.#rebuildNext()
      for (const resolve of this.#rebuilt.splice(0)) resolve()
    })
  }

  /** Before the folder is closed. A rebuild that is not done goes on at the next start. */
  stop(): void {
    this.#unsubscribe()
    clearInterval(this.#signing)
    clearImmediate(this.#rebuilding)
  }
}
