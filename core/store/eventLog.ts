import { createHmac, hash, randomBytes } from 'node:crypto'
import { canonical } from '#shared/domain/kernel/canonical.ts'
import {
  subjectKey,
  type Actor,
  type EventDraft,
  type Json,
  type StoredEvent,
  type Subject,
} from '#shared/domain/kernel/event.ts'
import { nextHlc } from '#shared/domain/kernel/hlc.ts'
import { all, one, run, type ReadableDb, type WritableDb } from './sql.ts'

/** An event as it travels between desks: the text exactly as written, its hash, its parts if not erased. */
export interface WireEvent {
  readonly text: string
  readonly hash: Buffer
  readonly parts: readonly WirePart[]
}
export interface WirePart {
  readonly name: 'personal' | 'money'
  readonly person: string | null
  readonly salt: Buffer
  readonly text: string
}

/** The fields of the canonical text: an event, with digests in place of its parts, and the hash before it. */
export interface Envelope extends Omit<StoredEvent, 'data' | 'personal' | 'money'> {
  readonly data: Readonly<Record<string, Json | undefined>>
  readonly parts?: { readonly personal?: { readonly of: string; readonly digest: string }; readonly money?: string }
  readonly prevHash: string
}

export interface Head {
  readonly seq: number
  readonly hlc: number
  readonly hash: Buffer
}

/** What the chain of an origin starts from. */
export const GENESIS = Buffer.alloc(32)

export const hashText = (text: string | Buffer): Buffer => hash('sha256', text, 'buffer')

/** HMAC keyed by the salt: without the salt, a guessed telephone number cannot be checked against the digest. */
export const digestPart = (salt: Buffer, text: string | Buffer): string =>
  createHmac('sha256', salt).update(text).digest('base64url')

/**
 * Derived from the command, the subject and the place among the command's events of that subject, so that a command
 * repeated on any desk makes the same events, even where it decides differently. 132 bits as 22 characters.
 */
export const eventId = (command: string, subject: string, index: number): string =>
  hash('sha256', `${command}\n${subject}\n${index}`, 'base64url').slice(0, 22)

/** An event as it lies in the log. */
export interface EventRow {
  origin: string
  seq: number
  id: string
  hlc: number
  text: string
  hash: Buffer
}

const INSERT_EVENT =
  'INSERT INTO event (origin, seq, id, hlc, subject, type, at, text, hash) VALUES (?,?,?,?,?,?,?,?,?)'
const INSERT_PART = 'INSERT INTO event_part (origin, seq, name, person, salt, text) VALUES (?,?,?,?,?,?)'
const UPSERT_HEAD =
  'INSERT INTO chain_head (origin, seq, hlc, hash) VALUES (?,?,?,?) ON CONFLICT (origin) DO UPDATE SET ' +
  'seq = excluded.seq, hlc = max(hlc, excluded.hlc), hash = excluded.hash WHERE excluded.seq > seq'

/** The events of one command. */
export interface CommandDrafts {
  readonly commandId: string
  readonly events: readonly EventDraft[]
}

export interface AppendContext {
  readonly actor: Actor
  /** UTC ms at which the command happened. */
  readonly at: number
  /** UTC ms by this desk's clock. */
  readonly now: number
  /** Last event of each subject that the author had seen. */
  base(subject: Subject): string | null
}

/**
 * The append-only log of one desk's data folder. Not thread-safe: one writer process per folder. Every method that
 * writes expects an open transaction and leaves `head` as it was when that transaction fails (`forget`).
 */
export class EventLog {
  readonly #db: WritableDb
  readonly origin: string
  #head: Head
  #lastHlc: number

  constructor(db: WritableDb, origin: string) {
    this.#db = db
    this.origin = origin
    this.#head = this.#readHead()
    this.#lastHlc = this.#readLastHlc()
  }

  get head(): Head {
    return this.#head
  }

  #readHead(): Head {
    return (
      one<Head>(this.#db, 'SELECT seq, hlc, hash FROM chain_head WHERE origin = ?', this.origin) ?? {
        seq: 0,
        hlc: 0,
        hash: GENESIS,
      }
    )
  }

  #readLastHlc(): number {
    return one<{ hlc: number | null }>(this.#db, 'SELECT max(hlc) AS hlc FROM chain_head')?.hlc ?? 0
  }

  /** After a rolled-back transaction: the memory follows the disk again. */
  forget(): void {
    this.#head = this.#readHead()
    this.#lastHlc = this.#readLastHlc()
  }

  /** Writes the drafts of commands at the end of this desk's chain and returns them as stored. */
  append(commands: readonly CommandDrafts[], context: AppendContext): StoredEvent[] {
    let { seq, hash: head } = this.#head
    let hlc = this.#lastHlc
    const stored: StoredEvent[] = []
    const last = new Map<string, string>()
    for (const { commandId, events } of commands) {
      const places = new Map<string, number>()
      for (const draft of events) {
        seq += 1
        hlc = nextHlc(hlc, context.now)
        const key = subjectKey(draft.subject)
        const index = places.get(key) ?? 0
        const id = eventId(commandId, key, index)
        const parts = this.#writeParts(seq, draft)
        // Fields in the order of the canonical text: it need not sort them.
        const envelope: Envelope = {
          actor: context.actor,
          at: draft.at ?? context.at,
          base: last.get(key) ?? context.base(draft.subject),
          cause: commandId,
          data: draft.data as Envelope['data'],
          hlc,
          id,
          origin: this.origin,
          ...(parts && { parts }),
          prevHash: head.toString('base64url'),
          recordedAt: context.now,
          seq,
          subject: draft.subject,
          type: draft.type,
          version: draft.version,
        }
        const text = canonical(envelope)
        head = hashText(text)
        run(this.#db, INSERT_EVENT, this.origin, seq, id, hlc, key, draft.type, envelope.at, text, head)
        places.set(key, index + 1)
        last.set(key, id)
        stored.push(asStored(envelope, draft.personal?.data, draft.money))
      }
    }
    if (stored.length > 0) {
      run(this.#db, UPSERT_HEAD, this.origin, seq, hlc, head)
      this.#head = { seq, hlc, hash: head }
      this.#lastHlc = hlc
    }
    return stored
  }

  #writeParts(seq: number, draft: EventDraft): Envelope['parts'] {
    if (!draft.personal && !draft.money) return undefined
    const write = (name: WirePart['name'], person: string | null, data: object): string => {
      const salt = randomBytes(16)
      const text = canonical(data)
      run(this.#db, INSERT_PART, this.origin, seq, name, person, salt, text)
      return digestPart(salt, text)
    }
    return {
      ...(draft.personal && {
        personal: { of: draft.personal.of, digest: write('personal', draft.personal.of, draft.personal.data) },
      }),
      ...(draft.money && { money: write('money', null, draft.money) }),
    }
  }

  /**
   * Stores an event of another desk exactly as received; false when it is here already. Throws on a text that does
   * not match its hash or its parts: nothing of such a batch may be kept.
   */
  receive(wire: WireEvent): StoredEvent | false {
    const envelope = JSON.parse(wire.text) as Envelope
    if (envelope.origin === this.origin) return false
    const held = one<{ hash: Buffer }>(
      this.#db,
      'SELECT hash FROM event WHERE origin = ? AND seq = ?',
      envelope.origin,
      envelope.seq,
    )
    if (!hashText(wire.text).equals(wire.hash)) throw new Error('event text does not match its hash')
    if (held) {
      if (!held.hash.equals(wire.hash)) throw new Error(`origin ${envelope.origin} has two events ${envelope.seq}`)
      return false
    }
    const key = subjectKey(envelope.subject)
    const { origin, seq, id, hlc, type, at } = envelope
    run(this.#db, INSERT_EVENT, origin, seq, id, hlc, key, type, at, wire.text, wire.hash)
    for (const part of wire.parts) {
      const expected = part.name === 'personal' ? envelope.parts?.personal?.digest : envelope.parts?.money
      const of = part.name === 'personal' ? (envelope.parts?.personal?.of ?? null) : null
      // Whose data it is decides what a later erasure takes away: the hashed text says it, not the sender.
      if (part.person !== of) throw new Error('part is said to be of somebody else than the event says')
      if (digestPart(part.salt, part.text) !== expected) throw new Error('part does not match its digest')
      run(this.#db, INSERT_PART, origin, seq, part.name, part.person, part.salt, part.text)
    }
    run(this.#db, UPSERT_HEAD, origin, seq, hlc, wire.hash)
    this.#lastHlc = Math.max(this.#lastHlc, hlc)
    return readEvent(this.#db, origin, seq)
  }
}

function asStored(envelope: Envelope, personal: StoredEvent['personal'], money: StoredEvent['money']): StoredEvent {
  const { parts, prevHash, ...rest } = envelope
  void prevHash
  return {
    ...rest,
    ...(parts?.personal && { personal: personal ?? null }),
    ...(parts?.money !== undefined && { money: money ?? null }),
  }
}

/** Reads an event with its parts; erased parts come as null. */
export function decode(db: ReadableDb, row: EventRow): StoredEvent {
  const envelope = JSON.parse(row.text) as Envelope
  if (!envelope.parts) return asStored(envelope, undefined, undefined)
  const parts = all<{ name: string; text: string }>(
    db,
    'SELECT name, text FROM event_part WHERE origin = ? AND seq = ?',
    row.origin,
    row.seq,
  )
  const read = (name: string) => {
    const part = parts.find((candidate) => candidate.name === name)
    return part ? (JSON.parse(part.text) as Record<string, Json>) : undefined
  }
  return asStored(envelope, read('personal'), read('money'))
}

function readEvent(db: ReadableDb, origin: string, seq: number): StoredEvent {
  const row = one<EventRow>(db, 'SELECT * FROM event WHERE origin = ? AND seq = ?', origin, seq)
  if (!row) throw new Error(`no event ${origin} ${seq}`)
  return decode(db, row)
}

/** A place in the order of truth. */
export interface Place {
  readonly hlc: number
  readonly origin: string
  readonly seq: number
}

const SUBJECT_EVENTS = `
  SELECT origin, seq, id, hlc, text, hash FROM event
  WHERE subject = ? AND (hlc, origin, seq) > (?, ?, ?)
    AND NOT EXISTS (
      SELECT 1 FROM event AS earlier WHERE earlier.id = event.id
        AND (earlier.hlc, earlier.origin, earlier.seq) < (event.hlc, event.origin, event.seq))
  ORDER BY hlc, origin, seq`

const START: Place = { hlc: -1, origin: '', seq: 0 }

/**
 * The events of a subject in the order of truth, each id once: the same command repeated on two desks stands in
 * two chains and counts once, at its first place. `after` leaves out what a snapshot already holds.
 */
export function readSubject(db: ReadableDb, subject: string, after: Place = START): StoredEvent[] {
  return all<EventRow>(db, SUBJECT_EVENTS, subject, after.hlc, after.origin, after.seq).map((row) => decode(db, row))
}

const SUBJECT_BACKWARDS = `
  SELECT origin, seq, id, hlc, text, hash FROM event
  WHERE subject = ? AND (hlc, origin, seq) < (?, ?, ?)
    AND NOT EXISTS (
      SELECT 1 FROM event AS earlier WHERE earlier.id = event.id
        AND (earlier.hlc, earlier.origin, earlier.seq) < (event.hlc, event.origin, event.seq))
  ORDER BY hlc DESC, origin DESC, seq DESC LIMIT ?`

const END: Place = { hlc: Number.MAX_SAFE_INTEGER, origin: '', seq: 0 }

/** The last events of a subject before a place, the newest first, each id once as in `readSubject`. */
export function readSubjectBackwards(db: ReadableDb, subject: string, limit: number, before: Place = END): StoredEvent[] {
  return all<EventRow>(db, SUBJECT_BACKWARDS, subject, before.hlc, before.origin, before.seq, limit).map((row) => decode(db, row))
}

/** The same, as it was before the events at `places` (`origin seq`) came: each id at its first place among the others. */
export function readSubjectWithout(db: ReadableDb, subject: string, places: ReadonlySet<string>): StoredEvent[] {
  const rows = all<EventRow>(
    db,
    'SELECT origin, seq, id, hlc, text, hash FROM event WHERE subject = ? ORDER BY hlc, origin, seq',
    subject,
  )
  const seen = new Set<string>()
  return rows
    .filter(({ origin, seq, id }) => {
      if (places.has(`${origin} ${seq}`) || seen.has(id)) return false
      seen.add(id)
      return true
    })
    .map((row) => decode(db, row))
}

/** Events of one origin after a place, as they travel. */
export function readWire(db: ReadableDb, origin: string, afterSeq: number, limit: number): WireEvent[] {
  const rows = all<EventRow>(
    db,
    'SELECT * FROM event WHERE origin = ? AND seq > ? ORDER BY seq LIMIT ?',
    origin,
    afterSeq,
    limit,
  )
  return rows.map((row) => ({
    text: row.text,
    hash: row.hash,
    parts: all<WirePart>(
      db,
      'SELECT name, person, salt, text FROM event_part WHERE origin = ? AND seq = ?',
      row.origin,
      row.seq,
    ),
  }))
}
