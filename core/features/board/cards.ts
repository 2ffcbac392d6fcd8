import type { Card } from '#shared/contract/board.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

interface CardRow {
  id: string
  number: string
  channel: Card['channel']
  status: Card['status']
  stage: Card['stage']
  priority: Card['priority']
  customer: string | null
  customer_name: string | null
  model: string
  serial: string
  fault_category: string
  symptom: string
  owner: string | null
  owner_name: string | null
  engineer: string | null
  engineer_name: string | null
  provider: string | null
  provider_name: string | null
  known_defect: string | null
  defect_title: string | null
  handover_to: string | null
  next_step: string | null
  next_step_key: string | null
  waits_on: Card['waitsOn']
  waits_who: string | null
  promise_by: number | null
  first_contact_at: number
  entered_at: number
  closed_at: number | null
  due_at: number | null
  limit_ms: number | null
  breached: number
  frozen: number
  paused: number
  imported: number
  demo: number
  read_only: number
  conflicts: number
  head: string
}

/** What a card shows: the order's row, names joined, and the decisions that it lost anywhere. */
const CARD = `
  SELECT w.*, c.name AS customer_name, u.display_name AS owner_name, e.display_name AS engineer_name,
    p.name AS provider_name, d.title AS defect_title,
    (SELECT count(*) FROM order_conflict AS lost WHERE lost.order_id = w.id) AS conflicts
  FROM work_order AS w
  LEFT JOIN customer AS c ON c.id = w.customer
  LEFT JOIN user_account AS u ON u.id = w.owner
  LEFT JOIN user_account AS e ON e.id = w.engineer
  LEFT JOIN service_provider AS p ON p.id = w.provider
  LEFT JOIN known_defect AS d ON d.id = w.known_defect`

/** Cards of the orders that `where` chooses (a fixed text with parameters), in the order that it names. */
export function readCards(db: ReadableDb, where: string, ...params: readonly (string | number)[]): Card[] {
  return all<CardRow>(db, `${CARD}\n${where}`, ...params).map(cardOf)
}

const cardOf = (row: CardRow): Card => ({
  id: row.id,
  number: row.number,
  channel: row.channel,
  status: row.status,
  stage: row.stage,
  priority: row.priority,
  customer: row.customer === null ? null : { id: row.customer, name: row.customer_name ?? row.customer },
  model: row.model,
  serial: row.serial,
  faultCategory: row.fault_category,
  symptom: row.symptom,
  owner: row.owner === null ? null : { id: row.owner, name: row.owner_name ?? row.owner },
  engineer: row.engineer === null ? null : { id: row.engineer, name: row.engineer_name ?? row.engineer },
  provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
  handoverTo: row.handover_to,
  nextStep: row.next_step,
  nextStepKey: row.next_step_key,
  waitsOn: row.waits_on,
  waitsWho: row.waits_who,
  promiseBy: row.promise_by,
  firstContactAt: row.first_contact_at,
  enteredAt: row.entered_at,
  closedAt: row.closed_at,
  dueAt: row.due_at,
  limitMs: row.limit_ms,
  breached: row.breached === 1,
  frozen: row.frozen === 1,
  paused: row.paused === 1,
  knownDefect: row.known_defect === null ? null : { id: row.known_defect, title: row.defect_title ?? row.known_defect },
  imported: row.imported === 1,
  demo: row.demo === 1,
  conflicts: row.conflicts,
  readOnly: row.read_only === 1,
  head: row.head,
})
