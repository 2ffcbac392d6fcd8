import { customerHistory, findCustomers, getCustomer, listCustomers } from '#shared/contract/customer.ts'
import { query } from '../../kernel/feature.ts'
import { readContracts } from '../contract/rows.ts'
import { foundBy } from '../search/find.ts'
import { ordersOf } from '../ordersOf.ts'
import { readRecordHistory } from '../recordHistory.ts'
import { customersByName } from './list.ts'
import { readCustomers } from './rows.ts'

/** Names that begin with the text first, then whatever else the index knows by it. */
const FIND = `
  WHERE :text = '' OR c.id = :text OR c.id IN (SELECT value FROM json_each(:found))
  ORDER BY c.active DESC, instr(lower(c.name), lower(:text)) <> 1, c.name, c.id LIMIT :limit`

export const customerQueries = [
  query(findCustomers, ({ text, limit }, { db }) => ({
    customers: readCustomers(db, FIND, { text, found: foundBy(db, 'customer', text), limit }),
  })),
  query(listCustomers, (input, { db }) => {
    const { rows, next } = customersByName(db, { ...input, text: '' })
    return { customers: rows, next }
  }),
  query(getCustomer, ({ customer, orders }, { db, now }) => ({
    now,
    customer: readCustomers(db, 'WHERE c.id = :id', { id: customer })[0] ?? null,
    contracts: readContracts(db, 'WHERE k.customer = :customer ORDER BY k.active DESC, k.to_day DESC, k.id LIMIT 50', { customer }),
    orders: ordersOf(db, 'customer', customer, orders),
  })),
  query(customerHistory, ({ customer }, { db }) => readRecordHistory(db, 'customer', customer)),
]
