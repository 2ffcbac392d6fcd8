import type { Card } from '#shared/contract/board.ts'
import type { MarkedText, OrderHit } from '#shared/contract/search.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readState } from '../../kernel/readState.ts'
import { readCards } from '../board/cards.ts'
import { marked, shortened } from './marks.ts'
import { textsOf } from './orderWords.ts'
import { foundOrders, type FoundPage } from './foundOrders.ts'
import { streamsOf } from './question.ts'
import { termsOf, type Term } from './tokens.ts'

const MOST_PLACES = 4
/** Ids, and what is shown by its name where it matched. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['customer', 'equipment', 'provider', 'priority', 'serviceMode'])

/** Orders that a question finds: the one whose number it is, then open ones, recent ones first. */
export function readOrderHits(db: ReadableDb, question: string, limit: number): { hits: OrderHit[]; more: boolean } {
  const exact = numbered(db, question)
  const found = firstOf(db, question, limit + 1)
  const ids = [...new Set([...exact, ...found])]
  const shown = ids.slice(0, limit)
  const cards = new Map(
    readCards(db, 'WHERE w.id IN (SELECT value FROM json_each(?))', JSON.stringify(shown)).map((card) => [card.id, card]),
  )
  const terms = termsOf(question)
  return {
    hits: shown.flatMap((id) => {
      const card = cards.get(id)
      return card ? [{ card, matched: placesOf(db, card, terms) }] : []
    }),
    more: ids.length > limit,
  }
}

function firstOf(db: ReadableDb, question: string, limit: number): string[] {
  const streams = streamsOf(db, question)
  const ids: string[] = []
  let below: number | null = null
  // A way that found too few among those it looked at goes on once; what is rarer still, the list finds.
  for (let turn = 0; turn < 2 && ids.length < limit; turn++) {
    const page: FoundPage = foundOrders(db, streams, { limit: limit - ids.length, below })
    ids.push(...page.found.map(({ id }) => id))
    below = page.below
    if (below === null) break
  }
  return ids
}

/** The orders of this very number, however its letters are typed. */
function numbered(db: ReadableDb, question: string): string[] {
  const typed = question.trim().normalize('NFKC')
  return all<{ id: string }>(db, 'SELECT id FROM work_order WHERE number IN (?, ?) LIMIT 5', typed, typed.toUpperCase()).map(
    ({ id }) => id,
  )
}

/** Where the terms matched, most telling first; what an earlier place showed already is not shown again. */
function placesOf(db: ReadableDb, card: Card, terms: readonly Term[]): OrderHit['matched'] {
  const { state } = readState(db, 'workOrder', card.id)
  const places: OrderHit['matched'] = []
  const open = new Set(terms)
  for (const [field, text, byName] of textsIn(db, card, state)) {
    if (places.length === MOST_PLACES || (open.size === 0 && places.length > 0)) break
    const place = marked(text, terms, byName)
    if (place.marks.length === 0) continue
    const fresh = [...open].filter((term) => marked(text, [term], byName).marks.length > 0)
    if (fresh.length === 0) continue
    for (const term of fresh) open.delete(term)
    places.push({ field, ...(shortened(place) satisfies MarkedText) })
  }
  return places
}

function* textsIn(db: ReadableDb, card: Card, state: WorkOrderState): Generator<[field: string, text: string, byName: boolean]> {
  yield ['number', card.number, false]
  yield ['serial', card.serial, false]
  yield ['model', card.model, false]
  if (card.customer) yield ['customer', card.customer.name, true]
  yield ['faultSymptom', card.symptom, false]
  for (const [field, value] of Object.entries(state.personal)) yield [field, value, field === 'contactName']
  for (const [field, value] of Object.entries(state.fields)) {
    if (NOT_SHOWN.has(field)) continue
    for (const text of textsOf(value)) yield [field, text, false]
  }
  for (const text of state.written.toReversed()) yield ['note', text, false]
  if (card.owner) yield ['owner', card.owner.name, true]
  if (card.customer) {
    const contact = one<{ text: string }>(
      db,
      `SELECT concat_ws(' · ', nullif(contact_name, ''), nullif(contact_phone, ''), nullif(address, '')) AS text FROM customer WHERE id = ?`,
      card.customer.id,
    )
    if (contact) yield ['contact', contact.text, true]
  }
  const machine = state.fields['equipment']
  if (typeof machine === 'string') {
    const known = one<{ text: string }>(
      db,
      `SELECT concat_ws(' · ', model, serial, firmware, batch) AS text FROM equipment WHERE id = ?`,
      machine,
    )
    if (known) yield ['machine', known.text, false]
  }
}
