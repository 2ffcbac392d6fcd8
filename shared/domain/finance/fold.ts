import type { Coverage } from '../contract/fold.ts'
import type { StoredEvent } from '../kernel/event.ts'
import type { Conflict, SubjectFold } from '../kernel/fold.ts'
import { NOTHING, plus, type Amounts, type PricedLine } from './money.ts'

/**
 * The money of one order; the subject's id is the order's. Amounts stand in the money part of an event. "fact" folds
 * in any state; "decision" can lose against an earlier one.
 */
export interface FinanceEvents {
  /** fact. The customer accepted the service: the order closed, and what it costs can be billed. */
  billingOpened: { fieldDoneAt: number | null; acceptedAt: number }
  /** decision: there is no other bill. `termsDay`: the day that the contract was looked at for. money: lines. */
  orderBilled: BillTerms
  /** fact. 发票: issued for the bill, or nothing to invoice where its total is zero. */
  invoiceIssued: { bill: string; number: string; day: string }
  invoiceWaived: { bill: string }
  /** fact. `reference`: what the bank calls it; the same one twice is one payment. money: amount. */
  paymentReceived: { payment: string; day: string; reference: string }
  /** fact. It was entered by mistake. */
  paymentVoided: { payment: string; reason: string }
  /** fact. Money went back to the customer. money: amount. */
  refundPaid: { refund: string; day: string; reference: string; reason: string }
  /** decision on the bill. `skipped`: steps that were not there, as the desk that decided saw it. money: amounts. */
  orderVerified: { bill: string; skipped: FinanceTick[] }
  /** decision on the bill. 红字: a bill that was not verified is withdrawn whole. money: lines. */
  billReversed: { reversal: string; bill: string; reason: string; redInvoice: string | null }
}
export type FinanceEvent = { [Type in keyof FinanceEvents]: StoredEvent<Type, FinanceEvents[Type]> }[keyof FinanceEvents]

/** What verification asks for. */
export type FinanceTick = 'fieldDone' | 'customerAccepted' | 'invoice' | 'payment'

export interface BillTerms {
  readonly bill: string
  readonly contract: string
  readonly contractNumber: string
  readonly coverage: Coverage
  /** Why nothing is charged; needed where the total is zero. */
  readonly reason: string
  readonly termsDay: string
}

/** One line of a bill; its amounts are what they were rounded to when it was decided. */
export interface BillLine extends PricedLine, Amounts {
  readonly line: string
  /** Code in the price list; null: agreed for this order. */
  readonly item: string | null
  readonly text: string
  /** The unit price of the list then, fen, and the event that set it. */
  readonly listFen: number | null
  readonly price: string | null
}

/** What of a line a reversal takes back. */
export interface ReversedLine extends Amounts {
  readonly line: string
}

/** Who wrote an event, and when. */
export interface Mark {
  readonly event: string
  readonly at: number
  readonly by: string
}

export interface Reversal extends Mark, Amounts {
  readonly id: string
  readonly reason: string
  readonly redInvoice: string | null
  readonly lines: readonly ReversedLine[]
  /** The bill was verified: revenue goes down, not only what is due. */
  readonly ofRevenue: boolean
}

export interface Bill extends BillTerms, Mark, Amounts {
  readonly lines: readonly BillLine[]
  readonly invoices: readonly (Mark & { readonly number: string; readonly day: string })[]
  readonly waived: Mark | null
  readonly verified: (Mark & Amounts & { readonly skipped: readonly FinanceTick[] }) | null
  readonly reversals: readonly Reversal[]
  readonly reversed: Amounts
}

export interface Payment extends Mark {
  readonly id: string
  readonly day: string
  readonly amount: number
  readonly reference: string
  readonly voided: (Mark & { readonly reason: string }) | null
}

export interface Refund extends Mark {
  readonly id: string
  readonly day: string
  readonly amount: number
  readonly reference: string
  readonly reason: string
}

export interface FinanceState {
  /** The order's id. */
  readonly id: string
  readonly opened: (Mark & { readonly fieldDoneAt: number | null; readonly acceptedAt: number }) | null
  readonly bill: Bill | null
  /** Bills that were taken back whole, oldest first. */
  readonly past: readonly Bill[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  readonly conflicts: readonly (Conflict & { readonly order: string })[]
  /** When a desk last recorded something of it, UTC ms: before that, it stood as it stands. */
  readonly touchedAt: number
}

/** Received less voided less given back, fen. */
export const paidOf = ({ payments, refunds }: FinanceState): number =>
  payments.reduce((sum, { amount, voided }) => (voided ? sum : sum + amount), 0) -
  refunds.reduce((sum, { amount }) => sum + amount, 0)

/** What the bill still asks for, fen; below zero: the customer has that much to get back. */
export const dueOf = (state: FinanceState): number =>
  (state.bill ? state.bill.gross - state.bill.reversed.gross : 0) - paidOf(state)

/** What of a line was not taken back yet. */
export function remainingOf(bill: Bill, line: BillLine): Amounts {
  const taken = bill.reversals.flatMap(({ lines }) => lines.filter((each) => each.line === line.line))
  return taken.reduce<Amounts>(
    (left, each) => ({ net: left.net - each.net, vat: left.vat - each.vat, gross: left.gross - each.gross }),
    line,
  )
}

const markOf = (event: StoredEvent): Mark => ({ event: event.id, at: event.at, by: event.actor.id })

/** Money parts are read as written; one that is gone counts as nothing. */
const linesIn = <Line>(event: StoredEvent): readonly Line[] => (event.money?.['lines'] ?? []) as unknown as readonly Line[]
const amountIn = (event: StoredEvent, name: string): number => {
  const value = event.money?.[name]
  return typeof value === 'number' ? value : 0
}
const sumOf = (lines: readonly Amounts[]): Amounts => lines.reduce<Amounts>((sum, { net, vat, gross }) => plus(sum, { net, vat, gross }), NOTHING)

export const financeFold: SubjectFold<FinanceState> = {
  initial: (id) => ({ id, opened: null, bill: null, past: [], payments: [], refunds: [], conflicts: [], touchedAt: 0 }),

  evolve(before, stored) {
    const event = stored as FinanceEvent
    const state = { ...before, touchedAt: Math.max(before.touchedAt, event.recordedAt) }
    switch (event.type) {
      case 'billingOpened':
        return { ...state, opened: { ...markOf(event), ...event.data } }
      case 'orderBilled': {
        if (state.bill) return lost(state, event, 'alreadyBilled')
        const lines = linesIn<BillLine>(event)
        const bill: Bill = {
          ...event.data,
          ...markOf(event),
          ...sumOf(lines),
          lines,
          invoices: [],
          waived: null,
          verified: null,
          reversals: [],
          reversed: NOTHING,
        }
        return { ...state, bill }
      }
      case 'invoiceIssued': {
        const { bill, number, day } = event.data
        return withBill(state, event, bill, (found) => ({ ...found, invoices: [...found.invoices, { ...markOf(event), number, day }] }))
      }
      case 'invoiceWaived':
        return withBill(state, event, event.data.bill, (found) => ({ ...found, waived: markOf(event) }))
      case 'paymentReceived': {
        const { payment, day, reference } = event.data
        if (state.payments.some((known) => known.reference === reference && !known.voided)) return lost(state, event, 'paymentKnown')
        const received: Payment = { ...markOf(event), id: payment, day, reference, amount: amountIn(event, 'amount'), voided: null }
        return { ...state, payments: [...state.payments, received] }
      }
      case 'paymentVoided': {
        const { payment, reason } = event.data
        if (!state.payments.some(({ id, voided }) => id === payment && !voided)) return lost(state, event, 'noPayment')
        const payments = state.payments.map((known) => (known.id === payment ? { ...known, voided: { ...markOf(event), reason } } : known))
        return { ...state, payments }
      }
      case 'refundPaid': {
        const { refund, day, reference, reason } = event.data
        const paid: Refund = { ...markOf(event), id: refund, day, reference, reason, amount: amountIn(event, 'amount') }
        return { ...state, refunds: [...state.refunds, paid] }
      }
      case 'orderVerified': {
        const { bill, skipped } = event.data
        if (state.bill?.bill !== bill || state.bill.verified) return lost(state, event, state.bill?.verified ? 'alreadyVerified' : 'billChanged')
        const amounts = { net: amountIn(event, 'net'), vat: amountIn(event, 'vat'), gross: amountIn(event, 'gross') }
        return { ...state, bill: { ...state.bill, verified: { ...markOf(event), ...amounts, skipped } } }
      }
      case 'billReversed':
        return reverse(state, event)
      default:
        return before
    }
  },
}

/** A fact about a bill, the present one or one that was taken back. */
function withBill(state: FinanceState, event: FinanceEvent, id: string, change: (bill: Bill) => Bill): FinanceState {
  if (state.bill?.bill === id) return { ...state, bill: change(state.bill) }
  if (!state.past.some(({ bill }) => bill === id)) return lost(state, event, 'billChanged')
  return { ...state, past: state.past.map((past) => (past.bill === id ? change(past) : past)) }
}

function reverse(state: FinanceState, event: Extract<FinanceEvent, { type: 'billReversed' }>): FinanceState {
  const { bill } = state
  if (bill?.bill !== event.data.bill) return lost(state, event, 'billChanged')
  const lines = linesIn<ReversedLine>(event)
  const tooMuch = lines.some((taken) => {
    const line = bill.lines.find((each) => each.line === taken.line)
    return !line || remainingOf(bill, line).gross < taken.gross
  })
  if (tooMuch) return lost(state, event, 'reversedTooMuch')
  const { reversal: id, reason, redInvoice } = event.data
  const amounts = sumOf(lines)
  const made: Reversal = { ...markOf(event), ...amounts, id, reason, redInvoice, lines, ofRevenue: bill.verified !== null }
  const after: Bill = { ...bill, reversals: [...bill.reversals, made], reversed: plus(bill.reversed, amounts) }
  return after.reversed.gross === after.gross
    ? { ...state, bill: null, past: [...state.past, after] }
    : { ...state, bill: after }
}

function lost(state: FinanceState, event: FinanceEvent, code: string): FinanceState {
  const loser = { event: event.id, type: event.type, at: event.at, actor: event.actor.id, code, order: state.id }
  return { ...state, conflicts: [...state.conflicts, loser] }
}
