import { ACCOUNTS, type Account } from '#shared/domain/ledger/accounts.ts'
import { monthStart, nextMonth } from '#shared/domain/month/months.ts'
import { zoneOfRows } from '../perceivedTime/zone.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { headsOf, lateEntries, type Late } from './locks.ts'

/** What a month is read by: its late entries, and how far the chains had come when the reading began. */
export interface MonthSight {
  readonly month: string
  /** The instant at which the month ends, UTC ms. */
  readonly endsAt: number
  /** Where the chains stood when it was locked; null: it is open. */
  readonly heads: Readonly<Record<string, number>> | null
  readonly late: readonly Late[]
  /** Whether entries came late, or went on to a later month. */
  readonly isMoved: boolean
  /** The desk knows no chain but its own. */
  readonly oneChain: boolean
  /** Parameters of `entriesOf`. */
  readonly params: Readonly<Record<string, string | number>>
}

export function sightOf(db: ReadableDb, month: string): MonthSight {
  const late = lateEntries(db)
  const gone = late.filter((entry) => entry.month === month).map(({ event }) => event)
  const come = late.filter(({ posted }) => posted === month).map(({ event }) => event)
  const isMoved = gone.length + come.length > 0
  const moved: Record<string, string> = isMoved ? { gone: JSON.stringify(gone), come: JSON.stringify(come) } : {}
  const chains = headsOf(db)
  const oneChain = Object.keys(chains).length === 1
  const params = { month, heads: oneChain ? (Object.values(chains)[0] ?? 0) : JSON.stringify(chains), ...moved }
  const rows = all<{ origin: string; seq: number }>(db, 'SELECT origin, seq FROM month_lock_head WHERE month = ?', month)
  const heads = rows.length === 0 ? null : Object.fromEntries(rows.map(({ origin, seq }) => [origin, seq]))
  return { month, endsAt: monthStart(nextMonth(month), zoneOfRows(db)), heads, late, isMoved, oneChain, params }
}

/**
 * What had come when the reading began. A desk that knows one chain alone compares a number; otherwise each entry is
 * looked up beside the head of its chain.
 */
const seen = (oneChain: boolean): string =>
  oneChain ? 'e.seq <= :heads' : 'e.seq <= (SELECT value FROM json_each(:heads) WHERE key = e.origin)'

/** Some of the entries, each found along an index of its own. */
const SOME = {
  all: { index: 'ledger_entry_month', where: '1 = 1' },
  parts: { index: 'ledger_entry_part', where: 'e.part IS NOT NULL' },
  odd: { index: 'ledger_entry_odd', where: "e.kind IN ('reversal', 'correction')" },
} as const
export type Some = keyof typeof SOME

/**
 * The entries that count in a month, as a table expression of the columns of `ledger_entry`.
 * Where none came late or went on to a later month, they are read along the index alone.
 * @param ranged of the orders after `:after` up to `:upTo` alone
 */
export function entriesOf(some: Some, { isMoved, oneChain }: Pick<MonthSight, 'isMoved' | 'oneChain'>, ranged: boolean): string {
  const { index, where } = SOME[some]
  const range = ranged ? 'AND e.order_id > :after AND e.order_id <= :upTo' : ''
  const had = seen(oneChain)
  const own = `SELECT e.* FROM ledger_entry AS e INDEXED BY ${index} WHERE e.month = :month AND ${where} ${range} AND ${had}`
  if (!isMoved) return own
  // Of the odd ones, every late entry is one.
  const condition = some === 'parts' ? `AND ${where}` : ''
  return `
    ${own} AND e.event NOT IN (SELECT value FROM json_each(:gone))
    UNION ALL
    SELECT e.* FROM json_each(:come) AS c CROSS JOIN ledger_entry AS e ON e.event = c.value WHERE ${had} ${range} ${condition}`
}

/** The orders of a month that have such entries, in the order of their ids; late ones lie in the ranges between them. */
export const ordersWith = (some: Some): string =>
  `SELECT DISTINCT e.order_id FROM ledger_entry AS e INDEXED BY ${SOME[some].index}
   WHERE e.month = ? AND ${SOME[some].where} AND e.order_id > ? ORDER BY e.order_id LIMIT ?`

export const COLUMNS: Readonly<Record<Account, string>> = {
  receivable: 'receivable',
  bank: 'bank',
  deferred: 'deferred',
  revenue: 'revenue',
  vat: 'vat',
  partsCost: 'parts_cost',
  inventory: 'inventory',
}

export interface AccountRow {
  readonly account: Account
  /** Fen; debit above zero. */
  readonly opening: number
  readonly debit: number
  readonly credit: number
  readonly closing: number
}

type Sums = Record<string, number>

/** Opening balance, movement and closing balance of each account. */
export function accountsOf(db: ReadableDb, sight: MonthSight): { accounts: AccountRow[]; entries: number } {
  const sums = ACCOUNTS.map(
    (account) => `coalesce(sum(max(${COLUMNS[account]}, 0)), 0) AS ${account}_debit, coalesce(sum(max(-${COLUMNS[account]}, 0)), 0) AS ${account}_credit`,
  ).join(', ')
  const moved = one<Sums>(db, `SELECT count(*) AS entries, ${sums} FROM (${entriesOf('all', sight, false)})`, sight.params) ?? {}
  const opening = openingOf(db, sight)
  const accounts = ACCOUNTS.map((account) => {
    const debit = moved[`${account}_debit`] ?? 0
    const credit = moved[`${account}_credit`] ?? 0
    const begin = opening[account] ?? 0
    return { account, opening: begin, debit, credit, closing: begin + debit - credit }
  })
  return { accounts, entries: moved['entries'] ?? 0 }
}

/** All that counts before the month: what is dated before it, less what came too late for that. */
function openingOf(db: ReadableDb, { month, late, params, oneChain }: MonthSight): Sums {
  const sums = ACCOUNTS.map((account) => `coalesce(sum(${COLUMNS[account]}), 0) AS ${account}`).join(', ')
  const later = late.filter((entry) => entry.month < month && entry.posted >= month).map(({ event }) => event)
  return (
    one<Sums>(
      db,
      `SELECT ${sums} FROM ledger_entry AS e
       WHERE e.month < :month AND ${seen(oneChain)} AND (:later = '[]' OR e.event NOT IN (SELECT value FROM json_each(:later)))`,
      { month, heads: params['heads'] ?? 0, later: JSON.stringify(later) },
    ) ?? {}
  )
}

/** SQL and parameters: what each order owes at the end of a month, where it is not nothing. */
export function receivables(db: ReadableDb, { month, late, params, oneChain }: MonthSight, after: string, limit: number): { order_id: string; fen: number }[] {
  const later = late.filter(({ month: own, posted }) => own <= month && posted > month).map(({ event }) => event)
  return all(
    db,
    `SELECT e.order_id, sum(e.receivable) AS fen FROM ledger_entry AS e INDEXED BY ledger_entry_order
     WHERE e.order_id > :after AND e.month <= :month AND ${seen(oneChain)} AND (:later = '[]' OR e.event NOT IN (SELECT value FROM json_each(:later)))
     GROUP BY e.order_id HAVING sum(e.receivable) <> 0 ORDER BY e.order_id LIMIT :limit`,
    { month, after, limit, heads: params['heads'] ?? 0, later: JSON.stringify(later) },
  )
}
