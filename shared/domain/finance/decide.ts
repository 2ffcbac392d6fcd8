import type { ContractState, Coverage } from '../contract/fold.ts'
import type { EventDraft } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import type { PriceState } from '../priceList/fold.ts'
import type { WorkOrderState } from '../workOrder/state.ts'
import type { BillLine, FinanceEvents, FinanceState, FinanceTick } from './fold.ts'
import { dueOf, paidOf } from './fold.ts'
import { amountsOf, CURRENCY, totalOf, VAT_RATES } from './money.ts'
import { fieldDoneAt } from './steps.ts'

/** What a decision about an order's money may see. Instants are UTC ms, days YYYY-MM-DD of the company's zone. */
export interface FinanceContext {
  readonly commandId: string
  readonly order: WorkOrderState
  readonly finance: FinanceState
  /** Last event of the order's finance; null: there is none. */
  readonly head: string | null
  readonly at: number
  /** Today. */
  readonly today: string
  dayOf(at: number): string
  contract(id: string): ContractState
  /** The customer that one became: itself, where it was never merged. */
  staying(customer: string): string
  price(item: string): PriceState & { readonly event: string | null }
  /** Last day of the machine's own warranty; null: nobody knows. */
  warrantyUntil(): string | null
}

export type Drafts = Result<readonly EventDraft[]>

/** Fen; what one line and one order may come to. */
const MOST_FEN = 1_000_000_000_000

export function financeEvent<Type extends keyof FinanceEvents>(
  order: string,
  type: Type,
  data: FinanceEvents[Type],
  money?: EventDraft['money'],
): EventDraft {
  return { subject: { kind: 'finance', id: order }, type, version: 1, data, ...(money && { money }) }
}

/** Opens the billing of a closed order that has none open: one of an imported history, or from before there was any. */
export function openBilling({ order, finance }: FinanceContext): Drafts {
  if (!order.registered) return refuse('unknownOrder', 'order')
  if (order.status !== 'closed' || order.closedAt === null) return refuse('notAccepted', 'order', { number: order.number })
  if (finance.opened) return accept([])
  return accept([financeEvent(order.id, 'billingOpened', { fieldDoneAt: fieldDoneAt(order), acceptedAt: order.closedAt })])
}

export interface BillInput {
  readonly base: string | null
  readonly contract: string
  readonly coverage: Coverage
  readonly reason: string
  readonly currency: string
  readonly lines: readonly {
    readonly item?: string | undefined
    readonly text?: string | undefined
    readonly quantity: number
    readonly unitFen?: number | undefined
    readonly vatRate?: number | undefined
  }[]
}

/**
 * 服务计费. Refuses: unknownOrder, staleFinance, notAccepted, alreadyBilled, foreignCurrency, unknownContract,
 * contractOfAnother, contractEnded, contractExpired, machineNotCovered, notInWarranty, coverageNotInContract,
 * unknownPrice, priceMissing, unknownVatRate, billTooLarge, chargeableZero, zeroNeedsReason.
 */
export function bill(context: FinanceContext, input: BillInput): Drafts {
  const { order, finance, commandId } = context
  if (finance.bill) return refuse('alreadyBilled', 'order', { number: order.number })
  const refused = refuseStale(context, input.base)
  if (refused) return refused
  const opened = openBilling(context)
  if (!opened.ok) return opened
  if (input.currency !== CURRENCY) return refuse('foreignCurrency', 'currency', { currency: input.currency })
  const terms = contractFor(context, input)
  if (!terms.ok) return terms
  const priced = priceLines(context, input.lines)
  if (!priced.ok) return priced
  const total = totalOf(priced.value)
  if (total.gross > MOST_FEN) return refuse('billTooLarge', 'lines')
  if (total.gross === 0 && input.coverage === 'chargeable') return refuse('chargeableZero', 'coverage')
  if (total.gross === 0 && input.reason === '') return refuse('zeroNeedsReason', 'reason')
  const { contract, contractNumber, termsDay } = terms.value
  const data = { bill: commandId, contract, contractNumber, coverage: input.coverage, reason: input.reason, termsDay }
  return accept([...opened.value, financeEvent(order.id, 'orderBilled', data, { lines: priced.value.map((line) => ({ ...line })) })])
}

/** A contract serves an order that was reported, or done, while it was in force. */
function contractFor(context: FinanceContext, { contract: id, coverage }: BillInput): Result<{ contract: string; contractNumber: string; termsDay: string }> {
  const { order } = context
  const contract = context.contract(id)
  if (!contract.exists) return refuse('unknownContract', 'contract')
  const { number } = contract
  // What a customer signed for keeps its name, while its contracts go over to the one that it became.
  const signed = order.fields['customer']
  if (typeof signed !== 'string' || context.staying(contract.customer) !== context.staying(signed)) return refuse('contractOfAnother', 'contract', { number })
  if (!contract.active) return refuse('contractEnded', 'contract', { number })
  const days = [context.dayOf(order.firstContactAt), context.dayOf(fieldDoneAt(order) ?? order.closedAt ?? order.firstContactAt)]
  const termsDay = days.find((day) => contract.from <= day && day <= contract.to)
  if (termsDay === undefined) return refuse('contractExpired', 'contract', { number, from: contract.from, to: contract.to })
  const machine = order.fields['equipment']
  const isListed = contract.machines === null || (typeof machine === 'string' && contract.machines.includes(machine))
  if (coverage === 'contract') {
    if (contract.coverage === 'chargeable') return refuse('coverageNotInContract', 'coverage', { number })
    if (!isListed) return refuse('machineNotCovered', 'contract', { number })
  }
  if (coverage === 'warranty' && !(contract.coverage === 'warranty' && isListed)) {
    const until = context.warrantyUntil()
    // Where nobody knows when the warranty ends, whoever bills says why.
    if (until !== null && until < termsDay) return refuse('notInWarranty', 'coverage', { until })
  }
  return accept({ contract: contract.id, contractNumber: number, termsDay })
}

function priceLines(context: FinanceContext, wanted: BillInput['lines']): Result<readonly BillLine[]> {
  const lines: BillLine[] = []
  for (const [index, { item, text, quantity, unitFen, vatRate }] of wanted.entries()) {
    const field = `lines.${index}`
    const price = item === undefined ? null : context.price(item)
    if (price && !price.exists) return refuse('unknownPrice', `${field}.item`, { item: item ?? '' })
    const unit = unitFen ?? price?.unitFen
    const rate = vatRate ?? price?.vatRate
    const name = text ?? price?.name
    if (unit === undefined || rate === undefined || name === undefined) return refuse('priceMissing', field)
    if (!VAT_RATES.some((known) => known === rate)) return refuse('unknownVatRate', `${field}.vatRate`, { rate: rate / 100 })
    const amounts = amountsOf({ quantity, unitFen: unit, vatRate: rate })
    if (amounts.gross > MOST_FEN) return refuse('billTooLarge', field)
    lines.push({
      line: String(index + 1),
      item: item ?? null,
      text: name,
      quantity,
      unitFen: unit,
      vatRate: rate,
      listFen: price?.unitFen ?? null,
      price: price?.event ?? null,
      ...amounts,
    })
  }
  return accept(lines)
}

/** 发票已开. Refuses: notBilled, nothingToInvoice, alreadyInvoiced, futureDay. */
export function issueInvoice(context: FinanceContext, { number, day }: { readonly number: string; readonly day: string }): Drafts {
  const { order, finance } = context
  const { bill: present } = finance
  if (!present) return refuse('notBilled', 'order', { number: order.number })
  if (present.gross === 0) return refuse('nothingToInvoice', 'number')
  if (present.invoices.length > 0) return refuse('alreadyInvoiced', 'number', { number: present.invoices[0]?.number ?? '' })
  if (day > context.today) return refuse('futureDay', 'day')
  return accept([financeEvent(order.id, 'invoiceIssued', { bill: present.bill, number, day })])
}

/** 无需开票: the one tick of a bill of nothing. Refuses: notBilled, invoiceNeeded, alreadyInvoiced. */
export function waiveInvoice({ order, finance }: FinanceContext): Drafts {
  const { bill: present } = finance
  if (!present) return refuse('notBilled', 'order', { number: order.number })
  if (present.gross > 0) return refuse('invoiceNeeded', 'order')
  if (present.waived) return accept([])
  return accept([financeEvent(order.id, 'invoiceWaived', { bill: present.bill })])
}

interface MoneyMoved {
  readonly day: string
  readonly amount: number
  readonly reference: string
  readonly currency: string
}

/** 收款. A fact: more than is due is taken, and shown. Refuses: unknownOrder, foreignCurrency, futureDay, paymentKnown. */
export function receivePayment(context: FinanceContext, input: MoneyMoved): Drafts {
  const { order, finance, commandId, today } = context
  const { day, amount, reference, currency } = input
  if (!order.registered) return refuse('unknownOrder', 'order')
  if (currency !== CURRENCY) return refuse('foreignCurrency', 'currency', { currency })
  if (day > today) return refuse('futureDay', 'day')
  if (finance.payments.some((known) => known.reference === reference && !known.voided)) {
    return refuse('paymentKnown', 'reference', { reference })
  }
  const data = { payment: commandId, day, reference }
  return accept([financeEvent(order.id, 'paymentReceived', data, { amount })])
}

/** Refuses: noPayment, alreadyVerified. After verification money that came goes back as a refund. */
export function voidPayment({ order, finance }: FinanceContext, { payment, reason }: { readonly payment: string; readonly reason: string }): Drafts {
  if (!finance.payments.some(({ id, voided }) => id === payment && !voided)) return refuse('noPayment', 'payment')
  if (finance.bill?.verified) return refuse('alreadyVerified', 'order', { number: order.number })
  return accept([financeEvent(order.id, 'paymentVoided', { payment, reason })])
}

/** 退款. Refuses: foreignCurrency, futureDay, refundTooMuch: no more goes back than came and is not due. */
export function payRefund(context: FinanceContext, input: MoneyMoved & { readonly reason: string }): Drafts {
  const { order, finance, commandId, today } = context
  const { day, amount, reference, reason, currency } = input
  if (currency !== CURRENCY) return refuse('foreignCurrency', 'currency', { currency })
  if (day > today) return refuse('futureDay', 'day')
  if (amount > Math.max(0, -dueOf(finance)) || amount > paidOf(finance)) return refuse('refundTooMuch', 'amount')
  return accept([financeEvent(order.id, 'refundPaid', { refund: commandId, day, reference, reason }, { amount })])
}

/** What is still missing before a bill can be verified, in the order of the steps. */
export function missingTicks(order: WorkOrderState, finance: FinanceState): FinanceTick[] {
  const { bill: present } = finance
  const missing: FinanceTick[] = []
  if (fieldDoneAt(order) === null && order.imported === null) missing.push('fieldDone')
  if (order.status !== 'closed') missing.push('customerAccepted')
  if (present && present.gross === 0 ? !present.waived : (present?.invoices.length ?? 0) === 0) missing.push('invoice')
  if (dueOf(finance) !== 0) missing.push('payment')
  return missing
}

/** 财务核验. Refuses: staleFinance, notBilled, alreadyVerified, stepsMissing, overpaid. */
export function verify(context: FinanceContext, { base }: { readonly base: string | null }): Drafts {
  const { order, finance } = context
  const { bill: present } = finance
  if (!present) return refuse('notBilled', 'order', { number: order.number })
  if (present.verified) return refuse('alreadyVerified', 'order', { number: order.number })
  const refused = refuseStale(context, base)
  if (refused) return refused
  const missing = missingTicks(order, finance)
  if (missing.length === 1 && missing[0] === 'payment' && dueOf(finance) < 0) return refuse('overpaid', 'order', { number: order.number })
  if (missing.length > 0) return refuse('stepsMissing', missing[0], { number: order.number, steps: missing })
  const { net, vat, gross } = present
  return accept([financeEvent(order.id, 'orderVerified', { bill: present.bill, skipped: [] }, { net, vat, gross })])
}

export function refuseStale({ head }: FinanceContext, base: string | null) {
  return base === head ? null : refuse('staleFinance', 'base')
}
