import { createHash, randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { WallToken } from '#shared/contract/wall.ts'
import type { Principal } from '../../kernel/access.ts'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

/** Tells a wall's token from a session's at a glance; every door but the wall's own refuses it. */
const PREFIX = 'wall_'
/** The last use is written at most this often: a wall asks every few seconds. */
const NOTE_USE_EVERY_MS = 60_000

export const isWallToken = (token: string | undefined): token is string => token?.startsWith(PREFIX) === true

/** Only the digest is stored: who reads the file cannot open a wall with what it holds. */
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

interface Row {
  readonly id: string
  readonly name: string
  readonly created_at: number
  readonly created_by: string
  readonly used_at: number | null
}
const COLUMNS = 'id, name, created_at, created_by, used_at'

export function createToken(db: WritableDb, name: string, by: string, now: number): { token: string; wall: WallToken } {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`
  const row: Row = { id: randomBytes(9).toString('base64url'), name, created_at: now, created_by: by, used_at: null }
  run(
    db,
    'INSERT INTO wall_token (token, id, name, created_at, created_by) VALUES (?,?,?,?,?)',
    digestOf(token),
    row.id,
    name,
    now,
    by,
  )
  return { token, wall: wallOf(row) }
}

/** Newest first. */
export const listTokens = (db: ReadableDb): WallToken[] =>
  all<Row>(db, `SELECT ${COLUMNS} FROM wall_token ORDER BY created_at DESC, id`).map(wallOf)

const wallOf = (row: Row): WallToken => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  createdBy: row.created_by,
  usedAt: row.used_at,
})

/** Who a wall's token stands for: a display, which may look and nothing else. */
export function findWall(db: WritableDb, token: string, now: number): Principal | undefined {
  const row = one<Row>(db, `SELECT ${COLUMNS} FROM wall_token WHERE token = ?`, digestOf(token))
  if (!row) return undefined
  // A clock set back must not leave it unnoted for as long.
  if (row.used_at === null || Math.abs(now - row.used_at) >= NOTE_USE_EVERY_MS) {
    run(db, 'UPDATE wall_token SET used_at = ? WHERE id = ?', now, row.id)
  }
  return { actor: { kind: 'user', id: `wall:${row.id}` }, roles: [], local: false, wall: row.id }
}

type Revoked = (wall: string) => void
const listeners = new WeakMap<Database.Database, Set<Revoked>>()

/** Calls back whenever a token of this data folder is taken back. */
export function onWallRevoked(db: ReadableDb, callback: Revoked): () => void {
  const set = listeners.get(db.raw) ?? new Set<Revoked>()
  listeners.set(db.raw, set.add(callback))
  return () => void set.delete(callback)
}

/** False: there is no such token. Displays that show it are told at once. */
export function revokeToken(db: WritableDb, id: string): boolean {
  const isGone = run(db, 'DELETE FROM wall_token WHERE id = ?', id).changes > 0
  if (isGone) for (const callback of listeners.get(db.raw) ?? []) callback(id)
  return isGone
}
