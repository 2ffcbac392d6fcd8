import type * as z from 'zod'
import type { getStock, listStock, StockLine } from '#shared/contract/stock.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { foundBy } from '../search/find.ts'

const LINE = `
  SELECT s.id, s.warehouse, s.part, s.name, s.unit, s.on_hand AS onHand, s.reserved, s.on_hand - s.reserved AS available,
    (SELECT count(DISTINCT order_id) FROM order_shortage WHERE stock = s.id) AS waitingOrders,
    (SELECT coalesce(sum(needed), 0) FROM order_shortage WHERE stock = s.id) AS waitingPieces
  FROM part_stock AS s`

const SHOWN = {
  all: '1 = 1',
  short: '(s.on_hand - s.reserved < 0 OR s.id IN (SELECT stock FROM order_shortage))',
  reserved: 's.reserved > 0',
} as const

type Wanted = z.output<(typeof listStock)['input']>

export function listShelves(
  db: ReadableDb,
  { text, warehouse, show, after, limit }: Wanted,
): { stock: StockLine[]; warehouses: string[]; next: string | null } {
  const [part, at] = readPlace(after, 'stock', ['text', 'text']) ?? []
  const isAfter = part !== undefined && at !== undefined
  const conditions: string[] = [SHOWN[show]]
  if (warehouse !== undefined) conditions.push('s.warehouse = :warehouse')
  if (text !== '') conditions.push('s.id IN (SELECT value FROM json_each(:found))')
  if (isAfter) conditions.push('(s.part, s.warehouse) > (:part, :at)')
  const found = all<StockLine>(
    db,
    `${LINE} WHERE ${conditions.join(' AND ')} ORDER BY s.part, s.warehouse LIMIT :limit`,
    {
      limit: limit + 1,
      ...(warehouse !== undefined && { warehouse }),
      ...(text !== '' && { found: foundBy(db, 'part', text) }),
      ...(isAfter && { part, at }),
    },
  )
  const { rows, next } = pageOf(found, limit, (last) => placeOf('stock', last.part, last.warehouse))
  const warehouses = all<{ warehouse: string }>(db, 'SELECT DISTINCT warehouse FROM part_stock ORDER BY warehouse')
  return { stock: rows, warehouses: warehouses.map((row) => row.warehouse), next }
}

const HELD = `
  SELECT held.order_id AS "order", w.number, c.name AS customer, held.line, held.quantity, held.reserved_at AS since
  FROM part_reservation AS held JOIN work_order AS w ON w.id = held.order_id LEFT JOIN customer AS c ON c.id = w.customer
  WHERE held.stock = ? ORDER BY held.reserved_at, held.order_id, held.line LIMIT 200`
const WAITING = `
  SELECT short.order_id AS "order", w.number, c.name AS customer, short.line, short.needed AS quantity, short.since
  FROM order_shortage AS short JOIN work_order AS w ON w.id = short.order_id LEFT JOIN customer AS c ON c.id = w.customer
  WHERE short.stock = ? ORDER BY short.since, short.order_id, short.line LIMIT 200`

type Shelf = Omit<z.output<(typeof getStock)['output']>, 'now'>

export function readShelf(db: ReadableDb, id: string): Shelf {
  const [stock = null] = all<StockLine>(db, `${LINE} WHERE s.id = ?`, id)
  const others = stock
    ? all<StockLine>(db, `${LINE} WHERE s.part = ? AND s.id <> ? ORDER BY s.warehouse`, stock.part, id)
    : []
  return {
    stock,
    held: all<Shelf['held'][number]>(db, HELD, id),
    waiting: all<Shelf['waiting'][number]>(db, WAITING, id),
    elsewhere: others.map(({ waitingOrders: _orders, waitingPieces: _pieces, ...row }) => row),
  }
}
