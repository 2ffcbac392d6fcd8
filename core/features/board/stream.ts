import { boardChanged, type Card } from '#shared/contract/board.ts'
import type { Subject } from '#shared/domain/kernel/event.ts'
import { topic } from '../../kernel/feature.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readCards } from './cards.ts'

/** Orders whose card may show something else now, by what was touched. */
const AFFECTED: Partial<Record<Subject['kind'], string>> = {
  customer: "SELECT id FROM work_order WHERE status = 'open' AND customer = :id LIMIT 200",
  user: "SELECT id FROM work_order WHERE status = 'open' AND owner = :id LIMIT 200",
  serviceProvider: "SELECT id FROM work_order WHERE status = 'open' AND provider = :id LIMIT 200",
  knownDefect: "SELECT id FROM work_order WHERE status = 'open' AND known_defect = :id LIMIT 200",
  stock: `SELECT order_id AS id FROM order_conflict WHERE subject = 'stock:' || :id
    UNION SELECT order_id FROM part_reservation WHERE stock = :id`,
  engineerDay: `SELECT order_id AS id FROM order_conflict WHERE subject = 'engineerDay:' || :id
    UNION SELECT order_id FROM engineer_slot WHERE day = :id`,
}

export function changedCards(db: ReadableDb, touched: readonly Subject[]): Card[] {
  const orders = new Set<string>()
  for (const subject of touched) {
    if (subject.kind === 'workOrder') orders.add(subject.id)
    const select = AFFECTED[subject.kind]
    if (select) for (const { id } of all<{ id: string }>(db, select, { id: subject.id })) orders.add(id)
  }
  return [...orders].flatMap((id) => readCards(db, 'WHERE w.id = ?', id))
}

export const boardTopic = topic(boardChanged, (touched, _events, { db, now }) => {
  const cards = changedCards(db, touched)
  return cards.length > 0 ? { now, cards } : null
})
