import { findProviders } from '#shared/contract/provider.ts'
import { query } from '../../kernel/feature.ts'
import { headOf } from '../../kernel/readState.ts'
import { all } from '../../store/sql.ts'

interface ProviderRow {
  id: string
  name: string
  parent: string | null
  parent_name: string | null
  active: number
  demo: number
  open_orders: number
  head: string
}

/** Providers are few; open orders are counted by the board's own counts. */
const FIND = `
  SELECT p.*, above.name AS parent_name, ${headOf("'serviceProvider:' || p.id")} AS head,
    (SELECT coalesce(sum(open), 0) FROM board_count WHERE dimension = 'provider' AND value = p.id) AS open_orders
  FROM service_provider AS p LEFT JOIN service_provider AS above ON above.id = p.parent
  WHERE (:text = '' OR instr(lower(p.name), lower(:text)) > 0 OR p.id = :text) AND (:all = 1 OR p.active = 1)
  ORDER BY p.name, p.id LIMIT :limit`

export const providerQueries = [
  query(findProviders, ({ text, activeOnly, limit }, { db }) => ({
    providers: all<ProviderRow>(db, FIND, { text, limit, all: activeOnly ? 0 : 1 }).map((row) => ({
      id: row.id,
      name: row.name,
      parent: row.parent === null ? null : { id: row.parent, name: row.parent_name ?? row.parent },
      active: row.active === 1,
      demo: row.demo === 1,
      openOrders: row.open_orders,
      head: row.head,
    })),
  })),
]
