import type { Channel, Payload } from '../../connectors/notify/channel.ts'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

/** Once for an event, a channel and a recipient: the key that goes along. */
interface Key {
  readonly event: string
  readonly channel: Channel
  readonly recipient: string
}

export interface Waiting extends Key {
  readonly payload: Payload
  readonly attempts: number
}

export function enqueue(db: WritableDb, message: Key & { readonly payload: Payload }, now: number): void {
  run(
    db,
    `INSERT INTO outbox (event, channel, recipient, payload, created_at, next_attempt_at) VALUES (?,?,?,?,?,?)
     ON CONFLICT (event, channel, recipient) DO NOTHING`,
    message.event,
    message.channel,
    message.recipient,
    JSON.stringify(message.payload),
    now,
    now,
  )
}

/** Those whose time has come, longest waiting first. */
export function due(db: ReadableDb, now: number, limit: number): Waiting[] {
  return all<Key & { payload: string; attempts: number }>(
    db,
    `SELECT event, channel, recipient, payload, attempts FROM outbox
     WHERE delivered_at IS NULL AND dead_at IS NULL AND next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ?`,
    now,
    limit,
  ).map((row) => ({ ...row, payload: JSON.parse(row.payload) as Payload }))
}

const KEY = 'event = ? AND channel = ? AND recipient = ?'
const keyOf = ({ event, channel, recipient }: Key): string[] => [event, channel, recipient]

export function delivered(db: WritableDb, key: Key, now: number): void {
  run(db, `UPDATE outbox SET delivered_at = ?, attempts = attempts + 1, last_error = NULL WHERE ${KEY}`, now, ...keyOf(key))
}

export function retryLater(db: WritableDb, key: Key, at: number, error: string): void {
  run(db, `UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?, last_error = ? WHERE ${KEY}`, at, error, ...keyOf(key))
}

export function giveUp(db: WritableDb, key: Key, now: number, error: string): void {
  run(db, `UPDATE outbox SET attempts = attempts + 1, dead_at = ?, last_error = ? WHERE ${KEY}`, now, error, ...keyOf(key))
}

/** What waited too long to be of use is not sent any more; returns how many. */
export function expire(db: WritableDb, createdBefore: number, now: number): number {
  return run(
    db,
    `UPDATE outbox SET dead_at = ?, last_error = 'expired'
     WHERE delivered_at IS NULL AND dead_at IS NULL AND created_at < ?`,
    now,
    createdBefore,
  ).changes
}

/** UTC ms; undefined where nothing waits. */
export function nextAttemptAt(db: ReadableDb): number | undefined {
  return one<{ at: number }>(
    db,
    `SELECT next_attempt_at AS at FROM outbox WHERE delivered_at IS NULL AND dead_at IS NULL
     ORDER BY next_attempt_at LIMIT 1`,
  )?.at
}
