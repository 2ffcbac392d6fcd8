import type { ReadableDb } from '../../store/sql.ts'
import { idToken, initialsOf, syllablesOf, termsOf, writtenAs, type Named, type Term } from './tokens.ts'
import { findIds, type Searched } from './words.ts'

/** Of a word that so many customers, machines or people bear, the orders of these are found by it. */
const MOST_BEARERS = { customer: 300, machine: 60, person: 60 } as const

/** Which other subjects' words find a subject too. */
const BELONGS: Partial<Record<Searched, readonly Named[]>> = {
  order: ['customer', 'machine', 'person'],
  machine: ['customer'],
  contract: ['customer'],
}

/** A question as FTS5 reads it, for one kind of subject; null: nothing in it can be asked for. */
export function expressionOf(db: ReadableDb, of: Searched, question: string): string | null {
  const terms = termsOf(question)
  if (terms.length === 0) return null
  return terms.map((term) => `(${waysOf(db, of, term).join(' OR ')})`).join(' AND ')
}

/** Written, spoken, or as the word of whom it belongs to. Of orders only short texts are known by their sound. */
function waysOf(db: ReadableDb, of: Searched, term: Term): string[] {
  const own = [writtenAs(term), ...initialsOf(term), ...syllablesOf(term)]
  const borne = (BELONGS[of] ?? []).flatMap((named) => bearers(db, named, term).map((id) => `"${idToken(named, id)}"`))
  return [...own, ...borne]
}

function bearers(db: ReadableDb, named: Named, term: Term): string[] {
  const expression = [writtenAs(term), ...initialsOf(term), ...syllablesOf(term)].join(' OR ')
  return findIds(db, named, expression, MOST_BEARERS[named]).map(({ id }) => id)
}
