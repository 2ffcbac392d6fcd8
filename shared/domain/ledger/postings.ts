import type { Amounts } from '../finance/money.ts'
import type { Bill, FinanceState } from '../finance/fold.ts'
import type { Posting } from './accounts.ts'
import type { PostedEntry } from './fold.ts'

/** What the ledger ought to hold of an order's money, one entry an event. */
export interface DueEntry {
  readonly key: string
  readonly kind: PostedEntry['kind']
  readonly source: string
  /** UTC ms. */
  readonly at: number
  readonly posting: Posting
}

/**
 * Billing raises what the customer owes against revenue not confirmed yet; verification confirms it (METRICS: revenue
 * is recognised in the month of verification). A reversal takes back what stands at that time.
 */
export function dueEntries(state: FinanceState): DueEntry[] {
  const entry = (kind: DueEntry['kind'], mark: { event: string; at: number }, posting: Posting): DueEntry => ({
    key: `${kind}:${mark.event}`,
    kind,
    source: mark.event,
    at: mark.at,
    posting,
  })
  const entries: DueEntry[] = []
  for (const bill of bills(state)) {
    entries.push(entry('bill', bill, { receivable: bill.gross, deferred: -bill.gross }))
    if (bill.verified) entries.push(entry('revenue', bill.verified, confirmed(bill)))
    for (const reversal of bill.reversals) entries.push(entry('reversal', reversal, taken(reversal, reversal.ofRevenue)))
  }
  for (const payment of state.payments) {
    entries.push(entry('receipt', { event: payment.event, at: noonOf(payment.day) }, { bank: payment.amount, receivable: -payment.amount }))
    const { voided } = payment
    if (voided) entries.push(entry('receiptVoid', voided, { bank: -payment.amount, receivable: payment.amount }))
  }
  for (const refund of state.refunds) {
    entries.push(entry('refund', { event: refund.event, at: noonOf(refund.day) }, { bank: -refund.amount, receivable: refund.amount }))
  }
  return entries
}

const bills = ({ past, bill }: FinanceState): readonly Bill[] => (bill ? [...past, bill] : past)

const confirmed = ({ gross, net, vat }: Bill): Posting => ({ deferred: gross, revenue: -net, vat: -vat })

const taken = ({ net, vat, gross }: Amounts, ofRevenue: boolean): Posting =>
  ofRevenue ? { revenue: net, vat, receivable: -gross } : { deferred: gross, receivable: -gross }

/** Money moves on the day that the bank says. Noon UTC lies in that day in every zone from −12 to +11. */
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`)
