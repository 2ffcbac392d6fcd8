import { customerHistory, findCustomers, getCustomer, listCustomers, previewMerge, type CustomerRow } from '#shared/contract/customer.ts'
import { query } from '../../kernel/feature.ts'
import { readState } from '../../kernel/readState.ts'
import { all, one } from '../../store/sql.ts'
import { readContracts } from '../contract/rows.ts'
import { foundBy } from '../search/find.ts'
import { ordersOfAll } from '../ordersOf.ts'
import { readRecordHistory } from '../recordHistory.ts'
import { customersByName } from './list.ts'
import { filledBy, movesOf } from './merge.ts'
import { mergedInto } from './merged.ts'
import { readCustomers } from './rows.ts'

/** Names that begin with the text first, then whatever else the index knows by it. */
const FIND = `
  WHERE merged.id IS NULL AND (:text = '' OR c.id = :text OR c.id IN (SELECT value FROM json_each(:found)))
  ORDER BY c.active DESC, instr(lower(c.name), lower(:text)) <> 1, c.name, c.id LIMIT :limit`

const FORMER = 'SELECT id, name FROM customer WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name, id'

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
    merged: all<{ id: string; name: string }>(db, FORMER, JSON.stringify(mergedInto(db, customer))),
    orders: ordersOfAll(db, [customer, ...mergedInto(db, customer)], orders),
  })),
  query(previewMerge, ({ customer, into }, { db }) => {
    const read = (id: string): CustomerRow | undefined => readCustomers(db, 'WHERE c.id = :id', { id })[0]
    const [duplicate, stays] = [read(customer), read(into)]
    if (!duplicate || !stays) return { preview: null }
    const { machines, contracts, orders } = movesOf(db, customer)
    const ended = one<{ n: number }>(db, "SELECT count(*) AS n FROM work_order WHERE customer = ? AND status <> 'open'", customer)?.n ?? 0
    const filled = filledBy(readState(db, 'customer', customer).state, readState(db, 'customer', into).state)
    return {
      preview: {
        customer: duplicate,
        into: stays,
        machines: machines.length,
        contracts: contracts.length,
        openOrders: orders.length,
        endedOrders: ended,
        filled,
      },
    }
  }),
  query(customerHistory, ({ customer }, { db }) => readRecordHistory(db, 'customer', customer)),
]
