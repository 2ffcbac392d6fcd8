import type { WaitingOrder } from '#shared/contract/dispatch.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'

/** What the panel shows of an order that its row tells. */
export interface OrderRow {
  readonly id: string
  readonly number: string
  readonly status: 'open' | 'closed' | 'cancelled' | 'merged'
  readonly stage: WaitingOrder['stage']
  readonly priority: WaitingOrder['priority']
  readonly customer: string | null
  readonly customer_name: string | null
  readonly equipment: string | null
  readonly model: string
  readonly serial: string
  readonly symptom: string
  readonly frozen: number
  readonly read_only: number
  readonly promise_by: number | null
  readonly head: string
  /** Who leads the crew of its appointment. */
  readonly lead: string | null
  /** Since when ③ execution runs (METRICS): somebody has to be there within its limit. */
  readonly execution_since: number | null
  readonly arrived_at: number | null
  /** The appointment that is held by a pin. */
  readonly pinned: string | null
}

const COLUMNS = `w.id, w.number, w.status, w.stage, w.priority, w.customer, c.name AS customer_name, w.equipment, w.model, w.serial,
    w.symptom, w.frozen, w.read_only, w.promise_by, w.head, w.engineer AS lead,
    CASE WHEN p.running = 'execution' THEN p.running_since END AS execution_since,
    (SELECT max(arrived_at) FROM order_arrival AS a WHERE a.order_id = w.id) AS arrived_at,
    pin.appointment AS pinned`
const FROM = `
  FROM work_order AS w
  LEFT JOIN customer AS c ON c.id = w.customer
  LEFT JOIN order_perceived AS p ON p.order_id = w.id
  LEFT JOIN visit_pin AS pin ON pin.order_id = w.id`
const ORDER = `SELECT ${COLUMNS} ${FROM}`

export const readOrders = (db: ReadableDb, ids: readonly string[]): Map<string, OrderRow> =>
  new Map(
    all<OrderRow>(db, `${ORDER} WHERE w.id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids)).map((row) => [row.id, row]),
  )

export const readOrder = (db: ReadableDb, id: string): OrderRow | undefined => one<OrderRow>(db, `${ORDER} WHERE w.id = ?`, id)

/** Time of who left, or is no engineer any more, is nobody's. */
const WORKS_HERE = `
  EXISTS (SELECT 1 FROM user_account AS u WHERE u.id = s.engineer AND u.disabled = 0
    AND EXISTS (SELECT 1 FROM json_each(u.roles) WHERE value = 'engineer'))`

/**
 * Orders that wait for a visit: in 预约上门, or in 现场处理 where somebody has to come again, without time that lies
 * ahead. A slot is looked for by its order, so that a lead from anywhere counts.
 */
const WAITS = `
  w.status = 'open' AND w.read_only = 0 AND w.stage IN ('scheduling', 'onsite')
  AND NOT EXISTS (SELECT 1 FROM engineer_slot AS s WHERE s.order_id = w.id AND s.to_at > :now AND ${WORKS_HERE})
  AND (w.stage = 'scheduling' OR NOT EXISTS (SELECT 1 FROM engineer_slot AS s WHERE s.order_id = w.id AND s.to_at > :now - 86400000 AND s.to_at <= :now))`

const URGENCY = `CASE w.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END`

/** Words of a text in number, customer, machine or symptom: those that wait are hundreds, not more. */
const SAYS = `(:text = '' OR instr(lower(w.number || ' ' || coalesce(c.name, '') || ' ' || w.model || ' ' || w.serial || ' ' || w.symptom), lower(:text)) > 0)`

interface WaitingPage {
  readonly now: number
  readonly text: string
  readonly after: readonly [rank: number, entered: number, id: string] | null
  readonly limit: number
}
export type WaitingRow = OrderRow & { readonly rank: number; readonly entered_at: number }

/** Most urgent first: priority, then since when it waits in its stage. */
export const readWaiting = (db: ReadableDb, { now, text, after, limit }: WaitingPage): WaitingRow[] =>
  all<WaitingRow>(
    db,
    `SELECT * FROM (SELECT ${URGENCY} AS rank, w.entered_at, ${COLUMNS} ${FROM} WHERE ${WAITS} AND ${SAYS}) AS o
     WHERE :rank IS NULL OR (rank, entered_at, id) > (:rank, :entered, :id)
     ORDER BY rank, entered_at, id LIMIT :limit`,
    { now, text, rank: after?.[0] ?? null, entered: after?.[1] ?? null, id: after?.[2] ?? null, limit },
  )

export const countWaiting = (db: ReadableDb, now: number, text: string): number =>
  one<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM work_order AS w LEFT JOIN customer AS c ON c.id = w.customer WHERE ${WAITS} AND ${SAYS}`,
    { now, text },
  )?.n ?? 0

/** When somebody has to be there, UTC ms: the customer's limit of ③, else what was promised. */
export function dueOf(db: ReadableDb): (order: OrderRow) => number | null {
  const limit = readSetting(db, 'perceived.limits').execution
  return ({ execution_since, promise_by }) => (execution_since === null ? promise_by : execution_since + limit)
}

/** The crew of an order's appointment as it was booked: who leads it comes first. */
export const leadFirst = ({ lead }: Pick<OrderRow, 'lead'>, engineers: readonly string[]): readonly string[] =>
  [...engineers].sort((a, b) => Number(b === lead) - Number(a === lead))

const STEPS = { low: 0, normal: 1, high: 2, urgent: 4 } as const
/** As the planner weighs it. */
export const priorityOf = ({ priority }: Pick<OrderRow, 'priority'>): number => STEPS[priority]

export const machineOf = ({ model, serial }: Pick<OrderRow, 'model' | 'serial'>): string => [model, serial].filter((word) => word !== '').join(' ')
