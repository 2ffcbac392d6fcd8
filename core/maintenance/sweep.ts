import type { Subjects } from '../kernel/subjects.ts'
import type { WritableDb } from '../store/sql.ts'

/**
 * One slice of a rebuild as a transaction; true when all rows are there. Rows can be had again from the log, so that
 * the slice does not wait for the disk; the next event's commit syncs them along.
 * @param budget ms
 */
export function sweep(db: WritableDb, subjects: Subjects, budget: number): boolean {
  const before = db.raw.pragma('synchronous', { simple: true }) as number
  db.raw.pragma('synchronous = NORMAL')
  try {
    return db.raw.transaction(() => subjects.rebuildSlice(budget)).immediate()
  } finally {
    db.raw.pragma(`synchronous = ${before}`)
  }
}
