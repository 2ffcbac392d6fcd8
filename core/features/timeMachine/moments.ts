import { randomBytes } from 'node:crypto'
import type { WritableDb } from '../../store/sql.ts'

export const IDLE_MS = 10 * 60_000
const MOST = 3

export interface Moment {
  readonly at: number
  readonly past: WritableDb
}

/** Moments that people look at, each by whoever opened it; one that nobody asks any more is given up. */
export class Moments {
  readonly #open = new Map<string, Moment & { readonly owner: string; timer: NodeJS.Timeout }>()

  /** The oldest makes way. */
  keep(owner: string, moment: Moment): string {
    const own = [...this.#open].filter(([, held]) => held.owner === owner)
    for (const [id] of own.slice(0, Math.max(0, own.length - MOST + 1))) this.close(owner, id)
    const id = randomBytes(18).toString('base64url')
    this.#open.set(id, { ...moment, owner, timer: this.#giveUpLater(owner, id) })
    return id
  }

  of(owner: string, id: string): Moment | undefined {
    const held = this.#open.get(id)
    if (!held || held.owner !== owner) return undefined
    clearTimeout(held.timer)
    held.timer = this.#giveUpLater(owner, id)
    return held
  }

  close(owner: string, id: string): void {
    const held = this.#open.get(id)
    if (!held || held.owner !== owner) return
    clearTimeout(held.timer)
    this.#open.delete(id)
    held.past.raw.close()
  }

  #giveUpLater(owner: string, id: string): NodeJS.Timeout {
    return setTimeout(() => this.close(owner, id), IDLE_MS).unref()
  }
}

