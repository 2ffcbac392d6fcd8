import type * as z from 'zod'
import type { CustomerRow, listCustomers } from '#shared/contract/customer.ts'
import type { ListPage } from '../../kernel/listTable.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { foundBy } from '../search/find.ts'
import { readCustomers } from './rows.ts'

const SHOWN = {
  active: 'c.active = 1',
  provisional: 'c.provisional = 1',
  inactive: 'c.active = 0',
  all: '1 = 1',
} as const

type Wanted = z.output<(typeof listCustomers)['input']> & { readonly text: string }

/** Customers by name, those that a text finds or all. */
export function customersByName(db: ReadableDb, { show, text, after, limit }: Wanted): ListPage<CustomerRow> {
  const [name, id] = readPlace(after, 2) ?? []
  const conditions: string[] = [SHOWN[show]]
  if (text !== '') conditions.push('c.id IN (SELECT value FROM json_each(:found))')
  if (name !== undefined) conditions.push('(c.name, c.id) > (:name, :id)')
  const found = readCustomers(db, `WHERE ${conditions.join(' AND ')} ORDER BY c.name, c.id LIMIT :limit`, {
    limit: limit + 1,
    ...(text !== '' && { found: foundBy(db, 'customer', text) }),
    ...(name !== undefined && id !== undefined && { name, id }),
  })
  return pageOf(found, limit, (last) => placeOf(last.name, last.id))
}
