import { all, one, type WritableDb } from '../../store/sql.ts'
import { differencesOf } from '../finance/reconcile.ts'
import { partDocument, putAgain } from './queue.ts'

interface Issued {
  readonly line: string
  readonly part: string
  readonly warehouse: string
  readonly quantity: number
}

/** Puts what an order lacks in the ledger on its way there again; returns how many documents. */
export function bookMissing(db: WritableDb, order: string, now: number): number {
  const missing = differencesOf(db, order, 500).filter(({ why }) => why === 'notBooked')
  const parts = all<Issued>(db, 'SELECT line, part, warehouse, quantity FROM part_due WHERE order_id = ?', order)
  for (const { key, event } of missing) {
    const part = parts.find(({ line }) => key === `part:${order}:${line}`)
    const at = part && (one<{ at: number }>(db, 'SELECT at FROM event WHERE id = ?', event)?.at ?? now)
    const payload = part && at !== undefined ? JSON.stringify(partDocument(db, order, { event, at }, part)) : null
    putAgain(db, { key, order, payload }, now)
  }
  return missing.length
}
