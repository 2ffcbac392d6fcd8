import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contractQueries } from '#core/features/contract/queries.ts'
import { customerQueries } from '#core/features/customer/queries.ts'
import { stayingOf } from '#core/features/customer/merged.ts'
import { equipmentQueries } from '#core/features/equipment/queries.ts'
import { may } from '#core/kernel/access.ts'
import { customerHistory, findCustomers, getCustomer, listCustomers, mergeCustomer, previewMerge } from '#shared/contract/customer.ts'
import { listEquipment } from '#shared/contract/equipment.ts'
import type { QueryContract } from '#shared/contract/define.ts'
import type * as z from 'zod'
import { readWire } from '#core/store/eventLog.ts'
import { all } from '#core/store/sql.ts'
import { OrderDesk } from '../support/orderDesk.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'
import { ask } from '../support/queries.ts'

const queries = new Map([...contractQueries, ...customerQueries, ...equipmentQueries].map((query) => [query.contract.name, query]))

describe('a customer that was registered twice', () => {
  let desk: OrderDesk
  beforeEach(() => (desk = new OrderDesk()))
  afterEach(() => desk.close())

  const asked = <C extends QueryContract>(contract: C, input: z.input<C['input']>) => ask({ db: desk.spine.db, queries, now: desk.now }, contract, input)
  const customer = (name: string, more: object = {}): string => desk.as('zhou', 'customer.register', { name, ...more })['id'] as string
  const head = (id: string): string => desk.spine.subjects.load({ kind: 'customer', id }).last?.id ?? ''

  it('goes over with machines, contracts, open orders and what the other one lacks; readable, and offered no more', async () => {
    const stays = customer('振华机械有限公司', { contactName: '李工' })
    const twice = customer('振华', { contactName: '王工', contactPhone: '021-5555 0117', region: '华东' })
    const machine = desk.as('zhou', 'equipment.register', { customer: twice, model: 'BR-VS200', serial: 'S-1' })['id'] as string
    const terms = { kind: 'maintenance', from: '2026-01-01', to: '2026-12-31', coverage: 'contract' } as const
    desk.as('shen', 'contract.register', { customer: twice, number: 'WB-1', machines: [machine], ...terms })
    const ended = desk.register({ customer: { id: twice }, equipment: { id: machine } })
    desk.as('zhou', 'workOrder.cancel', { ...desk.on(ended), reason: '误报' })
    const open = desk.register({ customer: { id: twice }, equipment: { id: machine } })

    const { preview } = await asked(previewMerge, { customer: twice, into: stays })
    expect(preview).toMatchObject({ machines: 1, contracts: 1, openOrders: 1, endedOrders: 1, filled: ['contactPhone', 'region'] })
    const answer = desk.as('shen', 'customer.merge', { customer: twice, into: stays, base: head(twice), intoBase: head(stays) })
    expect(answer).toMatchObject({ machines: 1, contracts: 1, orders: 1 })

    const kept = await asked(getCustomer, { customer: stays })
    expect(kept.customer).toMatchObject({ contactName: '李工', contactPhone: '021-5555 0117', region: '华东', machines: 1, openOrders: 1, mergedInto: null })
    expect([kept.merged, kept.contracts.map(({ number }) => number)]).toEqual([[{ id: twice, name: '振华' }], ['WB-1']])
    expect(kept.orders.map(({ id }) => id)).toEqual([open, ended])
    expect((await asked(listEquipment, { customer: stays })).equipment.map(({ serial }) => serial)).toEqual(['S-1'])
    expect(desk.order(ended).fields['customer']).toBe(twice)
    const gone = await asked(getCustomer, { customer: twice })
    expect(gone.customer).toMatchObject({ name: '振华', active: false, mergedInto: { id: stays, name: '振华机械有限公司' } })
    // Whoever still says the old name finds the one that stays; nobody is offered the other one.
    expect((await asked(findCustomers, { text: '振华' })).customers.map(({ id }) => id)).toEqual([stays])
    expect((await asked(findCustomers, {})).customers.map(({ id }) => id)).toEqual([stays])
    expect((await asked(listCustomers, {})).customers.map(({ id }) => id)).toEqual([stays])
    expect((await asked(customerHistory, { customer: twice })).entries[0]).toMatchObject({ type: 'customerMerged', actor: { id: 'shen' } })
    expect((await asked(customerHistory, { customer: stays })).entries.map(({ type }) => type)).toEqual(['customerChanged', 'customerTookOver', 'customerRegistered'])

    expect(desk.refused('zhou', 'workOrder.register', { customer: { id: twice }, channel: 'phone', fields: { faultCategory: '温度', faultSymptom: '波动' } })).toMatchObject({
      code: 'customerMerged',
      params: { name: '振华', into: '振华机械有限公司' },
    })
    expect(desk.refused('zhou', 'equipment.register', { customer: twice, model: 'X', serial: '9' }).code).toBe('customerMerged')
    expect(desk.refused('shen', 'contract.register', { customer: twice, number: 'WB-2', ...terms }).code).toBe('customerMerged')
    expect(desk.refused('zhou', 'customer.change', { customer: twice, active: true }).code).toBe('customerMerged')
    expect(desk.refused('zhou', 'customer.register', { name: '振华' })).toMatchObject({ code: 'customerMerged', field: 'name' })
    const called = desk.register({ customer: { name: '振华' }, equipment: { model: 'BR-VS200', serial: 'S-2' } })
    expect(desk.order(called).fields['customer']).toBe(stays)

    const rows = dumpProjections(desk.spine)
    expect(rebuilt(desk.spine)).toEqual(rows)
    // Erased under every name.
    desk.local('customer.erase', { customer: stays, reason: '本人要求' })
    const words = all<{ text: string }>(desk.spine.db, "SELECT text FROM event_part WHERE name = 'personal'").map(({ text }) => text)
    expect(words.join()).not.toMatch(/王工|李工|5555/)
  })

  it('keeps the region of its open orders, and brings nothing back that was erased; erased by the old name, all goes', async () => {
    const [stays, twice] = [customer('振华机械有限公司'), customer('振华', { region: '华东' })]
    const open = desk.register({ customer: { id: twice }, equipment: { model: 'BR-VS200', serial: 'S-1' } })
    desk.as('shen', 'customer.merge', { customer: twice, into: stays })
    expect(desk.order(open).fields).toMatchObject({ customer: stays, region: '华东' })

    const [erased, again] = [customer('甲', { contactName: '李工' }), customer('乙', { contactName: '钱工', contactPhone: '021-5555 0199', region: '华东' })]
    desk.local('customer.erase', { customer: erased, reason: '本人要求' })
    expect((await asked(previewMerge, { customer: again, into: erased })).preview?.filled).toEqual([])
    desk.as('shen', 'customer.merge', { customer: again, into: erased })
    expect((await asked(getCustomer, { customer: erased })).customer).toMatchObject({ contactName: '', contactPhone: '' })
    desk.as('zhou', 'customer.change', { customer: erased, contactName: '赵工' })
    desk.local('customer.erase', { customer: again, reason: '本人要求' })
    const words = all<{ text: string }>(desk.spine.db, "SELECT text FROM event_part WHERE name = 'personal'").map(({ text }) => text)
    expect(words.join()).not.toMatch(/钱工|李工|赵工|0199/)
    expect((await asked(getCustomer, { customer: erased })).customer?.contactName).toBe('')
  })

  it('is erased with what went over, also by a desk that has not heard of the merge', () => {
    const [stays, twice] = [customer('甲'), customer('乙', { contactName: '孙工', contactPhone: '021-5555 0188' })]
    const [{ origin } = { origin: '' }] = all<{ origin: string }>(desk.spine.db, 'SELECT origin FROM event LIMIT 1')
    const elsewhere = new OrderDesk()
    try {
      elsewhere.spine.pipeline.receive(readWire(desk.spine.db, origin, 0, 10_000))
      desk.as('shen', 'customer.merge', { customer: twice, into: stays })
      expect(desk.spine.subjects.load({ kind: 'customer', id: stays }).state).toMatchObject({ contactName: '孙工' })
      elsewhere.now += 60_000
      elsewhere.local('customer.erase', { customer: twice, reason: '本人要求' })
      const own = elsewhere.spine.log.origin
      desk.spine.pipeline.receive(readWire(elsewhere.spine.db, own, 0, 10_000))
      expect(desk.spine.subjects.load({ kind: 'customer', id: stays }).state).toMatchObject({ contactName: '', contactPhone: '' })
      expect(all<{ text: string }>(desk.spine.db, 'SELECT text FROM event_part').map(({ text }) => text).join()).not.toContain('孙工')
    } finally {
      elsewhere.close()
    }
  })

  it('is merged by whoever may, once, into another one that stands for itself', () => {
    const [a, b, c] = [customer('甲'), customer('乙'), customer('丙')]
    const allowed = (user: string): boolean => may(desk.principal(user), mergeCustomer.permission as never)
    expect(['zhou', 'chen', 'wu', 'shen'].map(allowed)).toEqual([false, false, false, true])
    expect(desk.refused('shen', 'customer.merge', { customer: a, into: a })).toMatchObject({ code: 'mergedWithItself', field: 'into' })
    expect(desk.refused('shen', 'customer.merge', { customer: a, into: 'nobody' })).toMatchObject({ code: 'unknownCustomer', field: 'into' })
    const seen = { base: head(a), intoBase: head(b) }
    desk.as('zhou', 'customer.change', { customer: b, address: '上海' })
    expect(desk.refused('shen', 'customer.merge', { customer: a, into: b, ...seen })).toMatchObject({ code: 'staleRecord', field: 'intoBase' })
    desk.as('shen', 'customer.merge', { customer: a, into: b })
    // Somebody else was about to do the same, the other way round, or elsewhere.
    expect(desk.refused('shen', 'customer.merge', { customer: a, into: b })).toMatchObject({ code: 'customerMerged', field: 'customer', params: { into: '乙' } })
    expect(desk.refused('shen', 'customer.merge', { customer: a, into: c }).code).toBe('customerMerged')
    expect(desk.refused('shen', 'customer.merge', { customer: b, into: a })).toMatchObject({ code: 'customerMerged', field: 'into' })
    desk.as('shen', 'customer.merge', { customer: b, into: c })
    expect(desk.refused('shen', 'customer.merge', { customer: c, into: a })).toMatchObject({ code: 'customerMerged', params: { name: '甲', into: '丙' } })
    expect([a, b, c].map((id) => stayingOf(desk.spine.db, id))).toEqual([c, c, c])
  })
})
