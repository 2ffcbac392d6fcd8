import { stockId } from '#shared/domain/stock/fold.ts'
import { foundBy } from '../../features/search/find.ts'
import { all } from '../../store/sql.ts'
import type { StockFound, StockPlace, StockPort } from './port.ts'

const idOf = ({ warehouse, part }: StockPlace): string => stockId(warehouse, part)

const FIND = `
  SELECT s.id, s.warehouse, s.part, s.name, s.unit, s.on_hand AS onHand, s.reserved,
    s.on_hand - s.reserved + coalesce(
      (SELECT sum(held.quantity) FROM part_reservation AS held WHERE held.stock = s.id AND held.order_id = :order), 0
    ) AS available
  FROM part_stock AS s
  WHERE (:warehouse IS NULL OR s.warehouse = :warehouse)
    AND (:text = '' OR s.id IN (SELECT value FROM json_each(:found)))
  ORDER BY s.part, s.warehouse LIMIT :limit`

/** Stock as subjects of this log: the table that a company without an ERP keeps. */
export const localStock: StockPort = {
  lookUp: (load, place) => load('stock', idOf(place)).state,
  find: (db, { text, warehouse = null, order = null, limit }) =>
    all<StockFound>(db, FIND, { text, found: foundBy(db, 'part', text), warehouse, order, limit }),
  describe(book, place, as) {
    book.add('stock', idOf(place), 'partDescribed', as)
    return null
  },
  receive(book, place, quantity, document) {
    book.add('stock', idOf(place), 'stockReceived', { quantity, ...(document !== undefined && { document }) })
    return null
  },
  count(book, place, counted, reason) {
    const old = book.state('stock', idOf(place)).onHand
    book.add('stock', idOf(place), 'stockCounted', { old, new: counted, reason })
    return null
  },
}
