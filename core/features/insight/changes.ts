import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

/** Whoever is further behind reads everything anew. */
const KEPT = 20_000
const TRIMMED_EVERY = 1024

/** In the transaction that changes what figures are made of. */
export function noteChange(db: WritableDb, order: string): void {
  const stamp = Number(run(db, 'INSERT INTO insight_change (order_id) VALUES (?)', order).lastInsertRowid)
  if (stamp % TRIMMED_EVERY === 0) run(db, 'DELETE FROM insight_change WHERE stamp <= ?', stamp - KEPT)
}

export const lastChange = (db: ReadableDb): number =>
  one<{ stamp: number | null }>(db, 'SELECT max(stamp) AS stamp FROM insight_change')?.stamp ?? 0

/** Orders that changed after a stamp; null: that is longer ago than is kept. */
export function changedSince(db: ReadableDb, stamp: number): string[] | null {
  const first = one<{ stamp: number | null }>(db, 'SELECT min(stamp) AS stamp FROM insight_change')?.stamp
  if (first === null || first === undefined || first > stamp + 1) return null
  return all<{ id: string }>(db, 'SELECT DISTINCT order_id AS id FROM insight_change WHERE stamp > ?', stamp).map(({ id }) => id)
}
