import type { Pipeline } from '../../kernel/pipeline.ts'
import type { WritableDb } from '../../store/sql.ts'
import { BLOCK, describeNext } from './blocks.ts'

/** Between two blocks, so that describing ten years of a log slows nobody down. */
const PAUSE_MS = 40
/** Not in the middle of the start. */
const FIRST_MS = 5_000

/** Keeps the audit's blocks described, beside the commands of a service that stays. */
export class Describer {
  readonly #db: WritableDb
  readonly #pipeline: Pipeline
  #timer: NodeJS.Timeout | undefined
  #unsubscribe: (() => void) | undefined
  #fresh = 0

  constructor({ db, pipeline }: { db: WritableDb; pipeline: Pipeline }) {
    this.#db = db
    this.#pipeline = pipeline
  }

  start(): void {
    this.#unsubscribe ??= this.#pipeline.onCommitted((_touched, events) => {
      this.#fresh += events.length
      if (this.#fresh < BLOCK) return
      this.#fresh = 0
      this.#after(PAUSE_MS)
    })
    this.#after(FIRST_MS)
  }

  #after(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      if (this.#db.raw.open && describeNext(this.#db)) this.#after(PAUSE_MS)
    }, ms).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
  }
}
