import { sql, type ReadableDb } from '../../store/sql.ts'
import type { Stream } from './question.ts'
import { WORDS } from './words.ts'

export interface FoundOrder {
  readonly id: string
  /** Where it stands in the index: further up is shown first. */
  readonly row: number
}

export interface FoundPage {
  readonly found: FoundOrder[]
  /** Below here there may be more; null: that was all. */
  readonly below: number | null
}

interface Test {
  /** Over `w`, the order's row. */
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** So many orders are looked at along one way for one answer (DESIGN §3). */
const LOOKED_AT = 5000
const EVERY: Test = { sql: '1', params: [] }

/**
 * Orders that answer a question in any of its ways, from a row downwards: open before closed, recent before older.
 * A page may be short and still not be the last, where few of those looked at passed the test.
 */
export function foundOrders(
  db: ReadableDb,
  streams: readonly Stream[],
  { limit, below = null, test = EVERY }: { limit: number; below?: number | null; test?: Test },
): FoundPage {
  const pages = streams.map((stream) => along(db, stream, test, limit, below))
  // Above the highest place where a way was left, nothing can be missing.
  const until = Math.max(-1, ...pages.map((page) => page.below ?? -1))
  const rows = new Map(pages.flatMap((page) => page.found.filter(({ row }) => row >= until).map((each) => [each.row, each] as const)))
  const found = [...rows.values()].sort((a, b) => b.row - a.row)
  const last = found[limit - 1]
  if (last && (found.length > limit || until >= 0)) return { found: found.slice(0, limit), below: last.row }
  return { found, below: until < 0 ? null : until }
}

function along(db: ReadableDb, { expression, customers }: Stream, test: Test, limit: number, below: number | null): FoundPage {
  const where: string[] = []
  const params: (string | number)[] = [...test.params]
  if (customers !== null) params.push(customers)
  const mine = customers === null ? '' : 'AND w.customer IN (SELECT value FROM json_each(?))'
  if (expression !== null) {
    where.push('found.words MATCH ?')
    params.push(expression)
  }
  const row = expression === null ? 'place.row' : 'found.rowid'
  if (below !== null) {
    where.push(`${row} < ?`)
    params.push(below)
  }
  const from =
    expression === null
      ? `${WORDS.order}_row AS place CROSS JOIN work_order AS w ON w.id = place.id`
      : `${WORDS.order} AS found CROSS JOIN ${WORDS.order}_row AS place ON place.row = found.rowid CROSS JOIN work_order AS w ON w.id = place.id`
  const rows = sql(
    db,
    `SELECT place.id, place.row, (${test.sql} ${mine}) AS fits FROM ${from}
     ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${row} DESC`,
  )
  const found: FoundOrder[] = []
  let looked = 0
  for (const each of rows.iterate(...params) as Iterable<FoundOrder & { fits: number }>) {
    looked += 1
    if (each.fits === 1) found.push({ id: each.id, row: each.row })
    if (found.length > limit || looked === LOOKED_AT) return { found, below: each.row }
  }
  return { found, below: null }
}
