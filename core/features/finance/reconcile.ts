import { setImmediate as pause } from 'node:timers/promises'
import type { Difference } from '#shared/contract/finance.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'

interface Found {
  readonly key: string
  readonly order_id: string
  readonly number: string | null
  readonly why: Difference['why']
  readonly fen: number
  readonly event: string | null
  readonly at: number
  readonly entry: string | null
  readonly attempts: number | null
  readonly last_error: string | null
}

/** The ledger by key: an entry and its correction come to nothing. */
const BOOKED = (of: string): string => `
  SELECT key, min(order_id) AS order_id, min(source) AS source, min(at) AS at, sum(receivable) AS receivable, sum(bank) AS bank,
    sum(deferred) AS deferred, sum(revenue) AS revenue, sum(vat) AS vat, sum(quantity) AS quantity,
    max(CASE WHEN kind <> 'correction' THEN event END) AS entry,
    sum(CASE WHEN kind = 'correction' THEN -1 ELSE 1 END) AS standing
  FROM ledger_entry WHERE ${of} GROUP BY key`

const BIGGEST = (a: string, b: string): string =>
  `CASE WHEN ${a}.receivable - ${b}.receivable <> 0 THEN ${a}.receivable - ${b}.receivable
     WHEN ${a}.revenue - ${b}.revenue <> 0 THEN ${a}.revenue - ${b}.revenue ELSE ${a}.bank - ${b}.bank END`

/** The closing that issued the parts of an order. */
const CLOSING = (order: string): string =>
  `(SELECT id FROM event WHERE subject = 'workOrder:' || ${order} AND type = 'orderClosed' ORDER BY hlc DESC, origin, seq LIMIT 1)`

/** One look at every key that should be booked or is. */
const differences = (of: (table: string) => string): string => `
  WITH booked AS MATERIALIZED (${BOOKED(of('ledger_entry'))}),
  found AS (
    SELECT d.key, d.order_id, 'notBooked' AS why,
      CASE WHEN d.receivable <> 0 THEN d.receivable ELSE d.revenue END AS fen, d.source AS event, d.at, NULL AS entry
    FROM ledger_due AS d LEFT JOIN booked AS b ON b.key = d.key
    WHERE ${of('d')} AND (b.key IS NULL OR b.standing = 0)
    UNION ALL
    SELECT d.key, d.order_id, 'amountDiffers', ${BIGGEST('b', 'd')}, d.source, d.at, b.entry
    FROM ledger_due AS d JOIN booked AS b ON b.key = d.key
    WHERE ${of('d')} AND b.standing <> 0 AND (b.receivable, b.bank, b.deferred, b.revenue, b.vat) <> (d.receivable, d.bank, d.deferred, d.revenue, d.vat)
    UNION ALL
    SELECT 'part:' || p.order_id || ':' || p.line, p.order_id, CASE WHEN b.standing > 0 THEN 'quantityDiffers' ELSE 'notBooked' END, 0,
      ${CLOSING('p.order_id')}, coalesce(b.at, 0), b.entry
    FROM part_due AS p LEFT JOIN booked AS b ON b.key = 'part:' || p.order_id || ':' || p.line
    WHERE ${of('p')} AND coalesce(b.quantity, 0) <> p.quantity
    UNION ALL
    SELECT b.key, b.order_id, 'bookedWithoutCause', CASE WHEN b.receivable <> 0 THEN b.receivable ELSE b.revenue END, b.source, b.at, b.entry
    FROM booked AS b LEFT JOIN ledger_due AS d ON d.key = b.key LEFT JOIN part_due AS p ON 'part:' || p.order_id || ':' || p.line = b.key
    WHERE b.standing <> 0 AND d.key IS NULL AND p.line IS NULL)
  SELECT f.*, w.number, q.attempts, q.last_error
  FROM found AS f LEFT JOIN work_order AS w ON w.id = f.order_id LEFT JOIN erp_posting AS q ON q.key = f.key
  WHERE f.why <> 'notBooked' OR q.key IS NULL OR q.booked_at IS NOT NULL OR q.attempts > 0
  ORDER BY f.at DESC, f.key LIMIT :limit`
const WANTED = 'IN (SELECT value FROM json_each(:keys))'
const OF_KEYS = differences((table) => (table === 'p' ? `'part:' || p.order_id || ':' || p.line ${WANTED}` : `${table}.key ${WANTED}`))
const OF_ORDER = differences((table) => `${table}.order_id = :order`)

/** Keys that may differ, looked for in slices. `ends`: how far a slice reaches, along each of the tables that are read. */
interface Search {
  readonly ends: readonly string[]
  readonly selects: readonly string[]
}
const upTo = (column: string, table: string): string => `SELECT ${column} AS id FROM ${table} WHERE ${column} > ? ORDER BY 1 LIMIT 1 OFFSET ?`
const within = (column: string): string => `${column} > :after AND ${column} <= :upTo`
/** Nearly all are booked once and alike, and are passed over by a look at an index. */
const SEARCHES: readonly Search[] = [
  {
    ends: [upTo('key', 'ledger_due'), upTo('key', 'ledger_entry INDEXED BY ledger_entry_key')],
    selects: [
      `SELECT d.key FROM ledger_due AS d WHERE ${within('d.key')} AND NOT EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.key = d.key
         AND e.receivable = d.receivable AND e.bank = d.bank AND e.deferred = d.deferred AND e.revenue = d.revenue AND e.vat = d.vat)`,
      `SELECT key FROM ledger_entry INDEXED BY ledger_entry_key WHERE ${within('key')} GROUP BY key HAVING count(*) > 1`,
      `SELECT e.key FROM ledger_entry AS e INDEXED BY ledger_entry_key
       WHERE ${within('e.key')} AND e.key NOT LIKE 'part:%' AND NOT EXISTS (SELECT 1 FROM ledger_due AS d WHERE d.key = e.key)`,
      `SELECT e.key FROM ledger_entry AS e INDEXED BY ledger_entry_key WHERE ${within('e.key')} AND e.key LIKE 'part:%'
       AND NOT EXISTS (SELECT 1 FROM part_due AS p WHERE 'part:' || p.order_id || ':' || p.line = e.key AND p.order_id = e.order_id)`,
    ],
  },
  {
    ends: [upTo('order_id', 'part_due')],
    selects: [
      `SELECT 'part:' || p.order_id || ':' || p.line AS key FROM part_due AS p WHERE ${within('p.order_id')}
       AND NOT EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.key = 'part:' || p.order_id || ':' || p.line AND e.quantity = p.quantity)`,
    ],
  },
]
/** More than anybody reads at once; those beyond come when these are settled. */
const MOST_SUSPECTS = 10_000
/** Rows looked at in one slice. */
const SLICE = 2_000
/** Beyond every key. */
const END = '\uFFFF'

/** What differs, newest first. What is on its way for the first time is no difference yet. Others have their turn between slices. */
export async function readDifferences(db: ReadableDb, limit: number): Promise<Difference[]> {
  const keys = new Set<string>()
  for (const { ends, selects } of SEARCHES) {
    for (let after = ''; after !== END && keys.size < MOST_SUSPECTS; ) {
      const reached = ends.map((select) => one<{ id: string }>(db, select, after, SLICE - 1)?.id ?? END)
      const slice = { after, upTo: reached.reduce((least, each) => (each < least ? each : least)) }
      for (const select of selects) for (const { key } of all<{ key: string }>(db, select, slice)) keys.add(key)
      after = slice.upTo
      await pause()
    }
  }
  // Judged at one moment, whatever was booked between the slices.
  return keys.size === 0 ? [] : all<Found>(db, OF_KEYS, { limit, keys: JSON.stringify([...keys]) }).map(shown)
}

/** The same of one order. */
export const differencesOf = (db: ReadableDb, order: string, limit: number): Difference[] => all<Found>(db, OF_ORDER, { limit, order }).map(shown)

const shown = (row: Found): Difference => ({
  order: row.order_id,
  number: row.number ?? row.order_id,
  key: row.key,
  why: row.why,
  fen: row.fen,
  event: row.event ?? '',
  at: row.at,
  entry: row.entry,
  attempts: row.attempts ?? 0,
  lastError: row.last_error,
})

/** Postings of this desk that the books have not taken yet. */
export const underWay = (db: ReadableDb): number =>
  one<{ n: number }>(db, 'SELECT count(*) AS n FROM erp_posting WHERE booked_at IS NULL')?.n ?? 0

export const BALANCES = `
  SELECT coalesce(sum(receivable), 0) AS receivable, coalesce(sum(bank), 0) AS bank, coalesce(sum(deferred), 0) AS deferred,
    coalesce(sum(revenue), 0) AS revenue, coalesce(sum(vat), 0) AS vat, coalesce(sum(parts_cost), 0) AS partsCost,
    coalesce(sum(inventory), 0) AS inventory FROM ledger_entry`
