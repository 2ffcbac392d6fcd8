import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import type { WorkOrderEvents } from '#shared/domain/workOrder/events.ts'
import type { ErpDocument } from '../../connectors/erp/port.ts'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

/** Waiting to be booked. */
export interface Waiting {
  readonly key: string
  readonly order_id: string
  readonly payload: string | null
  readonly attempts: number
}

const PUT = `
  INSERT INTO erp_posting (key, order_id, payload, created_at, next_attempt_at) VALUES (?,?,?,?,?)
  ON CONFLICT (key) DO NOTHING`

/** Puts what the events of a command come to on its way to the books, in the command's own transaction. */
export function enqueuePostings(events: readonly StoredEvent[], db: WritableDb, now: number): void {
  for (const event of events) {
    const { subject, id, type } = event
    if (subject.kind === 'finance') {
      const due = all<{ key: string }>(db, 'SELECT key FROM ledger_due WHERE source = ?', id)
      for (const { key } of due) run(db, PUT, key, subject.id, null, now, now)
    } else if (type === 'orderClosed') {
      const { issued = [] } = event.data as WorkOrderEvents['orderClosed']
      for (const need of issued) {
        const document = partDocument(db, subject.id, { event: id, at: event.at }, need)
        run(db, PUT, document.key, subject.id, JSON.stringify(document), now, now)
      }
    }
  }
}

/** At the cost of the price list now; a part that has none there is issued at nothing. */
export function partDocument(
  db: ReadableDb,
  order: string,
  closing: { readonly event: string; readonly at: number },
  part: { readonly line: string; readonly part: string; readonly warehouse: string; readonly quantity: number },
): ErpDocument {
  const { line, part: code, warehouse, quantity } = part
  const cost = one<{ cost_fen: number | null }>(db, 'SELECT cost_fen FROM price_item WHERE id = ?', code)?.cost_fen ?? 0
  return {
    key: `part:${order}:${line}`,
    kind: 'partIssue',
    order,
    source: closing.event,
    at: closing.at,
    posting: { partsCost: cost * quantity, inventory: cost * quantity === 0 ? 0 : -cost * quantity },
    part: { line, part: code, warehouse, quantity },
  }
}

interface DueRow {
  readonly order_id: string
  readonly kind: ErpDocument['kind']
  readonly source: string
  readonly at: number
  readonly receivable: number
  readonly bank: number
  readonly deferred: number
  readonly revenue: number
  readonly vat: number
}

/** What is to be booked; null: the decision behind it lost meanwhile, there is nothing to book. */
export function documentOf(db: ReadableDb, { key, payload }: Waiting): ErpDocument | null {
  if (payload !== null) return JSON.parse(payload) as ErpDocument
  const row = one<DueRow>(db, 'SELECT * FROM ledger_due WHERE key = ?', key)
  if (!row) return null
  const { order_id: order, kind, source, at, receivable, bank, deferred, revenue, vat } = row
  const posting = Object.fromEntries(Object.entries({ receivable, bank, deferred, revenue, vat }).filter(([, fen]) => fen !== 0))
  return { key, kind, order, source, at, posting }
}

/** Those whose time has come, in the order in which they were put there. */
export const duePostings = (db: ReadableDb, now: number, limit: number): Waiting[] =>
  all<Waiting>(
    db,
    `SELECT key, order_id, payload, attempts FROM erp_posting WHERE booked_at IS NULL AND next_attempt_at <= ?
     ORDER BY next_attempt_at, key LIMIT ?`,
    now,
    limit,
  )

export function booked(db: WritableDb, key: string, now: number): void {
  run(db, 'UPDATE erp_posting SET booked_at = ?, attempts = attempts + 1, last_error = NULL WHERE key = ?', now, key)
}

export function dropPosting(db: WritableDb, key: string): void {
  run(db, 'DELETE FROM erp_posting WHERE key = ?', key)
}

export function bookLater(db: WritableDb, key: string, at: number, error: string): void {
  run(db, 'UPDATE erp_posting SET attempts = attempts + 1, next_attempt_at = ?, last_error = ? WHERE key = ?', at, error.slice(0, 200), key)
}

/** UTC ms; undefined where nothing waits. */
export const nextBookingAt = (db: ReadableDb): number | undefined =>
  one<{ at: number | null }>(db, 'SELECT min(next_attempt_at) AS at FROM erp_posting WHERE booked_at IS NULL')?.at ?? undefined

/** On its way again, at once. */
export function putAgain(db: WritableDb, document: { key: string; order: string; payload: string | null }, now: number): void {
  run(
    db,
    `INSERT INTO erp_posting (key, order_id, payload, created_at, next_attempt_at) VALUES (?,?,?,?,?)
     ON CONFLICT (key) DO UPDATE SET booked_at = NULL, next_attempt_at = excluded.next_attempt_at`,
    document.key,
    document.order,
    document.payload,
    now,
    now,
  )
}
