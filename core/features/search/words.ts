import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

/** The indexes, one a kind of subject; each with a table beside it that says whose row is whose. */
export const WORDS = {
  order: 'order_search',
  customer: 'customer_search',
  machine: 'machine_search',
  part: 'part_search',
  person: 'person_search',
  contract: 'contract_search',
  defect: 'defect_search',
  provider: 'provider_search',
} as const
export type Searched = keyof typeof WORDS

export const tablesOf = (of: Searched): string[] => [WORDS[of], `${WORDS[of]}_row`]

/**
 * Where the words of a subject come to stand; null: wherever there is room. Rows near to each other keep the index
 * small, so that places are few and the next free one is taken.
 */
type Place = (isTaken: (row: number) => boolean) => number

/** Replaces the words of one subject; null: it has none any more. */
export function writeWords(db: WritableDb, of: Searched, id: string, words: string | null, place: Place | null = null): void {
  const table = WORDS[of]
  const before = one<{ row: number }>(db, `SELECT row FROM ${table}_row WHERE id = ?`, id)
  if (before) {
    run(db, `DELETE FROM ${table} WHERE rowid = ?`, before.row)
    run(db, `DELETE FROM ${table}_row WHERE row = ?`, before.row)
  }
  if (words === null) return
  const row = place
    ? place((candidate) => one(db, `SELECT 1 FROM ${table}_row WHERE row = ?`, candidate) !== undefined)
    : (one<{ next: number }>(db, `SELECT coalesce(max(row), 0) + 1 AS next FROM ${table}_row`)?.next ?? 1)
  run(db, `INSERT INTO ${table}_row (row, id) VALUES (?, ?)`, row, id)
  run(db, `INSERT INTO ${table} (rowid, words) VALUES (?, ?)`, row, words)
}

/** Ids that an expression finds, by row downwards; at most `limit`, below the row `before` where one is given. */
export function findIds(db: ReadableDb, of: Searched, expression: string, limit: number, before?: number): { id: string; row: number }[] {
  const table = WORDS[of]
  return all<{ id: string; row: number }>(
    db,
    `SELECT place.id, place.row FROM ${table} AS found CROSS JOIN ${table}_row AS place ON place.row = found.rowid
     WHERE found.words MATCH ? ${before === undefined ? '' : 'AND found.rowid < ?'}
     ORDER BY found.rowid DESC LIMIT ?`,
    expression,
    ...(before === undefined ? [] : [before]),
    limit,
  )
}
