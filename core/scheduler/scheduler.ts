import type { Actor } from '#shared/domain/kernel/event.ts'
import { Attention } from '../kernel/attention.ts'
import type { CommandRequest, Pipeline } from '../kernel/pipeline.ts'
import type { ReadableDb } from '../store/sql.ts'
import { dueTimers, firingId, isArmed, nextDueAt, type DueTimer } from './dueTimers.ts'
import { Rounds } from './rounds.ts'

/** A slice of firings aims at this much of the writer's time while people work: their commands go between slices. */
const SLICE_MS = 1
/** While nobody does, fewer syncs of the disk let a burst end sooner. */
const QUIET_SLICE_MS = 10
const MOST_IN_A_SLICE = 32
/** People who did something this long ago are taken to go on. */
const AT_WORK_MS = 1_000
/** A timer that could not be fired is left alone this long. */
const PARKED_MS = 60_000

const ACTOR: Actor = { kind: 'system', id: 'scheduler' }

export type SchedulerWarning =
  | { readonly kind: 'clockJumped'; readonly byMs: number }
  | { readonly kind: 'notFired'; readonly timer: DueTimer; readonly reason: string }

export interface SchedulerParts {
  readonly db: ReadableDb
  readonly pipeline: Pipeline
  readonly clock: () => number
  /** Whom the sweep lets go first. */
  readonly attention?: Attention
  readonly warn?: (warning: SchedulerWarning) => void
}

/**
 * Fires the stage timers. They are rows, so a restart forgets none; each firing is a command whose id says what
 * fires, so none is recorded twice. After a sleep every level that was passed fires, in order, at its due instant.
 */
export class Scheduler extends Rounds {
  readonly #parts: SchedulerParts
  /** By firing id, until when. */
  readonly #parked = new Map<string, number>()
  #size = 1
  #firing = false
  /** Of the last commit that was not this scheduler's; running time, not of the clock. */
  #peopleAt = -Infinity

  constructor(parts: SchedulerParts) {
    const { pipeline, clock, attention = new Attention() } = parts
    super({
      pipeline,
      clock,
      next: () => this.#next(),
      work: async (goesOn) => {
        // What came in with the wake-up goes first.
        await attention.turn()
        while (goesOn() && this.#slice()) await attention.turn()
      },
      concerns: (touched) => {
        if (!this.#firing) this.#peopleAt = performance.now()
        return touched.some((subject) => subject.kind === 'workOrder')
      },
      jumped: (byMs) => parts.warn?.({ kind: 'clockJumped', byMs }),
    })
    this.#parts = parts
  }

  #next(): number | undefined {
    const due = nextDueAt(this.#parts.db)
    const retry = this.#parked.size > 0 ? Math.min(...this.#parked.values()) : undefined
    // While timers are parked, the first due one may be among them: it must not keep the alarm ringing.
    return retry !== undefined && due !== undefined && due <= this.#parts.clock() ? retry : due
  }

  /** One transaction; false when nothing is left to do. */
  #slice(): boolean {
    const { db, clock } = this.#parts
    const now = clock()
    for (const [id, until] of this.#parked) if (until <= now || until > now + PARKED_MS) this.#parked.delete(id)
    const timers = dueTimers(db, now, this.#size + this.#parked.size)
      .filter((timer) => !this.#parked.has(firingId(timer)))
      .slice(0, this.#size)
    if (timers.length === 0) return false
    const began = performance.now()
    this.#firing = true
    try {
      this.#fire(timers)
    } finally {
      this.#firing = false
    }
    this.#adapt(timers.length, performance.now() - began)
    return true
  }

  #fire(timers: readonly DueTimer[]): void {
    const requests = timers.map(
      (timer): CommandRequest => ({ id: firingId(timer), name: 'escalation.fire', input: timer, actor: ACTOR }),
    )
    try {
      const results = this.#parts.pipeline.executeAll(requests)
      for (const [index, timer] of timers.entries()) {
        const result = results[index]
        if (result?.ok !== true) this.#park(timer, result?.refusal.code ?? 'unanswered')
        // Recorded, and yet its row must have moved on: else the same firing would be tried for ever.
        else if (isArmed(this.#parts.db, timer)) this.#park(timer, 'stillDue')
      }
    } catch (error) {
      const [only] = timers
      if (timers.length > 1) for (const timer of timers) this.#fire([timer])
      else if (only) this.#park(only, String(error))
    }
  }

  #park(timer: DueTimer, reason: string): void {
    this.#parked.set(firingId(timer), this.#parts.clock() + PARKED_MS)
    this.#parts.warn?.({ kind: 'notFired', timer, reason })
  }

  #adapt(count: number, tookMs: number): void {
    const isQuiet = performance.now() - this.#peopleAt > AT_WORK_MS
    const fits = Math.floor((count * (isQuiet ? QUIET_SLICE_MS : SLICE_MS)) / Math.max(tookMs, 0.01))
    this.#size = Math.max(1, Math.min(MOST_IN_A_SLICE, fits, this.#size * 2))
  }
}
