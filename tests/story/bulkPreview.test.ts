import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { previewService } from '#core/features/workOrder/bulk.ts'
import type { CommandInput, CommandOutput } from '#shared/contract/registry.ts'
import { OrderDesk } from '../support/orderDesk.ts'

let desk: OrderDesk
beforeEach(() => (desk = new OrderDesk()))
afterEach(() => desk.close())

async function preview(user: string, orders: readonly string[], action: CommandInput['workOrder.previewBulk']['action']) {
  const input = { orders: orders.map((order) => desk.on(order)), action }
  const context = { pipeline: desk.spine.pipeline, principal: desk.principal(user) }
  const result = await previewService.handle(input as never, context as never)
  if (!result.ok) return result.refusal.code
  return (result.value as CommandOutput['workOrder.previewBulk']).results
}

describe('what one thing done to many orders would mean', () => {
  it('is told for each, refusals with their reason, and nothing is written', async () => {
    const ready = desk.register()
    const incomplete = desk.register({ fields: { reproductionSteps: '' } })
    const before = desk.spine.log.head.seq
    const results = await preview('zhou', [ready, incomplete], { name: 'advance' })
    expect(results).toMatchObject([
      { order: ready, ok: true, events: [{ type: 'stageChanged', data: { from: 'intakeReview', entered: { stage: 'diagnosis' } } }] },
      { order: incomplete, ok: false, events: [], refusal: { code: 'missingFields', params: { fields: ['reproductionSteps'] } } },
    ])
    expect([desk.spine.log.head.seq, desk.order(ready).stage]).toEqual([before, 'intakeReview'])
  })

  it('promises the last pieces of a part to one order only, and then does so', async () => {
    desk.receive('TC-9', 1)
    const orders = [desk.diagnosed([{ part: 'TC-9', quantity: 1 }]), desk.diagnosed([{ part: 'TC-9', quantity: 1 }])]
    const told = (await preview('wu', orders, { name: 'lockParts' })) as CommandOutput['workOrder.previewBulk']['results']
    const foretold = told.map(({ events }) => events.some(({ type }) => type === 'orderFrozen'))
    expect(foretold).toEqual([false, true])
    for (const order of orders) desk.as('wu', 'workOrder.lockParts', desk.on(order))
    expect(orders.map((order) => desk.order(order).freeze !== null)).toEqual(foretold)
  })

  it('is refused to whoever may not do it', async () => {
    const order = desk.register()
    expect(await preview('chen', [order], { name: 'cancel', reason: 'x' })).toBe('forbidden')
  })
})
