import { timingSafeEqual } from 'node:crypto'
import { canonical } from '#shared/domain/kernel/canonical.ts'
import { subjectKey } from '#shared/domain/kernel/event.ts'
import { folderAnchors, readAnchors, type Anchor } from './anchors.ts'
import { originOf } from './desk.ts'
import { digestPart, GENESIS, hashText, type Envelope } from './eventLog.ts'
import { schemaFindings } from './schema.ts'
import { isHeadSignature, keyAt, readDeskKeys } from './signature.ts'
import { all, one, sql, type ReadableDb } from './sql.ts'

export interface VerifyOptions {
  /** Anchor files from outside the data folder. */
  readonly anchors?: readonly string[]
  readonly progress?: (done: number, total: number) => void
}

export interface Bad {
  readonly origin: string
  /** 0: the chain as a whole. */
  readonly seq: number
  readonly reason: string
}

export interface Protection {
  readonly origin: string
  readonly seq: number
  /** The last event that an anchor from outside the folder vouches for; 0: none. */
  readonly outside: number
  /** The last one that an anchor inside the folder vouches for; of use where only the database was changed. */
  readonly inside: number
  /** The last one that the desk's key signed for. */
  readonly signed: number
}

export interface VerifyResult {
  readonly ok: boolean
  readonly events: number
  readonly chains: number
  /** The first of each chain, and what is wrong with the whole, in the order of origin and seq. */
  readonly bad: readonly Bad[]
  readonly firstBad: Bad | null
  readonly protectedUpTo: readonly Protection[]
  readonly notes: readonly string[]
}

interface Row {
  origin: string
  seq: number
  id: string
  hlc: number
  subject: string
  type: string
  at: number
  text: Buffer
  hash: Buffer
  exact: number
}
interface Part {
  origin: string
  seq: number
  name: string
  person: string | null
  salt: Buffer
  text: Buffer
  exact: number
}
interface ChainEnd {
  readonly origin: string
  readonly seq: number
  readonly hlc: number
  readonly hash: Buffer
}
interface Missing {
  readonly origin: string
  readonly seq: number
  readonly hlc: number
  readonly person: string
}

/**
 * Texts are read as bytes: two different byte strings may decode to the same text with U+FFFD. `exact` says that the
 * other columns are what they seem: encoding them again gives the same bytes.
 */
const EVENTS = `
  SELECT origin, seq, id, hlc, subject, type, at, CAST(text AS BLOB) AS text, hash,
    octet_length(origin) + octet_length(id) + octet_length(subject) + octet_length(type) AS exact
  FROM event ORDER BY origin, seq`
const PARTS = `
  SELECT origin, seq, name, person, salt, CAST(text AS BLOB) AS text, octet_length(coalesce(person, '')) AS exact
  FROM event_part ORDER BY origin, seq, name`
const PROGRESS_EVERY = 5000

class Verification {
  readonly #db: ReadableDb
  readonly #firstOfChain = new Map<string, Bad>()
  /** By origin, then by seq. */
  readonly #anchors = new Map<string, Map<number, { hash: string; outside: boolean }[]>>()
  readonly #erased = new Map<string, number>()
  readonly #missing: Missing[] = []
  readonly #protection = new Map<string, { outside: number; inside: number; signed: number; seq: number }>()
  readonly notes: string[] = []
  events = 0

  constructor(db: ReadableDb) {
    this.#db = db
  }

  addAnchors(anchors: readonly Anchor[], outside: boolean): void {
    for (const { origin, seq, hash } of anchors) {
      const ofChain = this.#anchors.get(origin) ?? new Map<number, { hash: string; outside: boolean }[]>()
      ofChain.set(seq, [...(ofChain.get(seq) ?? []), { hash, outside }])
      this.#anchors.set(origin, ofChain)
    }
  }

  report(origin: string, seq: number, reason: string): void {
    const earlier = this.#firstOfChain.get(origin)
    if (!earlier || seq < earlier.seq) this.#firstOfChain.set(origin, { origin, seq, reason })
  }

  run(progress: VerifyOptions['progress']): void {
    const parts = sql(this.#db, PARTS).iterate() as IterableIterator<Part>
    try {
      this.#walk(parts, progress)
    } finally {
      // A damaged page ends the walk half-way: an open statement would keep the connection from being closed.
      parts.return?.()
    }
    this.#checkHeads()
    this.#checkSignatures()
    this.#checkMissingParts()
    this.#checkCount()
    progress?.(this.events, this.events)
  }

  #walk(parts: IterableIterator<Part>, progress: VerifyOptions['progress']): void {
    const total = one<{ n: number | null }>(this.#db, 'SELECT sum(seq) AS n FROM chain_head')?.n ?? 0
    let part = parts.next()
    let chain: ChainEnd | null = null
    for (const row of sql(this.#db, EVENTS).iterate() as IterableIterator<Row>) {
      if (chain === null || chain.origin !== row.origin) {
        if (chain) this.#closeChain(chain)
        chain = { origin: row.origin, seq: 0, hlc: 0, hash: GENESIS }
      }
      const own: Part[] = []
      while (!part.done && isBefore(part.value, row)) {
        this.report(part.value.origin, part.value.seq, 'a part without its event')
        part = parts.next()
      }
      while (!part.done && part.value.origin === row.origin && part.value.seq === row.seq) {
        own.push(part.value)
        part = parts.next()
      }
      const reason = this.#checkRow(row, chain, own)
      if (reason !== null) this.report(row.origin, row.seq, reason)
      chain = { origin: row.origin, seq: row.seq, hlc: row.hlc, hash: row.hash }
      this.#passAnchors(row)
      this.events += 1
      if (this.events % PROGRESS_EVERY === 0) progress?.(this.events, Math.max(total, this.events))
    }
    if (chain) this.#closeChain(chain)
    for (; !part.done; part = parts.next()) this.report(part.value.origin, part.value.seq, 'a part without its event')
  }

  #checkRow(row: Row, before: { seq: number; hlc: number; hash: Buffer }, parts: readonly Part[]): string | null {
    if (row.seq !== before.seq + 1) {
      // The gap is where the missing event stood.
      this.report(row.origin, Math.min(row.seq, before.seq + 1), `event ${before.seq + 1} is missing`)
      return null
    }
    const text = row.text.toString('utf8')
    if (!same(hashText(row.text), row.hash)) return 'the text does not match its hash'
    let envelope: Envelope
    try {
      envelope = JSON.parse(text) as Envelope
      if (canonical(envelope) !== text) return 'the text is not canonical'
    } catch {
      return 'the text is not JSON'
    }
    if (envelope.prevHash !== before.hash.toString('base64url')) return 'the hash of the event before does not match'
    const column = wrongColumn(row, envelope)
    if (column !== null) return `column ${column} differs from the text`
    if (row.hlc <= before.hlc) return 'the logical clock does not ascend'
    if (envelope.type === 'personErased') this.#erased.set(row.subject, row.hlc)
    return this.#checkParts(row, envelope, parts)
  }

  #checkParts(row: Row, envelope: Envelope, parts: readonly Part[]): string | null {
    for (const part of parts) {
      const expected = part.name === 'personal' ? envelope.parts?.personal?.digest : envelope.parts?.money
      if (expected === undefined) return `a ${part.name} part that the event does not have`
      const person = part.name === 'personal' ? envelope.parts?.personal?.of : null
      if (part.person !== person) return `the ${part.name} part is of another person`
      if (part.exact !== Buffer.byteLength(part.person ?? '')) return `the ${part.name} part is of another person`
      if (part.salt.length !== 16) return `the salt of the ${part.name} part was changed`
      if (digestPart(part.salt, part.text) !== expected) return `the ${part.name} part does not match its digest`
    }
    const has = (name: string): boolean => parts.some((part) => part.name === name)
    if (envelope.parts?.money !== undefined && !has('money')) return 'the money part is missing'
    const person = envelope.parts?.personal?.of
    if (person !== undefined && !has('personal')) {
      this.#missing.push({ origin: row.origin, seq: row.seq, hlc: row.hlc, person })
    }
    return null
  }

  #passAnchors(row: Row): void {
    for (const anchor of this.#anchors.get(row.origin)?.get(row.seq) ?? []) {
      if (anchor.hash !== row.hash.toString('base64url')) {
        const place = anchor.outside ? 'an anchor from outside' : 'an anchor in the folder'
        this.report(row.origin, row.seq, `${place} names another event: the chain was rewritten at or before this place`)
      } else if (!this.#firstOfChain.has(row.origin)) {
        const protection = this.#protect(row.origin)
        if (anchor.outside) protection.outside = row.seq
        else protection.inside = row.seq
      }
    }
  }

  #protect(origin: string): { outside: number; inside: number; signed: number; seq: number } {
    let protection = this.#protection.get(origin)
    if (!protection) this.#protection.set(origin, (protection = { outside: 0, inside: 0, signed: 0, seq: 0 }))
    return protection
  }

  #closeChain(chain: ChainEnd): void {
    this.#protect(chain.origin).seq = chain.seq
    const head = one<{ seq: number; hlc: number; hash: Buffer; exact: number }>(
      this.#db,
      'SELECT seq, hlc, hash FROM chain_head WHERE origin = ?',
      chain.origin,
    )
    if (!head) this.report(chain.origin, chain.seq, 'the chain has no head')
    else if (head.seq > chain.seq) this.report(chain.origin, chain.seq + 1, `the tail is cut: the head stands at ${head.seq}`)
    else if (head.seq < chain.seq) this.report(chain.origin, head.seq + 1, 'events beyond the head')
    else if (!same(head.hash, chain.hash)) this.report(chain.origin, chain.seq, 'the head names another event')
    else if (head.hlc !== chain.hlc) this.report(chain.origin, chain.seq, 'the head has another logical clock')
    for (const seq of this.#anchors.get(chain.origin)?.keys() ?? []) {
      if (seq > chain.seq) this.report(chain.origin, chain.seq + 1, `the tail is cut: an anchor names event ${seq}`)
    }
  }

  #checkHeads(): void {
    for (const { origin, seq } of all<{ origin: string; seq: number }>(this.#db, 'SELECT origin, seq FROM chain_head')) {
      if (!this.#protection.has(origin)) this.report(origin, 1, `a head at ${seq} without any event`)
    }
    for (const origin of this.#anchors.keys()) {
      if (!this.#protection.has(origin)) this.report(origin, 1, 'an anchor names a chain that is not here')
    }
  }

  /** In a chain with another fault the erasure itself may be what was changed: that fault is the one to name. */
  #checkMissingParts(): void {
    const faulty = new Set(this.#firstOfChain.keys())
    let erased = 0
    for (const { origin, seq, hlc, person } of this.#missing) {
      if ((this.#erased.get(person) ?? -1) > hlc) erased += 1
      else if (!faulty.has(origin)) this.report(origin, seq, 'the personal part is missing, and its person was not erased')
    }
    if (erased > 0) this.notes.push(`personal data erased by law from ${erased} events`)
  }

  #checkSignatures(): void {
    const own = originOf(this.#db)
    const rows = all<{ origin: string; seq: number; hash: Buffer; at: number; signature: Buffer }>(
      this.#db,
      'SELECT origin, seq, hash, at, signature FROM head_signature ORDER BY origin, seq',
    )
    const keysOf = new Map([...this.#protection.keys()].map((origin) => [origin, readDeskKeys(this.#db, origin)]))
    for (const row of rows) {
      const key = keyAt(keysOf.get(row.origin) ?? [], row.seq)
      const event = one<{ hash: Buffer }>(this.#db, 'SELECT hash FROM event WHERE origin = ? AND seq = ?', row.origin, row.seq)
      if (!key || !isHeadSignature(key.publicKey, row, row.signature)) {
        this.report(row.origin, row.seq, 'the signature of the head is not valid')
      } else if (!event || !same(event.hash, row.hash)) {
        this.report(row.origin, row.seq, 'the desk signed another event here')
      } else this.#protect(row.origin).signed = row.seq
    }
    for (const [origin, keys] of keysOf) {
      if (keys.length === 0) this.notes.push(`${origin}: the chain names no key, its heads cannot be checked`)
    }
    if (own === null) this.notes.push('the folder has no desk of its own')
    else if ((keysOf.get(own)?.length ?? 0) === 0) this.report(own, 1, 'the chain of this desk does not name its key')
    else if (!rows.some((row) => row.origin === own)) this.report(own, 1, 'no head of this desk is signed')
  }

  /** Rows that the index of (origin, seq) does not know. */
  #checkCount(): void {
    const stored = one<{ n: number }>(this.#db, 'SELECT count(*) AS n FROM event NOT INDEXED')?.n ?? 0
    if (stored !== this.events) this.report('', 0, `the table holds ${stored} events, its index ${this.events}`)
  }

  result(): VerifyResult {
    const bad = [...this.#firstOfChain.values()].sort(byPlace)
    return {
      ok: bad.length === 0,
      events: this.events,
      chains: this.#protection.size,
      bad,
      // A chain's event says more than a finding about the whole.
      firstBad: bad.find((item) => item.origin !== '') ?? bad[0] ?? null,
      protectedUpTo: [...this.#protection].map(([origin, protection]) => ({ origin, ...protection })),
      notes: this.notes,
    }
  }
}

const byPlace = (a: Bad, b: Bad): number =>
  a.origin === b.origin ? a.seq - b.seq : a.origin < b.origin ? -1 : 1

const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

/** In the order in which SQLite compares text: by bytes. */
function isBefore(part: Part, row: Row): boolean {
  if (part.origin === row.origin) return part.seq < row.seq
  return Buffer.compare(Buffer.from(part.origin), Buffer.from(row.origin)) < 0
}

function wrongColumn(row: Row, envelope: Envelope): string | null {
  const subject = subjectKey(envelope.subject)
  if (row.origin !== envelope.origin) return 'origin'
  if (row.seq !== envelope.seq) return 'seq'
  if (row.id !== envelope.id) return 'id'
  if (row.hlc !== envelope.hlc) return 'hlc'
  if (row.subject !== subject) return 'subject'
  if (row.type !== envelope.type) return 'type'
  if (row.at !== envelope.at) return 'at'
  const bytes = [envelope.origin, envelope.id, subject, envelope.type].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return row.exact === bytes ? null : 'bytes'
}

/**
 * Checks everything that the log promises, on a connection that cannot write: chains, hashes, columns, heads,
 * signatures, parts, the schema's triggers and indexes, and anchors. Reads each event once; about a minute for three
 * million. What it cannot see is said in `protectedUpTo`: beyond the last anchor, whoever holds the desk's key and
 * rewrites the whole file leaves no trace.
 */
export function verifyLog(db: ReadableDb, folder: string, options: VerifyOptions = {}): VerifyResult {
  const verification = new Verification(db)
  for (const { file, anchors } of folderAnchors(folder)) {
    if (anchors) verification.addAnchors(anchors, false)
    else verification.report('', 0, `the anchor file ${file} cannot be read`)
  }
  for (const file of options.anchors ?? []) {
    const anchors = readAnchors(file)
    if (anchors) verification.addAnchors(anchors, true)
    else verification.report('', 0, `no anchor in ${file}`)
  }
  const schema = schemaFindings(db)
  verification.run(options.progress)
  for (const finding of schema.wrong) verification.report('', 0, finding)
  verification.notes.push(...schema.notes)
  const result = verification.result()
  const open = result.protectedUpTo.filter((chain) => chain.outside < chain.seq)
  if (open.length > 0) {
    verification.notes.push(
      `no anchor from outside protects: ${open.map((chain) => `${chain.origin} ${chain.outside + 1}–${chain.seq}`).join(', ')}; ` +
        'a rewrite of the whole file there cannot be noticed',
    )
  }
  return result
}
