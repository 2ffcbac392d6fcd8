import type { Posting } from '#shared/domain/ledger/accounts.ts'
import type { PartIssued, PostedEntry } from '#shared/domain/ledger/fold.ts'

/** Something to be booked, complete: bill, receipt, confirmed revenue, reversal, part issue. */
export interface ErpDocument {
  /** The same on every try: whoever knows it has booked it already. */
  readonly key: string
  readonly kind: PostedEntry['kind']
  readonly order: string
  /** The event that it is booked for. */
  readonly source: string
  /** UTC ms. */
  readonly at: number
  /** Fen by account, balanced. */
  readonly posting: Posting
  readonly part?: PartIssued
}

/**
 * The books. Resolves when the document is booked, once for its key; rejects where that is not certain, and is then
 * asked again with the same key. An adapter over an ERP books there first and in the ledger of this log after.
 */
export interface ErpPort {
  book(document: ErpDocument): Promise<void>
}
