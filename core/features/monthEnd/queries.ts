import { listMonths, monthAccounts, type MonthRow } from '#shared/contract/monthEnd.ts'
import { ACCOUNTS } from '#shared/domain/ledger/accounts.ts'
import { monthOf, monthStart, nextMonth } from '#shared/domain/month/months.ts'
import { query } from '../../kernel/feature.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { readSetting } from '../setting/read.ts'
import { accountsOf, COLUMNS, entriesOf, sightOf, type AccountRow, type MonthSight } from './entries.ts'

interface LockRow extends Record<string, string | number> {
  readonly locked_at: number
  readonly locked_by: string
  readonly event: string
  readonly entries: number
}

export const monthQueries = [
  query(listMonths, ({ limit }, { db, now }) => ({ now, months: monthsOf(db, now, limit).map((month) => readMonth(db, month, now)) })),
  query(monthAccounts, ({ month }, { db, now }) => {
    const sight = sightOf(db, month)
    const { accounts } = accountsOf(db, sight)
    const orders = one<{ n: number }>(db, ordersOf(sight), sight.params)?.n ?? 0
    return { now, month, accounts, late: sight.late.filter(({ posted }) => posted === month).length, orders }
  }),
]

const ordersOf = (sight: MonthSight): string => `SELECT count(DISTINCT order_id) AS n FROM (${entriesOf('all', sight, false)})`

/** From this month back to the first that has entries; without any, this month alone. */
function monthsOf(db: ReadableDb, now: number, limit: number): string[] {
  const present = monthOf(now, readSetting(db, 'company.timeZone'))
  const first = one<{ month: string | null }>(db, 'SELECT min(month) AS month FROM ledger_entry')?.month ?? present
  const months: string[] = []
  for (let month = first < present ? first : present; month <= present; month = nextMonth(month)) months.push(month)
  return months.reverse().slice(0, limit)
}

const billed = (sight: MonthSight): string =>
  `SELECT coalesce(sum(CASE WHEN kind = 'bill' THEN receivable ELSE 0 END), 0) AS fen FROM (${entriesOf('all', sight, false)})`

function readMonth(db: ReadableDb, month: string, now: number): MonthRow {
  const sight = sightOf(db, month)
  const { accounts, entries } = accountsOf(db, sight)
  const moved = (wanted: AccountRow['account']): number => {
    const row = accounts.find(({ account }) => account === wanted)
    return row ? row.debit - row.credit : 0
  }
  const [lock] = all<LockRow>(db, 'SELECT * FROM month_lock WHERE month = ?', month)
  const origins = one<{ n: number }>(db, 'SELECT count(*) AS n FROM month_lock_head WHERE month = ?', month)?.n ?? 0
  return {
    month,
    entries,
    revenueFen: -moved('revenue') || 0,
    billedFen: one<{ fen: number }>(db, billed(sight), sight.params)?.fen ?? 0,
    receivedFen: moved('bank'),
    over: now >= monthStart(nextMonth(month), readSetting(db, 'company.timeZone')),
    locked: lock
      ? {
          at: lock.locked_at,
          by: peopleOf(db)(lock.locked_by),
          event: lock.event,
          intact: lock.entries === entries && ACCOUNTS.every((account) => lock[COLUMNS[account]] === moved(account)),
          origins,
        }
      : null,
  }
}
