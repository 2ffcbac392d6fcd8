import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all } from '#core/store/sql.ts'
import { HOUR, OrderDesk } from '../support/orderDesk.ts'

let desk: OrderDesk
beforeEach(() => {
  desk = new OrderDesk()
})
afterEach(() => desk.close())

const need = (part: string, quantity = 1) => ({ part, quantity })
const line = (id: string, part: string, quantity = 1) => ({ line: id, part, warehouse: 'SH', quantity })

describe('parts of an order', () => {
  it('freeze it where one is missing, hold its timer, and let it go when stock arrives', () => {
    desk.receive('TC-9', 1)
    const id = desk.diagnosed([need('TC-9', 2)])
    const frozenAt = desk.now
    expect(desk.order(id)).toMatchObject({
      stage: 'partsLock',
      freeze: { since: frozenAt, shortages: [{ line: 'l1', part: 'TC-9', needed: 2, available: 1 }] },
      promise: { waitsOn: 'supplier', who: 'role:partsKeeper', by: frozenAt + 24 * HOUR },
      timers: [{ key: 'partsLock', dueAt: null }],
    })
    // Frozen blocks the way forward alone.
    expect(desk.refused('wu', 'workOrder.advance', desk.on(id)).code).toBe('frozen')
    desk.as('wu', 'workOrder.addNote', { order: id, text: '已向供应商下单' })
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { environment: '高温车间' } })

    desk.now += 30 * HOUR
    const { thawed } = desk.receive('TC-9', 1)
    expect(thawed).toEqual([id])
    expect(desk.order(id)).toMatchObject({
      freeze: null,
      promise: { waitsOn: 'us', who: 'role:partsKeeper', by: frozenAt + 54 * HOUR },
      timers: [{ key: 'partsLock', dueAt: frozenAt + 54 * HOUR }],
    })
    expect(desk.events(id).at(-2)).toMatchObject({ type: 'orderThawed', data: { by: 'stock' } })
    expect(desk.stock('TC-9').reservations).toMatchObject([{ order: id, quantity: 2 }])
    desk.as('wu', 'workOrder.advance', desk.on(id))
    expect(desk.order(id).stage).toBe('scheduling')
  })

  it('give the last piece to one of two orders; the other freezes', () => {
    desk.receive('TC-9', 1)
    const first = desk.diagnosed([need('TC-9')])
    const second = desk.diagnosed([need('TC-9')])
    expect(desk.order(second).freeze).toBeNull()
    desk.as('wu', 'workOrder.lockParts', desk.on(first))
    desk.as('wu', 'workOrder.lockParts', desk.on(second))
    expect(desk.order(first).freeze).toBeNull()
    expect(desk.order(second).freeze?.shortages).toMatchObject([{ needed: 1, available: 0 }])
    expect(desk.stock('TC-9').reservations).toMatchObject([{ order: first }])
    // What the first gives back thaws the second in the same command.
    desk.as('zhou', 'workOrder.cancel', { ...desk.on(first), reason: '客户撤单' })
    expect(desk.order(second).freeze).toBeNull()
    expect(desk.stock('TC-9').reservations).toMatchObject([{ order: second }])
    expect(desk.stock('TC-9').conflicts).toEqual([])
  })

  it('thaw the order that has been frozen longest first', () => {
    const first = desk.diagnosed([need('TC-9')])
    desk.now += HOUR
    const second = desk.diagnosed([need('TC-9')])
    desk.now += HOUR
    expect(desk.receive('TC-9', 1)['thawed']).toEqual([first])
    expect(desk.order(second).freeze?.shortages).toMatchObject([{ available: 0 }])
    expect(desk.as('wu', 'stock.count', { warehouse: 'SH', part: 'TC-9', counted: 2, reason: '盘点' })['thawed']).toEqual([second])
  })

  it('hold what is there while another is missing', () => {
    desk.receive('TC-9', 1)
    const id = desk.diagnosed([need('TC-9'), need('FAN-2')])
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    expect(desk.stock('TC-9').reservations).toMatchObject([{ order: id }])
    expect(desk.order(id).freeze?.shortages).toMatchObject([{ part: 'FAN-2' }])
    const rival = desk.diagnosed([need('TC-9')])
    expect(desk.order(rival).freeze?.shortages).toMatchObject([{ part: 'TC-9', available: 0 }])
    expect(desk.receive('FAN-2', 1)['thawed']).toEqual([id])
  })

  it('share one stock between the lines of an order', () => {
    desk.receive('TC-9', 2)
    const id = desk.diagnosed([need('TC-9'), need('TC-9', 2)])
    expect(desk.order(id).freeze?.shortages).toMatchObject([{ line: 'l2', needed: 2, available: 1 }])
  })

  it('may be replaced: a substitute thaws, and the replaced line gives its pieces back', () => {
    desk.receive('TC-9', 1)
    desk.receive('FAN-3', 5)
    const id = desk.diagnosed([need('TC-9'), need('FAN-2')])
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    desk.as('wu', 'workOrder.changeFields', {
      ...desk.on(id),
      fields: { partsNeeded: [line('l1', 'TC-9'), line('l2', 'FAN-3')] },
    })
    expect(desk.order(id).freeze).toBeNull()
    expect(desk.events(id).some(({ type, data }) => type === 'orderThawed' && 'by' in data && data.by === 'substitute')).toBe(true)
    expect(desk.stock('FAN-3').reservations).toMatchObject([{ order: id, line: 'l2' }])
    // Chosen anew: red at once, for the part chosen is not there.
    desk.as('wu', 'workOrder.changeFields', { ...desk.on(id), fields: { partsNeeded: [line('l1', 'FAN-9')] } })
    expect(desk.order(id).freeze?.shortages).toMatchObject([{ line: 'l1', part: 'FAN-9' }])
    expect(desk.stock('TC-9').reservations).toEqual([])
    expect(desk.stock('FAN-3').reservations).toEqual([])
  })

  it('freeze it again where a count finds less than it holds, until the pieces are found', () => {
    desk.receive('TC-9', 2)
    const held = desk.diagnosed([need('TC-9', 2)])
    desk.as('wu', 'workOrder.lockParts', desk.on(held))
    desk.as('wu', 'stock.count', { warehouse: 'SH', part: 'TC-9', counted: 1, reason: '盘点' })
    expect(desk.order(held).freeze?.shortages).toMatchObject([{ needed: 2, available: 1 }])
    expect(desk.refused('wu', 'workOrder.advance', desk.on(held)).code).toBe('frozen')
    desk.as('wu', 'stock.count', { warehouse: 'SH', part: 'TC-9', counted: 2, reason: '在另一货架找到' })
    expect(desk.order(held).freeze).toBeNull()
    desk.as('wu', 'workOrder.advance', desk.on(held))
    // Once it has gone on, a count is the parts keeper's matter.
    desk.as('wu', 'stock.count', { warehouse: 'SH', part: 'TC-9', counted: 0, reason: '盘点' })
    expect(desk.order(held)).toMatchObject({ stage: 'scheduling', freeze: null })
  })

  it('do not stop an order that a supervisor released', () => {
    const id = desk.diagnosed([need('TC-9')])
    desk.as('shen', 'workOrder.release', { ...desk.on(id), reason: '工程师车上有备件' })
    expect(desk.order(id)).toMatchObject({ freeze: null, released: true })
    expect(desk.refused('shen', 'workOrder.release', { ...desk.on(id), reason: '再次' }).code).toBe('notFrozen')
    desk.as('wu', 'workOrder.advance', desk.on(id))
    expect(desk.order(id)).toMatchObject({ stage: 'scheduling', released: false })
  })

  it('are given back when the order is merged, and the order that goes on shows the duplicate', () => {
    desk.receive('TC-9', 1)
    const goesOn = desk.register()
    const id = desk.diagnosed([need('TC-9')])
    desk.as('wu', 'workOrder.lockParts', desk.on(id))
    expect(desk.refused('zhou', 'workOrder.merge', { ...desk.on(id), into: id }).code).toBe('mergeTarget')
    desk.as('zhou', 'workOrder.merge', { ...desk.on(id), into: goesOn })
    expect(desk.order(id)).toMatchObject({ status: 'merged', mergedInto: { id: goesOn } })
    expect(desk.order(goesOn).links).toMatchObject([{ to: id, kind: 'duplicate' }])
    expect(desk.stock('TC-9').reservations).toEqual([])
    expect(desk.refused('zhou', 'workOrder.cancel', { ...desk.on(id), reason: '再取消' }).code).toBe('notOpen')
    expect(desk.refused('zhou', 'workOrder.merge', { ...desk.on(goesOn), into: id }).code).toBe('mergeTarget')
  })

  it('are locked in 备件锁定 alone, and only where there are any', () => {
    const id = desk.register()
    expect(desk.refused('wu', 'workOrder.lockParts', desk.on(id)).code).toBe('notInStage')
  })
})

describe('an appointment', () => {
  it('overlaps none of that engineer over its whole duration, over midnight too', () => {
    const first = desk.diagnosed()
    const second = desk.diagnosed()
    const evening = Date.UTC(2026, 9, 22, 14) // 22:00 in Shanghai
    desk.book(first, 'chen', evening, 4)
    expect(all(desk.spine.db, 'SELECT day FROM engineer_slot ORDER BY day')).toEqual([
      { day: 'chen/2026-10-22' },
      { day: 'chen/2026-10-23' },
    ])
    const at = (hour: number, hours: number, engineer = 'chen') => ({
      ...desk.on(second),
      engineer,
      from: evening + hour * HOUR,
      to: evening + (hour + hours) * HOUR,
    })
    for (const clash of [at(-1, 6), at(1, 1), at(3, 2), at(-1, 2)]) {
      expect(desk.refused('zhou', 'workOrder.bookAppointment', clash)).toMatchObject({
        code: 'slotTaken',
        params: { number: desk.order(first).number },
      })
    }
    desk.as('zhou', 'workOrder.bookAppointment', at(0, 4, 'li'))
    desk.as('zhou', 'workOrder.bookAppointment', at(4, 2))
    // Half-open: it begins where the other ends. The one booked before was given up.
    expect(all(desk.spine.db, 'SELECT DISTINCT engineer, order_id FROM engineer_slot ORDER BY from_at')).toEqual([
      { engineer: 'chen', order_id: first },
      { engineer: 'chen', order_id: second },
    ])
  })

  it('may be moved within its own time', () => {
    const id = desk.diagnosed()
    const from = desk.now + 24 * HOUR
    desk.book(id, 'chen', from, 4)
    desk.book(id, 'chen', from + HOUR, 4)
    expect(desk.order(id).appointment).toMatchObject({ from: from + HOUR })
    desk.as('zhou', 'workOrder.cancelAppointment', { ...desk.on(id), reason: '客户改期' })
    expect(desk.order(id).appointment).toBeNull()
    expect(desk.refused('zhou', 'workOrder.cancelAppointment', { ...desk.on(id), reason: '再取消' }).code).toBe('noAppointment')
  })

  it('lies ahead, ends after it begins and names somebody who works here', () => {
    const id = desk.diagnosed()
    const book = (engineer: string, from: number, to: number) =>
      desk.refused('zhou', 'workOrder.bookAppointment', { ...desk.on(id), engineer, from, to }).code
    expect(book('chen', desk.now - 2 * HOUR, desk.now)).toBe('windowInPast')
    expect(book('chen', desk.now + 2 * HOUR, desk.now + HOUR)).toBe('invalidPeriod')
    expect(book('nobody', desk.now + HOUR, desk.now + 2 * HOUR)).toBe('notEngineer')
    // Works here, but is nobody to be sent.
    expect(book('wu', desk.now + HOUR, desk.now + 2 * HOUR)).toBe('notEngineer')
  })
})
