import type { MonthState } from '#shared/domain/month/fold.ts'
import { nextMonth } from '#shared/domain/month/months.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const LOCK: Table = { name: 'month_lock', key: ['month'] }
const HEAD: Table = { name: 'month_lock_head', key: ['month', 'origin'] }

function lockRows(state: MonthState | null): readonly Row[] {
  if (!state?.locked) return []
  const { event, at, by, entries, moved } = state.locked
  const { partsCost, ...accounts } = moved
  return [
    { month: state.id, next_month: nextMonth(state.id), locked_at: at, locked_by: by, event, entries, ...accounts, parts_cost: partsCost },
  ]
}

const headRows = (state: MonthState | null): readonly Row[] =>
  Object.entries(state?.locked?.heads ?? {}).map(([origin, seq]) => ({ month: state?.id ?? '', origin, seq }))

export const monthProjection: Projection<MonthState> = {
  kind: 'month',
  version: 1,
  tables: [LOCK.name, HEAD.name],
  write(db, _id, before, after) {
    replaceRows(db, LOCK, lockRows(before), lockRows(after))
    replaceRows(db, HEAD, headRows(before), headRows(after))
  },
}
