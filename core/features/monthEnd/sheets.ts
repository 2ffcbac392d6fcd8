import { setImmediate as pause } from 'node:timers/promises'
import type { MonthSheet } from '#shared/contract/monthEnd.ts'
import { lastDayOf } from '#shared/domain/month/months.ts'
import { dayFromIso } from '#shared/domain/perceivedTime/days.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readDifferences } from '../finance/reconcile.ts'
import { peopleOf } from '../people.ts'
import { dayAt } from '../today.ts'
import { accountsOf, entriesOf, receivables, type AccountRow, type MonthSight } from './entries.ts'
import { revenueSheet } from './revenueSheet.ts'
import { PAGE, ranges, sheetFrom, type Field, type Making, type Sheet } from './sheet.ts'

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

const PART_FIELDS: readonly Field<PartRow>[] = [
  { name: 'number', width: 16, of: (row) => row.number ?? row.order_id },
  { name: 'part', width: 16, of: (row) => row.part },
  { name: 'partName', width: 22, of: (row) => row.name ?? '' },
  { name: 'warehouse', width: 10, of: (row) => row.warehouse },
  { name: 'quantity', kind: 'number', width: 8, of: (row) => row.quantity, sum: true },
  { name: 'cost', kind: 'money', of: (row) => row.parts_cost, sum: true },
  { name: 'issuedAt', kind: 'instant', of: (row) => row.at },
  { name: 'event', width: 24, of: (row) => row.event },
]

function partsSheet({ db, sight, words, totals }: Making): Sheet {
  async function* rows(): AsyncGenerator<PartRow> {
    for await (const row of ranges<PartRow>(db, sight, 'parts', partsOf(sight))) {
      totals.partsCost += row.parts_cost
      totals.inventory += row.inventory
      yield row
    }
  }
  return sheetFrom(words.monthSheet.parts, words, PART_FIELDS, rows())
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

/** What an order owes at the end of the month, and since when. */
interface Owed {
  readonly number: string
  readonly customer: string
  readonly day: string | null
  /** Whole days from the bill to the last day of the month. */
  readonly age: number
  readonly fen: number
}

/** Ages half-open; what was paid too much stands by itself. */
const isAged = ({ fen, age }: Owed, from: number, to: number): boolean => fen >= 0 && age > from && age <= to
const aged = (name: Field<Owed>['name'], from: number, to: number): Field<Owed> => ({
  name,
  kind: 'money',
  of: (row) => (isAged(row, from, to) ? row.fen : null),
  sum: true,
})
const OWED_FIELDS: readonly Field<Owed>[] = [
  { name: 'number', width: 16, of: (row) => row.number },
  { name: 'customer', width: 26, of: (row) => row.customer },
  { name: 'billDay', kind: 'day', width: 12, of: (row) => row.day },
  { name: 'age', kind: 'number', width: 8, of: (row) => (row.day === null ? null : row.age) },
  { name: 'balance', kind: 'money', of: (row) => row.fen, sum: true },
  aged('upTo30', -1, 30),
  aged('upTo60', 30, 60),
  aged('upTo90', 60, 90),
  aged('over90', 90, Infinity),
  { name: 'credit', kind: 'money', of: ({ fen }) => (fen < 0 ? fen : null), sum: true },
]

function receivablesSheet({ db, sight, words }: Making): Sheet {
  const last = dayFromIso(lastDayOf(sight.month))
  async function* rows(): AsyncGenerator<Owed> {
    for await (const { order_id: order, fen } of owed(db, sight)) {
      const [row] = all<OwedRow>(db, OWED, { order, month: sight.month })
      const day = typeof row?.billed_at === 'number' ? dayAt(db, row.billed_at) : null
      const age = day === null ? 0 : Math.max(0, last - dayFromIso(day))
      yield { number: row?.number ?? order, customer: row?.customer ?? '', day, age, fen }
    }
  }
  return sheetFrom(words.monthSheet.receivables, words, OWED_FIELDS, rows())
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

/** Something that a reader of the month would ask about. */
interface Difference {
  readonly what: string
  readonly number: string
  readonly fen: number
  readonly reason: string
  readonly event: string
  readonly at: number | null
  readonly recordedAt: number | null
  readonly who: string
}

const DIFFERENCE_FIELDS: readonly Field<Difference>[] = [
  { name: 'difference', width: 22, of: (row) => row.what },
  { name: 'number', width: 16, of: (row) => row.number },
  { name: 'amount', kind: 'money', of: (row) => row.fen },
  { name: 'reason', width: 26, of: (row) => row.reason },
  { name: 'event', width: 24, of: (row) => row.event },
  { name: 'at', kind: 'instant', of: (row) => row.at },
  { name: 'recordedAt', kind: 'instant', of: (row) => row.recordedAt },
  { name: 'who', width: 12, of: (row) => row.who },
]

/** Each row leads to its event in the audit. */
function differencesSheet({ db, sight, words }: Making): Sheet {
  const person = peopleOf(db)
  const { difference } = words.monthSheet
  async function* rows(): AsyncGenerator<Difference> {
    for await (const { month, kind, fen, reason, source: event, at, actor, ...row } of ranges<OddRow>(db, sight, 'odd', oddOf(sight))) {
      const what = month !== sight.month ? difference.late.replace('{month}', month) : kind === 'reversal' ? difference.reversal : difference.correction
      const who = actor === null ? '' : person(actor).name
      yield { what, number: row.number ?? row.order_id, fen, reason, event, at, recordedAt: row.recorded_at, who }
    }
    const unequal = all<Pick<Difference, 'fen' | 'at' | 'event'> & { number: string }>(
      db,
      `SELECT w.number, f.verified_fen - f.gross_fen AS fen, f.verified_at AS at, f.bill AS event FROM order_finance AS f
       LEFT JOIN work_order AS w ON w.id = f.order_id WHERE f.step = 'archived' AND (f.verified_fen <> f.gross_fen OR f.skipped = 1)
         AND f.order_id IN (SELECT order_id FROM (${entriesOf('all', sight, false)})) ORDER BY f.order_id LIMIT ${MOST_OPEN}`,
      sight.params,
    )
    for (const row of unequal) yield { what: difference.verifiedOtherwise, reason: '', recordedAt: null, who: '', ...row }
    for (const { why, number, fen, lastError, event, at } of await readDifferences(db, MOST_OPEN)) {
      yield { what: difference[why], number, fen, reason: lastError ?? '', event, at: at === 0 ? null : at, recordedAt: null, who: '' }
    }
  }
  return sheetFrom(words.monthSheet.differences, words, DIFFERENCE_FIELDS, rows())
}

/** Reads the sheets that the ledger is compared with, for a file of its own. */
export async function addUp(making: Making): Promise<void> {
  for (const name of ['revenue', 'parts'] as const) for await (const _row of sheetOf(name, making).rows) void _row
}

type Compared = AccountRow & { readonly name: string; readonly sheets: number }

const ACCOUNT_FIELDS: readonly Field<Compared>[] = [
  { name: 'account', width: 22, of: (row) => row.name },
  { name: 'opening', kind: 'money', of: (row) => row.opening },
  { name: 'debit', kind: 'money', of: (row) => row.debit },
  { name: 'credits', kind: 'money', of: (row) => row.credit },
  { name: 'closing', kind: 'money', of: (row) => row.closing },
  { name: 'sheets', kind: 'money', of: (row) => row.sheets },
  { name: 'off', kind: 'money', of: (row) => row.sheets - (row.debit - row.credit) },
]

/** The last sheet: what the others came to, beside the ledger, summed by another way. */
function accountsSheet({ db, sight, words, totals, first = pause }: Making): Sheet {
  async function* rows(): AsyncGenerator<Compared> {
    await first()
    for (const row of accountsOf(db, sight).accounts) yield { ...row, name: words.account[row.account], sheets: totals[row.account] || 0 }
  }
  return sheetFrom(words.monthSheet.accounts, words, ACCOUNT_FIELDS, rows())
}

async function* owed(db: ReadableDb, sight: MonthSight): AsyncGenerator<{ order_id: string; fen: number }> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: { order_id: string; fen: number }[] = receivables(db, sight, after, PAGE)
    yield* page
    after = page.length < PAGE ? undefined : page[PAGE - 1]?.order_id
    await pause()
  }
}
