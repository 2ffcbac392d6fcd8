import type { RelatedOrder } from '#shared/contract/relatedOrders.ts'
import type { Card } from '#shared/contract/board.ts'
import { readState } from '../../kernel/readState.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'

/** So many of a machine's orders are looked at; of these the open ones come first. */
const OF_MACHINE = 40
const SHOWN = 20
const OF_CUSTOMER = 10
/** Of a customer with more open orders the rest is in the list of orders. */
const LOOKED_AT = 200

/** What else there is of the same machine and the same customer: along one index each. */
export function readRelated(db: ReadableDb, id: string): { duplicates: number; orders: RelatedOrder[] } {
  const [own] = readCards(db, 'WHERE w.id = ?', id)
  if (!own) return { duplicates: 0, orders: [] }
  const { state } = readState(db, 'workOrder', id)
  const links = new Map(state.links.map(({ to, kind }) => [to, kind]))
  const machine = state.fields['equipment']
  const ofMachine =
    typeof machine === 'string'
      ? readCards(db, 'WHERE w.equipment = ? AND w.id <> ? ORDER BY w.first_contact_at DESC, w.id DESC LIMIT ?', machine, id, OF_MACHINE)
      : []
  const isOpen = ({ status }: Card): boolean => status === 'open'
  const sorted = [...ofMachine.filter(isOpen), ...ofMachine.filter((card) => !isOpen(card))].slice(0, SHOWN)
  const known = new Set(ofMachine.map((card) => card.id))
  const ofCustomer = own.customer
    ? readCards(
        db,
        `WHERE w.id IN (SELECT id FROM work_order WHERE status = 'open' AND customer = ? LIMIT ${LOOKED_AT})
         AND w.id <> ? ORDER BY w.urgency, w.id LIMIT ?`,
        own.customer.id,
        id,
        OF_CUSTOMER + known.size,
      ).filter((card) => !known.has(card.id))
    : []
  const related =
    (same: RelatedOrder['same']) =>
    (card: Card): RelatedOrder => ({ card, same, link: links.get(card.id) ?? null })
  return {
    duplicates: ofMachine.filter(isOpen).length,
    orders: [...sorted.map(related('machine')), ...ofCustomer.slice(0, OF_CUSTOMER).map(related('customer'))],
  }
}
