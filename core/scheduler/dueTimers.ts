import { all, one, type ReadableDb } from '../store/sql.ts'

export interface DueTimer {
  readonly order: string
  readonly visit: string
  readonly timer: string
  readonly level: number
}

/** The armed levels that were due at `now` (UTC ms), longest overdue first. */
export function dueTimers(db: ReadableDb, now: number, limit: number): DueTimer[] {
  return all<DueTimer>(
    db,
    `SELECT order_id AS "order", visit, key AS timer, level FROM stage_timer
     WHERE settled IS NULL AND due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, order_id LIMIT ?`,
    now,
    limit,
  )
}

export function isArmed(db: ReadableDb, { order, visit, timer, level }: DueTimer): boolean {
  const row = one(
    db,
    'SELECT 1 FROM stage_timer WHERE order_id = ? AND visit = ? AND key = ? AND level = ? AND settled IS NULL',
    order,
    visit,
    timer,
    level,
  )
  return row !== undefined
}

/** UTC ms; undefined where nothing is armed. */
export function nextDueAt(db: ReadableDb): number | undefined {
  return one<{ due_at: number }>(
    db,
    'SELECT due_at FROM stage_timer WHERE settled IS NULL AND due_at IS NOT NULL ORDER BY due_at LIMIT 1',
  )?.due_at
}

/** The same on every desk: a level that two of them record is one event. */
export const firingId = ({ order, visit, timer, level }: DueTimer): string => `fire:${order}:${visit}:${timer}:${level}`
