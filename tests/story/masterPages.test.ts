import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contractQueries } from '#core/features/contract/queries.ts'
import { customerQueries } from '#core/features/customer/queries.ts'
import { equipmentQueries } from '#core/features/equipment/queries.ts'
import { stockQueries } from '#core/features/stock/queries.ts'
import { listContracts } from '#shared/contract/contract.ts'
import { customerHistory, getCustomer, listCustomers } from '#shared/contract/customer.ts'
import { equipmentHistory, getEquipment, listEquipment } from '#shared/contract/equipment.ts'
import { getStock, listStock, stockHistory } from '#shared/contract/stock.ts'
import type { QueryContract } from '#shared/contract/define.ts'
import type * as z from 'zod'
import { one } from '#core/store/sql.ts'
import { OrderDesk, WEDNESDAY } from '../support/orderDesk.ts'
import { ask } from '../support/queries.ts'

const DAY = 24 * 3_600_000
const all = [...contractQueries, ...customerQueries, ...equipmentQueries, ...stockQueries]
const queries = new Map(all.map((query) => [query.contract.name, query]))

describe('customers, machines, contracts and stock', () => {
  let desk: OrderDesk
  beforeEach(() => (desk = new OrderDesk()))
  afterEach(() => desk.close())

  const asked = <C extends QueryContract>(contract: C, input: z.input<C['input']>) =>
    ask({ db: desk.spine.db, queries, now: desk.now }, contract, input)
  const customer = (name: string, more: object = {}): string =>
    desk.as('zhou', 'customer.register', { name, ...more })['id'] as string
  const machine = (of: string, serial: string, more: object = {}): string =>
    desk.as('zhou', 'equipment.register', { customer: of, model: 'BR-VS6000', serial, ...more })['id'] as string
  const contract = (of: string, number: string, more: object = {}): string =>
    desk.as('shen', 'contract.register', {
      customer: of,
      number,
      kind: 'maintenance',
      from: '2026-01-01',
      to: '2026-12-31',
      coverage: 'contract',
      responseHours: 4,
      ...more,
    })['id'] as string

  it('is called by what can be seen, and its list goes on behind the longest name', async () => {
    for (const name of ['\u200b', '\u202e \u202d', '\u0001']) expect(desk.refused('zhou', 'customer.register', { name })).toMatchObject({ code: 'invalidInput', field: 'name' })
    const ids = ['\u0001', '\u0002'].map((sign) => customer(`甲${'"'.repeat(100)}${sign.repeat(98)}乙`))
    const page = async (after?: string) => {
      const input = listCustomers.input.parse({ limit: 1, ...(after !== undefined && { after }) })
      return asked(listCustomers, input)
    }
    const first = await page()
    expect([...first.customers, ...(await page(first.next ?? '')).customers].map(({ id }) => id)).toEqual(ids)
  })

  it('keep the personal data of a customer in the personal part, old and new in the history, gone with the person', async () => {
    const id = customer('振华机械', { contactName: '王工', contactPhone: '021-5555 0117' })
    desk.as('zhou', 'customer.change', { customer: id, name: '振华精密', contactName: '李工', contactPhone: '' })
    expect((await asked(getCustomer, { customer: id })).customer).toMatchObject({ name: '振华精密', contactName: '李工', contactPhone: '' })
    const texts = one<{ text: string }>(desk.spine.db, "SELECT group_concat(text) AS text FROM event WHERE subject = ?", `customer:${id}`)
    expect(texts?.text).not.toMatch(/王工|李工|5555/)
    const { entries } = await asked(customerHistory, { customer: id })
    expect(entries.flatMap((entry) => entry.changes)).toContainEqual({ field: 'contactName', old: '王工', new: '李工' })
    expect(entries.at(-1)).toMatchObject({ type: 'customerRegistered', actor: { id: 'zhou' } })
    desk.local('customer.erase', { customer: id, reason: '本人要求' })
    const erased = await asked(getCustomer, { customer: id })
    expect(erased.customer).toMatchObject({ name: '振华精密', contactName: '', contactPhone: '', erased: true })
    expect(JSON.stringify(await asked(customerHistory, { customer: id }))).not.toMatch(/王工|李工|5555/)
  })

  it('refuse a change on an older sight, and a name that another customer bears', () => {
    const id = customer('振华机械')
    customer('海天塑机')
    const base = desk.spine.subjects.load({ kind: 'customer', id }).last?.id ?? ''
    desk.as('zhou', 'customer.change', { customer: id, address: '上海' })
    expect(desk.refused('zhou', 'customer.change', { customer: id, address: '苏州', base })).toMatchObject({ code: 'staleRecord' })
    expect(desk.refused('zhou', 'customer.change', { customer: id, name: '海天塑机' })).toMatchObject({ code: 'customerExists' })
  })

  it('are listed page by page, those served no more apart', async () => {
    for (const name of ['丙', '甲', '乙']) customer(name)
    desk.as('zhou', 'customer.change', { customer: customer('丁'), active: false })
    const first = await asked(listCustomers, { limit: 2 })
    const second = await asked(listCustomers, { limit: 2, after: first.next ?? '' })
    expect([...first.customers, ...second.customers].map(({ name }) => name)).toEqual(['丙', '乙', '甲'])
    expect(second.next).toBeNull()
    expect((await asked(listCustomers, { show: 'inactive' })).customers.map(({ name }) => name)).toEqual(['丁'])
    await expect(asked(listCustomers, { after: 'made up' })).rejects.toMatchObject({ refusal: { code: 'stalePage', field: 'after' } })
    // A place of another list is none of this one.
    await expect(asked(listEquipment, { after: first.next ?? '' })).rejects.toMatchObject({ refusal: { code: 'stalePage' } })
  })

  it('tell who pays today by the day of the desk: warranty, then contract, then nobody', async () => {
    const of = customer('振华机械')
    // 2026-10-21 10:00 in Shanghai.
    const id = machine(of, 'S1', { deliveredOn: '2024-10-22', warrantyUntil: '2026-10-21' })
    const cover = async () => (await asked(getEquipment, { equipment: id })).equipment?.cover
    expect(await cover()).toMatchObject({ state: 'inWarranty', until: '2026-10-21', daysLeft: 0 })
    // 23:59 in Shanghai is still within, 00:00 is not, although in UTC it is the same day.
    desk.now = WEDNESDAY + 14 * 3_600_000 - 1
    expect((await cover())?.state).toBe('inWarranty')
    desk.now += 1
    expect(await cover()).toMatchObject({ state: 'outOfWarranty', contract: null })
    const framework = contract(of, 'KJ-1', { kind: 'framework', coverage: 'chargeable' })
    expect(await cover()).toMatchObject({ state: 'outOfWarranty', contract: { id: framework } })
    contract(of, 'WB-9', { machines: [machine(of, 'S2')] })
    expect((await cover())?.state).toBe('outOfWarranty')
    const kept = contract(of, 'WB-1', { machines: [id] })
    expect(await cover()).toMatchObject({ state: 'inContract', until: '2026-12-31', contract: { id: kept, responseHours: 4 } })
    desk.as('shen', 'contract.change', { contract: kept, active: false })
    expect((await cover())?.state).toBe('outOfWarranty')
    expect((await asked(getEquipment, { equipment: machine(of, 'S3') })).equipment?.cover.state).toBe('unknown')
  })

  it('hold contracts to the customer’s own machines, whole terms and one number each', async () => {
    const [of, other] = [customer('振华机械'), customer('海天塑机')]
    const theirs = machine(other, 'S9')
    const kept = contract(of, 'WB-1', { to: '2026-11-30' })
    const terms = { customer: of, kind: 'framework', from: '2026-01-01', to: '2026-12-31', coverage: 'chargeable' } as const
    expect(desk.refused('shen', 'contract.register', { ...terms, number: 'WB-1' })).toMatchObject({ code: 'contractExists' })
    expect(desk.refused('shen', 'contract.register', { ...terms, number: 'X', to: '2025-12-31' })).toMatchObject({ code: 'contractEndsFirst' })
    expect(desk.refused('shen', 'contract.register', { ...terms, number: 'X', machines: [theirs] })).toMatchObject({ code: 'notTheirMachine' })
    contract(of, 'WB-2')
    const numbers = async (input: object) => (await asked(listContracts, input)).contracts.map(({ number }) => number)
    expect(await numbers({})).toEqual(['WB-1', 'WB-2'])
    expect(await numbers({ show: 'ending' })).toEqual(['WB-1'])
    expect(await numbers({ text: '振华' })).toEqual(['WB-1', 'WB-2'])
    desk.as('shen', 'contract.change', { contract: kept, active: false })
    expect(await numbers({ show: 'ended' })).toEqual(['WB-1'])
  })

  it('show a machine’s orders, open ones first, and what changed with names for ids', async () => {
    const [of, to] = [customer('振华机械'), customer('海天塑机')]
    const id = machine(of, 'S1')
    const order = (at: number): string => {
      desk.now = at
      return desk.register({ customer: { id: of }, equipment: { id } })
    }
    const old = order(WEDNESDAY - 3 * DAY)
    const later = order(WEDNESDAY - DAY)
    desk.as('zhou', 'workOrder.cancel', { ...desk.on(later), reason: '误报' })
    const answer = await asked(getEquipment, { equipment: id })
    expect(answer.orders.map((card) => card.id)).toEqual([old, later])
    expect(answer.equipment?.openOrders).toBe(1)
    desk.as('zhou', 'equipment.change', { equipment: id, customer: to, location: '2 号车间' })
    const { entries, names } = await asked(equipmentHistory, { equipment: id })
    expect(entries[0]?.changes).toEqual([
      { field: 'customer', old: of, new: to },
      { field: 'location', old: '', new: '2 号车间' },
    ])
    expect(names).toEqual({ [of]: '振华机械', [to]: '海天塑机' })
    expect((await asked(listEquipment, { customer: to })).equipment.map(({ serial }) => serial)).toEqual(['S1'])
  })

  it('name the orders that hold pieces and those that are frozen for want of some; movements newest first', async () => {
    desk.as('wu', 'stock.describe', { warehouse: 'SH', part: 'P-1', name: '触控面板', unit: '块' })
    desk.receive('P-1', 2)
    const holds = desk.diagnosed([{ part: 'P-1', quantity: 2 }])
    desk.as('wu', 'workOrder.lockParts', desk.on(holds))
    const waits = desk.diagnosed([{ part: 'P-1', quantity: 1 }], { equipment: { model: 'BR-VS200', serial: 'S2' } })
    const { stock, held, waiting } = await asked(getStock, { stock: 'SH/P-1' })
    expect(stock).toMatchObject({ onHand: 2, reserved: 2, available: 0, waitingOrders: 1, waitingPieces: 1 })
    expect(held).toMatchObject([{ order: holds, quantity: 2, customer: '振华机械' }])
    expect(waiting).toMatchObject([{ order: waits, quantity: 1 }])
    expect((await asked(listStock, { show: 'short' })).stock.map(({ part }) => part)).toEqual(['P-1'])
    desk.as('wu', 'stock.count', { warehouse: 'SH', part: 'P-1', counted: 3, reason: '盘点' })
    const first = await asked(stockHistory, { stock: 'SH/P-1', limit: 3 })
    expect(first.movements.map(({ type }) => type)).toEqual(['partReserved', 'stockCounted', 'partReserved'])
    // The order that waited took the new piece in the same command.
    expect(first.movements[0]?.order).toMatchObject({ id: waits })
    expect(first.movements[1]).toMatchObject({ moved: 1, quantity: 3, note: '盘点', actor: { id: 'wu' } })
    const rest = await asked(stockHistory, { stock: 'SH/P-1', limit: 9, after: first.next ?? '' })
    expect(rest.movements.map(({ type }) => type)).toEqual(['stockReceived', 'partDescribed'])
    expect((await asked(listStock, { show: 'short' })).stock).toEqual([])
  })
})
