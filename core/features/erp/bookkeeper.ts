import { setImmediate as pause } from 'node:timers/promises'
import type { ErpPort } from '../../connectors/erp/port.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import { Rounds } from '../../scheduler/rounds.ts'
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

/**
 * Takes what waits to the books, under its key and as often as it takes: money is never given up. What is being booked
 * at a stop is booked again after the next start, under its key.
 */
export class Bookkeeper extends Rounds {
  constructor(parts: BookkeeperParts) {
    const { db, pipeline, clock } = parts
    super({
      pipeline,
      clock,
      next: () => nextBookingAt(db),
      work: (goesOn) => bookDue(parts, goesOn),
      concerns: (touched) => touched.some(({ kind }) => kind === 'finance' || kind === 'workOrder'),
    })
  }
}

/** Books all that is due, oldest first; one that fails waits and the others go on. */
export async function bookDue(parts: BookkeeperParts, goesOn: () => boolean = () => true): Promise<void> {
  const { db, clock } = parts
  while (goesOn()) {
    const batch = duePostings(db, clock(), TOGETHER)
    if (batch.length === 0) return
    for (const waiting of batch) {
      const outcome = await bookOne(parts, waiting)
      if (!goesOn()) return
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
