import type { Channel, Message, NotifyPort } from '../../connectors/notify/channel.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import { Attention } from '../../kernel/attention.ts'
import { Alarm } from '../../scheduler/alarm.ts'
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

/** Sends what stands in the outbox, at least once, each with its key; after many failures it gives up and says so. */
export class Delivery {
  readonly #parts: DeliveryParts
  readonly #alarm: Alarm
  readonly #attention: Attention
  #round: Promise<void> | undefined
  #stop: (() => void) | undefined
  #tidyAt = 0

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#attention = parts.attention ?? new Attention()
    this.#alarm = new Alarm(parts.clock, () => this.tick())
  }

  start(): void {
    if (this.#stop) return
    this.#stop = this.#parts.pipeline.onCommitted(() => {
      if (!this.#round) this.#setAlarm()
    })
    this.tick()
  }

  /** What is being sent right now is sent again after the next start, under its key. */
  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#alarm.clear()
  }

  tick(): void {
    if (this.#stop && !this.#round) this.#round = this.#run()
  }

  /** Settles when nothing that is due is left unsent. */
  async idle(): Promise<void> {
    await this.#round
  }

  #isRunning(): boolean {
    return this.#stop !== undefined
  }

  #setAlarm(): void {
    this.#alarm.set(nextAttemptAt(this.#parts.db))
  }

  async #run(): Promise<void> {
    const { db, clock } = this.#parts
    try {
      // People's commands that came in with the wake-up go first.
      await this.#attention.turn()
      if (this.#isRunning() && clock() >= this.#tidyAt) {
        this.#tidyAt = clock() + TIDY_EVERY_MS
        expire(db, clock() - USEFUL_FOR_MS, clock())
        while (tidy(db, clock()) && this.#isRunning()) await this.#attention.turn()
      }
      for (;;) {
        const batch = this.#isRunning() ? due(db, clock(), TOGETHER) : []
        if (batch.length === 0) break
        const errors = await Promise.all(batch.map((waiting) => this.#send(waiting)))
        if (!this.#isRunning()) break
        this.#record(batch, errors)
        await this.#attention.turn()
      }
    } finally {
      this.#round = undefined
      if (this.#stop) this.#setAlarm()
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
