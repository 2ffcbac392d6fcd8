import { dueOf, paidOf, type FinanceState } from '#shared/domain/finance/fold.ts'
import { stepOf } from '#shared/domain/finance/steps.ts'
import { dueEntries } from '#shared/domain/ledger/postings.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { CONFLICT, conflictRows } from '../conflict.ts'

const FINANCE: Table = { name: 'order_finance', key: ['order_id'] }
const DUE: Table = { name: 'ledger_due', key: ['key'] }
const PART: Table = { name: 'part_due', key: ['order_id', 'line'] }

/** A payment that came before the order was closed has no step yet, and no row. */
function rowOf(state: FinanceState | null): readonly Row[] {
  const step = state && stepOf(state)
  if (!state || step === null) return []
  const { bill, opened } = state
  return [
    {
      order_id: state.id,
      step,
      since: bill?.verified?.at ?? bill?.at ?? opened?.acceptedAt ?? 0,
      accepted_at: opened?.acceptedAt ?? null,
      field_done_at: opened?.fieldDoneAt ?? null,
      bill: bill?.bill ?? null,
      billed_at: bill?.at ?? null,
      contract: bill?.contract ?? null,
      contract_number: bill?.contractNumber ?? null,
      coverage: bill?.coverage ?? null,
      net_fen: bill?.net ?? 0,
      vat_fen: bill?.vat ?? 0,
      gross_fen: bill?.gross ?? 0,
      reversed_fen: bill?.reversed.gross ?? 0,
      paid_fen: paidOf(state),
      due_fen: dueOf(state),
      invoice: bill?.invoices[0]?.number ?? null,
      invoice_day: bill?.invoices[0]?.day ?? null,
      waived: bill?.waived ? 1 : 0,
      verified_at: bill?.verified?.at ?? null,
      verified_fen: bill?.verified?.gross ?? null,
      skipped: (bill?.verified?.skipped.length ?? 0) > 0 ? 1 : 0,
      conflicts: state.conflicts.length,
      touched_at: state.touchedAt,
    },
  ]
}

const dueRows = (state: FinanceState | null): readonly Row[] =>
  (state ? dueEntries(state) : []).map(({ key, kind, source, at, posting }) => ({
    key,
    order_id: state?.id ?? '',
    kind,
    source,
    at,
    receivable: posting.receivable ?? 0,
    bank: posting.bank ?? 0,
    deferred: posting.deferred ?? 0,
    revenue: posting.revenue ?? 0,
    vat: posting.vat ?? 0,
  }))

/** The money of each order, and what the ledger ought to hold of it. */
export const financeProjection: Projection<FinanceState> = {
  kind: 'finance',
  version: 1,
  tables: [FINANCE.name, DUE.name, CONFLICT.name],
  write(db, id, before, after) {
    replaceRows(db, FINANCE, rowOf(before), rowOf(after))
    replaceRows(db, DUE, dueRows(before), dueRows(after))
    if (before?.conflicts !== after.conflicts) {
      const subject = `finance:${id}`
      replaceRows(db, CONFLICT, conflictRows(subject, before?.conflicts ?? []), conflictRows(subject, after.conflicts))
    }
  },
}

const partRows = (state: WorkOrderState | null): readonly Row[] =>
  state?.registered
    ? state.issued.map(({ line, part, warehouse, quantity }) => ({ order_id: state.id, line, part, warehouse, quantity }))
    : []

/** The parts that an order was issued. */
export const issuedParts: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [PART.name],
  write(db, _id, before, after) {
    if (before?.issued === after.issued && before.registered === after.registered) return
    replaceRows(db, PART, partRows(before), partRows(after))
  },
}
