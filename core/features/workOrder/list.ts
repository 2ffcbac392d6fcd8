import { setImmediate as pause } from 'node:timers/promises'
import { NONE, type Card } from '#shared/contract/board.ts'
import type { OrderFilter, OrderSort } from '#shared/contract/workOrderQueries.ts'
import { placeOf, readPlace } from '../../kernel/place.ts'
import { all, sql, type ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'
import { orderStreams } from '../search/find.ts'
import { foundOrders } from '../search/foundOrders.ts'
import type { Stream } from '../search/question.ts'
import { orderedWay, SORT_KEYS, testOf, waysOf, type Way } from './listPlan.ts'

/** So many orders are looked at for one answer, whatever fits: nobody waits for the writer longer (DESIGN §3). */
const LOOKED_AT = 5000
/** So many are gathered and sorted; more come in an order that an index has. */
const SORTED = 5000
/** So many are taken to have one thing done to them. */
const MATCHING = 2000

interface Found {
  readonly id: string
  /** By what the list goes on. */
  readonly key: string | number
}

interface Walked {
  readonly found: Found[]
  /** The last order that was looked at, where there may be more. */
  readonly last: Found | null
}

export interface OrderPage {
  readonly orders: Card[]
  readonly next: string | null
  readonly tooManyToSort: boolean
}

const NEWEST: OrderSort = { by: 'firstContact', descending: true }

/** Orders by filter and sort, after a place. Never looks at more than some thousands: a page may be short. */
export function listOrders(db: ReadableDb, filter: OrderFilter, limit: number, after?: string, sort?: OrderSort): OrderPage {
  const streams = streamsFor(db, filter)
  // What a text finds comes in an order of its own, unless another is wished.
  if (streams && !sort) return found(db, streams, filter, limit, after)
  const wish = sort ?? NEWEST
  if (streams) {
    const gathered = gatherFound(db, streams, filter, wish)
    if (gathered) return pageOfGathered(db, gathered, limit, after, wish)
    return { ...found(db, streams, filter, limit, after), tooManyToSort: true }
  }
  const ways = waysOf(filter)
  const ordered = orderedWay(ways, wish.by, filter)
  const rare = ways.filter((way) => way.order === null)
  const gathered = !ordered || rare.length > 0 ? gather(db, filter, ordered ? rare : ways, wish) : null
  if (gathered) return pageOfGathered(db, gathered, limit, after, wish)
  if (ordered) return walked(db, ordered, filter, limit, after, wish)
  const natural = orderedWay(ways, 'firstContact', filter) as Way
  return { ...walked(db, natural, filter, limit, after, NEWEST), tooManyToSort: true }
}

/** Along the index of words. */
function found(db: ReadableDb, streams: readonly Stream[], filter: OrderFilter, limit: number, after: string | undefined): OrderPage {
  const [below = null] = readPlace(after, FOUND, ['number']) ?? []
  const page = foundOrders(db, streams, { limit, below, test: testOf(filter) })
  return {
    orders: inOrder(db, page.found),
    next: page.below === null ? null : placeOf(FOUND, page.below),
    tooManyToSort: false,
  }
}

function walked(db: ReadableDb, way: Way, filter: OrderFilter, limit: number, after: string | undefined, sort: OrderSort): OrderPage {
  const { found, last } = walk(db, way, filter, { limit, place: readFound(after, sort), descending: sort.descending })
  return { orders: inOrder(db, found), next: last ? placeOfFound(last, sort) : null, tooManyToSort: false }
}

function pageOfGathered(db: ReadableDb, gathered: readonly Found[], limit: number, after: string | undefined, sort: OrderSort): OrderPage {
  const place = readFound(after, sort)
  const rest = place ? gathered.filter((each) => isAfter(each, place, sort)) : gathered
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return {
    orders: inOrder(db, page),
    next: rest.length > limit && last ? placeOfFound(last, sort) : null,
    tooManyToSort: false,
  }
}

/** A place is one of its sorting: sorted otherwise, the list begins anew. */
const FOUND = 'orders as found'
const listOf = ({ by, descending }: OrderSort): string => `orders by ${by}${descending ? ', last first' : ''}`
const placeOfFound = ({ key, id }: Found, sort: OrderSort): string => placeOf(listOf(sort), key, id)

function readFound(after: string | undefined, sort: OrderSort): Found | null {
  const [key, id] = readPlace(after, listOf(sort), ['any', 'text']) ?? []
  return key !== undefined && id !== undefined ? { key, id } : null
}

/** How many orders fit, of those that are quickly looked at. */
export function countOrders(db: ReadableDb, filter: OrderFilter): { count: number; more: boolean } {
  const streams = streamsFor(db, filter)
  if (streams) {
    const { found, below } = foundOrders(db, streams, { limit: LOOKED_AT, test: testOf(filter) })
    return { count: found.length, more: below !== null }
  }
  const [rarest] = waysOf(filter)
  const { found, last } = walk(db, rarest as Way, filter, { limit: LOOKED_AT, place: null, descending: true })
  return { count: found.length, more: last !== null }
}

/** All orders that fit, as far as one thing may be done to them at once. */
export async function matchingOrders(db: ReadableDb, filter: OrderFilter, sort?: OrderSort): Promise<{ orders: Card[]; more: boolean }> {
  const orders: Card[] = []
  let after: string | undefined
  do {
    if (after !== undefined) await pause()
    const page = listOrders(db, filter, MATCHING - orders.length, after, sort)
    orders.push(...page.orders)
    after = page.next ?? undefined
  } while (after !== undefined && orders.length < MATCHING)
  return { orders, more: after !== undefined }
}

/** The ways in which the filter's text is met; undefined: there is no text. */
function streamsFor(db: ReadableDb, { text, customer, owner }: OrderFilter): Stream[] | undefined {
  if (text === undefined || text === '') return undefined
  return orderStreams(db, text, { customer, owner: owner === NONE ? undefined : owner })
}

interface Wish {
  readonly limit: number
  readonly place: Found | null
  readonly descending: boolean
}

function walk(db: ReadableDb, way: Way, filter: OrderFilter, { limit, place, descending }: Wish): Walked {
  const test = testOf(filter)
  const column = way.order?.column ?? "''"
  const where = [...way.where]
  const params: (string | number)[] = [...test.params, ...way.params]
  if (place && way.order) {
    const side = descending ? '<' : '>'
    where.push(`(${column}, w.id) ${side} (?, ?)`)
    params.push(place.key, place.id)
  }
  const direction = descending ? 'DESC' : 'ASC'
  const order = way.order ? `ORDER BY ${column} ${direction}, w.id ${direction}` : ''
  const rows = sql(db, `SELECT w.id, ${column} AS key, (${test.sql}) AS fits FROM ${way.from} WHERE ${where.join(' AND ')} ${order}`)
  const found: Found[] = []
  let looked = 0
  for (const row of rows.iterate(...params) as Iterable<Found & { fits: number }>) {
    looked += 1
    if (row.fits === 1) found.push({ id: row.id, key: row.key })
    if (found.length > limit) {
      found.pop()
      return { found, last: found.at(-1) ?? null }
    }
    if (looked === LOOKED_AT) return { found, last: { id: row.id, key: row.key } }
  }
  return { found, last: null }
}

/** All that fit, sorted; null: they are too many. */
function gather(db: ReadableDb, filter: OrderFilter, ways: readonly Way[], sort: OrderSort): Found[] | null {
  for (const way of ways) {
    const looked = `SELECT w.id FROM ${way.from} WHERE ${way.where.join(' AND ')} LIMIT ${SORTED + 1}`
    const ids = all<{ id: string }>(db, looked, ...way.params).map(({ id }) => id)
    if (ids.length <= SORTED) return sorted(db, ids, filter, sort)
  }
  return null
}

function gatherFound(db: ReadableDb, streams: readonly Stream[], filter: OrderFilter, sort: OrderSort): Found[] | null {
  const { found, below } = foundOrders(db, streams, { limit: SORTED, test: testOf(filter) })
  return below === null ? sorted(db, found.map(({ id }) => id), filter, sort) : null
}

/** Ties go by id, so that a page begins where the last one ended. */
function sorted(db: ReadableDb, ids: readonly string[], filter: OrderFilter, sort: OrderSort): Found[] {
  const test = testOf(filter)
  const direction = sort.descending ? 'DESC' : 'ASC'
  return all<Found>(
    db,
    `SELECT w.id, ${SORT_KEYS[sort.by]} AS key FROM work_order AS w
     WHERE w.id IN (SELECT value FROM json_each(?)) AND ${test.sql} ORDER BY key ${direction}, w.id ${direction}`,
    JSON.stringify(ids),
    ...test.params,
  )
}

function isAfter(each: Found, place: Found, { descending }: OrderSort): boolean {
  const side = each.key === place.key ? (each.id > place.id ? 1 : each.id < place.id ? -1 : 0) : each.key > place.key ? 1 : -1
  return descending ? side < 0 : side > 0
}

function inOrder(db: ReadableDb, found: readonly { readonly id: string }[]): Card[] {
  const cards = new Map(
    readCards(db, 'WHERE w.id IN (SELECT value FROM json_each(?))', JSON.stringify(found.map(({ id }) => id))).map((card) => [card.id, card]),
  )
  return found.flatMap(({ id }) => cards.get(id) ?? [])
}
