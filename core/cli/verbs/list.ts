import type { QueryInput, QueryOutput } from '#shared/contract/registry.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { UsageError, whole, type Arguments } from '../arguments.ts'
import { reachCenter } from '../center.ts'
import type { Output } from '../output.ts'

const PAGE = 500

type Orders = QueryOutput['workOrder.list']['orders']

/** Orders, newest first contact first. */
export async function list({ values, data }: Arguments, output: Output): Promise<number> {
  const limit = whole('limit', values.limit, { min: 1, max: 1_000_000, or: 50 })
  const stage = STAGES.find((known) => known === values.stage)
  if (values.stage !== undefined && !stage) throw new UsageError(`--stage is one of ${STAGES.join(', ')}`)
  const filter: QueryInput['workOrder.list']['filter'] = stage ? { stage, status: 'open' } : {}
  const center = reachCenter(data, 'list')
  try {
    const orders: Orders = []
    let after: string | null | undefined
    while (orders.length < limit && after !== null) {
      const page = await center.query('workOrder.list', {
        filter,
        limit: Math.min(PAGE, limit - orders.length),
        ...(after !== undefined && { after }),
      })
      orders.push(...page.orders)
      after = page.next
    }
    output.result({ ok: true, orders, more: after !== null }, () => {
      for (const order of orders) output.line(lineOf(order))
      if (orders.length === 0) output.say('没有符合条件的工单', 'No such orders')
    })
    return 0
  } finally {
    center.close()
  }
}

function lineOf(order: Orders[number]): string {
  const due = order.dueAt === null ? '-' : new Date(order.dueAt).toISOString().slice(0, 16)
  const marks = [order.breached && '!', order.frozen && '*', order.demo && 'demo'].filter(Boolean).join(' ')
  return [
    order.number,
    order.status,
    order.stage,
    due,
    order.customer?.name ?? '-',
    order.model,
    order.symptom,
    marks,
  ].join('\t')
}
