import { setImmediate as pause } from 'node:timers/promises'
import type { ErpPort } from '../../connectors/erp/port.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import { Alarm } from '../../scheduler/alarm.ts'
import type { WritableDb } from '../../store/sql.ts'
import { waitAfter } from '../outbox/worker.ts'
import { booked, bookLater, documentOf, dropPosting, duePostings, nextBookingAt, type Waiting } from './queue.ts'

const TOGETHER = 32

export interface BookkeeperParts {
  readonly db: WritableDb
  readonly pipeline: Pipeline
  readonly clock: () => number
  readonly books: ErpPort
  /** 0 ≤ chance < 1. */
  readonly chance?: () => number
}

/** Takes what waits to the books, under its key and as often as it takes: money is never given up. */
export class Bookkeeper {
  readonly #parts: BookkeeperParts
  readonly #alarm: Alarm
  #round: Promise<void> | undefined
  #stop: (() => void) | undefined

  constructor(parts: BookkeeperParts) {
    this.#parts = parts
    this.#alarm = new Alarm(parts.clock, () => this.tick())
  }

  start(): void {
    if (this.#stop) return
    this.#stop = this.#parts.pipeline.onCommitted((touched) => {
      if (!this.#round && touched.some(({ kind }) => kind === 'finance' || kind === 'workOrder')) this.#setAlarm()
    })
    this.tick()
  }

  /** What is being booked right now is booked again after the next start, under its key. */
  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#alarm.clear()
  }

  tick(): void {
    if (this.#stop && !this.#round) this.#round = this.#run()
  }

  /** Settles when nothing that is due is left unbooked. */
  async idle(): Promise<void> {
    await this.#round
  }

  #isRunning(): boolean {
    return this.#stop !== undefined
  }

  #setAlarm(): void {
    this.#alarm.set(nextBookingAt(this.#parts.db))
  }

  async #run(): Promise<void> {
    try {
      await bookDue(this.#parts, () => this.#isRunning())
    } finally {
      this.#round = undefined
      if (this.#stop) this.#setAlarm()
    }
  }
}

/** Books all that is due, oldest first; one that fails waits and the others go on. */
export async function bookDue(parts: BookkeeperParts, isRunning: () => boolean = () => true): Promise<void> {
  const { db, clock } = parts
  while (isRunning()) {
    const batch = duePostings(db, clock(), TOGETHER)
    if (batch.length === 0) return
    for (const waiting of batch) {
      const outcome = await bookOne(parts, waiting)
      if (!isRunning()) return
      note(parts, waiting, outcome)
    }
    // Others have their turn.
    await pause()
  }
}

type Outcome = { readonly error: string } | 'booked' | 'nothing'

async function bookOne({ db, books }: BookkeeperParts, waiting: Waiting): Promise<Outcome> {
  const document = documentOf(db, waiting)
  if (!document) return 'nothing'
  try {
    await books.book(document)
    return 'booked'
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function note({ db, clock, chance = Math.random }: BookkeeperParts, { key, attempts }: Waiting, outcome: Outcome): void {
  const now = clock()
  if (outcome === 'booked') booked(db, key, now)
  else if (outcome === 'nothing') dropPosting(db, key)
  else bookLater(db, key, now + waitAfter(attempts, chance()), outcome.error)
}
