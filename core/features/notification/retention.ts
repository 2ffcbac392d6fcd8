import { run, type WritableDb } from '../../store/sql.ts'

const DAY_MS = 86_400_000
const READ_KEPT_MS = 30 * DAY_MS
const UNREAD_KEPT_MS = 180 * DAY_MS
const SENT_KEPT_MS = 30 * DAY_MS
const AT_ONCE = 500

/**
 * Deletes a slice of what was read or sent long ago; the log still tells that it happened. True while there is more.
 */
export function tidy(db: WritableDb, now: number): boolean {
  const old = run(
    db,
    `DELETE FROM notification WHERE id IN (
       SELECT id FROM notification WHERE created_at < ?1 AND (read_at < ?1 OR created_at < ?2) LIMIT ?3)`,
    now - READ_KEPT_MS,
    now - UNREAD_KEPT_MS,
    AT_ONCE,
  ).changes
  const sent = run(
    db,
    `DELETE FROM outbox WHERE (event, channel, recipient) IN (
       SELECT event, channel, recipient FROM outbox
       WHERE delivered_at < ?1 OR dead_at < ?1 LIMIT ?2)`,
    now - SENT_KEPT_MS,
    AT_ONCE,
  ).changes
  return old === AT_ONCE || sent === AT_ONCE
}
