import type { StockState } from '#shared/domain/stock/fold.ts'
import type { Verdict } from '#shared/domain/workOrder/decision.ts'
import type { DraftBook } from '#shared/domain/workOrder/draftBook.ts'
import type { ReadableDb } from '../../store/sql.ts'

/** One part in one warehouse. */
export interface StockPlace {
  readonly warehouse: string
  readonly part: string
}

export interface StockSearch {
  /** A piece of the part's code, or of its name, also by pinyin. */
  readonly text: string
  readonly warehouse?: string | undefined
  /** Its own pieces count as available to it. */
  readonly order?: string | undefined
  readonly limit: number
}

export interface StockFound {
  readonly id: string
  readonly warehouse: string
  readonly part: string
  readonly name: string
  readonly unit: string
  readonly onHand: number
  readonly reserved: number
  readonly available: number
}

/** Reads a stock subject: of a command's context, or of a query. */
export type LoadStock = (kind: 'stock', id: string) => { readonly state: StockState }

/**
 * Where parts are looked up and booked. The built-in adapter keeps them as subjects of this log; one over an ERP
 * mirrors the ERP's figures into the same subjects and refuses what only the ERP may book. Reservations always stand
 * in the log: they are what two desks contend for.
 */
export interface StockPort {
  /** As this desk knows it; a part that nobody keeps has nothing on hand. */
  lookUp(load: LoadStock, place: StockPlace): StockState
  find(db: ReadableDb, search: StockSearch): StockFound[]
  describe(book: DraftBook, place: StockPlace, as: { name: string; unit: string }): Verdict
  /** `quantity` pieces came in, by a delivery note where there is one. */
  receive(book: DraftBook, place: StockPlace, quantity: number, document?: string): Verdict
  /** Somebody counted what stands on the shelf. */
  count(book: DraftBook, place: StockPlace, counted: number, reason: string): Verdict
}
