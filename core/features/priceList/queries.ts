import { listPrices, priceHistory, type PriceRow } from '#shared/contract/priceList.ts'
import { query } from '../../kernel/feature.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import { headOf } from '../../kernel/readState.ts'
import { all } from '../../store/sql.ts'
import { readRecordHistory } from '../recordHistory.ts'

interface Row extends Omit<PriceRow, 'active' | 'demo'> {
  readonly active: number
  readonly demo: number
}

/** A price list is some hundreds of lines: they are looked through. */
const LIST = `
  SELECT p.id AS item, p.name, p.kind, p.unit, p.unit_fen AS unitFen, p.vat_rate AS vatRate, p.cost_fen AS costFen,
    p.active, p.demo, ${headOf("'price:' || p.id")} AS head
  FROM price_item AS p
  WHERE p.id > :after AND (:all = 1 OR p.active = 1) AND (:text = '' OR instr(lower(p.id || ' ' || p.name), :text) > 0)
  ORDER BY p.id LIMIT :limit`

export const priceQueries = [
  query(listPrices, ({ text, show, after, limit }, { db }) => {
    const [last] = readPlace(after, 'prices', ['text']) ?? []
    const params = { after: last ?? '', all: show === 'all' ? 1 : 0, text: text.toLowerCase(), limit: limit + 1 }
    const found = all<Row>(db, LIST, params)
    const { rows, next } = pageOf(found, limit, (row) => placeOf('prices', row.item))
    return { prices: rows.map((row) => ({ ...row, active: row.active === 1, demo: row.demo === 1 })), next }
  }),
  query(priceHistory, ({ item }, { db }) => readRecordHistory(db, 'price', item)),
]
