import { randomUUID } from 'node:crypto'
import { bulkOrders } from '#shared/contract/workOrder.ts'
import type { InputOf } from '#shared/contract/define.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { may, type Principal } from '../../kernel/access.ts'
import { service } from '../../kernel/feature.ts'
import type { Answer, CommandRequest } from '../../kernel/pipeline.ts'
import { workOrderCommands } from './commands.ts'

/** Facts take no base: they fold in any state. */
const WITHOUT_BASE: ReadonlySet<string> = new Set(['addNote'])

/**
 * One thing done to many orders: each is a command under an id of its own, decided, audited and answered alone.
 * All that were accepted become durable together.
 */
export const bulkService = service(bulkOrders, (input, { pipeline, principal }) => {
  if (!principal) return refuse('unauthenticated')
  const name = `workOrder.${input.action.name}`
  const permission = workOrderCommands.find(({ contract }) => contract.name === name)?.contract.permission
  if (permission === undefined || permission === 'public' || !may(principal, permission)) return refuse('forbidden')
  const results = pipeline.executeAll(expandBulk(input, principal))
  return accept({ results: results.map((result, index) => resultOf(input.orders[index]?.order ?? '', result)) })
})

function expandBulk({ id = randomUUID(), orders, action }: InputOf<typeof bulkOrders>, principal: Principal): CommandRequest[] {
  const { name, ...rest } = action
  return orders.map(({ order, base }, index) => ({
    id: `${id}.${index}`,
    name: `workOrder.${name}`,
    input: { ...rest, order, ...(!WITHOUT_BASE.has(name) && { base }) },
    actor: principal.actor,
  }))
}

function resultOf(order: string, result: Result<Answer>) {
  if (result.ok) return { order, ok: true, heads: { ...result.value.heads } }
  const { code, field, params } = result.refusal
  return { order, ok: false, refusal: { code, ...(field !== undefined && { field }), ...(params && { params: { ...params } }) } }
}
