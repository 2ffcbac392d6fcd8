import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { QueryOutput } from '#shared/contract/registry.ts'
import { HandoverDesk } from '../support/handoverDesk.ts'
import { HOUR } from '../support/orderDesk.ts'

describe('the hand-over of a whole shift', () => {
  let desk: HandoverDesk
  beforeEach(() => {
    desk = new HandoverDesk()
  })
  afterEach(() => desk.close())

  const numbers = (orders: readonly string[]): string[] => orders.map((id) => desk.order(id).number)

  it('is one offer: the owner stays the owner until it is accepted, then all change hands at once', async () => {
    const orders = [desk.register(), desk.register(), desk.register()]
    const { shift, offered } = desk.as('zhou', 'shiftHandover.offer', { to: 'han', note: '夜班请盯住苏州那台' })
    expect(offered).toBe(3)
    for (const id of orders) expect(desk.order(id)).toMatchObject({ owner: 'zhou', handover: { from: 'zhou', to: 'han', shift } })
    const { toMe } = await desk.offers('han')
    expect(toMe).toHaveLength(1)
    expect(toMe[0]).toMatchObject({ shift, from: { id: 'zhou' }, note: '夜班请盯住苏州那台', pending: 3 })
    expect((await desk.offers('zhou')).byMe).toMatchObject([{ shift, pending: 3 }])

    const before = desk.spine.log.head.seq
    const answer = desk.as('han', 'shiftHandover.answer', { shift: shift as string, accepted: true })
    expect(answer).toMatchObject({ answered: 3, missed: [] })
    // One command, one transaction: an event for each order and one for the shift.
    expect(desk.spine.log.head.seq - before).toBe(4)
    for (const id of orders) expect(desk.order(id)).toMatchObject({ owner: 'han', handover: null })
    expect((await desk.offers('han')).toMe).toEqual([])
  })

  it('is told once to the receiver, and the answer once to the giver', async () => {
    desk.register()
    desk.register()
    const { shift } = desk.as('zhou', 'shiftHandover.offer', { to: 'han' })
    expect(desk.told('han')).toEqual([{ kind: 'shiftOffered', order_id: null, params: { from: 'zhou', count: 2, shift } }])
    desk.as('han', 'shiftHandover.answer', { shift: shift as string, accepted: false })
    const params = { by: 'han', accepted: 0, declined: 2, missed: 0, shift }
    expect(desk.told('zhou')).toEqual([{ kind: 'shiftAnswered', order_id: null, params }])
  })

  it('is answered order by order, too; what is declined stays where it was', async () => {
    const [a, b, c] = [desk.register(), desk.register(), desk.register()] as const
    const shift = desk.as('zhou', 'shiftHandover.offer', { to: 'han' })['shift'] as string
    desk.as('han', 'shiftHandover.answer', { shift, accepted: true, orders: [a] })
    desk.as('han', 'workOrder.answerHandover', { order: b, accepted: false, note: '明早休假' })
    expect([a, b, c].map((id) => desk.order(id).owner)).toEqual(['han', 'zhou', 'zhou'])
    const [mine] = (await desk.offers('han')).toMe
    expect(Object.fromEntries(mine?.orders.map(({ card, standing }) => [card.id, standing]) ?? [])).toEqual({ [a]: 'accepted', [b]: 'declined', [c]: 'pending' })
    expect(desk.told('zhou').map(({ params }) => [params['accepted'], params['declined']]).sort()).toEqual([[0, 1], [1, 0]])
    desk.as('han', 'shiftHandover.answer', { shift, accepted: true })
    expect(desk.order(c).owner).toBe('han')
    // What was declined before is not taken along by accepting the rest.
    expect(desk.order(b).owner).toBe('zhou')
  })

  it('tells the former owner when somebody else gave his order away or took it from him, and never who did it himself', () => {
    const taken = desk.register()
    desk.as('shen', 'workOrder.reassign', { ...desk.on(taken), owner: 'li' })
    expect(desk.told('zhou')).toMatchObject([{ kind: 'orderTaken', order_id: taken, params: { by: 'shen', to: 'li' } }])
    expect(desk.told('li')).toMatchObject([{ kind: 'orderGiven', order_id: taken, params: { by: 'shen' } }])
    const given = desk.register()
    desk.as('shen', 'workOrder.offerHandover', { ...desk.on(given), to: 'han' })
    desk.as('han', 'workOrder.answerHandover', { order: given, accepted: false })
    expect(desk.told('zhou')).toHaveLength(1)
    desk.as('shen', 'workOrder.offerHandover', { ...desk.on(given), to: 'han' })
    desk.as('han', 'workOrder.answerHandover', { order: given, accepted: true })
    expect(desk.told('zhou').find(({ order_id: order }) => order === given)).toMatchObject({ kind: 'orderTaken', params: { by: 'shen', to: 'han' } })
    // His own: he knows.
    const own = desk.register()
    desk.as('zhou', 'workOrder.offerHandover', { ...desk.on(own), to: 'han' })
    desk.as('han', 'workOrder.answerHandover', { order: own, accepted: true })
    desk.as('shen', 'workOrder.reassign', { ...desk.on(taken), owner: 'shen' })
    desk.as('shen', 'workOrder.reassign', { ...desk.on(taken), owner: 'zhou' })
    const kinds = (user: string): string[] => desk.told(user).map(({ kind }) => kind).sort()
    expect([kinds('zhou'), kinds('shen')]).toEqual([['handoverAccepted', 'orderGiven', 'orderTaken', 'orderTaken'], ['handoverAccepted', 'handoverDeclined']])
  })

  it('names the orders that meanwhile changed hands or ended, and takes the others', async () => {
    const [a, b, c] = [desk.register(), desk.register(), desk.register()] as const
    const shift = desk.as('zhou', 'shiftHandover.offer', { to: 'han' })['shift'] as string
    desk.as('shen', 'workOrder.reassign', { ...desk.on(a), owner: 'li' })
    desk.as('shen', 'workOrder.cancel', { ...desk.on(b), reason: '重复报修' })
    const answer = desk.as('han', 'shiftHandover.answer', { shift, accepted: true })
    expect(answer).toMatchObject({ answered: 1 })
    expect(new Set(answer['missed'] as object[])).toEqual(new Set([
      { order: a, number: desk.order(a).number, why: 'changedHands' },
      { order: b, number: desk.order(b).number, why: 'ended' },
    ]))
    expect([a, b, c].map((id) => desk.order(id).owner)).toEqual(['li', 'zhou', 'han'])
    const [shown] = (await desk.offers('zhou')).byMe
    expect(shown?.orders.map(({ standing }) => standing).sort()).toEqual(['accepted', 'changedHands', 'ended'])
  })

  it('is refused with the numbers where nothing of it is left', () => {
    const orders = [desk.register(), desk.register()]
    const shift = desk.as('zhou', 'shiftHandover.offer', { to: 'han' })['shift'] as string
    for (const id of orders) desk.as('shen', 'workOrder.reassign', { ...desk.on(id), owner: 'li' })
    const refusal = desk.refused('han', 'shiftHandover.answer', { shift, accepted: true })
    expect(refusal.code).toBe('shiftGone')
    expect([...(refusal.params?.['numbers'] as string[])].sort()).toEqual(numbers(orders).sort())
  })

  it('hands over chosen orders alone; what is not the giver’s is left out by name', () => {
    const [a, b] = [desk.register(), desk.register()] as const
    const foreign = desk.register()
    desk.as('shen', 'workOrder.reassign', { ...desk.on(foreign), owner: 'li' })
    const answer = desk.as('zhou', 'shiftHandover.offer', { to: 'han', orders: [a, foreign] })
    expect(answer).toMatchObject({ offered: 1, leftOut: [{ order: foreign, why: 'changedHands' }] })
    expect(desk.order(b).handover).toBeNull()
    expect(desk.order(foreign).handover).toBeNull()
  })

  it('is for one’s own orders, unless a supervisor does it for a colleague', () => {
    const id = desk.register()
    expect(desk.refused('han', 'shiftHandover.offer', { from: 'zhou', to: 'li' }).code).toBe('notYourOrders')
    expect(desk.refused('zhou', 'shiftHandover.offer', { to: 'zhou' }).code).toBe('ownShift')
    expect(desk.refused('han', 'shiftHandover.offer', { to: 'zhou' }).code).toBe('nothingToHandOver')
    desk.local('user.add', { login: 'book', displayName: 'book', roles: ['finance'] })
    expect(desk.refused('zhou', 'shiftHandover.offer', { to: 'book' }).code).toBe('notForOrders')
    expect(desk.refused('zhou', 'shiftHandover.offer', { to: 'nobody' }).code).toBe('unknownUser')
    const shift = desk.as('shen', 'shiftHandover.offer', { from: 'zhou', to: 'han' })['shift'] as string
    expect(desk.order(id).handover).toMatchObject({ from: 'zhou', to: 'han', by: 'shen' })
    expect(desk.refused('li', 'shiftHandover.answer', { shift, accepted: true }).code).toBe('noShift')
    expect(desk.refused('li', 'shiftHandover.withdraw', { shift }).code).toBe('noShift')
  })

  it('is taken back as a whole, and a single offer by whoever made it', async () => {
    const [a, b] = [desk.register(), desk.register()] as const
    const shift = desk.as('zhou', 'shiftHandover.offer', { to: 'han' })['shift'] as string
    desk.as('han', 'shiftHandover.answer', { shift, accepted: true, orders: [a] })
    desk.as('zhou', 'shiftHandover.withdraw', { shift })
    expect([a, b].map((id) => desk.order(id).owner)).toEqual(['han', 'zhou'])
    expect(desk.order(b).handover).toBeNull()
    expect((await desk.offers('han')).toMe).toEqual([])
    desk.as('zhou', 'workOrder.offerHandover', { ...desk.on(b), to: 'han' })
    expect(desk.refused('li', 'workOrder.withdrawHandover', { order: b }).code).toBe('notYourOffer')
    desk.as('zhou', 'workOrder.withdrawHandover', { order: b })
    expect(desk.refused('han', 'workOrder.answerHandover', { order: b, accepted: true }).code).toBe('noHandover')
    expect(desk.refused('zhou', 'workOrder.withdrawHandover', { order: b }).code).toBe('noHandover')
  })

  it('settles no alarm by being offered: nobody has acted on the orders', () => {
    const id = desk.register({ repliedAtCall: false })
    const acted = () => desk.order(id).lastActAt
    const before = acted()
    desk.now += HOUR
    const shift = desk.as('zhou', 'shiftHandover.offer', { to: 'han' })['shift'] as string
    expect(acted()).toBe(before)
    desk.as('han', 'shiftHandover.answer', { shift, accepted: true })
    expect(acted()).toBe(desk.now)
  })

  it('answers the same command once, and shows the same rows after a rebuild', async () => {
    desk.register()
    const command = 'b5b8f0d2-6f0e-4a5c-9d0a-6b1f0b1f7a01'
    const first = desk.as('zhou', 'shiftHandover.offer', { to: 'han' }, command)
    expect(desk.as('zhou', 'shiftHandover.offer', { to: 'han' }, command)).toEqual(first)
    const shown: QueryOutput['shiftHandover.list'] = await desk.offers('han')
    desk.rebuild()
    expect(await desk.offers('han')).toEqual(shown)
  })
})
