import type { FinanceRow } from '#shared/contract/finance.ts'
import type { FinanceStep } from '#shared/domain/finance/steps.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { foundBy } from '../search/find.ts'

interface Row {
  readonly order_id: string
  readonly number: string | null
  readonly status: FinanceRow['status'] | null
  readonly customer: string | null
  readonly customer_name: string | null
  readonly model: string | null
  readonly since: number
  readonly contract_number: string | null
  readonly coverage: FinanceRow['coverage']
  readonly gross_fen: number
  readonly reversed_fen: number
  readonly paid_fen: number
  readonly due_fen: number
  readonly invoice: string | null
  readonly waived: number
  readonly conflicts: number
}

/** Orders in 客户签字: their field work is done, the customer has not accepted yet. */
const FIELD_DONE = `
  SELECT w.id AS order_id, w.number, w.status, w.customer, c.name AS customer_name, w.model, w.entered_at AS since,
    f.contract_number, f.coverage, coalesce(f.gross_fen, 0) AS gross_fen, coalesce(f.reversed_fen, 0) AS reversed_fen,
    coalesce(f.paid_fen, 0) AS paid_fen, coalesce(f.due_fen, 0) AS due_fen, f.invoice, coalesce(f.waived, 0) AS waived,
    coalesce(f.conflicts, 0) AS conflicts
  FROM work_order AS w LEFT JOIN order_finance AS f ON f.order_id = w.id LEFT JOIN customer AS c ON c.id = w.customer
  WHERE w.status = 'open' AND w.stage = 'signoff' AND w.imported = 0 AND (w.entered_at, w.id) > (:since, :id) AND (:text = '' OR w.id IN FOUND)
  ORDER BY w.entered_at, w.id LIMIT :limit`

const OF_STEP = (descends: boolean): string => `
  SELECT f.*, w.number, w.status, w.customer, c.name AS customer_name, w.model
  FROM order_finance AS f LEFT JOIN work_order AS w ON w.id = f.order_id LEFT JOIN customer AS c ON c.id = w.customer
  WHERE f.step = :step AND (f.since, f.order_id) ${descends ? '<' : '>'} (:since, :id) AND (:text = '' OR f.order_id IN FOUND)
  ORDER BY f.since ${descends ? 'DESC' : 'ASC'}, f.order_id ${descends ? 'DESC' : 'ASC'} LIMIT :limit`

const FOUND = `(SELECT id FROM work_order WHERE number LIKE :number ESCAPE '!'
  UNION SELECT id FROM work_order WHERE customer IN (SELECT value FROM json_each(:customers)))`

const likeStart = (text: string): string => `${text.replace(/[!%_]/g, '!$&')}%`

interface Wanted {
  readonly step: FinanceStep
  readonly text: string
  readonly after?: string | undefined
  readonly limit: number
}

/** What waits longest stands first; the archive shows the newest first. */
export function listSteps(db: ReadableDb, { step, text, after, limit }: Wanted): { orders: FinanceRow[]; next: string | null } {
  const descends = step === 'archived'
  const list = `finance ${step}`
  const [since = descends ? Number.MAX_SAFE_INTEGER : -1, id = ''] = readPlace(after, list, ['number', 'text']) ?? []
  const select = (step === 'fieldDone' ? FIELD_DONE : OF_STEP(descends)).replace('FOUND', FOUND)
  const found = all<Row>(db, select, {
    limit: limit + 1,
    since,
    id,
    text,
    number: likeStart(text),
    customers: text === '' ? '[]' : foundBy(db, 'customer', text),
    ...(step !== 'fieldDone' && { step }),
  })
  const { rows, next } = pageOf(found, limit, (last) => placeOf(list, last.since, last.order_id))
  return { orders: rows.map((row) => rowOf(row, step)), next }
}

const rowOf = (row: Row, step: FinanceStep): FinanceRow => ({
  order: row.order_id,
  number: row.number ?? row.order_id,
  status: row.status ?? 'closed',
  customer: row.customer === null ? null : { id: row.customer, name: row.customer_name ?? row.customer },
  model: row.model ?? '',
  step,
  since: row.since,
  contract: row.contract_number,
  coverage: row.coverage,
  grossFen: row.gross_fen,
  reversedFen: row.reversed_fen,
  paidFen: row.paid_fen,
  dueFen: row.due_fen,
  invoice: row.invoice,
  waived: row.waived === 1,
  attention: row.conflicts > 0 || (step !== 'fieldDone' && row.status !== 'closed'),
})

const COUNTS = `
  SELECT 'fieldDone' AS step, count(*) AS orders, 0 AS dueFen FROM work_order WHERE status = 'open' AND stage = 'signoff' AND imported = 0
  UNION ALL SELECT step, count(*), sum(due_fen) FROM order_finance GROUP BY step`

export const countSteps = (db: ReadableDb): { step: FinanceStep; orders: number; dueFen: number }[] => all(db, COUNTS)
