import { run, type WritableDb } from '../../store/sql.ts'

const DAY_MS = 86_400_000
/** How long notifications stay, by whether they were read. */
export const KEPT_DAYS = { read: 30, unread: 180 } as const
const SENT_KEPT_MS = 30 * DAY_MS
const AT_ONCE = 500

/**
 * Deletes a slice of what was read or sent long ago; the log still tells that it happened. True while there is more.
 */
export function tidy(db: WritableDb, now: number): boolean {
  const old = run(
    db,
    `DELETE FROM notification WHERE id IN (
       SELECT id FROM notification WHERE created_at < @read AND (read_at < @read OR created_at < @unread) LIMIT @slice)`,
    { read: now - KEPT_DAYS.read * DAY_MS, unread: now - KEPT_DAYS.unread * DAY_MS, slice: AT_ONCE },
  ).changes
  const sent = run(
    db,
    `DELETE FROM outbox WHERE (event, channel, recipient) IN (
       SELECT event, channel, recipient FROM outbox
       WHERE delivered_at < @sent OR dead_at < @sent LIMIT @slice)`,
    { sent: now - SENT_KEPT_MS, slice: AT_ONCE },
  ).changes
  return old === AT_ONCE || sent === AT_ONCE
}
