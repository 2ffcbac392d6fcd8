import type { ReadableDb } from '../../store/sql.ts'
import { expressionOf, streamsOf, type Stream } from './question.ts'
import { idToken, type Named } from './tokens.ts'
import { findIds, type Searched } from './words.ts'

/** The ways in which orders answer a text, of one customer or owner where they are given; empty: it finds nothing. */
export function orderStreams(
  db: ReadableDb,
  text: string,
  { customer, owner }: { customer?: string | undefined; owner?: string | undefined } = {},
): Stream[] {
  const of = [customer === undefined ? [] : [idToken('customer', customer)], owner === undefined ? [] : [idToken('person', owner)]].flat()
  return streamsOf(
    db,
    text,
    of.map((token) => `"${token}"`),
  )
}

/** More than a list of suggestions is ever asked for. */
const MOST = 500

/**
 * The ids that a text finds by words, pinyin or pieces of numbers, as JSON for `IN (SELECT value FROM json_each(?))`.
 * @param within only those that belong to this subject
 */
export function foundBy(db: ReadableDb, of: Exclude<Searched, 'order'>, text: string, within?: { readonly of: Named; readonly id: string }): string {
  const expression = expressionOf(db, of, text)
  if (expression === null) return '[]'
  const asked = within ? `(${expression}) AND "${idToken(within.of, within.id)}"` : expression
  return JSON.stringify(findIds(db, of, asked, MOST).map(({ id }) => id))
}
