import type { AuditFilter } from '#shared/contract/audit.ts'
import { HLC_COUNTERS } from '#shared/domain/kernel/hlc.ts'
import { compareTruth } from '#shared/domain/kernel/event.ts'
import type { EventRow, Place } from '../../store/eventLog.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { ACTOR, ACTOR_KIND, BLOCK, blockOf, firstOf, IS_BACKDATED, newestWith } from './blocks.ts'

/** A query answers within this; where more has to be looked through, the next page goes on (DESIGN §3), ms. */
const BUDGET_MS = 12

export interface Found {
  readonly rows: readonly EventRow[]
  /** Everything after this place was looked at; null: all of it. */
  readonly to: Place | null
}

interface Condition {
  readonly where: string
  readonly params: readonly unknown[]
  /** What a block must have. */
  readonly traits: readonly string[]
}

const COLUMNS = 'event.origin, event.seq, event.id, event.hlc, event.text, event.hash'

/** `+` keeps a column out of the choice of index: the range of the chain, or the subject, is always the better one. */
function conditionOf({ actor, kind, type, only, subject }: AuditFilter): Condition {
  const parts: [string, readonly unknown[], string | null][] = []
  // Looking is not acting: who read which notice is told where it is asked for.
  if (type === undefined && kind === undefined && subject === undefined) parts.push(["+event.type NOT IN ('noticesRead', 'noticesSeen')", [], null])
  if (type !== undefined) parts.push(['+event.type = ?', [type], `type:${type}`])
  if (kind !== undefined) parts.push(['+event.subject >= ? AND +event.subject < ?', [`${kind}:`, `${kind};`], `kind:${kind}`])
  if (actor !== undefined) parts.push([`${ACTOR} = ?`, [actor], `actor:${actor}`])
  if (only === 'backdated') parts.push([IS_BACKDATED, [], 'backdated'])
  if (only === 'imported') parts.push([`${ACTOR_KIND} = 'import'`, [], 'imported'])
  return {
    where: parts.map(([text]) => ` AND ${text}`).join(''),
    params: parts.flatMap(([, params]) => params),
    traits: parts.flatMap(([, , trait]) => (trait === null ? [] : [trait])),
  }
}

const END: Place = { hlc: Number.MAX_SAFE_INTEGER, origin: '\u{10ffff}', seq: Number.MAX_SAFE_INTEGER }

/**
 * Events before `after` in the order of truth, newest first. The period is that of the log's own clock, which never
 * goes back. @param subject key of the one subject to look at
 */
export function searchLog(
  db: ReadableDb,
  filter: AuditFilter,
  { after = END, limit, subject, budget = BUDGET_MS }: { after?: Place; limit: number; subject?: string; budget?: number },
): Found {
  const upper = filter.to === undefined ? after : earlier(after, { hlc: filter.to * HLC_COUNTERS, origin: '', seq: 0 })
  const lowest = (filter.from ?? 0) * HLC_COUNTERS
  const condition = conditionOf(filter)
  if (filter.only === 'conflict') return lostDecisions(db, condition, upper, lowest, limit, subject)
  if (subject !== undefined) return ofSubject(db, condition, upper, lowest, limit, subject)
  return throughChains(db, condition, upper, lowest, limit, budget)
}

const earlier = (a: Place, b: Place): Place => (compareTruth(a, b) < 0 ? a : b)
const page = (rows: readonly EventRow[], limit: number): Found => ({ rows, to: rows.length < limit ? null : (rows.at(-1) ?? null) })

function ofSubject(db: ReadableDb, { where, params }: Condition, upper: Place, lowest: number, limit: number, subject: string): Found {
  const rows = all<EventRow>(
    db,
    `SELECT ${COLUMNS} FROM event WHERE subject = ? AND (hlc, origin, seq) < (?, ?, ?) AND hlc >= ?${where}
     ORDER BY hlc DESC, origin DESC, seq DESC LIMIT ?`,
    subject,
    upper.hlc,
    upper.origin,
    upper.seq,
    lowest,
    ...params,
    limit,
  )
  return page(rows, limit)
}

/** Decisions that lost are few, and kept in a table of their own. */
function lostDecisions(db: ReadableDb, { where, params }: Condition, upper: Place, lowest: number, limit: number, subject?: string): Found {
  const rows = all<EventRow>(
    db,
    `SELECT DISTINCT ${COLUMNS} FROM order_conflict AS lost CROSS JOIN event ON event.id = lost.event
     WHERE (event.hlc, event.origin, event.seq) < (?, ?, ?) AND event.hlc >= ?${where}
       ${subject === undefined ? '' : 'AND lost.subject = ?'}
     ORDER BY event.hlc DESC, event.origin DESC, event.seq DESC LIMIT ?`,
    upper.hlc,
    upper.origin,
    upper.seq,
    lowest,
    ...params,
    ...(subject === undefined ? [] : [subject]),
    limit,
  )
  return page(rows, limit)
}

/** One chain, read backwards a block at a time. */
class Walk {
  readonly #db: ReadableDb
  readonly #condition: Condition
  readonly #lowest: number
  readonly origin: string
  readonly found: EventRow[] = []
  /** The lowest place that was looked at; null when the chain is at its end. */
  frontier: Place | null

  constructor(db: ReadableDb, condition: Condition, origin: string, upper: Place, lowest: number) {
    this.#db = db
    this.#condition = condition
    this.#lowest = lowest
    this.origin = origin
    this.frontier = placeAfter(db, origin, upper)
  }

  step(limit: number): void {
    if (!this.frontier) return
    const last = this.frontier.seq - 1
    const { where, params, traits } = this.#condition
    const block = newestWith(this.#db, this.origin, blockOf(last), traits)
    const first = firstOf(block)
    if (block < 0) return this.#end()
    const rows = all<EventRow>(
      this.#db,
      `SELECT ${COLUMNS} FROM event WHERE origin = ? AND seq BETWEEN ? AND ?${where} ORDER BY seq DESC LIMIT ?`,
      this.origin,
      first,
      // Between this block and the one before lie those that were passed over.
      Math.min(last, first + BLOCK - 1),
      ...params,
      limit,
    )
    this.found.push(...rows.filter(({ hlc }) => hlc >= this.#lowest))
    const reached = rows.length === limit ? rows.at(-1) : firstFrom(this.#db, this.origin, first)
    // Another desk's chain may have a gap here that is not filled yet.
    const { hlc, seq } = reached && reached.seq <= last ? reached : { hlc: this.frontier.hlc, seq: first }
    if (hlc < this.#lowest) this.#end()
    else this.frontier = { hlc, origin: this.origin, seq }
  }

  #end(): void {
    this.frontier = null
  }
}

const firstFrom = (db: ReadableDb, origin: string, seq: number): Place | undefined =>
  one<Place>(db, 'SELECT hlc, origin, seq FROM event WHERE origin = ? AND seq >= ? ORDER BY seq LIMIT 1', origin, seq)

/** Where a chain begins to lie at or after a place: found by halving, for the order of a chain is that of its clock. */
function placeAfter(db: ReadableDb, origin: string, place: Place): Place | null {
  const head = one<{ seq: number }>(db, 'SELECT seq FROM chain_head WHERE origin = ?', origin)?.seq ?? 0
  let low = 1
  let high = head + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const here = firstFrom(db, origin, middle)
    if (here && compareTruth(here, place) < 0) low = here.seq + 1
    else high = middle
  }
  return low <= 1 ? null : { hlc: place.hlc, origin, seq: low }
}

/** All chains side by side: whichever is the least far back goes on. */
function throughChains(db: ReadableDb, condition: Condition, upper: Place, lowest: number, limit: number, budget: number): Found {
  const until = performance.now() + budget
  const walks = all<{ origin: string }>(db, 'SELECT origin FROM chain_head ORDER BY origin').map(
    ({ origin }) => new Walk(db, condition, origin, upper, lowest),
  )
  for (const walk of walks) walk.step(limit)
  for (;;) {
    const walk = nearest(walks)
    const sure = walks.flatMap(({ found }) => found).filter((row) => !walk?.frontier || compareTruth(row, walk.frontier) >= 0)
    if (sure.length >= limit || !walk || performance.now() >= until) {
      const rows = sure.sort((a, b) => compareTruth(b, a)).slice(0, limit)
      const rest = sure.length > limit || walk
      const to = rows.length === limit ? (rows.at(-1) ?? null) : (walk?.frontier ?? null)
      return { rows, to: rest ? to : null }
    }
    walk.step(limit)
  }
}

/** The one whose frontier is the newest; undefined when all are at their end. */
function nearest(walks: readonly Walk[]): Walk | undefined {
  let best: Walk | undefined
  for (const walk of walks) {
    if (walk.frontier && (!best?.frontier || compareTruth(walk.frontier, best.frontier) > 0)) best = walk
  }
  return best
}
