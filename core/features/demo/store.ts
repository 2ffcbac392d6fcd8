import type { StockState } from '#shared/domain/stock/fold.ts'
import { machines } from './resources.ts'
import type { Random } from './random.ts'
import { user } from './staff.ts'
import { afterWork, DAY, HOUR, nextOpen, OFFICE } from './workHours.ts'
import type { Life, World } from './world.ts'

interface Shelf {
  readonly warehouse: string
  readonly part: string
  readonly reorder: number
  readonly lot: number
  /** A delivery is on its way. */
  ordered: boolean
}

/** The store rooms: what is on the shelves, and the orders that refill them before they are empty, or too late. */
export class Store {
  readonly #world: World
  readonly #random: Random
  readonly #keeper: string
  readonly #stateOf: (stock: string) => StockState
  readonly #shelves = new Map<string, Shelf>()
  #documents = 0

  constructor(parts: { world: World; random: Random; keeper: string; stateOf: (stock: string) => StockState }) {
    this.#world = parts.world
    this.#random = parts.random
    this.#keeper = parts.keeper
    this.#stateOf = parts.stateOf
  }

  /** `scale` 1 serves some 28 orders a day. */
  fill(scale: number): void {
    for (const { code, share } of machines.warehouses) {
      for (const { part, name, unit, start, reorder, lot } of machines.parts) {
        const sized = (pieces: number): number => Math.max(1, Math.round(pieces * (share / 100) * scale))
        this.#act('stock.describe', { warehouse: code, part, name, unit })
        this.#act('stock.receive', { warehouse: code, part, quantity: sized(start), document: this.#document() })
        const shelf = { warehouse: code, part, reorder: Math.round(reorder * (share / 100) * scale), lot: sized(lot), ordered: false }
        this.#shelves.set(`${code}/${part}`, shelf)
      }
    }
  }

  available(warehouse: string, part: string): number {
    const { onHand, reservations } = this.#stateOf(`${warehouse}/${part}`)
    return reservations.reduce((left, held) => left - held.quantity, onHand)
  }

  /** Twice a workday the keeper looks along the shelves. */
  *rounds(): Life {
    for (;;) {
      yield nextOpen(OFFICE, this.#world.now + 3.5 * HOUR)
      for (const shelf of this.#shelves.values()) {
        if (this.available(shelf.warehouse, shelf.part) <= shelf.reorder) this.order(shelf.warehouse, shelf.part, 5)
      }
    }
  }

  /** Sends for pieces, some `days` away; an order that waits for them hurries nobody who is on the way already. */
  order(warehouse: string, part: string, days: number): void {
    const shelf = this.#shelves.get(`${warehouse}/${part}`)
    if (!shelf || shelf.ordered) return
    shelf.ordered = true
    const arrives = afterWork(OFFICE, this.#world.now + this.#random.around(days, 0.5) * DAY, this.#random.between(0, 6) * HOUR)
    this.#world.add(arrives, this.#delivery(shelf))
  }

  *#delivery(shelf: Shelf): Life {
    const { warehouse, part } = shelf
    this.#act('stock.receive', { warehouse, part, quantity: shelf.lot, document: this.#document() })
    shelf.ordered = false
    // One empty round, so that the generator is one.
    if (this.available(warehouse, part) < 0) yield this.#world.now
  }

  #document = (): string => `RK-${String(++this.#documents).padStart(5, '0')}`

  #act(name: string, input: object): void {
    this.#world.act(user(this.#keeper), name, input)
  }
}
