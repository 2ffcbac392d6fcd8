import type * as z from 'zod'
import type { Card } from '#shared/contract/board.ts'
import type { orderFilter } from '#shared/contract/workOrderQueries.ts'
import { prefixRange } from '../../kernel/prefix.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'

type Filter = z.output<typeof orderFilter>

/** Up to here the orders that a text finds are sorted; past it, the list goes by time and tries each order. */
const SELECTIVE = 1000

const COLUMNS = ['stage', 'status', 'priority', 'owner', 'customer'] as const

/** Orders by filter, newest first contact first, after a place. */
export function listOrders(
  db: ReadableDb,
  filter: Filter,
  limit: number,
  after?: string,
): { orders: Card[]; next: string | null } {
  const conditions: string[] = []
  const params: (string | number)[] = []
  for (const column of COLUMNS) {
    const value = filter[column]
    if (value === undefined) continue
    conditions.push(`w.${column} = ?`)
    params.push(value)
  }
  if (filter.text) {
    const found = findByText(db, filter.text)
    conditions.push(found.condition)
    params.push(...found.params)
  }
  if (after !== undefined) {
    const dot = after.indexOf('.')
    conditions.push('(w.first_contact_at, w.id) < (?, ?)')
    params.push(Number(after.slice(0, dot)), after.slice(dot + 1))
  }
  const orders = readCards(
    db,
    `${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
     ORDER BY w.first_contact_at DESC, w.id DESC LIMIT ?`,
    ...params,
    limit + 1,
  )
  const more = orders.length > limit
  if (more) orders.pop()
  const last = orders[orders.length - 1]
  return { orders, next: more && last ? `${last.firstContactAt}.${last.id}` : null }
}

const BY_TEXT = `
  SELECT id FROM work_order WHERE number >= :from AND number < :to
  UNION SELECT id FROM work_order WHERE serial >= :from AND serial < :to
  UNION SELECT id FROM work_order WHERE model >= :from AND model < :to
  UNION SELECT id FROM work_order WHERE customer IN (SELECT id FROM customer WHERE instr(lower(name), lower(:text)) > 0)
  LIMIT :limit`

const TRIED = `
  (substr(w.number, 1, length(?)) = ? OR substr(w.serial, 1, length(?)) = ? OR substr(w.model, 1, length(?)) = ?
   OR instr(lower(c.name), lower(?)) > 0)`

function findByText(db: ReadableDb, text: string): { condition: string; params: string[] } {
  const found = all<{ id: string }>(db, BY_TEXT, { text, ...prefixRange(text), limit: SELECTIVE + 1 })
  if (found.length > SELECTIVE) return { condition: TRIED, params: Array<string>(7).fill(text) }
  return {
    condition: 'w.id IN (SELECT value FROM json_each(?))',
    params: [JSON.stringify(found.map((row) => row.id))],
  }
}
