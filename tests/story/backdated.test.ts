import { expect, it } from 'vitest'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { openLogDesk } from '../support/logDesk.ts'
import { orderEvent, registered } from '../support/orders.ts'

it('a closing that is said to lie before the order itself takes no time, and never less', () => {
  const desk = openLogDesk()
  const entered = desk.now
  desk.append([registered('o1', { at: entered, stage: 'signoff' })])
  desk.append([orderEvent('o1', 'orderClosed', { how: 'signature', from: 'signoff' })], { at: entered - 5 * 3_600_000 })
  const order = desk.app.subjects.load<WorkOrderState>({ kind: 'workOrder', id: 'o1' }).state
  expect(order).toMatchObject({ status: 'closed', closedAt: entered, firstClosedAt: entered })
  expect(order.visits).toMatchObject([{ enteredAt: entered, leftAt: entered }])
  desk.close()
})
