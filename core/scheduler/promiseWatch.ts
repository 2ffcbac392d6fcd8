import type { Actor } from '#shared/domain/kernel/event.ts'
import type { Attention } from '../kernel/attention.ts'
import type { Pipeline } from '../kernel/pipeline.ts'
import { readSetting, writeSetting } from '../store/settings.ts'
import { all, one, type WritableDb } from '../store/sql.ts'
import { Rounds } from './rounds.ts'

const ACTOR: Actor = { kind: 'system', id: 'scheduler' }
/** Up to which instant (UTC ms) broken promises were told here; nobody is told of what broke before the first start. */
const TOLD_UP_TO = 'promisesToldUpTo'
/** Of a burst, in one transaction: well under 20 ms. */
const AT_ONCE = 8

/** Recorded on another desk, or promised anew meanwhile. */
const SETTLED: ReadonlySet<string> = new Set(['alreadyDone', 'notDue'])

interface Broken {
  readonly order: string
  readonly by: number
}
const NEXT = `SELECT promise_order AS by FROM work_order INDEXED BY work_order_promise
  WHERE status = 'open' AND promise_order > ? ORDER BY promise_order LIMIT 1`
/** Those that share an instant are told together, however many they are. */
const BROKEN = `SELECT id AS "order", promise_order AS by FROM work_order INDEXED BY work_order_promise
  WHERE status = 'open' AND (promise_order, id) > (?, ?) AND promise_order <= ? ORDER BY promise_order, id LIMIT ?`

/** After every id. */
const LAST = '\u{10ffff}'

interface PromiseWatchParts {
  readonly db: WritableDb
  readonly pipeline: Pipeline
  readonly clock: () => number
  readonly attention: Attention
  readonly warn: (message: string) => void
}

/**
 * Records each promise as broken when its instant passes, also those that passed while the program was not running.
 * The id of the command names order and instant, so that none is recorded twice, on whatever desk.
 */
export class PromiseWatch extends Rounds {
  readonly #parts: PromiseWatchParts
  /** While they cannot be written, those that are due must not keep the alarm ringing: it rings by itself in a minute. */
  #held = false

  constructor(parts: PromiseWatchParts) {
    const { db, pipeline, clock } = parts
    super({
      pipeline,
      clock,
      next: () => (this.#held ? undefined : one<{ by: number }>(db, NEXT, this.#toldUpTo())?.by),
      work: (goesOn) => this.#work(goesOn),
      concerns: (touched) => touched.some(({ kind }) => kind === 'workOrder'),
    })
    this.#parts = parts
  }

  override start(): void {
    const { db, clock } = this.#parts
    if (readSetting<number>(db, TOLD_UP_TO) === null) writeSetting(db, TOLD_UP_TO, clock())
    super.start()
  }

  async #work(goesOn: () => boolean): Promise<void> {
    const { db, clock, attention } = this.#parts
    await attention.turn()
    if (!goesOn()) return
    const now = clock()
    let place: Broken = { by: this.#toldUpTo(), order: LAST }
    for (;;) {
      const some = all<Broken>(db, BROKEN, place.by, place.order, now, AT_ONCE)
      const last = some.at(-1)
      if (!last) break
      this.#held = !this.#record(some)
      if (this.#held) break
      place = last
      await attention.turn()
      // Stopped in the middle: the rest of this instant's is told at the next start.
      if (!goesOn()) return
    }
    if (place.order !== LAST) writeSetting(db, TOLD_UP_TO, place.by)
  }

  /** False: they could not be written, and are tried again. */
  #record(some: readonly Broken[]): boolean {
    const { pipeline, warn } = this.#parts
    const results = pipeline.executeAll(some.map((input) => ({ id: `broken:${input.order}:${input.by}`, name: 'promise.break', input, actor: ACTOR })))
    const trouble = results.find((result) => !result.ok && !SETTLED.has(result.refusal.code))
    if (trouble?.ok === false) warn(`broken promises were not recorded (${trouble.refusal.code}); they are tried again in a minute`)
    return trouble === undefined
  }

  #toldUpTo(): number {
    return readSetting<number>(this.#parts.db, TOLD_UP_TO) ?? this.#parts.clock()
  }
}
