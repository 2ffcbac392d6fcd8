import type { OrderFilter, OrderSort } from '#shared/contract/workOrderQueries.ts'
import { NONE } from '#shared/contract/board.ts'
import { PRIORITIES, STAGES } from '#shared/domain/workOrder/stages.ts'

/** A way through the orders along one index, so that no list ever scans them. */
export interface Way {
  /** `FROM …` with the index that is walked. */
  readonly from: string
  /** What the index itself answers. */
  readonly where: readonly string[]
  readonly params: readonly (string | number)[]
  /** The sort whose order the index is in, and the column of it; null: the orders found have to be sorted. */
  readonly order: { readonly by: OrderSort['by']; readonly column: string } | null
}

type Params = readonly (string | number)[]
const along = (index: string): string => `work_order AS w INDEXED BY ${index}`
const byContact = { by: 'firstContact', column: 'w.first_contact_at' } as const

/** Ways that a filter opens, the rarest first as a rule; the last one is all orders. */
export function waysOf(filter: OrderFilter): Way[] {
  const ways: Way[] = []
  const period = periodOf(filter)
  const add = (index: string, where: readonly string[], params: Params, ordered = true): void => {
    ways.push({
      from: along(index),
      where: ordered ? [...where, ...period.where] : where,
      params: ordered ? [...params, ...period.params] : params,
      order: ordered ? byContact : null,
    })
  }
  if (filter.frozen) add('work_order_column_frozen', ["w.status = 'open'", 'w.frozen = 1'], [], false)
  if (filter.breached) add('work_order_column_breached', ["w.status = 'open'", 'w.breached = 1'], [], false)
  if (filter.customer !== undefined) add('work_order_customer', ['w.customer = ?'], [filter.customer])
  if (filter.owner === NONE) add('work_order_owner', ['w.owner IS NULL'], [])
  else if (filter.owner !== undefined) add('work_order_owner', ['w.owner = ?'], [filter.owner])
  if (filter.provider !== undefined && filter.provider !== NONE) add('work_order_provider', ['w.provider = ?'], [filter.provider])
  // Only an open order is frozen or past its limit.
  const status = filter.frozen || filter.breached ? 'open' : filter.status
  if (status !== undefined) add('work_order_status', ['w.status = ?'], [status])
  if (filter.stage !== undefined && filter.status === 'open') {
    add('work_order_column', ["w.status = 'open'", 'w.stage = ?'], [filter.stage], false)
  }
  add('work_order_recent', ['w.first_contact_at >= 0'], [])
  return ways
}

/** Sorts of their own index. Those by a due time or a closing hold no others than open, or closed, orders. */
const OWN: Partial<Record<OrderSort['by'], Way>> = {
  number: { from: along('work_order_number'), where: ["w.number >= ''"], params: [], order: { by: 'number', column: 'w.number' } },
  due: { from: along('work_order_due'), where: ["w.status = 'open'", 'w.urgency >= 0'], params: [], order: { by: 'due', column: 'w.urgency' } },
  closed: { from: along('work_order_closed'), where: ['w.closed_at IS NOT NULL', 'w.closed_at >= 0'], params: [], order: { by: 'closed', column: 'w.closed_at' } },
}

/** The way in the order that is wished; null: there is none, the orders have to be gathered and sorted. */
export function orderedWay(ways: readonly Way[], by: OrderSort['by'], filter: OrderFilter): Way | null {
  const own = OWN[by]
  if (own && (by === 'number' || filter.status === (by === 'due' ? 'open' : 'closed'))) return own
  return ways.find((way) => way.order?.by === by) ?? null
}

/** What is left to be seen by looking at each order: all of the filter but the text. */
export function testOf(filter: OrderFilter): { readonly sql: string; readonly params: Params } {
  const tests: string[] = []
  const params: (string | number)[] = []
  for (const column of ['stage', 'status', 'priority', 'channel', 'owner', 'customer', 'provider'] as const) {
    const value = filter[column]
    if (value === undefined) continue
    // A plus keeps the planner on the way that was chosen.
    if (value === NONE) tests.push(`+w.${column} IS NULL`)
    else {
      tests.push(`+w.${column} IS ?`)
      params.push(value)
    }
  }
  if (filter.frozen) tests.push("+w.frozen = 1 AND +w.status = 'open'")
  if (filter.breached) tests.push("+w.breached = 1 AND +w.status = 'open'")
  if (filter.from !== undefined) {
    tests.push('+w.first_contact_at >= ?')
    params.push(filter.from)
  }
  if (filter.to !== undefined) {
    tests.push('+w.first_contact_at < ?')
    params.push(filter.to)
  }
  return { sql: tests.length > 0 ? tests.join(' AND ') : '1', params }
}

function periodOf({ from, to }: OrderFilter): { where: string[]; params: number[] } {
  const where: string[] = []
  const params: number[] = []
  if (from !== undefined) {
    where.push('w.first_contact_at >= ?')
    params.push(from)
  }
  if (to !== undefined) {
    where.push('w.first_contact_at < ?')
    params.push(to)
  }
  return { where, params }
}

const rank = (column: string, values: readonly string[]): string =>
  `CASE ${column} ${values.map((value, index) => `WHEN '${value}' THEN ${index}`).join(' ')} ELSE ${values.length} END`

/** What orders are compared by; names are joined where they are compared. */
export const SORT_KEYS: Readonly<Record<OrderSort['by'], string>> = {
  firstContact: 'w.first_contact_at',
  number: 'w.number',
  due: 'w.urgency',
  closed: 'coalesce(w.closed_at, 0)',
  entered: 'w.entered_at',
  promise: 'coalesce(w.promise_by, 9000000000000000)',
  status: rank('w.status', ['open', 'closed', 'cancelled', 'merged']),
  stage: rank('w.stage', STAGES),
  priority: rank('w.priority', PRIORITIES),
  customer: "coalesce((SELECT name FROM customer WHERE id = w.customer), '')",
  model: 'w.model',
  serial: 'w.serial',
  owner: "coalesce((SELECT display_name FROM user_account WHERE id = w.owner), '')",
  provider: "coalesce((SELECT name FROM service_provider WHERE id = w.provider), '')",
  channel: 'w.channel',
}
