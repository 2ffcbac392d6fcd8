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
  /** Parameters of `ENTRIES`. */
  readonly params: Readonly<Record<string, string>>
}

export function sightOf(db: ReadableDb, month: string): MonthSight {
  const late = lateEntries(db)
  const gone = late.filter((entry) => entry.month === month).map(({ event }) => event)
  const come = late.filter(({ posted }) => posted === month).map(({ event }) => event)
  const params = { month, heads: JSON.stringify(headsOf(db)), gone: JSON.stringify(gone), come: JSON.stringify(come) }
  const rows = all<{ origin: string; seq: number }>(db, 'SELECT origin, seq FROM month_lock_head WHERE month = ?', month)
  const heads = rows.length === 0 ? null : Object.fromEntries(rows.map(({ origin, seq }) => [origin, seq]))
  return { month, endsAt: monthStart(nextMonth(month), zoneOfRows(db)), heads, late, params }
}

const SEEN = `e.seq <= (SELECT value FROM json_each(:heads) WHERE key = e.origin)`

/** The entries that count in a month, as a table expression of the columns of `ledger_entry`. */
export const ENTRIES = `
  SELECT e.* FROM ledger_entry AS e
  WHERE e.month = :month AND ${SEEN} AND (:gone = '[]' OR e.event NOT IN (SELECT value FROM json_each(:gone)))
  UNION ALL
  SELECT e.* FROM json_each(:come) AS c JOIN ledger_entry AS e ON e.event = c.value WHERE ${SEEN}`

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
export function accountsOf(db: ReadableDb, sight: MonthSight): { accounts: AccountRow[]; entries: number; orders: number } {
  const sums = ACCOUNTS.map(
    (account) => `coalesce(sum(max(${COLUMNS[account]}, 0)), 0) AS ${account}_debit, coalesce(sum(max(-${COLUMNS[account]}, 0)), 0) AS ${account}_credit`,
  ).join(', ')
  const moved = one<Sums>(db, `SELECT count(*) AS entries, count(DISTINCT order_id) AS orders, ${sums} FROM (${ENTRIES})`, sight.params) ?? {}
  const opening = openingOf(db, sight)
  const accounts = ACCOUNTS.map((account) => {
    const debit = moved[`${account}_debit`] ?? 0
    const credit = moved[`${account}_credit`] ?? 0
    const begin = opening[account] ?? 0
    return { account, opening: begin, debit, credit, closing: begin + debit - credit }
  })
  return { accounts, entries: moved['entries'] ?? 0, orders: moved['orders'] ?? 0 }
}

/** All that counts before the month: what is dated before it, less what came too late for that. */
function openingOf(db: ReadableDb, { month, late, params }: MonthSight): Sums {
  const sums = ACCOUNTS.map((account) => `coalesce(sum(${COLUMNS[account]}), 0) AS ${account}`).join(', ')
  const later = late.filter((entry) => entry.month < month && entry.posted >= month).map(({ event }) => event)
  return (
    one<Sums>(
      db,
      `SELECT ${sums} FROM ledger_entry AS e
       WHERE e.month < :month AND ${SEEN} AND (:later = '[]' OR e.event NOT IN (SELECT value FROM json_each(:later)))`,
      { month, heads: params['heads'] ?? '{}', later: JSON.stringify(later) },
    ) ?? {}
  )
}

/** SQL and parameters: what each order owes at the end of a month, where it is not nothing. */
export function receivables(db: ReadableDb, { month, late, params }: MonthSight, after: string, limit: number): { order_id: string; fen: number }[] {
  const later = late.filter(({ month: own, posted }) => own <= month && posted > month).map(({ event }) => event)
  return all(
    db,
    `SELECT e.order_id, sum(e.receivable) AS fen FROM ledger_entry AS e INDEXED BY ledger_entry_order
     WHERE e.order_id > :after AND e.month <= :month AND ${SEEN} AND (:later = '[]' OR e.event NOT IN (SELECT value FROM json_each(:later)))
     GROUP BY e.order_id HAVING sum(e.receivable) <> 0 ORDER BY e.order_id LIMIT :limit`,
    { month, after, limit, heads: params['heads'] ?? '{}', later: JSON.stringify(later) },
  )
}
