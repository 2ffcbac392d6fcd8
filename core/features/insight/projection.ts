import { factsOf, SOON_MS } from '#shared/domain/insight/facts.ts'
import { dayOf } from '#shared/domain/perceivedTime/days.ts'
import type { UserState } from '#shared/domain/user/fold.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { all, one, run, type WritableDb } from '../../store/sql.ts'
import { zoneOfRows } from '../perceivedTime/zone.ts'
import { hourOf, writeShares, type Shared } from './rollup.ts'
import { insightRow, isFixed, ratingRows, spanRows, waitsRows, type InsightRow } from './row.ts'

const ORDER: Table = { name: 'order_insight', key: ['order_id'] }
const SPAN: Table = { name: 'order_span', key: ['kind', 'to_at', 'order_id', 'from_at'] }
const RATING: Table = { name: 'order_rating', key: ['day', 'order_id', 'at'] }
const WAITS: Table = { name: 'order_waits', key: ['order_id'] }
const AWAY: Table = { name: 'user_away', key: ['user', 'why', 'from_at'] }

/** All that the rows are made of; of anything else an event may change they know nothing. */
const READ = [
  'registered',
  'status',
  'closedHow',
  'closedAt',
  'firstContactAt',
  'firstRepliedAt',
  'fields',
  'owner',
  'appointment',
  'visits',
  'arrivals',
  'signature',
  'waits',
  'customersDate',
  'reopenCount',
  'inquiries',
  'complaints',
  'ratings',
  'handover',
  'handovers',
  'timers',
] as const satisfies readonly (keyof WorkOrderState)[]

/** What METRICS asks of each order, and its share of the days' sums. */
export const insightRows: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [ORDER.name, SPAN.name, RATING.name, WAITS.name, 'insight_day', 'insight_close', 'insight_breach'],
  variant: zoneOfRows,

  write(db, _id, before, after) {
    if (before !== null && READ.every((part) => before[part] === after[part])) return
    const zone = zoneOfRows(db)
    const row = before?.registered ? rowOf(db, before, zone) : undefined
    const was = row && before ? sharedOf(before, row, zone) : null
    const is = after.registered ? sharedOf(after, withRepeats(baseRow(after, zone), row?.repeats ?? 0), zone) : null
    // A registration reveals what came before it.
    const isMoved =
      before?.registered !== true || before.visits !== after.visits || before.status !== after.status || before.closedAt !== after.closedAt
    if (isMoved || before.handovers !== after.handovers || before.handover !== after.handover) {
      replaceRows(db, SPAN, spanRows(before), spanRows(after))
    }
    // What is closed rests; a foreign history may close it once more.
    if (before?.status === 'closed' || after.status === 'closed') replaceRows(db, WAITS, waitsRows(before), waitsRows(after))
    if (isMoved || before.ratings !== after.ratings) {
      replaceRows(db, RATING, ratingRows(before, zone), ratingRows(after, zone))
    }
    const final = is && troubleChanged(row, is.row) ? { ...is, row: withRepeats(is.row, repeatsOf(db, is.row)) } : is
    if (!isSame(row, final?.row)) replaceRows(db, ORDER, row ? [asRow(row)] : [], final ? [asRow(final.row)] : [])
    writeShares(db, was, final)
    if (row?.repeat_key !== final?.row.repeat_key || row?.created_at !== final?.row.created_at || row?.counted !== final?.row.counted) {
      if (row) lookAgain(db, row)
      if (final) lookAgain(db, final.row)
    }
  },
}

const bases = new WeakMap<WorkOrderState, { readonly zone: string; readonly row: InsightRow }>()

/** The row by itself. A command's `before` was the `after` of the last one: it is made once. */
function baseRow(state: WorkOrderState, zone: string): InsightRow {
  let base = bases.get(state)
  if (base?.zone !== zone) bases.set(state, (base = { zone, row: insightRow(state, zone, 0) }))
  return base.row
}

/** The row as it stands; only that of a closed order knows of others. */
function rowOf(db: WritableDb, before: WorkOrderState, zone: string): InsightRow {
  const row = baseRow(before, zone)
  if (row.closed_at === null || row.repeat_key === null) return row
  const kept = one<{ repeats: number }>(db, 'SELECT repeats FROM order_insight WHERE order_id = ?', row.order_id)
  return withRepeats(row, kept?.repeats ?? 0)
}

const asRow = (row: InsightRow): Row => row as unknown as Row

function isSame(a: InsightRow | undefined, b: InsightRow | undefined): boolean {
  if (!a || !b) return a === b
  const [left, right] = [asRow(a), asRow(b)]
  for (const column in right) if (left[column] !== right[column]) return false
  return true
}

function sharedOf(state: WorkOrderState, row: InsightRow, zone: string): Shared {
  return {
    row,
    ratings: ratingRows(state, zone),
    breaches: factsOf(state).breaches.map(({ at, stage }) => {
      const day = dayOf(at, zone)
      return { day, stage, hour: hourOf(at, day, zone) }
    }),
  }
}

/** METRICS, "first-time fix": whether another order is the same trouble once more is asked of the rows, in any order. */
const troubleChanged = (was: InsightRow | undefined, is: InsightRow): boolean =>
  was?.repeat_key !== is.repeat_key || was.closed_at !== is.closed_at

const withRepeats = (row: InsightRow, repeats: number): InsightRow =>
  row.repeats === repeats ? row : { ...row, repeats, fixed: isFixed({ ...row, repeats }) }

/** New orders of the same machine and symptom within 30 days of the closing, it included. */
function repeatsOf(db: WritableDb, { order_id, repeat_key, closed_at }: InsightRow): number {
  if (repeat_key === null || closed_at === null) return 0
  const count = one<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM order_insight
     WHERE repeat_key = ? AND created_at >= ? AND created_at < ? AND counted = 1 AND order_id <> ?`,
    repeat_key,
    closed_at,
    closed_at + SOON_MS,
    order_id,
  )
  return count?.n ?? 0
}

/** The orders that were closed within 30 days before this one was created count anew whether they stayed fixed. */
function lookAgain(db: WritableDb, { order_id, repeat_key, created_at }: InsightRow): void {
  if (repeat_key === null) return
  const earlier = all<InsightRow>(
    db,
    `SELECT * FROM order_insight
     WHERE repeat_key = ? AND closed_at > ? AND closed_at <= ? AND counted = 1 AND order_id <> ?`,
    repeat_key,
    created_at - SOON_MS,
    created_at,
    order_id,
  )
  for (const row of earlier) {
    const is = withRepeats(row, repeatsOf(db, row))
    if (is.repeats === row.repeats) continue
    run(db, 'UPDATE order_insight SET repeats = ?, fixed = ? WHERE order_id = ?', is.repeats, is.fixed, row.order_id)
    // Nothing but the share of its closing changes.
    const share = (of: InsightRow): Shared => ({ row: of, ratings: [], breaches: NONE })
    writeShares(db, share(row), share(is))
  }
}
const NONE: Shared['breaches'] = []

/** When somebody did not work, whatever the roster says. */
export const awayRows: Projection<UserState> = {
  kind: 'user',
  version: 1,
  tables: [AWAY.name],

  write(db, id, before, after) {
    if (before?.away === after.away) return
    const rows = (state: UserState | null): Row[] =>
      (state?.away ?? []).map(({ why, from, to }) => ({ user: id, why, from_at: from, to_at: to }))
    replaceRows(db, AWAY, rows(before), rows(after))
  },
}
