import { setImmediate as pause } from 'node:timers/promises'
import type { MonthSheet } from '#shared/contract/monthEnd.ts'
import { financeFold } from '#shared/domain/finance/fold.ts'
import { stepOf } from '#shared/domain/finance/steps.ts'
import { dayFromIso } from '#shared/domain/perceivedTime/days.ts'
import { lastDayOf } from '#shared/domain/month/months.ts'
import { ACCOUNTS, type Account } from '#shared/domain/ledger/accounts.ts'
import { financeWordsEn } from '#shared/i18n/finance.en.ts'
import { financeWordsZh } from '#shared/i18n/finance.zh-CN.ts'
import { masterWordsEn } from '#shared/i18n/master.en.ts'
import { masterWordsZh } from '#shared/i18n/master.zh-CN.ts'
import type { OpenTable } from '../../kernel/table.ts'
import type { Cell, TableColumn } from '../../output/table.ts'
import { readSubject } from '../../store/eventLog.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { dayAt } from '../today.ts'
import { accountsOf, entriesOf, ordersWith, receivables, type MonthSight, type Some } from './entries.ts'
import { readDifferences } from '../finance/reconcile.ts'

const WORDS = {
  'zh-CN': { ...financeWordsZh, coverage: masterWordsZh.coverage },
  en: { ...financeWordsEn, coverage: masterWordsEn.coverage },
}
export type Words = (typeof WORDS)[keyof typeof WORDS]
export const wordsIn = (language: 'zh-CN' | 'en'): Words => WORDS[language]

type ColumnName = keyof Words['monthSheet']['column']
type Sheet = Omit<OpenTable, 'book'>

const PAGE = 500

/** Adds up what the sheets say, to be compared with the ledger. */
export type Totals = Record<Account, number>
export const noTotals = (): Totals => Object.fromEntries(ACCOUNTS.map((account) => [account, 0])) as Totals

export interface Making {
  /** What has to be read before. */
  readonly first?: () => Promise<void>
  readonly db: ReadableDb
  readonly sight: MonthSight
  readonly words: Words
  /** UTC ms. */
  readonly now: number
  /** Filled as the rows are written. */
  readonly totals: Totals
}

/** Sheets are read in pages; what came after the reading began is not in them. */
export function sheetOf(name: MonthSheet, making: Making): Sheet {
  switch (name) {
    case 'revenue':
      return revenueSheet(making)
    case 'parts':
      return partsSheet(making)
    case 'receivables':
      return receivablesSheet(making)
    case 'differences':
      return differencesSheet(making)
    case 'accounts':
      return accountsSheet(making)
  }
}

const column = (words: Words, name: ColumnName, kind: TableColumn['kind'] = 'text', width?: number): TableColumn => ({
  title: words.monthSheet.column[name],
  kind,
  ...(width !== undefined && { width }),
})

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

function revenueSheet({ db, sight, words, totals }: Making): Sheet {
  const isSure = sight.heads !== null && Object.keys(sight.heads).length > 1 ? 0 : sight.endsAt
  const sums = { billed: 0, received: 0, revenue: 0, vat: 0, reversed: 0, late: 0 }
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const row of ranges<RevenueRow>(db, sight, 'all', revenueOf(sight))) {
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += row[name]
      totals.receivable += row.receivable
      totals.bank += row.received
      totals.deferred += row.deferred
      totals.revenue -= row.revenue
      totals.vat -= row.vat
      const stood = (row.touched_at ?? Infinity) < isSure ? row : standingOf(db, sight, row.order_id)
      yield [
        row.number ?? row.order_id,
        row.customer ?? '',
        stood.contract_number ?? '',
        stood.coverage === null ? '' : words.coverage[stood.coverage],
        stood.field_done_at,
        stood.accepted_at,
        stood.billed_at,
        stood.invoice ?? '',
        stood.invoice_day,
        stood.verified_at,
        stood.step === null ? '' : words.financeStep[stood.step],
        row.billed,
        row.received,
        row.revenue || 0,
        row.vat || 0,
        row.reversed || 0,
        row.late === 0 ? null : row.late,
      ]
    }
  }
  return {
    title: words.monthSheet.revenue,
    total: null,
    columns: [
      column(words, 'number', 'text', 16),
      column(words, 'customer', 'text', 26),
      column(words, 'contract', 'text', 16),
      column(words, 'coverage', 'text', 9),
      column(words, 'fieldDone', 'instant'),
      column(words, 'accepted', 'instant'),
      column(words, 'billedOn', 'instant'),
      column(words, 'invoice', 'text', 24),
      column(words, 'invoiceDay', 'day', 12),
      column(words, 'verifiedOn', 'instant'),
      column(words, 'step', 'text', 11),
      column(words, 'billed', 'money'),
      column(words, 'received', 'money'),
      column(words, 'revenue', 'money'),
      column(words, 'vat', 'money'),
      column(words, 'reversed', 'money'),
      column(words, 'late', 'number', 8),
    ],
    rows: rows(),
    footer: () => [
      words.monthSheet.total,
      ...Array.from({ length: 10 }, () => null),
      sums.billed,
      sums.received,
      sums.revenue || 0,
      sums.vat || 0,
      sums.reversed || 0,
      sums.late === 0 ? null : sums.late,
    ],
  }
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

interface PartRow {
  readonly number: string | null
  readonly order_id: string
  readonly part: string
  readonly name: string | null
  readonly warehouse: string
  readonly quantity: number
  readonly parts_cost: number
  readonly inventory: number
  readonly at: number
  readonly event: string
}

const partsOf = (sight: MonthSight): string => `
  SELECT e.*, w.number, s.name
  FROM (${entriesOf('parts', sight, true)}) AS e LEFT JOIN work_order AS w ON w.id = e.order_id LEFT JOIN part_stock AS s ON s.id = e.warehouse || '/' || e.part
  ORDER BY e.order_id, e.event`

function partsSheet({ db, sight, words, totals }: Making): Sheet {
  let [quantity, cost] = [0, 0]
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const row of ranges<PartRow>(db, sight, 'parts', partsOf(sight))) {
      quantity += row.quantity
      cost += row.parts_cost
      totals.partsCost += row.parts_cost
      totals.inventory += row.inventory
      yield [row.number ?? row.order_id, row.part, row.name ?? '', row.warehouse, row.quantity, row.parts_cost, row.at, row.event]
    }
  }
  return {
    title: words.monthSheet.parts,
    total: null,
    columns: [
      column(words, 'number', 'text', 16),
      column(words, 'part', 'text', 16),
      column(words, 'partName', 'text', 22),
      column(words, 'warehouse', 'text', 10),
      column(words, 'quantity', 'number', 8),
      column(words, 'cost', 'money'),
      column(words, 'issuedAt', 'instant'),
      column(words, 'event', 'text', 24),
    ],
    rows: rows(),
    footer: () => [words.monthSheet.total, null, null, null, quantity, cost],
  }
}

interface OwedRow {
  readonly number: string | null
  readonly customer: string | null
  readonly billed_at: number | null
}

const OWED = `
  SELECT w.number, coalesce(c.name, w.customer) AS customer,
    (SELECT max(at) FROM ledger_entry WHERE order_id = :order AND kind = 'bill' AND month <= :month) AS billed_at
  FROM work_order AS w LEFT JOIN customer AS c ON c.id = w.customer WHERE w.id = :order`

/** Whole days from the bill to the last day of the month. */
function receivablesSheet({ db, sight, words }: Making): Sheet {
  const sums = [0, 0, 0, 0, 0, 0]
  const last = dayFromIso(lastDayOf(sight.month))
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const { order_id: order, fen } of owed(db, sight)) {
      const [row] = all<OwedRow>(db, OWED, { order, month: sight.month })
      const day = typeof row?.billed_at === 'number' ? dayAt(db, row.billed_at) : null
      const age = day === null ? 0 : Math.max(0, last - dayFromIso(day))
      const bucket = fen < 0 ? 4 : age <= 30 ? 0 : age <= 60 ? 1 : age <= 90 ? 2 : 3
      const cells = [0, 1, 2, 3, 4].map((index) => (index === bucket ? fen : null))
      sums.forEach((sum, index) => (sums[index] = sum + (index === 5 ? fen : (cells[index] ?? 0))))
      yield [row?.number ?? order, row?.customer ?? '', day, day === null ? null : age, fen, ...cells]
    }
  }
  return {
    title: words.monthSheet.receivables,
    total: null,
    columns: [
      column(words, 'number', 'text', 16),
      column(words, 'customer', 'text', 26),
      column(words, 'billDay', 'day', 12),
      column(words, 'age', 'number', 8),
      column(words, 'balance', 'money'),
      column(words, 'upTo30', 'money'),
      column(words, 'upTo60', 'money'),
      column(words, 'upTo90', 'money'),
      column(words, 'over90', 'money'),
      column(words, 'credit', 'money'),
    ],
    rows: rows(),
    footer: () => [words.monthSheet.total, null, null, null, sums[5] ?? 0, ...sums.slice(0, 5)],
  }
}

interface OddRow {
  readonly number: string | null
  readonly order_id: string
  readonly kind: string
  readonly month: string
  readonly fen: number
  readonly source: string
  readonly at: number
  readonly recorded_at: number | null
  readonly actor: string | null
  readonly reason: string
}

const oddOf = (sight: MonthSight): string => `
  SELECT e.order_id, w.number, e.kind, e.month, e.reason, e.source, e.at,
    CASE WHEN e.receivable <> 0 THEN e.receivable WHEN e.revenue <> 0 THEN e.revenue ELSE e.parts_cost END AS fen,
    json_extract(v.text, '$.recordedAt') AS recorded_at, json_extract(v.text, '$.actor.id') AS actor
  FROM (${entriesOf('odd', sight, true)}) AS e LEFT JOIN work_order AS w ON w.id = e.order_id
    LEFT JOIN event AS v ON v.id = CASE WHEN e.kind = 'correction' THEN e.event ELSE e.source END
      AND NOT EXISTS (SELECT 1 FROM event AS earlier WHERE earlier.id = v.id AND (earlier.hlc, earlier.origin, earlier.seq) < (v.hlc, v.origin, v.seq))
  ORDER BY e.order_id, e.at, e.event`

const MOST_OPEN = 2000

/** What a reader of the month would ask about; each row leads to its event in the audit. */
function differencesSheet({ db, sight, words }: Making): Sheet {
  const person = peopleOf(db)
  const { difference } = words.monthSheet
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const row of ranges<OddRow>(db, sight, 'odd', oddOf(sight))) {
      const what = row.month !== sight.month ? difference.late.replace('{month}', row.month) : row.kind === 'reversal' ? difference.reversal : difference.correction
      const who = row.actor === null ? '' : person(row.actor).name
      yield [what, row.number ?? row.order_id, row.fen, row.reason, row.source, row.at, row.recorded_at, who]
    }
    const unequal = all<{ number: string; order_id: string; fen: number; at: number; bill: string }>(
      db,
      `SELECT w.number, f.order_id, f.verified_fen - f.gross_fen AS fen, f.verified_at AS at, f.bill FROM order_finance AS f
       LEFT JOIN work_order AS w ON w.id = f.order_id WHERE f.step = 'archived' AND (f.verified_fen <> f.gross_fen OR f.skipped = 1)
         AND f.order_id IN (SELECT order_id FROM (${entriesOf('all', sight, false)})) ORDER BY f.order_id LIMIT ${MOST_OPEN}`,
      sight.params,
    )
    for (const row of unequal) yield [difference.verifiedOtherwise, row.number, row.fen, '', row.bill, row.at, null, '']
    for (const row of readDifferences(db, MOST_OPEN)) {
      yield [difference[row.why], row.number, row.fen, row.lastError ?? '', row.event, row.at === 0 ? null : row.at, null, '']
    }
  }
  return {
    title: words.monthSheet.differences,
    total: null,
    columns: [
      column(words, 'difference', 'text', 22),
      column(words, 'number', 'text', 16),
      column(words, 'amount', 'money'),
      column(words, 'reason', 'text', 26),
      column(words, 'event', 'text', 24),
      column(words, 'at', 'instant'),
      column(words, 'recordedAt', 'instant'),
      column(words, 'who', 'text', 12),
    ],
    rows: rows(),
  }
}

/** Reads the sheets that the ledger is compared with, for a file of its own. */
export async function addUp(making: Making): Promise<void> {
  for (const name of ['revenue', 'parts'] as const) for await (const _row of sheetOf(name, making).rows) void _row
}

/** The last sheet: what the others came to, beside the ledger, summed by another way. */
function accountsSheet({ db, sight, words, totals, first = pause }: Making): Sheet {
  async function* rows(): AsyncGenerator<Cell[]> {
    await first()
    for (const { account, opening, debit, credit, closing } of accountsOf(db, sight).accounts) {
      const sheets = totals[account] || 0
      yield [words.account[account], opening, debit, credit, closing, sheets, sheets - (debit - credit)]
    }
  }
  return {
    title: words.monthSheet.accounts,
    total: null,
    columns: [
      column(words, 'account', 'text', 22),
      column(words, 'opening', 'money'),
      column(words, 'debit', 'money'),
      column(words, 'credits', 'money'),
      column(words, 'closing', 'money'),
      column(words, 'sheets', 'money'),
      column(words, 'off', 'money'),
    ],
    rows: rows(),
  }
}

/** Beyond every order's id. */
const END = '\uFFFF'

/** The rows of a month, some hundreds of orders at a time, in the order of their ids; others have their turn between. */
async function* ranges<Row>(db: ReadableDb, { month, params }: MonthSight, some: Some, select: string): AsyncGenerator<Row> {
  for (let after = ''; after !== END; ) {
    const orders = all<{ order_id: string }>(db, ordersWith(some), month, after, PAGE)
    const upTo = orders.length < PAGE ? END : (orders[PAGE - 1]?.order_id ?? END)
    yield* all<Row>(db, select, { ...params, after, upTo })
    after = upTo
    await pause()
  }
}

async function* owed(db: ReadableDb, sight: MonthSight): AsyncGenerator<{ order_id: string; fen: number }> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: { order_id: string; fen: number }[] = receivables(db, sight, after, PAGE)
    yield* page
    after = page.length < PAGE ? undefined : page[PAGE - 1]?.order_id
    await pause()
  }
}
