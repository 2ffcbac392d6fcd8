import { createHash, randomBytes } from 'node:crypto'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

const ABSOLUTE_MS = 12 * 3_600_000
const IDLE_MS = 2 * 3_600_000
/** The last use is written at most this often: a look at the board must not cost a disk sync. */
const NOTE_USE_EVERY_MS = 60_000

export interface Session {
  readonly id: string
  readonly user: string
  readonly createdAt: number
  readonly usedAt: number
  readonly expiresAt: number
}

/** Only the digest is stored: who reads the file cannot sign in with what it holds. */
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const COLUMNS = 'id, user, created_at AS createdAt, used_at AS usedAt, expires_at AS expiresAt'

export function openSession(db: WritableDb, user: string, now: number): { token: string; expiresAt: number } {
  run(db, 'DELETE FROM session WHERE expires_at <= ? OR used_at <= ?', now, now - IDLE_MS)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = now + ABSOLUTE_MS
  run(
    db,
    'INSERT INTO session (token, id, user, created_at, used_at, expires_at) VALUES (?,?,?,?,?,?)',
    digestOf(token),
    randomBytes(12).toString('base64url'),
    user,
    now,
    now,
    expiresAt,
  )
  return { token, expiresAt }
}

/** The live session of a token. `use` counts as used now; `look`, as an open screen does by itself, does not. */
export function findSession(
  db: WritableDb,
  token: string,
  now: number,
  purpose: 'use' | 'look' = 'use',
): Session | undefined {
  const digest = digestOf(token)
  const session = one<Session>(db, `SELECT ${COLUMNS} FROM session WHERE token = ?`, digest)
  if (!session || session.expiresAt <= now || session.usedAt + IDLE_MS <= now) return undefined
  const isNoted = purpose === 'look' || now - session.usedAt < NOTE_USE_EVERY_MS
  if (!isNoted) run(db, 'UPDATE session SET used_at = ? WHERE token = ?', now, digest)
  return session
}

export function closeSession(db: WritableDb, token: string): void {
  run(db, 'DELETE FROM session WHERE token = ?', digestOf(token))
}

/** @param keep token of the one session that stays */
export function closeSessionsOf(db: WritableDb, user: string, keep?: string): void {
  run(
    db,
    'DELETE FROM session WHERE user = ? AND token IS NOT ?',
    user,
    keep === undefined ? null : digestOf(keep),
  )
}

export function revokeSession(db: WritableDb, id: string): boolean {
  return run(db, 'DELETE FROM session WHERE id = ?', id).changes > 0
}

export function liveSessions(db: ReadableDb, now: number): Session[] {
  return all<Session>(
    db,
    `SELECT ${COLUMNS} FROM session WHERE expires_at > ? AND used_at > ? ORDER BY created_at DESC, id`,
    now,
    now - IDLE_MS,
  )
}
