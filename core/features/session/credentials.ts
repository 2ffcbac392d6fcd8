import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import type { Reactor } from '../../kernel/pipeline.ts'
import type { PasswordHash } from './password.ts'
import { closeSessionsOf } from './sessions.ts'

/** Failures that are forgiven; each further one locks the login, twice as long as the one before. */
const FREE_FAILURES = 4
const FIRST_LOCK_MS = 60_000
const LONGEST_LOCK_MS = 3_600_000
const FORGET_AFTER_MS = 86_400_000

interface CredentialRow {
  salt: Buffer
  hash: Buffer
  cost: number
  must_change: number
}

export interface Credential extends PasswordHash {
  readonly mustChange: boolean
}

export function readCredential(db: ReadableDb, user: string): Credential | undefined {
  const row = one<CredentialRow>(
    db,
    'SELECT salt, hash, cost, must_change FROM credential WHERE user = ?',
    user,
  )
  return row && { salt: row.salt, hash: row.hash, cost: row.cost, mustChange: row.must_change === 1 }
}

/** A secret on its way to the transaction of the event that tells of it. */
export interface Secret {
  readonly user: string
  readonly credential: Credential
  /** The token of the one session that outlives the change. */
  readonly keep?: string
}

const pending = new WeakMap<Database.Database, Map<string, Secret>>()

/** Stores the secret in the transaction that appends `passwordChanged` for this command: both or neither. */
export function withSecret<T>(db: WritableDb, command: string, secret: Secret, execute: () => T): T {
  const map = pending.get(db.raw) ?? new Map<string, Secret>()
  pending.set(db.raw, map.set(command, secret))
  try {
    return execute()
  } finally {
    map.delete(command)
  }
}

/** A changed password or a disabled account ends its sessions, in the same transaction. */
export const followAccount: Reactor = (events, db, now) => {
  for (const event of events) {
    if (event.type === 'userDisabled') closeSessionsOf(db, event.subject.id)
    if (event.type !== 'passwordChanged') continue
    const secret = pending.get(db.raw)?.get(event.cause)
    closeSessionsOf(db, event.subject.id, secret?.keep)
    if (secret?.user === event.subject.id) writeCredential(db, secret.user, secret.credential, now)
  }
}

export function writeCredential(db: WritableDb, user: string, credential: Credential, now: number): void {
  run(
    db,
    'INSERT OR REPLACE INTO credential (user, salt, hash, cost, must_change, changed_at) VALUES (?,?,?,?,?,?)',
    user,
    credential.salt,
    credential.hash,
    credential.cost,
    credential.mustChange ? 1 : 0,
    now,
  )
}

const digestOf = (login: string): Buffer => createHash('sha256').update(login).digest()

/** UTC ms until which the login is locked; 0 when it is not. Unknown logins are locked like known ones. */
export function lockedUntil(db: ReadableDb, login: string, now: number): number {
  const row = one<{ locked_until: number }>(
    db,
    'SELECT locked_until FROM sign_in_failure WHERE login = ?',
    digestOf(login),
  )
  return row && row.locked_until > now ? row.locked_until : 0
}

/**
 * Counts an attempt as failed before the password is looked at, so that a hundred attempts at once are not a
 * hundred guesses. `forgiveFailures` takes it back.
 */
export function countFailure(db: WritableDb, login: string, now: number): void {
  run(db, 'DELETE FROM sign_in_failure WHERE at < ?', now - FORGET_AFTER_MS)
  const failures =
    (one<{ failures: number }>(db, 'SELECT failures FROM sign_in_failure WHERE login = ?', digestOf(login))
      ?.failures ?? 0) + 1
  const lock =
    failures > FREE_FAILURES
      ? Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_LOCK_MS)
      : 0
  run(
    db,
    'INSERT OR REPLACE INTO sign_in_failure (login, failures, at, locked_until) VALUES (?,?,?,?)',
    digestOf(login),
    failures,
    now,
    lock === 0 ? 0 : now + lock,
  )
}

export function forgiveFailures(db: WritableDb, login: string): void {
  run(db, 'DELETE FROM sign_in_failure WHERE login = ?', digestOf(login))
}
