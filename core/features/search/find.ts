import type { ReadableDb } from '../../store/sql.ts'
import { expressionOf } from './question.ts'
import { idToken, type Named } from './tokens.ts'
import { findIds, type Searched } from './words.ts'

/** The question about orders as FTS5 reads it, of one customer or owner where they are given; null: it asks nothing. */
export function orderQuestion(
  db: ReadableDb,
  text: string,
  { customer, owner }: { customer?: string | undefined; owner?: string | undefined },
): string | null {
  const expression = expressionOf(db, 'order', text)
  if (expression === null) return null
  const of = [customer === undefined ? [] : [idToken('customer', customer)], owner === undefined ? [] : [idToken('person', owner)]].flat()
  return [`(${expression})`, ...of.map((token) => `"${token}"`)].join(' AND ')
}

/** More than a list of suggestions is ever asked for. */
const MOST = 500

/**
 * The ids that a text finds by words, pinyin or pieces of numbers, as JSON for `IN (SELECT value FROM json_each(?))`.
 * @param within only those that belong to this subject
 */
export function foundBy(db: ReadableDb, of: Searched, text: string, within?: { readonly of: Named; readonly id: string }): string {
  const expression = expressionOf(db, of, text)
  if (expression === null) return '[]'
  const asked = within ? `(${expression}) AND "${idToken(within.of, within.id)}"` : expression
  return JSON.stringify(findIds(db, of, asked, MOST).map(({ id }) => id))
}
