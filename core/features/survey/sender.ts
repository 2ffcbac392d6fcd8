import type { Actor } from '#shared/domain/kernel/event.ts'
import { askedFrom, closedFor, surveyAt } from '#shared/domain/survey/when.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import { Rounds } from '../../scheduler/rounds.ts'
import { all, type WritableDb } from '../../store/sql.ts'
import { enqueue } from '../outbox/queue.ts'
import { readSetting } from '../setting/read.ts'
import { newLink } from './links.ts'

const ACTOR: Actor = { kind: 'system', id: 'scheduler' }

interface Due {
  readonly order: string
  readonly closedAt: number
}

interface SurveySenderParts {
  readonly db: WritableDb
  readonly pipeline: Pipeline
  readonly clock: () => number
  readonly warn: (message: string) => void
}

/** Who closed first is asked first. */
const DUE = `SELECT order_id AS "order", closed_at AS closedAt FROM survey_due
  WHERE (closed_at, order_id) > (?, ?) AND closed_at <= ? ORDER BY closed_at, order_id LIMIT ?`
const AT_ONCE = 100

/**
 * Puts the survey of each closed order into the outbox when its time comes, once: the event that says so and the message
 * that holds the link are one transaction. An order that is opened again is asked about after its next closing.
 */
export class SurveySender extends Rounds {
  readonly #parts: SurveySenderParts
  /** While they cannot be written, the alarm rings by itself in a minute. */
  #held = false

  constructor(parts: SurveySenderParts) {
    const { pipeline, clock } = parts
    super({
      pipeline,
      clock,
      next: () => (this.#held ? undefined : this.#next()),
      work: (goesOn) => this.#work(goesOn),
      concerns: (touched) => touched.some(({ kind }) => kind === 'workOrder' || kind === 'settings'),
    })
    this.#parts = parts
  }

  #next(): number | undefined {
    const { db, clock } = this.#parts
    const now = clock()
    const zone = readSetting(db, 'company.timeZone')
    const opens = askedFrom(now, zone)
    const [first] = all<Due>(db, DUE, closedFor(opens).from, '', now, 1)
    return first && Math.max(opens, surveyAt(first.closedAt, zone))
  }

  async #work(goesOn: () => boolean): Promise<void> {
    const { db, clock } = this.#parts
    this.#held = false
    const now = clock()
    if (askedFrom(now, readSetting(db, 'company.timeZone')) !== now) return
    const { from, to } = closedFor(now)
    let place: Due = { closedAt: from, order: '' }
    for (;;) {
      const some = all<Due>(db, DUE, place.closedAt, place.order, to, AT_ONCE)
      const last = some.at(-1)
      if (!last) return
      place = last
      for (const order of some) {
        if (!this.#send(order)) this.#held = true
        await new Promise(setImmediate)
        if (!goesOn()) return
      }
    }
  }

  /** False: it could not be written, and is tried again. */
  #send({ order, closedAt }: Due): boolean {
    const { db, pipeline, clock, warn } = this.#parts
    const { token, link } = newLink()
    const id = `survey:${order}:${closedAt}`
    const result = pipeline.inOne((execute) => {
      const sent = execute({ id, name: 'survey.send', input: { order, link, byHand: false }, actor: ACTOR })
      if (sent.ok) enqueue(db, { event: id, channel: 'sms', recipient: `contact:${order}`, payload: { kind: 'survey', order, params: { token } } }, clock())
      return sent
    })
    const sent = result.ok ? result.value : result
    if (sent.ok) return true
    warn(`the survey of order ${order} was not sent (${sent.refusal.code}); it is tried again later`)
    return false
  }
}
