import { all, type ReadableDb } from '../../store/sql.ts'

/**
 * An entry counts in its natural month, unless that was locked before the entry came: then in the first month after
 * it that was not. The order of arrival on this desk plays no part: a lock says where each desk's chain stood, and an
 * event that stands in several chains came with the first of them that the lock knows.
 */
const came = (month: string, entry: string): string => `(
  EXISTS (SELECT 1 FROM month_lock_head AS h WHERE h.month = ${month} AND h.origin = ${entry}.origin AND h.seq >= ${entry}.seq)
  OR EXISTS (SELECT 1 FROM event AS v JOIN month_lock_head AS h ON h.month = ${month} AND h.origin = v.origin AND h.seq >= v.seq
    WHERE v.id = ${entry}.event))`

const closedTo = (month: string, entry: string): string =>
  `(EXISTS (SELECT 1 FROM month_lock AS shut WHERE shut.month = ${month}) AND NOT ${came(month, entry)})`

/** SQL: the month that an entry counts in. `entry` is an alias of `ledger_entry`. */
const postedOf = (entry: string): string => `
  CASE WHEN NOT ${closedTo(`${entry}.month`, entry)} THEN ${entry}.month ELSE (
    SELECT min(l.next_month) FROM month_lock AS l
    WHERE l.month >= ${entry}.month AND ${closedTo('l.month', entry)} AND NOT ${closedTo('l.next_month', entry)}) END`

/** Entries that came after their month was locked: few, found along an index for each lock and chain. */
const LATE = `
  SELECT e.event, e.month, ${postedOf('e')} AS posted
  FROM month_lock AS l CROSS JOIN (SELECT origin FROM chain_head) AS o
    LEFT JOIN month_lock_head AS h ON h.month = l.month AND h.origin = o.origin
    CROSS JOIN ledger_entry AS e INDEXED BY ledger_entry_arrival
      ON e.month = l.month AND e.origin = o.origin AND e.seq > coalesce(h.seq, 0)`

export interface Late {
  readonly event: string
  /** Where it belongs by its date. */
  readonly month: string
  /** Where it counts. */
  readonly posted: string
}

/** Entries that count in another month than their own. */
export const lateEntries = (db: ReadableDb): Late[] => all<Late>(db, LATE).filter(({ month, posted }) => month !== posted)

/** The month that each entry of an order counts in. */
export function postedMonths(db: ReadableDb, order: string): Map<string, string> {
  const rows = all<{ event: string; posted: string }>(
    db,
    `SELECT e.event, ${postedOf('e')} AS posted FROM ledger_entry AS e WHERE e.order_id = ?`,
    order,
  )
  return new Map(rows.map(({ event, posted }) => [event, posted]))
}

/** Where the chains stand now: a sheet that is being written shows what had come by then. */
export function headsOf(db: ReadableDb): Record<string, number> {
  const heads = all<{ origin: string; seq: number }>(db, 'SELECT origin, seq FROM chain_head ORDER BY origin')
  return Object.fromEntries(heads.map(({ origin, seq }) => [origin, seq]))
}
