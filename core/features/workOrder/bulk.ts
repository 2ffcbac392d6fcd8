import { randomUUID } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import { bulkOrders, previewBulk } from '#shared/contract/workOrderBulk.ts'
import type { InputOf, OutputOf } from '#shared/contract/define.ts'
import { accept, refuse, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import { may, type Principal } from '../../kernel/access.ts'
import { service } from '../../kernel/feature.ts'
import type { Answer, CommandRequest, Pipeline } from '../../kernel/pipeline.ts'
import { workOrderCommands } from './commands.ts'

/** Facts take no base: they fold in any state. */
const WITHOUT_BASE: ReadonlySet<string> = new Set(['addNote'])

/** The writer works 20 ms at most in one slice (DESIGN §3); what is left of it is for the commit. */
const SLICE_MS = 8

/**
 * One thing done to many orders: each is a command under an id of its own, decided, audited and answered alone.
 * Slices of them become durable together; between two slices others have their turn. Cut short by the end of the
 * program, it is repeated under its id: what was done is not done twice.
 */
export const bulkService = service(bulkOrders, async (input, { pipeline, principal }) => {
  if (!principal) return refuse('unauthenticated')
  if (!mayDo(principal, input.action.name)) return refuse('forbidden')
  const results = await executeSliced(pipeline, expandBulk(input, principal))
  return accept({ results: results.map((result, index) => resultOf(input.orders[index]?.order ?? '', result)) })
})

/**
 * The same without doing it: each order is judged in the light of those before it, so that the last pieces of a part
 * are promised to one of them only.
 */
export const previewService = service(previewBulk, async (input, { pipeline, principal }) => {
  if (!principal) return refuse('unauthenticated')
  if (!mayDo(principal, input.action.name)) return refuse('forbidden')
  const tried = pipeline.dryRun()
  const results: OutputOf<typeof previewBulk>['results'] = []
  let until = performance.now() + SLICE_MS
  for (const [index, request] of expandBulk(input, principal).entries()) {
    if (performance.now() >= until) {
      await pause()
      until = performance.now() + SLICE_MS
    }
    const order = input.orders[index]?.order ?? ''
    const answer = pipeline.tryOut(request, tried)
    if (!answer.ok) {
      results.push({ ...refusedOf(order, answer), events: [] })
      continue
    }
    const own = answer.value.filter(({ subject }) => subject.kind === 'workOrder' && subject.id === order)
    results.push({ order, ok: true, events: own.map(({ type, data }) => ({ type, data: { ...data } as Told })) })
  }
  return accept({ results })
})
type Told = OutputOf<typeof previewBulk>['results'][number]['events'][number]['data']

function mayDo(principal: Principal, action: string): boolean {
  const permission = workOrderCommands.find(({ contract }) => contract.name === `workOrder.${action}`)?.contract.permission
  return permission !== undefined && permission !== 'public' && may(principal, permission)
}

async function executeSliced(pipeline: Pipeline, requests: readonly CommandRequest[]): Promise<Result<Answer>[]> {
  const results: Result<Answer>[] = []
  while (results.length < requests.length) {
    if (results.length > 0) await pause()
    const until = performance.now() + SLICE_MS
    const slice = pipeline.inOne((execute) => {
      const done: Result<Answer>[] = []
      for (const request of requests.slice(results.length)) {
        done.push(execute(request))
        if (performance.now() >= until) break
      }
      return done
    })
    // A full disk takes none of this slice, and none of those that follow.
    if (!slice.ok) return [...results, ...requests.slice(results.length).map(() => slice)]
    results.push(...slice.value)
  }
  return results
}

function expandBulk(
  { id = randomUUID(), orders, action }: Pick<InputOf<typeof bulkOrders>, 'id' | 'orders' | 'action'>,
  principal: Principal,
): CommandRequest[] {
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
  return refusedOf(order, result)
}

function refusedOf(order: string, { refusal }: { readonly refusal: Refusal }) {
  const { code, field, params } = refusal
  return { order, ok: false, refusal: { code, ...(field !== undefined && { field }), ...(params && { params: { ...params } }) } }
}
