import { one, type ReadableDb } from '../../store/sql.ts'
import { idToken, initialsOf, syllablesOf, termsOf, writtenAs, type Named, type Term } from './tokens.ts'
import { findIds, WORDS, type Searched } from './words.ts'

/** So many ids stand in a question side by side: FTS5 looks each of them up in every piece of its index. */
const FEW = 24
/** Of a word that more customers bear, those registered last. */
const MOST_CUSTOMERS = 5000

/** The term in the words of the subject itself: as written, or as it sounds. */
const ownWays = (term: Term): string[] => [writtenAs(term), ...initialsOf(term), ...syllablesOf(term)]

const anyOf = (ways: readonly string[]): string => `(${ways.join(' OR ')})`
const idsOf = (named: Named, ids: readonly string[]): string[] => ids.map((id) => `"${idToken(named, id)}"`)

/** Who bears a word: the others that find a subject by it. */
const bearers = (db: ReadableDb, named: Named, term: Term, most: number): string[] =>
  findIds(db, named, ownWays(term).join(' OR '), most).map(({ id }) => id)

/** Subjects that belong to a customer are found by its words too. */
const OF_CUSTOMER: ReadonlySet<Searched> = new Set(['machine', 'contract'])

/** A question as FTS5 reads it, for one kind of subject beside orders; null: nothing in it can be asked for. */
export function expressionOf(db: ReadableDb, of: Exclude<Searched, 'order'>, question: string): string | null {
  const terms = termsOf(question)
  if (terms.length === 0) return null
  const ways = (term: Term): string[] =>
    OF_CUSTOMER.has(of) ? [...ownWays(term), ...idsOf('customer', bearers(db, 'customer', term, FEW))] : ownWays(term)
  return terms.map((term) => anyOf(ways(term))).join(' AND ')
}

/**
 * One way in which orders answer a question: by words in the index, for orders of some customers alone or of all.
 * `expression` null: by their customer alone.
 */
export interface Stream {
  readonly expression: string | null
  /** JSON list of ids; null: whoever's. */
  readonly customers: string | null
}

/**
 * The ways in which orders answer a question; empty: nothing can be found by it. Each word has to be met, by the
 * order's own words, its machine's, its people's or its customer's. Customers are told apart by which of the words
 * their names meet: the others are then asked of the order. Few of a kind are asked for by their tokens; many, such as
 * all those of one town, are looked for among the orders that meet the rest.
 * @param only words that every answer has to have besides, as FTS5 text
 */
export function streamsOf(db: ReadableDb, question: string, only: readonly string[] = []): Stream[] {
  const terms = termsOf(question)
  if (terms.length === 0) return []
  const own = terms.map((term) =>
    anyOf([...ownWays(term), ...idsOf('machine', bearers(db, 'machine', term, FEW)), ...idsOf('person', bearers(db, 'person', term, FEW))]),
  )
  const isMet = own.map((expression) => isAnywhere(db, expression))
  /** null: one of the words is nowhere. */
  const rest = (mask: number): string[] | null => {
    const open = terms.flatMap((_, index) => ((mask >> index) & 1 ? [] : [index]))
    return open.every((index) => isMet[index]) ? open.map((index) => own[index] as string) : null
  }
  const light: string[] = []
  const streams: Stream[] = []
  const all = rest(0)
  if (all) light.push(all.join(' AND '))
  for (const [mask, customers] of customersByWords(db, terms)) {
    const words = rest(mask)
    if (!words) continue
    if (customers.length <= FEW) light.push([...words, anyOf(idsOf('customer', customers))].join(' AND '))
    else streams.push({ expression: [...words, ...only].join(' AND ') || null, customers: JSON.stringify(customers) })
  }
  if (light.length > 0) {
    const together = light.map((expression) => `(${expression})`).join(' OR ')
    streams.unshift({ expression: [`(${together})`, ...only].join(' AND '), customers: null })
  }
  return streams
}

/** Customers by which of the terms they meet, as bits. */
function customersByWords(db: ReadableDb, terms: readonly Term[]): Map<number, string[]> {
  const masks = new Map<string, number>()
  for (const [index, term] of terms.entries()) {
    for (const id of bearers(db, 'customer', term, MOST_CUSTOMERS)) masks.set(id, (masks.get(id) ?? 0) | (1 << index))
  }
  const groups = new Map<number, string[]>()
  for (const [id, mask] of masks) {
    const group = groups.get(mask)
    if (group) group.push(id)
    else groups.set(mask, [id])
  }
  return groups
}

const isAnywhere = (db: ReadableDb, expression: string): boolean =>
  one(db, `SELECT 1 FROM ${WORDS.order} WHERE words MATCH ? LIMIT 1`, expression) !== undefined
