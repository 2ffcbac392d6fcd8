import type { Card } from '#shared/contract/board.ts'
import type { ReadableDb } from '../store/sql.ts'
import { readCards } from './board/cards.ts'

/** The board's own index of open orders; a machine has few orders of any kind. */
const OPEN = {
  customer: 'work_order_column_customer',
  equipment: 'work_order_machine',
  provider: 'work_order_column_provider',
  known_defect: 'work_order_column_defect',
} as const

/**
 * Orders of a customer, a machine, a provider or a known defect: open ones first, the newest first among them and
 * among the others. Two reads, each along an index: a provider has a hundred thousand orders, and few open ones.
 */
export function ordersOf(
  db: ReadableDb,
  column: keyof typeof OPEN,
  id: string,
  limit: number,
): Card[] {
  const newest = 'ORDER BY w.first_contact_at DESC, w.id DESC LIMIT ?'
  const those = `SELECT id FROM work_order INDEXED BY ${OPEN[column]} WHERE ${column} = ? AND status = 'open'`
  const open = readCards(db, `WHERE w.id IN (${those}) ${newest}`, id, limit)
  if (open.length === limit) return open
  return [...open, ...readCards(db, `WHERE w.${column} = ? AND w.status <> 'open' ${newest}`, id, limit - open.length)]
}

/** The same of a customer and of those that were merged into it. */
export function ordersOfAll(db: ReadableDb, customers: readonly string[], limit: number): Card[] {
  const orders = customers.flatMap((customer) => ordersOf(db, 'customer', customer, limit))
  if (customers.length === 1) return orders
  const isOpen = ({ status }: Card): number => (status === 'open' ? 1 : 0)
  return orders
    .sort((a, b) => isOpen(b) - isOpen(a) || b.firstContactAt - a.firstContactAt || (a.id < b.id ? 1 : -1))
    .slice(0, limit)
}
