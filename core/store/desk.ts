import { randomBytes, type KeyObject } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DeskEvents } from '#shared/domain/desk/fold.ts'
import type { EventDraft, StoredEvent } from '#shared/domain/kernel/event.ts'
import { EventLog, type Head } from './eventLog.ts'
import { writeFileSafely } from './files.ts'
import { keyFile } from './open.ts'
import {
  exportPublic,
  newPrivateKey,
  privateKeyText,
  readDeskKeys,
  readPrivateKey,
  signHead,
  signSuccessor,
} from './signature.ts'
import { all, one, run, type ReadableDb, type WritableDb } from './sql.ts'

const nextKeyFile = (folder: string): string => join(folder, 'desk.key.next')
const ACTOR = { kind: 'system', id: 'desk' } as const

/** Brings the projections up to events that were appended beside the pipeline. */
type Apply = (events: readonly StoredEvent[]) => void

interface DeskParts {
  readonly folder: string
  readonly db: WritableDb
  /** UTC ms. */
  readonly clock: () => number
  readonly apply: Apply
}

/**
 * This installation as an origin of events. Its private key lies outside the database and in no backup: a folder
 * without the key of its origin is a copy, and goes on as a new origin that says where it came from.
 */
export class Desk {
  readonly origin: string
  readonly log: EventLog
  readonly #parts: DeskParts
  #key: KeyObject

  constructor(parts: DeskParts, origin: string, key: KeyObject) {
    this.#parts = parts
    this.origin = origin
    this.#key = key
    this.log = new EventLog(parts.db, origin)
  }

  /** Signs where the chain stands, unless that is signed already. Not inside a transaction of others. */
  signHead(): void {
    const { db } = this.#parts
    const signed = one<{ seq: number }>(db, 'SELECT max(seq) AS seq FROM head_signature WHERE origin = ?', this.origin)
    if (this.log.head.seq > (signed?.seq ?? 0)) this.#writeSignature(this.log.head)
  }

  /** One signature a day stays: each covers all that came before it. */
  #writeSignature(head: Head): void {
    const { db, clock } = this.#parts
    const at = clock()
    const signature = signHead(this.#key, { origin: this.origin, seq: head.seq, hash: head.hash, at })
    const midnight = at - (at % 86_400_000)
    // One commit, and none of its own inside another.
    db.raw.transaction(() => {
      run(
        db,
        'INSERT INTO head_signature (origin, seq, hash, at, signature) VALUES (?,?,?,?,?)',
        this.origin,
        head.seq,
        head.hash,
        at,
        signature,
      )
      run(db, 'DELETE FROM head_signature WHERE origin = ? AND seq < ? AND at >= ?', this.origin, head.seq, midnight)
    })()
  }

  /** A new key pair; the old one vouches for it in the log. The old private key is gone afterwards. */
  rotateKey(): void {
    const { folder } = this.#parts
    const key = newPrivateKey()
    const publicKey = exportPublic(key)
    // Beside first: killed between the event and the rename, the next start finds the key that the log names.
    writeFileSafely(nextKeyFile(folder), privateKeyText(key))
    const data: DeskEvents['keyRotated'] = { publicKey, signedByOld: signSuccessor(this.#key, this.origin, publicKey) }
    const old = this.#key
    this.#key = key
    try {
      this.append([{ subject: { kind: 'desk', id: this.origin }, type: 'keyRotated', version: 1, data }])
    } catch (error) {
      this.#key = old
      throw error
    }
    renameSync(nextKeyFile(folder), keyFile(folder))
  }

  /** Events of the desk about itself. They are no decisions of a person: no command, no rules. */
  append(drafts: readonly EventDraft[], within?: (db: WritableDb) => void): void {
    const { db, clock, apply } = this.#parts
    const now = clock()
    db.raw.exec('BEGIN IMMEDIATE')
    try {
      within?.(db)
      const commandId = `desk:${this.origin}:${this.log.head.seq}`
      const last = one<{ id: string }>(
        db,
        'SELECT id FROM event WHERE subject = ? ORDER BY hlc DESC, origin DESC, seq DESC LIMIT 1',
        `desk:${this.origin}`,
      )
      apply(this.log.append([{ commandId, events: drafts }], { actor: ACTOR, at: now, now, base: () => last?.id ?? null }))
      this.#writeSignature(this.log.head)
      db.raw.exec('COMMIT')
    } catch (error) {
      if (db.raw.inTransaction) db.raw.exec('ROLLBACK')
      this.log.forget()
      throw error
    }
  }
}

/** The desk of a data folder; a new one on the first open, and in a folder that came without its key. */
export function openDesk(parts: DeskParts): Desk {
  const { db, folder } = parts
  const origin = originOf(db)
  const named = origin === null ? undefined : readDeskKeys(db, origin).at(-1)?.publicKey
  if (origin !== null && named !== undefined) {
    for (const file of [keyFile(folder), nextKeyFile(folder)]) {
      const key = readPrivateKey(file)
      if (!key || exportPublic(key) !== named) continue
      if (file !== keyFile(folder)) renameSync(file, keyFile(folder))
      rmSync(nextKeyFile(folder), { force: true })
      return new Desk(parts, origin, key)
    }
  }
  return foundDesk(parts, origin)
}

export const originOf = (db: ReadableDb): string | null =>
  one<{ value: string }>(db, "SELECT value FROM setting WHERE name = 'origin'")?.value ?? null

function foundDesk(parts: DeskParts, previous: string | null): Desk {
  const { db, folder } = parts
  const code = freeCode(db, previous)
  const origin = `${code}-${randomBytes(6).toString('base64url')}`
  const key = newPrivateKey()
  // Another desk's key is not ours to destroy.
  if (existsSync(keyFile(folder)) && previous !== null) renameSync(keyFile(folder), `${keyFile(folder)}.unknown`)
  writeFileSafely(keyFile(folder), privateKeyText(key))
  const desk = new Desk(parts, origin, key)
  const subject = { kind: 'desk', id: origin } as const
  const created: DeskEvents['deskCreated'] = { code, publicKey: exportPublic(key) }
  const drafts: EventDraft[] = [{ subject, type: 'deskCreated', version: 1, data: created }]
  const last = previous === null ? undefined : new EventLog(db, previous).head
  if (previous !== null && last) {
    const from: DeskEvents['restoredFrom'] = { origin: previous, seq: last.seq, hash: last.hash.toString('base64url') }
    drafts.push({ subject, type: 'restoredFrom', version: 1, data: from })
  }
  desk.append(drafts, () =>
    run(db, "INSERT INTO setting (name, value) VALUES ('origin', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", origin),
  )
  return desk
}

/** `A`, and after a restore `A2`, `A3` …: order numbers start with it and must never meet those of the old desk. */
function freeCode(db: ReadableDb, previous: string | null): string {
  if (previous === null) return 'A'
  const base = previous.slice(0, previous.indexOf('-')).replace(/\d+$/, '') || 'A'
  const taken = new Set(
    all<{ origin: string }>(db, 'SELECT origin FROM chain_head').map(({ origin }) => origin.slice(0, origin.indexOf('-'))),
  )
  let number = 2
  while (taken.has(`${base}${number}`)) number += 1
  return `${base}${number}`
}
