import Database from 'better-sqlite3'
import { folds } from '#shared/domain/folds.ts'
import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import type { Projection } from '../../kernel/projection.ts'
import { Subjects } from '../../kernel/subjects.ts'
import { decode, type EventRow } from '../../store/eventLog.ts'
import { migrate } from '../../store/migrate.ts'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

const DAY = 86_400_000
/** An act is told at most so long after it happened (METRICS, "Time"). */
const BACKDATED = 73 * 3_600_000
/** Subjects between two words of how far it is. */
const SAID_EVERY = 250
/** Half a year of the reference company; more take minutes to set up and more memory than a desk has to spare. */
export const MOST_ORDERS = 40_000
/** Longer appointments are not booked; earlier and later days of engineers show no order of the moment. */
const AROUND = 45 * DAY

export interface MomentAsked {
  readonly at: number
  readonly days: number
  readonly basis: 'known' | 'happened'
}

/** First what others are read by: the company's zone sums the days. */
const ONCE: readonly SubjectKind[] = [
  'settings', 'desk', 'user', 'workflow', 'slaPolicy', 'calendar', 'customer', 'equipment', 'serviceProvider',
  'serviceContract', 'knownDefect', 'faultPattern', 'shiftHandover', 'stock', 'skill', 'engineerProfile', 'shiftMonth',
]

/** The orders that stood open at the moment, or ended in the days before it; undefined: too many. */
export function ordersOf(db: ReadableDb, { at, days }: MomentAsked): string[] | undefined {
  const ids = all<{ id: string }>(
    db,
    `SELECT order_id AS id FROM order_perceived WHERE ended_at IS NULL AND first_contact_at <= :at
     UNION ALL SELECT order_id FROM order_perceived INDEXED BY order_perceived_ended WHERE ended_at >= :from AND first_contact_at <= :at
     LIMIT ${MOST_ORDERS + 1}`,
    { at, from: at - days * DAY - BACKDATED },
  ).map(({ id }) => id)
  return ids.length > MOST_ORDERS ? undefined : ids
}

/**
 * A desk in memory that knows of the log what was known at a moment, and of orders those named. Its rows are written by
 * the very folds and projections of the present, hence every query answers as it did then. Words that the law made us
 * delete since are missing there too. @param say how many of the orders stand
 */
export function buildMoment(
  db: ReadableDb,
  projections: readonly Projection<never>[],
  orders: readonly string[],
  asked: MomentAsked,
  say: (done: number) => void,
): { past: WritableDb; events: number } {
  const past: WritableDb = { raw: new Database(':memory:'), readable: true, writable: true }
  past.raw.pragma('journal_mode = OFF')
  past.raw.pragma('cache_size = -65536')
  migrate(past)
  const subjects = new Subjects(past, folds, projections)
  let [events, seen, done] = [0, 0, 0]
  past.raw.transaction(() => {
    for (const { key, isOrder } of keysOf(db, orders, asked)) {
      events += copySubject(db, past, subjects, key, isOrder ? asked : { ...asked, basis: asked.basis === 'happened' ? 'all' : 'known' })
      if (key.startsWith('workOrder:')) done += 1
      if (++seen % SAID_EVERY === 0) say(done)
    }
  })()
  past.raw.exec(
    `INSERT OR REPLACE INTO chain_head (origin, seq, hlc, hash)
     SELECT origin, seq, hlc, hash FROM event WHERE (origin, seq) IN (SELECT origin, max(seq) FROM event GROUP BY origin)`,
  )
  return { past, events }
}

function* keysOf(db: ReadableDb, orders: readonly string[], { at }: MomentAsked): Generator<{ key: string; isOrder: boolean }> {
  for (const kind of ONCE) {
    for (let key = nextKey(db, `${kind}:`, kind); key !== undefined; key = nextKey(db, key, kind)) yield { key, isOrder: false }
  }
  const [from, to] = [at - AROUND, at + AROUND].map((instant) => new Date(instant).toISOString().slice(0, 10)) as [string, string]
  for (let key = nextKey(db, 'engineerDay:', 'engineerDay'); key !== undefined; key = nextKey(db, key, 'engineerDay')) {
    const day = key.slice(-10)
    if (day >= from && day <= to) yield { key, isOrder: true }
  }
  for (const order of orders) {
    yield { key: `workOrder:${order}`, isOrder: true }
    yield { key: `finance:${order}`, isOrder: true }
  }
}

/** Leaps along the index from one subject to the next of its kind. */
const nextKey = (db: ReadableDb, after: string, kind: SubjectKind): string | undefined =>
  one<{ key: string | null }>(db, 'SELECT min(subject) AS key FROM event WHERE subject > ? AND subject < ?', after, `${kind};`)?.key ?? undefined

const EVENTS = 'SELECT * FROM event WHERE subject = ? ORDER BY hlc, origin, seq'
const COPY_EVENT = 'INSERT INTO event (origin, seq, id, hlc, subject, type, at, text, hash) VALUES (@origin, @seq, @id, @hlc, @subject, @type, @at, @text, @hash)'
const PARTS = 'SELECT * FROM event_part WHERE origin = ? AND seq = ?'
const COPY_PART = 'INSERT INTO event_part (origin, seq, name, person, salt, text) VALUES (@origin, @seq, @name, @person, @salt, @text)'
/** ms × 2048 + counter: the last place of a millisecond. */
const placeOf = (at: number): number => at * 2048 + 2047

function copySubject(
  db: ReadableDb,
  past: WritableDb,
  subjects: Subjects,
  key: string,
  { at, basis }: { readonly at: number; readonly basis: 'known' | 'happened' | 'all' },
): number {
  const rows = all<EventRow & { subject: string; at: number }>(db, EVENTS, key).filter(
    (row) => basis === 'all' || (basis === 'known' ? row.hlc <= placeOf(at) : row.at <= at),
  )
  if (rows.length === 0) return 0
  for (const row of rows) {
    run(past, COPY_EVENT, row)
    for (const part of all(db, PARTS, row.origin, row.seq)) run(past, COPY_PART, part)
  }
  // An id that stands in two chains counts at its first place: the fold looks.
  subjects.apply(rows.map((row) => decode(past, row)))
  return rows.length
}
