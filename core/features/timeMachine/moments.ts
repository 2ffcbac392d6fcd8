import type Database from 'better-sqlite3'
import { refuse, type Refusal } from '#shared/domain/kernel/refusal.ts'
import { AskedThread, Refused, type Asked } from '../../kernel/askedThread.ts'
import type { ReadableDb } from '../../store/sql.ts'
import type { MomentData, MomentNews } from './thread.ts'

export const IDLE_MS = 10 * 60_000
const MOST = 3

/** A past moment that somebody opened, in a thread of its own: being set up, or ready to be asked. */
export class Moment {
  readonly at: number
  readonly #thread: AskedThread
  readonly #begun = Promise.withResolvers<number>()
  state: 'building' | 'ready' | 'failed' = 'building'
  refusal: Refusal | undefined
  orders = 0
  done = 0
  events = 0

  constructor(data: MomentData) {
    this.at = data.asked.at
    // Nobody may wait any more by the time it is given up.
    this.#begun.promise.catch(() => undefined)
    this.#thread = new AskedThread(new URL('./worker.ts', import.meta.url), data, (news) => this.#hear(news as MomentNews))
    // A first question that means nothing begins it; how it ends is told by what is heard.
    void this.#thread.ask({ name: '', input: {}, now: this.at, principal: { actor: { kind: 'system', id: 'moment' }, roles: [], local: false } }).catch((error: unknown) => this.#fail(error))
  }

  /** How many orders there are; rejects with a refusal. */
  get begun(): Promise<number> {
    return this.#begun.promise
  }

  /** Waits until it is set up. */
  ask(asked: Asked): Promise<unknown> {
    return this.#thread.ask(asked)
  }

  close(): void {
    this.#thread.close()
  }

  #hear(news: MomentNews): void {
    switch (news.kind) {
      case 'begun':
        this.orders = news.orders
        this.#begun.resolve(news.orders)
        break
      case 'progress':
        this.done = news.done
        break
      case 'ready':
        this.state = 'ready'
        this.done = this.orders
        this.events = news.events
        break
      case 'refused':
        this.#fail(new Refused(news.refusal))
    }
  }

  #fail(error: unknown): void {
    if (this.state !== 'building') return
    this.state = 'failed'
    this.refusal = error instanceof Refused ? error.refusal : refuse('momentGone', 'at').refusal
    this.#begun.reject(new Refused(this.refusal))
  }
}

interface Held {
  readonly owner: string
  readonly moment: Moment
  timer: NodeJS.Timeout
}

/** Moments that people look at, each by whoever opened it; one that nobody asks any more is given up. */
export class Moments {
  readonly #open = new Map<string, Held>()

  /** The oldest of his makes way. */
  keep(owner: string, id: string, moment: Moment): void {
    const own = [...this.#open].filter(([, held]) => held.owner === owner)
    for (const [oldest] of own.slice(0, Math.max(0, own.length - MOST + 1))) this.close(owner, oldest)
    this.#open.set(id, { owner, moment, timer: this.#giveUpLater(owner, id) })
  }

  of(owner: string, id: string): Moment | undefined {
    const held = this.#open.get(id)
    if (!held || held.owner !== owner) return undefined
    clearTimeout(held.timer)
    held.timer = this.#giveUpLater(owner, id)
    return held.moment
  }

  close(owner: string, id: string): void {
    const held = this.#open.get(id)
    if (!held || held.owner !== owner) return
    clearTimeout(held.timer)
    this.#open.delete(id)
    held.moment.close()
  }

  closeAll(): void {
    for (const [id, { owner }] of this.#open) this.close(owner, id)
  }

  #giveUpLater(owner: string, id: string): NodeJS.Timeout {
    return setTimeout(() => this.close(owner, id), IDLE_MS).unref()
  }
}

const known = new WeakMap<Database.Database, Moments>()

/** Of an open data folder. */
export function momentsOf(db: ReadableDb): Moments {
  let moments = known.get(db.raw)
  if (!moments) known.set(db.raw, (moments = new Moments()))
  return moments
}
