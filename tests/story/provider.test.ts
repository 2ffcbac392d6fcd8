import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCards } from '#core/features/board/cards.ts'
import { providerQueries } from '#core/features/provider/queries.ts'
import { findProviders, type ProviderRow } from '#shared/contract/provider.ts'
import { OrderDesk } from '../support/orderDesk.ts'
import { ask } from '../support/queries.ts'

describe('service providers', () => {
  let desk: OrderDesk
  beforeEach(() => (desk = new OrderDesk()))
  afterEach(() => desk.close())

  const register = (name: string, parent: string | null = null): string =>
    desk.as('shen', 'provider.register', { name, parent })['id'] as string
  const find = async (input: object = {}): Promise<ProviderRow[]> => {
    const queries = new Map(providerQueries.map((query) => [query.contract.name, query]))
    return (await ask({ db: desk.spine.db, queries, now: desk.now }, findProviders, input)).providers
  }

  it('stand beneath each other at any depth, never in a ring', async () => {
    const top = register('华东服务中心')
    const middle = register('苏州授权站', top)
    const leaf = register('昆山安装队', middle)
    expect((await find({ text: '昆山' }))[0]?.parent).toEqual({ id: middle, name: '苏州授权站' })
    expect(desk.refused('shen', 'provider.change', { provider: top, parent: leaf })).toMatchObject({ code: 'providerRing' })
    expect(desk.refused('shen', 'provider.change', { provider: top, parent: top })).toMatchObject({ code: 'providerRing' })
    desk.as('shen', 'provider.change', { provider: leaf, parent: top })
    expect((await find({ text: '昆山' }))[0]?.parent?.id).toBe(top)
    expect(desk.refused('shen', 'provider.register', { name: '苏州授权站' })).toMatchObject({ code: 'providerExists' })
  })

  it('are chosen for an order, shown on its card and counted; one that takes no orders is refused', async () => {
    const station = register('苏州授权站')
    const order = desk.register()
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(order), fields: { provider: station } })
    expect(readCards(desk.spine.db, 'WHERE w.id = ?', order)[0]?.provider).toEqual({ id: station, name: '苏州授权站' })
    expect((await find())[0]?.openOrders).toBe(1)
    desk.as('shen', 'provider.change', { provider: station, active: false })
    expect(await find({ activeOnly: true })).toEqual([])
    const other = desk.register({ equipment: { model: 'BR-VS200', serial: 'S2' } })
    expect(desk.refused('zhou', 'workOrder.changeFields', { ...desk.on(other), fields: { provider: station } })).toMatchObject({
      code: 'unknownProvider',
      field: 'provider',
    })
    // What it did stays, and the order can still be worked on.
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(order), fields: { provider: station, priority: 'high' } })
    expect(desk.order(order).fields['provider']).toBe(station)
  })
})
