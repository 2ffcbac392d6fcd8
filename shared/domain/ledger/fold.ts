import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'
import { ACCOUNTS, type Posting } from './accounts.ts'

export const ENTRY_KINDS = ['bill', 'receipt', 'receiptVoid', 'refund', 'revenue', 'reversal', 'partIssue', 'correction'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/**
 * The ledger of one order; the subject's id is the order's. Both are facts: what was booked stays booked, whatever
 * becomes of the event that it was booked for. A wrong entry is met by a correction, never taken away.
 */
export interface LedgerEvents {
  /** `key` says what is booked, once for all desks; `source` is the event it was booked for. money: the posting. */
  ledgerPosted: PostedEntry
  /** `corrects`: the entry that is taken back. money: the posting. */
  ledgerCorrected: { key: string; source: string; corrects: string; reason: string }
}
export type LedgerEvent = { [Type in keyof LedgerEvents]: StoredEvent<Type, LedgerEvents[Type]> }[keyof LedgerEvents]

export interface PostedEntry {
  readonly key: string
  readonly kind: Exclude<EntryKind, 'correction'>
  readonly source: string
  /** What the books outside call it. */
  readonly voucher: string
  readonly part?: PartIssued
}

export interface PartIssued {
  readonly line: string
  readonly part: string
  readonly warehouse: string
  readonly quantity: number
}

export interface LedgerEntry {
  readonly event: string
  readonly origin: string
  readonly seq: number
  /** UTC ms of what was booked. */
  readonly at: number
  readonly by: string
  readonly key: string
  readonly kind: EntryKind
  readonly source: string
  readonly voucher: string
  readonly posting: Posting
  readonly part: PartIssued | null
  readonly corrects: string | null
  readonly reason: string
}

export interface LedgerState {
  readonly id: string
  readonly entries: readonly LedgerEntry[]
}

export const ledgerFold: SubjectFold<LedgerState> = {
  initial: (id) => ({ id, entries: [] }),

  evolve(state, stored) {
    const event = stored as LedgerEvent
    const common = { event: event.id, origin: event.origin, seq: event.seq, at: event.at, by: event.actor.id }
    switch (event.type) {
      case 'ledgerPosted': {
        const { key, kind, source, voucher, part = null } = event.data
        const entry: LedgerEntry = { ...common, key, kind, source, voucher, part, posting: postingIn(event), corrects: null, reason: '' }
        return { ...state, entries: [...state.entries, entry] }
      }
      case 'ledgerCorrected': {
        const { key, source, corrects, reason } = event.data
        const corrected = state.entries.find((entry) => entry.event === corrects)
        const part = corrected?.part ? { ...corrected.part, quantity: -corrected.part.quantity } : null
        const entry: LedgerEntry = { ...common, key, kind: 'correction', source, voucher: '', part, posting: postingIn(event), corrects, reason }
        return { ...state, entries: [...state.entries, entry] }
      }
      default:
        return state
    }
  },
}

function postingIn({ money }: StoredEvent): Posting {
  return Object.fromEntries(
    ACCOUNTS.flatMap((account) => {
      const fen = money?.[account]
      return typeof fen === 'number' ? [[account, fen]] : []
    }),
  )
}
