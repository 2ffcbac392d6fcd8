import { financeFold } from '#shared/domain/finance/fold.ts'
import { stepOf } from '#shared/domain/finance/steps.ts'
import { readSubject } from '../../store/eventLog.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { entriesOf, type MonthSight } from './entries.ts'
import { ranges, sheetFrom, type Field, type Making, type Sheet, type Words } from './sheet.ts'

interface RevenueRow {
  readonly order_id: string
  readonly number: string | null
  readonly customer: string | null
  readonly contract_number: string | null
  readonly coverage: keyof Words['coverage'] | null
  readonly field_done_at: number | null
  readonly accepted_at: number | null
  readonly billed_at: number | null
  readonly invoice: string | null
  readonly invoice_day: string | null
  readonly verified_at: number | null
  readonly step: keyof Words['financeStep'] | null
  readonly touched_at: number | null
  readonly billed: number
  readonly received: number
  readonly revenue: number
  readonly vat: number
  readonly reversed: number
  readonly late: number
  readonly receivable: number
  readonly deferred: number
}

/** One row an order that something was booked for, with where it stood when the month ended. */
const revenueOf = (sight: MonthSight): string => `
  SELECT s.*, w.number, coalesce(c.name, w.customer) AS customer, f.contract_number, f.coverage, f.field_done_at, f.accepted_at,
    f.billed_at, f.invoice, f.invoice_day, f.verified_at, f.step, f.touched_at
  FROM (SELECT e.order_id,
      sum(CASE WHEN e.kind = 'bill' THEN e.receivable ELSE 0 END) AS billed, sum(e.bank) AS received,
      -sum(e.revenue) AS revenue, -sum(e.vat) AS vat, sum(e.receivable) AS receivable, sum(e.deferred) AS deferred,
      -sum(CASE WHEN e.kind = 'reversal' THEN e.receivable ELSE 0 END) AS reversed, sum(e.month <> :month) AS late
    FROM (${entriesOf('all', sight, true)}) AS e WHERE e.part IS NULL GROUP BY e.order_id) AS s
  LEFT JOIN work_order AS w ON w.id = s.order_id LEFT JOIN customer AS c ON c.id = w.customer LEFT JOIN order_finance AS f ON f.order_id = s.order_id
  ORDER BY s.order_id`

type Shown = RevenueRow & { readonly stood: Standing }

const fieldsIn = (words: Words): readonly Field<Shown>[] => [
  { name: 'number', width: 16, of: (row) => row.number ?? row.order_id },
  { name: 'customer', width: 26, of: (row) => row.customer ?? '' },
  { name: 'contract', width: 16, of: ({ stood }) => stood.contract_number ?? '' },
  { name: 'coverage', width: 9, of: ({ stood }) => (stood.coverage === null ? '' : words.coverage[stood.coverage]) },
  { name: 'fieldDone', kind: 'instant', of: ({ stood }) => stood.field_done_at },
  { name: 'accepted', kind: 'instant', of: ({ stood }) => stood.accepted_at },
  { name: 'billedOn', kind: 'instant', of: ({ stood }) => stood.billed_at },
  { name: 'invoice', width: 24, of: ({ stood }) => stood.invoice ?? '' },
  { name: 'invoiceDay', kind: 'day', width: 12, of: ({ stood }) => stood.invoice_day },
  { name: 'verifiedOn', kind: 'instant', of: ({ stood }) => stood.verified_at },
  { name: 'step', width: 11, of: ({ stood }) => (stood.step === null ? '' : words.financeStep[stood.step]) },
  { name: 'billed', kind: 'money', of: (row) => row.billed, sum: true },
  { name: 'received', kind: 'money', of: (row) => row.received, sum: true },
  // No minus zero.
  { name: 'revenue', kind: 'money', of: (row) => row.revenue || 0, sum: true },
  { name: 'vat', kind: 'money', of: (row) => row.vat || 0, sum: true },
  { name: 'reversed', kind: 'money', of: (row) => row.reversed || 0, sum: true },
  { name: 'late', kind: 'number', width: 8, of: (row) => (row.late === 0 ? null : row.late), sum: true },
]

export function revenueSheet({ db, sight, words, totals }: Making): Sheet {
  const isSure = sight.heads !== null && Object.keys(sight.heads).length > 1 ? 0 : sight.endsAt
  async function* rows(): AsyncGenerator<Shown> {
    for await (const row of ranges<RevenueRow>(db, sight, 'all', revenueOf(sight))) {
      totals.receivable += row.receivable
      totals.bank += row.received
      totals.deferred += row.deferred
      totals.revenue -= row.revenue
      totals.vat -= row.vat
      yield { ...row, stood: (row.touched_at ?? Infinity) < isSure ? row : standingOf(db, sight, row.order_id) }
    }
  }
  return sheetFrom(words.monthSheet.revenue, words, fieldsIn(words), rows())
}

type Standing = Pick<RevenueRow, 'contract_number' | 'coverage' | 'field_done_at' | 'accepted_at' | 'billed_at' | 'invoice' | 'invoice_day' | 'verified_at' | 'step'>

/** The money of an order as it stood when the month ended, by what the lock of the month had seen. */
function standingOf(db: ReadableDb, { endsAt, heads }: MonthSight, order: string): Standing {
  const events = readSubject(db, `finance:${order}`).filter(
    ({ at, origin, seq }) => at < endsAt && (heads === null || seq <= (heads[origin] ?? 0)),
  )
  const { bill, opened, ...rest } = events.reduce((state, event) => financeFold.evolve(state, event), financeFold.initial(order))
  return {
    contract_number: bill?.contractNumber ?? null,
    coverage: bill?.coverage ?? null,
    field_done_at: opened?.fieldDoneAt ?? null,
    accepted_at: opened?.acceptedAt ?? null,
    billed_at: bill?.at ?? null,
    invoice: bill?.invoices[0]?.number ?? null,
    invoice_day: bill?.invoices[0]?.day ?? null,
    verified_at: bill?.verified?.at ?? null,
    step: stepOf({ bill, opened, ...rest }),
  }
}
