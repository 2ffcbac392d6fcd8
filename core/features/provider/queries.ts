import { findProviders, getProvider, providerHistory, type ProviderRow } from '#shared/contract/provider.ts'
import { query } from '../../kernel/feature.ts'
import { headOf } from '../../kernel/readState.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { ordersOf } from '../ordersOf.ts'
import { readRecordHistory } from '../recordHistory.ts'

interface Row {
  id: string
  name: string
  parent: string | null
  parent_name: string | null
  active: number
  demo: number
  open_orders: number
  head: string
}

/** Open orders are counted by the board's own counts. */
const PROVIDER = `
  SELECT p.*, above.name AS parent_name, ${headOf("'serviceProvider:' || p.id")} AS head,
    (SELECT coalesce(sum(open), 0) FROM board_count WHERE dimension = 'provider' AND value = p.id) AS open_orders
  FROM service_provider AS p LEFT JOIN service_provider AS above ON above.id = p.parent`

/** Providers are few: dozens, not thousands. */
const FIND = `
  WHERE (:text = '' OR instr(lower(p.name), lower(:text)) > 0 OR p.id = :text) AND (:all = 1 OR p.active = 1)
  ORDER BY p.name, p.id LIMIT :limit`

const read = (db: ReadableDb, where: string, params: Readonly<Record<string, string | number>>): ProviderRow[] =>
  all<Row>(db, `${PROVIDER}\n${where}`, params).map((row) => ({
    id: row.id,
    name: row.name,
    parent: row.parent === null ? null : { id: row.parent, name: row.parent_name ?? row.parent },
    active: row.active === 1,
    demo: row.demo === 1,
    openOrders: row.open_orders,
    head: row.head,
  }))

export const providerQueries = [
  query(findProviders, ({ text, activeOnly, limit }, { db }) => ({
    providers: read(db, FIND, { text, limit, all: activeOnly ? 0 : 1 }),
  })),
  query(getProvider, ({ provider, orders }, { db, now }) => ({
    now,
    provider: read(db, 'WHERE p.id = :id', { id: provider })[0] ?? null,
    beneath: read(db, 'WHERE p.parent = :id ORDER BY p.name, p.id LIMIT 200', { id: provider }),
    orders: ordersOf(db, 'provider', provider, orders),
  })),
  query(providerHistory, ({ provider }, { db }) => readRecordHistory(db, 'serviceProvider', provider)),
]
