import type { Actor } from '#shared/domain/kernel/event.ts'
import { Attention } from '../kernel/attention.ts'
import type { CommandRequest, Pipeline } from '../kernel/pipeline.ts'
import type { ReadableDb } from '../store/sql.ts'
import { Alarm } from './alarm.ts'
import { dueTimers, firingId, isArmed, nextDueAt, type DueTimer } from './dueTimers.ts'

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
export class Scheduler {
  readonly #parts: SchedulerParts
  readonly #alarm: Alarm
  readonly #attention: Attention
  /** By firing id, until when. */
  readonly #parked = new Map<string, number>()
  #sweep: Promise<void> | undefined
  #again = false
  #size = 1
  #firing = false
  /** Of the last commit that was not this scheduler's; running time, not of the clock. */
  #peopleAt = -Infinity
  #stop: (() => void) | undefined

  constructor(parts: SchedulerParts) {
    this.#parts = parts
    this.#attention = parts.attention ?? new Attention()
    this.#alarm = new Alarm(parts.clock, () => this.tick(), (byMs) => parts.warn?.({ kind: 'clockJumped', byMs }))
  }

  start(): void {
    if (this.#stop) return
    this.#stop = this.#parts.pipeline.onCommitted((touched) => {
      if (!this.#firing) this.#peopleAt = performance.now()
      if (!this.#sweep && touched.some((subject) => subject.kind === 'workOrder')) this.#setAlarm()
    })
    this.tick()
  }

  /** Nothing fires after it returns; a slice is never left half-done. */
  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#alarm.clear()
  }

  /** Looks what is due: the alarm rang, the computer woke up, the desktop program's own clock ticked. */
  tick(): void {
    if (!this.#stop) return
    if (this.#sweep) this.#again = true
    else this.#sweep = this.#run()
  }

  /** Settles when nothing that is due is left. */
  async idle(): Promise<void> {
    await this.#sweep
  }

  async #run(): Promise<void> {
    try {
      // What came in with the wake-up goes first.
      await this.#attention.turn()
      do {
        this.#again = false
        while (this.#stop && this.#slice()) await this.#attention.turn()
      } while (this.#stop && this.#again)
    } finally {
      this.#sweep = undefined
      if (this.#stop) this.#setAlarm()
    }
  }

  #setAlarm(): void {
    const due = nextDueAt(this.#parts.db)
    const retry = this.#parked.size > 0 ? Math.min(...this.#parked.values()) : undefined
    // While timers are parked, the first due one may be among them: it must not keep the alarm ringing.
    this.#alarm.set(retry !== undefined && due !== undefined && due <= this.#parts.clock() ? retry : due)
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
