import type { LiveState } from '#shared/contract/live.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { isDemo } from '../session/demo.ts'
import { listAccounts } from '../user/accounts.ts'
import { readProgress } from './progress.ts'

/** Beyond it nobody wants to know how many. */
const MOST = 10_000

const count = (db: ReadableDb, from: string): number =>
  one<{ n: number }>(db, `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ${MOST})`)?.n ?? 0

const isThere = (db: ReadableDb, from: string): boolean => one(db, `SELECT 1 FROM ${from} LIMIT 1`) !== undefined

/** Accounts and configuration may be there; nothing else is. */
export const isEmptyDesk = (db: ReadableDb): boolean =>
  !['work_order', 'customer', 'equipment', 'part_stock'].some((table) => isThere(db, table))

export function stateOf(db: ReadableDb, more: Pick<LiveState, 'fixed' | 'folder' | 'preparing'>): LiveState {
  const accounts = listAccounts(db).filter(({ disabled }) => !disabled)
  const demo = isDemo(db)
  return {
    mode: demo ? 'demo' : 'real',
    empty: isEmptyDesk(db),
    ...more,
    ...readProgress(db),
    visited: [...readProgress(db).visited],
    counts: {
      orders: count(db, 'work_order'),
      customers: count(db, 'customer'),
      machines: count(db, 'equipment'),
      parts: count(db, 'part_stock'),
      engineers: accounts.filter(({ roles }) => roles.includes('engineer')).length,
      users: accounts.length,
    },
    own: {
      orders: demo ? count(db, 'work_order WHERE demo = 0') : 0,
      customers: demo ? count(db, 'customer WHERE demo = 0') : 0,
      accounts: accounts.filter((account) => demo && !account.demo).length,
      definitions: count(db, "definition WHERE published_by <> 'defaults'"),
      settings: count(db, 'center_setting'),
    },
  }
}
