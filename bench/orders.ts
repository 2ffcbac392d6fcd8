import type { App } from '#core/app.ts'
import type { CommandRequest } from '#core/kernel/pipeline.ts'
import type { Actor } from '#shared/domain/kernel/event.ts'

export const DISPATCHER: Actor = { kind: 'user', id: 'bench-dispatcher' }

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const CUSTOMERS = 480

export interface OpenOrder {
  readonly order: string
  /** Last event: the base of the next decision. */
  head: string
}

/** As many customers as the reference company has, a machine each. */
function masterData(app: App): void {
  const requests: CommandRequest[] = []
  for (let n = 0; n < CUSTOMERS; n++) {
    const name = `测试客户 ${n}`
    const machine = { customer: `customer-${n}`, model: `BR-VS${2000 * (1 + (n % 3))}`, serial: `S${100_000 + n}` }
    requests.push({ id: `customer-${n}`, name: 'customer.register', actor: DISPATCHER, input: { name } })
    requests.push({ id: `machine-${n}`, name: 'equipment.register', actor: DISPATCHER, input: machine })
  }
  accepted(app, requests)
}

/** The n-th order of a benchmark, complete enough to leave 待初审. */
function registration(n: number, at: number, replied: boolean): CommandRequest {
  return {
    id: `order-${n}`,
    name: 'workOrder.register',
    actor: DISPATCHER,
    input: {
      customer: { id: `customer-${n % CUSTOMERS}` },
      equipment: { id: `machine-${n % CUSTOMERS}` },
      channel: 'phone',
      firstContactAt: at,
      repliedAtCall: replied,
      fields: {
        contactName: '联系人',
        contactPhone: '13800000000',
        priority: PRIORITIES[n % 4] as string,
        faultCategory: '触控',
        faultSymptom: '触摸无反应',
        reproductionSteps: '开机十分钟后点击右上角无反应，重启后恢复，再次升温后复现。',
      },
    },
  }
}

/**
 * Registers orders in large transactions: making ready is not what is measured. One that nobody has replied to keeps
 * the timer of 待初审 armed.
 */
export function registerOrders(
  app: App,
  count: number,
  at: number,
  { replied = false, from = 0, batch = 500 }: { replied?: boolean; from?: number; batch?: number } = {},
): OpenOrder[] {
  if (app.subjects.load({ kind: 'customer', id: 'customer-0' }).last === null) masterData(app)
  const orders: OpenOrder[] = []
  for (let done = 0; done < count; done += batch) {
    const size = Math.min(batch, count - done)
    const requests = Array.from({ length: size }, (_, index) => registration(from + done + index, at, replied))
    for (const answer of accepted(app, requests)) {
      const order = answer['order'] as string
      orders.push({ order, head: answer.heads[`workOrder:${order}`] as string })
    }
  }
  return orders
}

function accepted(app: App, requests: readonly CommandRequest[]) {
  return app.pipeline.executeAll(requests).map((result) => {
    if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
    return result.value
  })
}
