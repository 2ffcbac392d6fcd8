import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listEngineers } from '#shared/contract/engineer.ts'
import { findCustomers } from '#shared/contract/customer.ts'
import { findEquipment } from '#shared/contract/equipment.ts'
import { findStock } from '#shared/contract/stock.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { ask } from '../support/queries.ts'

let desk: LogDesk
let count = 0
beforeEach(() => (desk = openLogDesk()))
afterEach(() => desk.close())

function execute(name: string, input: object, id = `m${++count}`): Record<string, unknown> {
  const result = desk.app.pipeline.execute({ id, name, input, actor: { kind: 'user', id: 'root' } })
  return result.ok ? { ...result.value } : { refused: result.refusal.code, field: result.refusal.field }
}

describe('customers', () => {
  it('are registered, found by piece of name or telephone, renamed and confirmed', async () => {
    execute('customer.register', { name: '上海华星纺织', contactPhone: '13800000001', provisional: true }, 'c1')
    execute('customer.register', { name: '华星（苏州）' }, 'c2')
    const found = async (text: string) => (await ask(desk.asked, findCustomers, { text })).customers
    expect((await found('华星')).map(({ id }) => id)).toEqual(['c2', 'c1'])
    expect((await found('138')).map(({ id }) => id)).toEqual(['c1'])
    const [first] = await found('上海')
    expect(execute('customer.rename', { customer: 'c1', name: '华星集团', base: first?.head })).toMatchObject({ heads: {} })
    expect(execute('customer.rename', { customer: 'c1', name: '别名', base: first?.head })).toMatchObject({ refused: 'staleRecord' })
    execute('customer.confirm', { customer: 'c1' })
    expect(await found('集团')).toMatchObject([{ name: '华星集团', provisional: false }])
  })

  it('refuses a second of the same name, an unknown one, and confirming twice', () => {
    execute('customer.register', { name: '华星' }, 'c1')
    expect(execute('customer.register', { name: '华星' })).toEqual({ refused: 'customerExists', field: 'name' })
    expect(execute('customer.rename', { customer: 'none', name: 'x' })).toEqual({ refused: 'unknownCustomer', field: 'customer' })
    expect(execute('customer.confirm', { customer: 'c1' })).toMatchObject({ refused: 'notProvisional' })
  })
})

describe('machines', () => {
  it('are registered, found by the start of serial or model, and changed with old and new', async () => {
    execute('customer.register', { name: '华星' }, 'c1')
    execute('equipment.register', { customer: 'c1', model: 'BR-VS200', serial: 'SN-001' }, 'e1')
    execute('equipment.register', { model: 'BR-VS300', serial: 'SN-002', provisional: true }, 'e2')
    const found = async (input: object) => (await ask(desk.asked, findEquipment, input)).equipment.map(({ id }) => id)
    expect(await found({ text: 'SN-' })).toEqual(['e1', 'e2'])
    expect(await found({ text: 'BR-VS3' })).toEqual(['e2'])
    expect(await found({ customer: 'c1' })).toEqual(['e1'])
    expect(await found({ customer: 'c1', text: 'BR-VS3' })).toEqual([])
    execute('equipment.change', { equipment: 'e2', customer: 'c1', firmware: '2.1' })
    execute('equipment.confirm', { equipment: 'e2' })
    const { equipment } = await ask(desk.asked, findEquipment, { text: 'SN-002' })
    expect(equipment).toMatchObject([{ customer: { id: 'c1', name: '华星' }, firmware: '2.1', provisional: false }])
    for (const serial of ['SN-001', 'sn-001', 'ＳＮ－００１']) {
      expect(execute('equipment.register', { model: 'BR-VS200', serial })).toMatchObject({ refused: 'equipmentExists' })
    }
    expect(execute('equipment.change', { equipment: 'e2', customer: 'no' })).toEqual({ refused: 'unknownCustomer', field: 'customer' })
  })
})

describe('stock', () => {
  it('is described, received, counted, and told as available to the order that asks', async () => {
    const place = { warehouse: 'W1', part: 'P-100' }
    execute('stock.describe', { ...place, name: '伺服电机', unit: '台' })
    expect(execute('stock.receive', { ...place, quantity: 5 })).toMatchObject({ thawed: [] })
    desk.append([
      { subject: { kind: 'stock', id: 'W1/P-100' }, type: 'partReserved', version: 1, data: { order: 'o1', line: '1', quantity: 2 } },
    ])
    const found = async (input: object) => (await ask(desk.asked, findStock, input)).stock
    expect(await found({ text: '电机' })).toMatchObject([{ onHand: 5, reserved: 2, available: 3 }])
    expect(await found({ text: 'P-1', order: 'o1' })).toMatchObject([{ available: 5 }])
    execute('stock.count', { ...place, counted: 1, reason: '盘点' })
    expect(await found({ warehouse: 'W1' })).toMatchObject([{ name: '伺服电机', onHand: 1, available: -1 }])
    expect(await found({ warehouse: 'W2' })).toEqual([])
  })
})

describe('engineers', () => {
  it('are listed with what they are booked for, without the disabled', async () => {
    const user = (id: string, roles: string[], name: string) => ({
      subject: { kind: 'user' as const, id },
      type: 'userAdded',
      version: 1,
      data: { login: id, roles },
      personal: { of: `user:${id}`, data: { displayName: name } },
    })
    desk.append([
      user('li', ['engineer'], '李工'),
      user('wu', ['engineer', 'technicalLead'], '吴工'),
      user('qian', ['dispatcher'], '钱调度'),
      user('old', ['engineer'], '老工'),
      { subject: { kind: 'user', id: 'old' }, type: 'userDisabled', version: 1, data: { reason: 'x' } },
      {
        subject: { kind: 'engineerDay', id: 'li/2026-03-02' },
        type: 'slotBooked',
        version: 1,
        data: { appointment: 'a1', order: 'o1', from: MONDAY, to: MONDAY + 3_600_000 },
      },
    ])
    const { engineers } = await ask(desk.asked, listEngineers, { from: MONDAY + 60_000, to: MONDAY + 120_000 })
    expect(engineers).toEqual([
      { id: 'wu', name: '吴工', absent: false, slots: [] },
      { id: 'li', name: '李工', absent: false, slots: [{ appointment: 'a1', order: 'o1', from: MONDAY, to: MONDAY + 3_600_000 }] },
    ])
    expect((await ask(desk.asked, listEngineers, { from: MONDAY + 3_600_000 })).engineers[1]?.slots).toEqual([])
  })
})
