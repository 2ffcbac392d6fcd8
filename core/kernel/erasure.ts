import { subjectKey, type StoredEvent, type Subject } from '#shared/domain/kernel/event.ts'
import type { BlobStore } from '../store/blobs.ts'
import { readSetting, writeSetting } from '../store/settings.ts'
import { all, one, run, type WritableDb } from '../store/sql.ts'
import { parseSubject, type Subjects } from './subjects.ts'

/**
 * The law of personal data (DESIGN §4): `personErased` deletes the personal parts of a person in all events before it,
 * on every desk that hears of it, and the subjects are folded anew, so that no row, snapshot or memory keeps them. The
 * chains still verify: the log holds digests. What a person gives after the erasure is new and stays.
 *
 * Each function works within a transaction and returns the subjects whose rows it wrote.
 */
export function eraseParts(db: WritableDb, subjects: Subjects, fresh: readonly StoredEvent[]): Subject[] {
  const persons = fresh.filter(({ type }) => type === 'personErased').map(({ subject }) => subjectKey(subject))
  return [...new Set(persons)].flatMap((person) => erasePerson(db, subjects, person))
}

/** Parts that another desk sent before it heard of the erasure. A part written here is later than all known here. */
export function eraseLateParts(db: WritableDb, subjects: Subjects, fresh: readonly StoredEvent[]): Subject[] {
  const persons = new Set<string>()
  for (const { origin, seq, personal } of fresh) {
    if (!personal) continue
    const part = one<{ person: string }>(
      db,
      "SELECT person FROM event_part WHERE origin = ? AND seq = ? AND name = 'personal'",
      origin,
      seq,
    )
    if (part) persons.add(part.person)
  }
  return [...persons].flatMap((person) => erasePerson(db, subjects, person))
}

/** Setting: words of a person were crossed out in the search index and have to leave the file; a number that grows. */
export const INDEX_PURGE = 'indexPurge'

const PARTS = `FROM event_part AS part JOIN event USING (origin, seq)
  WHERE part.person = ? AND part.name = 'personal' AND event.hlc < ?`

function erasePerson(db: WritableDb, subjects: Subjects, person: string): Subject[] {
  const upTo = one<{ hlc: number | null }>(
    db,
    "SELECT max(hlc) AS hlc FROM event WHERE subject = ? AND type = 'personErased'",
    person,
  )?.hlc
  if (upTo === null || upTo === undefined) return []
  const parts = all<{ origin: string; seq: number; subject: string }>(
    db,
    `SELECT part.origin, part.seq, event.subject ${PARTS}`,
    person,
    upTo,
  )
  const touched = [...new Set(parts.map(({ subject }) => subject))].map(parseSubject)
  condemnBlobs(db, person, upTo, touched)
  subjects.refold(touched, () => {
    for (const { origin, seq } of parts) {
      run(db, "DELETE FROM event_part WHERE origin = ? AND seq = ? AND name = 'personal'", origin, seq)
    }
  })
  writeSetting(db, INDEX_PURGE, (readSetting<number>(db, INDEX_PURGE) ?? 0) + 1)
  return touched
}

/**
 * Files that show the person: those named by an event with a part of the person, and signatures of the same orders.
 * One that an order of somebody else has too stays. The files themselves go after the commit.
 */
function condemnBlobs(db: WritableDb, person: string, upTo: number, touched: readonly Subject[]): void {
  const orders = touched.filter(({ kind }) => kind === 'workOrder')
  const named = all<{ blob: string | null }>(db, `SELECT event.text ->> '$.data.blob' AS blob ${PARTS}`, person, upTo)
  const signed = orders.flatMap((order) =>
    all<{ blob: string }>(
      db,
      `SELECT event.text ->> '$.data.blob' AS blob FROM event
       WHERE subject = ? AND type = 'signatureCaptured' AND hlc < ?`,
      subjectKey(order),
      upTo,
    ),
  )
  const theirs = JSON.stringify(orders.map(({ id }) => id))
  for (const { blob } of [...named, ...signed]) {
    if (blob === null) continue
    const elsewhere = one(
      db,
      'SELECT 1 FROM order_blob WHERE blob = ? AND order_id NOT IN (SELECT value FROM json_each(?))',
      blob,
      theirs,
    )
    if (!elsewhere) run(db, 'INSERT OR IGNORE INTO condemned_blob (blob) VALUES (?)', blob)
  }
}

/** Deletes the condemned files, and what the write-ahead log still holds of the deleted parts. After the commit. */
export function removeCondemned(db: WritableDb, blobs: Pick<BlobStore, 'remove'>): void {
  const condemned = all<{ blob: string }>(db, 'SELECT blob FROM condemned_blob')
  for (const { blob } of condemned) {
    blobs.remove(blob)
    run(db, 'DELETE FROM condemned_blob WHERE blob = ?', blob)
  }
  db.raw.pragma('wal_checkpoint(TRUNCATE)')
}
