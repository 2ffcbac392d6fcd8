import type { OutputOf } from '#shared/contract/define.ts'
import type { getFinance } from '#shared/contract/finance.ts'
import { coverOn } from '#shared/domain/contract/cover.ts'
import { missingTicks } from '#shared/domain/finance/decide.ts'
import { dueOf, paidOf, remainingOf, type Bill, type Mark } from '#shared/domain/finance/fold.ts'
import { fieldDoneAt, stepOf, type FinanceStep } from '#shared/domain/finance/steps.ts'
import type { FinanceState } from '#shared/domain/finance/fold.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { readState } from '../../kernel/readState.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { COVERING, readContracts } from '../contract/rows.ts'
import { stayingOf } from '../customer/merged.ts'
import { postedMonths } from '../monthEnd/locks.ts'
import { peopleOf } from '../people.ts'
import { dayAt } from '../today.ts'
import { differencesOf } from './reconcile.ts'

type Sheet = OutputOf<typeof getFinance>
type OrderSheet = NonNullable<Sheet['order']>

/** Everything that finance has to see of one order. */
export function readSheet(db: ReadableDb, id: string, now: number): Sheet {
  const { state } = readState(db, 'workOrder', id)
  const today = dayAt(db, now)
  if (!state.registered) return { now, today, order: null, proposal: null, head: null }
  const { state: finance, last } = readState(db, 'finance', id)
  const order = orderSheet(db, state, finance)
  const isBillable = state.status === 'closed' && finance.bill === null
  return { now, today, order, proposal: isBillable ? proposalFor(db, state) : null, head: last?.id ?? null }
}

function orderSheet(db: ReadableDb, state: WorkOrderState, finance: FinanceState): OrderSheet {
  const person = peopleOf(db)
  const mark = ({ event, at, by }: Mark) => ({ event, at, by: person(by) })
  const customer = textOf(state, 'customer')
  const sheet = (bill: Bill) => billSheet(bill, mark)
  return {
    order: state.id,
    number: state.number,
    status: state.status,
    customer: customer === '' ? null : { id: customer, name: nameOf(db, customer) },
    model: textOf(state, 'model'),
    serial: textOf(state, 'serial'),
    symptom: textOf(state, 'faultSymptom'),
    step: stepFor(state, finance),
    fieldDoneAt: finance.opened?.fieldDoneAt ?? fieldDoneAt(state),
    acceptedAt: state.closedAt,
    missing: missingTicks(state, finance),
    paidFen: paidOf(finance),
    dueFen: dueOf(finance),
    bill: finance.bill && sheet(finance.bill),
    past: finance.past.map(sheet),
    payments: finance.payments.map((payment) => {
      const { id, day, amount, reference, voided } = payment
      return { ...mark(payment), id, day, amount, reference, voided: voided?.reason ?? null }
    }),
    refunds: finance.refunds.map((refund) => {
      const { id, day, amount, reference, reason } = refund
      return { ...mark(refund), id, day, amount, reference, reason }
    }),
    conflicts: finance.conflicts.map(({ event, type, at, code }) => ({ event, type, at, code })),
    entries: entriesOf(db, state.id),
    differences: differencesOf(db, state.id, 50),
  }
}

/** The order tells of its field work; its finance tells of all that follows. A reopened one shows where its money stands. */
function stepFor(state: WorkOrderState, finance: FinanceState): FinanceStep | null {
  const step = stepOf(finance)
  if (step === 'billed' || step === 'archived') return step
  if (state.status === 'closed') return 'customerAccepted'
  return state.status === 'open' && state.stage === 'signoff' ? 'fieldDone' : null
}

function billSheet(bill: Bill, mark: (of: Mark) => { event: string; at: number; by: { id: string; name: string } }) {
  const { invoices, waived, verified, reversals, reversed, lines, net, vat, gross } = bill
  const [invoice] = invoices
  return {
    ...mark(bill),
    net,
    vat,
    gross,
    bill: bill.bill,
    contractNumber: bill.contractNumber,
    coverage: bill.coverage,
    reason: bill.reason,
    lines: lines.map(({ price: _price, ...line }) => ({ ...line, left: remainingOf(bill, { ...line, price: null }).net })),
    invoice: invoice ? { number: invoice.number, day: invoice.day } : null,
    waived: waived !== null,
    verified: verified && { ...mark(verified), net: verified.net, vat: verified.vat, gross: verified.gross },
    reversedFen: reversed.gross,
    reversals: reversals.map((reversal) => {
      const { reason, redInvoice, ofRevenue, net: n, vat: v, gross: g } = reversal
      return { ...mark(reversal), net: n, vat: v, gross: g, reason, redInvoice, ofRevenue }
    }),
  }
}

interface EntryRow {
  readonly event: string
  readonly at: number
  readonly kind: OrderSheet['entries'][number]['kind']
  readonly source: string
  readonly part: string | null
  readonly quantity: number | null
  readonly receivable: number
  readonly bank: number
  readonly deferred: number
  readonly revenue: number
  readonly vat: number
  readonly parts_cost: number
  readonly inventory: number
}

function entriesOf(db: ReadableDb, order: string): OrderSheet['entries'] {
  const months = postedMonths(db, order)
  const rows = all<EntryRow>(db, 'SELECT * FROM ledger_entry WHERE order_id = ? ORDER BY at, event', order)
  return rows.map(({ event, at, kind, source, part, quantity, parts_cost: partsCost, ...row }) => {
    const { receivable, bank, deferred, revenue, vat, inventory } = row
    const posting = Object.fromEntries(
      Object.entries({ receivable, bank, deferred, revenue, vat, partsCost, inventory }).filter(([, fen]) => fen !== 0),
    )
    return { event, at, kind, source, month: months.get(event) ?? '', posting, part, quantity }
  })
}

/** What the contract and the warranty say, the parts that were issued, and one hour and one way of the price list. */
function proposalFor(db: ReadableDb, state: WorkOrderState): NonNullable<Sheet['proposal']> {
  const machine = textOf(state, 'equipment')
  const customer = stayingOf(db, textOf(state, 'customer'))
  const day = dayAt(db, fieldDoneAt(state) ?? state.closedAt ?? state.firstContactAt)
  const warranty = machine === '' ? null : readState(db, 'equipment', machine).state.warrantyUntil
  const covering = readContracts(db, COVERING, { machine, customer })
  const { state: covered, until, contract } = coverOn(day, warranty, covering)
  const theirs = readContracts(db, 'WHERE k.customer = :customer ORDER BY k.to_day DESC, k.id LIMIT 20', { customer })
  const contracts = theirs.map(({ id, number, kind, coverage, from, to, active }) => {
    return { id, number, kind, coverage, inForce: active && from <= day && day <= to }
  })
  const isFree = covered === 'inWarranty' || covered === 'inContract'
  return {
    cover: { state: covered, until },
    coverage: covered === 'inContract' ? 'contract' : covered === 'inWarranty' ? 'warranty' : (contract?.coverage ?? 'chargeable'),
    contracts: contracts.sort((a, b) => Number(b.inForce) - Number(a.inForce)),
    lines: isFree ? [] : [...usualLines(db), ...state.issued.map(({ part, quantity }) => partLine(db, part, quantity))],
  }
}

interface PriceRow {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly unit_fen: number
  readonly vat_rate: number
}
type ProposedLine = NonNullable<Sheet['proposal']>['lines'][number]

const usualLines = (db: ReadableDb): ProposedLine[] =>
  (['labour', 'travel'] as const).flatMap((kind) => {
    const row = one<PriceRow>(db, 'SELECT * FROM price_item WHERE kind = ? AND active = 1 ORDER BY id LIMIT 1', kind)
    return row ? [lineOf(row, 1000)] : []
  })

function partLine(db: ReadableDb, part: string, quantity: number): ProposedLine {
  const row = one<PriceRow>(db, 'SELECT * FROM price_item WHERE id = ?', part)
  if (row) return lineOf(row, quantity * 1000)
  const shelf = one<{ name: string; unit: string }>(db, 'SELECT name, unit FROM part_stock WHERE part = ? ORDER BY id LIMIT 1', part)
  return { item: part, text: shelf?.name ?? part, unit: shelf?.unit ?? '', quantity: quantity * 1000, unitFen: null, vatRate: null }
}

const lineOf = ({ id, name, unit, unit_fen: unitFen, vat_rate: vatRate }: PriceRow, quantity: number): ProposedLine => ({
  item: id,
  text: name,
  unit,
  quantity,
  unitFen,
  vatRate,
})

function textOf(state: WorkOrderState, field: string): string {
  const value = state.fields[field]
  return typeof value === 'string' ? value : ''
}

const nameOf = (db: ReadableDb, customer: string): string =>
  one<{ name: string }>(db, 'SELECT name FROM customer WHERE id = ?', customer)?.name ?? customer
