import { lockMonth } from '#shared/contract/monthEnd.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { monthStart, nextMonth } from '#shared/domain/month/months.ts'
import { handler } from '../../kernel/pipeline.ts'
import { one } from '../../store/sql.ts'
import { underWay } from '../finance/reconcile.ts'
import { readSetting } from '../setting/read.ts'
import { accountsOf, sightOf } from './entries.ts'
import { headsOf } from './locks.ts'

export const monthCommands = [
  /**
   * Refuses: monthLocked, monthNotOver, earlierMonthOpen (months close in their order), postingsUnderWay (what is on
   * its way to the books would come too late).
   */
  handler(lockMonth, ({ month }, { load, db, now }) => {
    if (load('month', month).state.locked) return refuse('monthLocked', 'month', { month })
    if (now < monthStart(nextMonth(month), readSetting(db, 'company.timeZone'))) return refuse('monthNotOver', 'month', { month })
    const open = one<{ month: string }>(
      db,
      'SELECT min(month) AS month FROM ledger_entry WHERE month < ? AND month NOT IN (SELECT month FROM month_lock)',
      month,
    )?.month
    if (open) return refuse('earlierMonthOpen', 'month', { month: open })
    const waiting = underWay(db)
    if (waiting > 0) return refuse('postingsUnderWay', 'month', { count: waiting })
    const { accounts, entries } = accountsOf(db, sightOf(db, month))
    const money = Object.fromEntries(accounts.map(({ account, debit, credit }) => [account, debit - credit]))
    const data = { heads: headsOf(db), entries }
    return accept({
      events: [{ subject: { kind: 'month', id: month }, type: 'monthLocked', version: 1, data, money }],
      answer: {},
    })
  }),
]
