import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workOrderQueries } from '#core/features/workOrder/queries.ts'
import {
  getWorkOrder,
  listWorkOrders,
  workOrderAudit,
  workOrderTimeline,
  workOrderTimers,
} from '#shared/contract/workOrderQueries.ts'
import { HOUR, MINUTE, OrderDesk, WEDNESDAY } from '../support/orderDesk.ts'
import { ask } from '../support/queries.ts'
import { openLogDesk } from '../support/logDesk.ts'
import { orderEvent, registered } from '../support/orders.ts'

let desk: OrderDesk
beforeEach(() => (desk = new OrderDesk()))
afterEach(() => desk.close())

const queries = new Map(workOrderQueries.map((query) => [query.contract.name, query]))
/** The desk as queries see it. */
const here = () => ({ db: desk.spine.db, queries, now: desk.now })

describe('workOrder.get', () => {
  it('shows fields, personal values, what is missing, reservations and names', async () => {
    desk.receive('TC-9', 3)
    const id = desk.diagnosed([{ part: 'TC-9', quantity: 2 }])
    const before = await ask(here(), getWorkOrder, { order: id })
    expect(before.order?.missing).toEqual(['reservations'])
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    const { order } = await ask(here(), getWorkOrder, { order: id })
    expect(order).toMatchObject({
      card: { number: 'A-261021-001', stage: 'partsLock', owner: { id: 'zhou', name: 'zhou' }, head: desk.head(id) },
      fields: { conclusion: '温控模块老化', serviceMode: 'onsite' },
      personal: { contactPhone: '021-5555 0117' },
      missing: [],
      reservations: [{ line: 'l1', part: 'TC-9', warehouse: 'SH', quantity: 2 }],
      conflicts: [],
    })
    expect(order?.visits.map(({ stage }) => stage)).toEqual(['intakeReview', 'diagnosis', 'partsLock'])
    expect(order?.timers).toMatchObject([{ key: 'partsLock', dueAt: WEDNESDAY + 24 * HOUR, paused: false, fired: [] }])
  })

  it('shows a freeze with its pause, and null for an order that is not there', async () => {
    const id = desk.diagnosed([{ part: 'TC-9', quantity: 2 }])
    const { order } = await ask(here(), getWorkOrder, { order: id })
    expect(order?.freeze).toMatchObject({ shortages: [{ line: 'l1', needed: 2, available: 0 }] })
    expect(order?.card).toMatchObject({ frozen: true, paused: true, dueAt: null })
    // The workflow's own step says which one it is; what somebody wrote is only text.
    expect(order).toMatchObject({ card: { nextStepKey: 'partsLock.frozenStep' }, promise: { key: 'partsLock.frozenStep' } })
    const promise = { step: '等供应商回复', waitsOn: 'supplier' as const, by: desk.now + HOUR }
    desk.as('wu', 'workOrder.setPromise', { ...desk.on(id), promise })
    const own = (await ask(here(), getWorkOrder, { order: id })).order
    expect(own).toMatchObject({ card: { nextStep: promise.step, nextStepKey: null }, promise: { key: null } })
    expect(order?.timers).toMatchObject([{ paused: true, dueAt: null }])
    expect((await ask(here(), getWorkOrder, { order: 'none' })).order).toBeNull()
  })
})

describe('the history of an order', () => {
  it('tells in the order of truth who did what when, and marks what was recorded late', async () => {
    const id = desk.register()
    desk.now += HOUR
    const request = { id: 'late', name: 'workOrder.addNote', input: { order: id, kind: 'internal', text: '电话里说很急' } }
    desk.spine.pipeline.execute({ ...request, actor: { kind: 'user', id: 'zhou' }, at: desk.now - 16 * MINUTE })
    const { entries } = await ask(here(), workOrderTimeline, { order: id })
    const note = entries.find(({ type }) => type === 'noteAdded')
    expect(entries[0]).toMatchObject({ type: 'orderRegistered', backdated: false, actor: { kind: 'user', name: 'zhou' } })
    expect(note).toMatchObject({ backdated: true, recordedAt: desk.now, personal: { text: '电话里说很急' }, lost: null })
  })

  it('audits every change of a field with old and new, personal ones too', async () => {
    const id = desk.register()
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { priority: 'urgent', contactPhone: '13800' } })
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    const { entries } = await ask(here(), workOrderAudit, { order: id })
    const of = (field: string) =>
      entries.filter((entry) => entry.field === field).map(({ old, new: is, actor }) => [old, is, actor.id])
    expect(of('priority')).toEqual([[null, 'urgent', 'zhou']])
    expect(of('contactPhone')).toEqual([
      [null, '021-5555 0117', 'zhou'],
      ['021-5555 0117', '13800', 'zhou'],
    ])
    expect(of('stage')).toEqual([
      [null, 'intakeReview', 'zhou'],
      ['intakeReview', 'diagnosis', 'zhou'],
    ])
  })

  it('lists each escalation once, though two desks recorded it', async () => {
    const log = openLogDesk(WEDNESDAY)
    try {
      const fired = orderEvent('o1', 'timerFired', {
        visit: 'o1-1',
        timer: 'stage',
        level: 1,
        dueAt: WEDNESDAY + HOUR,
        called: [{ user: 'li', insteadOf: 'han' }],
        role: 'technicalLead',
        channels: ['inApp'],
      })
      log.append([registered('o1', { at: WEDNESDAY, limitMs: HOUR }), fired])
      log.append([fired])
      const { firings } = await ask(log.asked, workOrderTimers, { order: 'o1' })
      expect(firings).toMatchObject([
        { stage: 'intakeReview', level: 1, dueAt: WEDNESDAY + HOUR, called: [{ user: { id: 'li' }, insteadOf: { id: 'han' } }] },
      ])
    } finally {
      log.close()
    }
  })
})

describe('workOrder.list', () => {
  it('pages by first contact, newest first, and filters', async () => {
    const orders: string[] = []
    for (let n = 0; n < 7; n++) {
      desk.now += MINUTE
      orders.unshift(desk.register({ equipment: { model: n % 2 ? 'BR-VS200' : 'BR-VS300', serial: `SN-${n}` } }))
    }
    desk.as('zhou', 'workOrder.advance', desk.on(orders[2] as string))
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await ask(here(), listWorkOrders, { limit: 3, ...(after !== undefined && { after }) })
      seen.push(...page.orders.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(orders)

    const found = async (filter: object) => (await ask(here(), listWorkOrders, { filter })).orders.map(({ id }) => id)
    expect(await found({ stage: 'diagnosis' })).toEqual([orders[2]])
    expect(await found({ text: 'SN-6' })).toEqual([orders[0]])
    expect(await found({ text: 'BR-VS300' })).toEqual([orders[0], orders[2], orders[4], orders[6]])
    expect(await found({ text: 'A-261021-003' })).toEqual([orders[4]])
    expect(await found({ text: '振华', status: 'open' })).toEqual(orders)
    expect(await found({ text: '无此客户' })).toEqual([])
    expect(await found({ owner: 'zhou', status: 'closed' })).toEqual([])
  })
})
