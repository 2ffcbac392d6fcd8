import { accept, refuse } from '../kernel/refusal.ts'
import { financeEvent, refuseStale, type Drafts, type FinanceContext } from './decide.ts'
import { remainingOf, type Bill, type ReversedLine } from './fold.ts'
import { vatOn } from './money.ts'

export interface ReverseInput {
  readonly base: string | null
  readonly reason: string
  /** Number of the red invoice 红字发票; needed where an invoice was issued. */
  readonly redInvoice?: string | undefined
  /** Net fen by line; absent: all that is left. */
  readonly lines?: readonly { readonly line: string; readonly net: number }[] | undefined
}

/**
 * 红字: takes a bill back, whole or in part. A bill that was not verified can only be withdrawn whole. Taken back
 * whole, the order can be billed anew; what was paid stays with it, to be given back or used.
 * Refuses: staleFinance, notBilled, redInvoiceNeeded, onlyWhole, unknownLine, reversedTooMuch.
 */
export function reverseBill(context: FinanceContext, input: ReverseInput): Drafts {
  const { order, finance, commandId } = context
  const { bill } = finance
  if (!bill) return refuse('notBilled', 'order', { number: order.number })
  const refused = refuseStale(context, input.base)
  if (refused) return refused
  if (bill.invoices.length > 0 && input.redInvoice === undefined) return refuse('redInvoiceNeeded', 'redInvoice')
  if (input.lines && !bill.verified) return refuse('onlyWhole', 'lines', { number: order.number })
  const lines: ReversedLine[] = []
  for (const [index, { line, net }] of (input.lines ?? wholeOf(bill)).entries()) {
    const billed = bill.lines.find((each) => each.line === line)
    if (!billed || lines.some((each) => each.line === line)) return refuse('unknownLine', `lines.${index}.line`, { line })
    const left = remainingOf(bill, billed)
    if (net > left.net) return refuse('reversedTooMuch', `lines.${index}.net`, { line })
    // The last part takes what rounding left, so that no fen of VAT stays behind.
    const vat = net === left.net ? left.vat : Math.min(left.vat, vatOn(net, billed.vatRate))
    lines.push({ line, net, vat, gross: net + vat })
  }
  const { redInvoice = null, reason } = input
  const data = { reversal: commandId, bill: bill.bill, reason, redInvoice }
  return accept([financeEvent(order.id, 'billReversed', data, { lines: lines.map((line) => ({ ...line })) })])
}

const wholeOf = (bill: Bill): { line: string; net: number }[] =>
  bill.lines.map((line) => ({ line: line.line, net: remainingOf(bill, line).net }))
