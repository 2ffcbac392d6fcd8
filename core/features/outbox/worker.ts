import type { Channel, Message, NotifyPort } from '../../connectors/notify/channel.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import { Attention } from '../../kernel/attention.ts'
import { Rounds } from '../../scheduler/rounds.ts'
import { all, one, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import { tell } from '../notification/reactor.ts'
import { tidy } from '../notification/retention.ts'
import { delivered, due, expire, giveUp, nextAttemptAt, retryLater, type Waiting } from './queue.ts'

const TOGETHER = 32
const MOST_ATTEMPTS = 8
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 3_600_000
const ANSWER_WITHIN_MS = 10_000
/** An alarm of yesterday calls nobody any more: the notification in the program stays. */
const USEFUL_FOR_MS = 24 * 3_600_000
const TIDY_EVERY_MS = 3_600_000

export interface DeliveryParts {
  readonly db: WritableDb
  readonly pipeline: Pipeline
  readonly clock: () => number
  /** Whom a round lets go first. */
  readonly attention?: Attention
  /** A channel without a connector goes to the console. */
  readonly channels: Readonly<Partial<Record<Channel, NotifyPort>>> & { readonly console: NotifyPort }
  /** 0 ≤ chance < 1. */
  readonly chance?: () => number
}

/** Exponential, half of it by chance, so that messages that failed together do not come back together. */
export function waitAfter(attempts: number, chance: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts)
  return Math.round(longest * (0.5 + chance / 2))
}

/**
 * Sends what stands in the outbox, at least once, each with its key; after many failures it gives up and says so. What
 * is being sent at a stop is sent again after the next start, under its key.
 */
export class Delivery extends Rounds {
  readonly #parts: DeliveryParts
  #tidyAt = 0

  constructor(parts: DeliveryParts) {
    const { db, pipeline, clock, attention = new Attention() } = parts
    super({ pipeline, clock, next: () => nextAttemptAt(db), work: (goesOn) => this.#work(attention, goesOn) })
    this.#parts = parts
  }

  async #work(attention: Attention, goesOn: () => boolean): Promise<void> {
    const { db, clock } = this.#parts
    // People's commands that came in with the wake-up go first.
    await attention.turn()
    if (goesOn() && clock() >= this.#tidyAt) {
      this.#tidyAt = clock() + TIDY_EVERY_MS
      expire(db, clock() - USEFUL_FOR_MS, clock())
      while (tidy(db, clock()) && goesOn()) await attention.turn()
    }
    while (goesOn()) {
      const batch = due(db, clock(), TOGETHER)
      if (batch.length === 0) return
      const errors = await Promise.all(batch.map((waiting) => this.#send(waiting)))
      if (!goesOn()) return
      this.#record(batch, errors)
      await attention.turn()
    }
  }

  /** Undefined: it arrived. */
  async #send(waiting: Waiting): Promise<string | undefined> {
    const { channels, db } = this.#parts
    const port = channels[waiting.channel] ?? channels.console
    try {
      await within(ANSWER_WITHIN_MS, port.send(messageOf(db, waiting)))
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  #record(batch: readonly Waiting[], errors: readonly (string | undefined)[]): void {
    const { db, clock, chance = Math.random } = this.#parts
    const now = clock()
    db.raw
      .transaction(() => {
        for (const [index, waiting] of batch.entries()) {
          const error = errors[index]
          if (error === undefined) delivered(db, waiting, now)
          else if (waiting.attempts + 1 < MOST_ATTEMPTS) {
            retryLater(db, waiting, now + waitAfter(waiting.attempts, chance()), error)
          } else {
            giveUp(db, waiting, now, error)
            warnAdmins(db, waiting.channel, error, now)
          }
        }
      })
      .immediate()
  }
}

/** One warning a channel and day, however many messages were given up. */
function warnAdmins(db: WritableDb, channel: Channel, error: string, now: number): void {
  const event = `outbox:${channel}:${Math.floor(now / 86_400_000)}`
  const admins = all<{ id: string }>(
    db,
    `SELECT id FROM user_account WHERE disabled = 0 AND instr(roles, '"admin"') > 0`,
  )
  for (const { id } of admins) {
    tell(db, { event, user: id, kind: 'deliveryFailed', order: null, params: { channel, error: error.slice(0, 200) }, at: now })
  }
}

function messageOf(db: ReadableDb, { event, channel, recipient, payload }: Waiting): Message {
  const number = one<{ number: string }>(db, 'SELECT number FROM work_order WHERE id = ?', payload.order)?.number ?? null
  return { key: `${event}:${channel}:${recipient}`, channel, recipient, number, payload }
}

async function within(ms: number, sent: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms)
  })
  try {
    await Promise.race([sent, late])
  } finally {
    clearTimeout(timer)
  }
}
