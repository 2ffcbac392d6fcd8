import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { stockId, type StockEvents } from '#shared/domain/stock/fold.ts'
import { prefixRange } from '../../kernel/prefix.ts'
import { all } from '../../store/sql.ts'
import type { StockFound, StockPlace, StockPort } from './port.ts'

function draft<Type extends keyof StockEvents>(place: StockPlace, type: Type, data: StockEvents[Type]): EventDraft[] {
  return [{ subject: { kind: 'stock', id: stockId(place.warehouse, place.part) }, type, version: 1, data }]
}

const FIND = `
  SELECT s.id, s.warehouse, s.part, s.name, s.unit, s.on_hand AS onHand, s.reserved,
    s.on_hand - s.reserved + coalesce(
      (SELECT sum(held.quantity) FROM part_reservation AS held WHERE held.stock = s.id AND held.order_id = :order), 0
    ) AS available
  FROM part_stock AS s
  WHERE (:warehouse IS NULL OR s.warehouse = :warehouse)
    AND (:text = '' OR (s.part >= :from AND s.part < :to) OR instr(lower(s.name), lower(:text)) > 0)
  ORDER BY s.part, s.warehouse LIMIT :limit`

/** Stock as subjects of this log: the table that a company without an ERP keeps. */
export const localStock: StockPort = {
  lookUp: (load, { warehouse, part }) => load('stock', stockId(warehouse, part)).state,
  find: (db, { text, warehouse = null, order = null, limit }) =>
    all<StockFound>(db, FIND, { text, ...prefixRange(text), warehouse, order, limit }),
  describe: (place, as) => accept(draft(place, 'partDescribed', as)),
  receive: (place, quantity, document) =>
    accept(draft(place, 'stockReceived', { quantity, ...(document !== undefined && { document }) })),
  count: (place, held, counted, reason) => accept(draft(place, 'stockCounted', { old: held, new: counted, reason })),
}
