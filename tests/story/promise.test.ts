import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all } from '#core/store/sql.ts'
import type { PromiseFilter } from '#shared/contract/promise.ts'
import { HandoverDesk } from '../support/handoverDesk.ts'
import { HOUR, MINUTE } from '../support/orderDesk.ts'

const DAY = 24 * HOUR

describe('promises', () => {
  let desk: HandoverDesk
  beforeEach(() => {
    desk = new HandoverDesk()
  })
  afterEach(() => desk.close())

  const promised = (by: number, waitsOn: 'us' | 'customer' | 'supplier' | 'erp' = 'us', user = 'zhou'): string => {
    const id = desk.register()
    if (user !== 'zhou') desk.as('shen', 'workOrder.reassign', { ...desk.on(id), owner: user })
    const who = waitsOn === 'us' ? { who: `user:${user}` } : {}
    desk.as('zhou', 'workOrder.setPromise', { ...desk.on(id), promise: { step: '回电', waitsOn, ...who, by } })
    return id
  }
  const list = async (filter: PromiseFilter = {}, user = 'zhou') =>
    (await desk.ask(user, 'promise.list', { filter })).promises.map(({ id }) => id)

  it('stand in the order in which they break: the longest broken first', async () => {
    const later = promised(desk.now + 3 * DAY)
    const soon = promised(desk.now + 2 * HOUR)
    const first = promised(desk.now + 5 * MINUTE)
    const second = promised(desk.now + 10 * MINUTE)
    desk.now += 30 * MINUTE
    expect(await list()).toEqual([first, second, soon, later])
    expect(await list({ due: 'broken' })).toEqual([first, second])
    expect(await list({ due: 'today' })).toEqual([soon])
    expect(await list({ due: 'later' })).toEqual([later])
    expect(await list({ due: 'none' })).toEqual([])
  })

  it('break at the very instant that they name', async () => {
    const id = promised(desk.now + HOUR)
    desk.now += HOUR - 1
    expect(await list({ due: 'broken' })).toEqual([])
    desk.now += 1
    expect(await list({ due: 'broken' })).toEqual([id])
  })

  it('are found by owner, by whom they wait on, and by who is offered them; ended orders promise nothing', async () => {
    const mine = promised(desk.now + HOUR)
    const hers = promised(desk.now + 2 * HOUR, 'us', 'han')
    const waiting = promised(desk.now + 3 * HOUR, 'customer')
    const gone = promised(desk.now + 4 * HOUR)
    desk.as('shen', 'workOrder.cancel', { ...desk.on(gone), reason: '误报' })
    desk.as('zhou', 'workOrder.offerHandover', { ...desk.on(mine), to: 'han', note: '我去现场' })
    expect(await list()).toEqual([mine, hers, waiting])
    expect(await list({ owner: 'zhou' })).toEqual([mine, waiting])
    expect(await list({ owner: '-' })).toEqual([])
    expect(await list({ waitsOn: 'customer' })).toEqual([waiting])
    expect(await list({ owner: 'han', waitsOn: 'customer' })).toEqual([])
    expect(await list({ offeredTo: 'han' })).toEqual([mine])
    const { toMe } = await desk.offers('han')
    expect(toMe).toMatchObject([{ shift: null, from: { id: 'zhou' }, note: '我去现场', orders: [{ card: { id: mine } }] }])
  })

  it('are counted by owner: open, broken, due today', async () => {
    promised(desk.now + 10 * MINUTE)
    promised(desk.now + 2 * HOUR)
    promised(desk.now + 3 * DAY, 'customer')
    promised(desk.now + 10 * MINUTE, 'supplier', 'han')
    desk.now += 20 * MINUTE
    const counts = await desk.ask('zhou', 'promise.counts', {})
    expect(counts).toMatchObject({ open: 4, broken: 2, today: 1, brokenBy: { us: 1, customer: 0, supplier: 1, erp: 0 } })
    expect(counts.owners).toEqual([
      { owner: { id: 'zhou', name: 'zhou' }, open: 3, broken: 1, today: 1 },
      { owner: { id: 'han', name: 'han' }, open: 1, broken: 1, today: 0 },
    ])
  })

  it('come page by page, each once', async () => {
    const orders = Array.from({ length: 7 }, (_, index) => promised(desk.now + HOUR + (index % 3) * MINUTE))
    const found: string[] = []
    let after: string | undefined
    do {
      const page = await desk.ask('zhou', 'promise.list', { filter: { owner: 'zhou' }, limit: 3, ...(after !== undefined && { after }) })
      found.push(...page.promises.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(found).toHaveLength(7)
    expect(new Set(found)).toEqual(new Set(orders))
  })

  it('are counted in an index alone', () => {
    const plan = all<{ detail: string }>(
      desk.spine.db,
      `EXPLAIN QUERY PLAN SELECT count(*) FROM work_order INDEXED BY work_order_promise_owner
       WHERE status = 'open' AND owner IS 'zhou' AND promise_order > 1 AND promise_order < 2`,
    )
    expect(plan.map(({ detail }) => detail).join()).toMatch(/^SEARCH work_order USING COVERING INDEX work_order_promise_owner/)
  })

  it('are read along an index under every filter, never by a scan or a sort', () => {
    const { db } = desk.spine
    const plans = [
      ['work_order_promise', "status = 'open'"],
      ['work_order_promise_owner', "status = 'open' AND owner = 'zhou'"],
      ['work_order_promise_owner', "status = 'open' AND owner IS NULL"],
      ['work_order_promise_party', "status = 'open' AND waits_on = 'us'"],
      ['work_order_offered', "status = 'open' AND handover_to = 'zhou'"],
    ] as const
    for (const [index, where] of plans) {
      const plan = all<{ detail: string }>(
        db,
        `EXPLAIN QUERY PLAN SELECT id FROM work_order INDEXED BY ${index} WHERE ${where}
         AND promise_order >= 5 AND promise_order < 9 AND (promise_order, id) > (6, 'a') ORDER BY promise_order, id LIMIT 3`,
      ).map(({ detail }) => detail)
      expect(plan.join('\n')).toMatch(new RegExp(`^SEARCH work_order USING (COVERING )?INDEX ${index} `))
    }
  })
})

describe('nobody becomes responsible by having touched an order last', () => {
  it('whatever others do to it, the owner stays', () => {
    const desk = new HandoverDesk()
    const id = desk.register()
    const owner = desk.order(id).owner
    desk.as('han', 'workOrder.addNote', { order: id, text: '看过了' })
    desk.as('han', 'workOrder.changeFields', { ...desk.on(id), fields: { priority: 'urgent' } })
    desk.as('li', 'workOrder.changeCollaborators', { order: id, add: ['li'] })
    desk.as('han', 'workOrder.setPromise', { ...desk.on(id), promise: { step: '远程诊断', waitsOn: 'us', who: 'user:han', by: desk.now + HOUR } })
    desk.as('han', 'workOrder.advance', desk.on(id))
    desk.diagnose(id)
    desk.as('han', 'workOrder.advance', desk.on(id))
    desk.as('shen', 'workOrder.offerHandover', { ...desk.on(id), to: 'han' })
    desk.as('han', 'workOrder.recordInquiry', { order: id, channel: 'phone', text: '客户来催' })
    desk.as('shen', 'workOrder.sendBack', { ...desk.on(id), to: 'diagnosis', reason: '重新判定' })
    expect(desk.order(id).owner).toBe(owner)
    expect(owner).toBe('zhou')
    desk.as('han', 'workOrder.answerHandover', { order: id, accepted: true })
    expect(desk.order(id).owner).toBe('han')
    expect(desk.told('shen')).toMatchObject([{ kind: 'handoverAccepted', order_id: id, params: { by: 'han' } }])
    desk.close()
  })
})

describe('people on leave', () => {
  let desk: HandoverDesk
  beforeEach(() => {
    desk = new HandoverDesk()
  })
  afterEach(() => desk.close())
  const absences = async () => (await desk.ask('zhou', 'absence.list', {})).absences

  it('say so themselves, with a deputy, and that they are back', async () => {
    desk.register()
    desk.as('zhou', 'absence.setOwn', { from: desk.now - MINUTE, to: desk.now + DAY, deputy: 'han' })
    expect(await absences()).toEqual([
      {
        user: { id: 'zhou', name: 'zhou' },
        from: desk.now - MINUTE,
        to: desk.now + DAY,
        deputy: { id: 'han', name: 'han' },
        standIn: { id: 'han', name: 'han' },
        open: 1,
      },
    ])
    desk.as('zhou', 'absence.endOwn', {})
    expect(await absences()).toEqual([])
    expect(desk.refused('zhou', 'absence.setOwn', { from: desk.now + DAY, to: desk.now, deputy: null }).code).toBe('invalidPeriod')
    expect(desk.refused('zhou', 'absence.setOwn', { from: desk.now, to: desk.now + DAY, deputy: 'zhou' }).code).toBe('ownDeputy')
    expect(desk.refused('zhou', 'absence.setOwn', { from: desk.now, to: desk.now + DAY, deputy: 'nobody' }).code).toBe('unknownUser')
  })

  it('are stood in for by the deputy’s deputy where that one is away, too; before it begins by nobody', async () => {
    desk.as('zhou', 'absence.setOwn', { from: desk.now, to: desk.now + DAY, deputy: 'han' })
    desk.as('han', 'absence.setOwn', { from: desk.now, to: desk.now + DAY, deputy: 'shen' })
    desk.as('li', 'absence.setOwn', { from: desk.now + HOUR, to: desk.now + DAY, deputy: 'chen' })
    const standIns = Object.fromEntries((await absences()).map(({ user, standIn }) => [user.id, standIn?.id ?? null]))
    expect(standIns).toEqual({ zhou: 'shen', han: 'shen', li: null })
    desk.now += DAY
    expect(await absences()).toEqual([])
  })
})

describe('the ladder and a deputy', () => {
  it('calls the deputy of whoever said that he is away, and says instead of whom', () => {
    const desk = new HandoverDesk()
    const id = desk.register({ repliedAtCall: false })
    desk.as('zhou', 'absence.setOwn', { from: desk.now, to: desk.now + DAY, deputy: 'han' })
    desk.now += 15 * MINUTE
    const visit = desk.order(id).visits[0]?.id as string
    desk.local('escalation.fire', { order: id, visit, timer: 'firstReply', level: 1 })
    expect(desk.told('zhou')).toEqual([])
    expect(desk.told('han')).toMatchObject([{ kind: 'escalation', order_id: id, params: { role: 'dispatcher', insteadOf: 'zhou' } }])
    desk.close()
  })
})

describe('what is related to an order', () => {
  it('is of the same machine, open ones first, then of the same customer; linked ones say so', async () => {
    const desk = new HandoverDesk()
    const old = desk.register()
    desk.as('shen', 'workOrder.cancel', { ...desk.on(old), reason: '误报' })
    desk.now += HOUR
    const twin = desk.register()
    const id = desk.register()
    const sibling = desk.register({ equipment: { model: 'BR-VS320', serial: 'VS320-0009' } })
    desk.register({ customer: { name: '别家' }, equipment: { model: 'BR-VS320', serial: 'VS320-0010' } })
    desk.as('zhou', 'workOrder.link', { order: id, to: sibling, kind: 'related' })
    const { duplicates, orders } = await desk.ask('zhou', 'workOrder.related', { order: id })
    expect(duplicates).toBe(1)
    expect(orders.map(({ card, same, link }) => [card.id, same, link])).toEqual([
      [twin, 'machine', null],
      [old, 'machine', null],
      [sibling, 'customer', 'related'],
    ])
    expect(await desk.ask('zhou', 'workOrder.related', { order: 'none' })).toMatchObject({ orders: [] })
    desk.close()
  })

  it('the sheet of an order tells all of it as of one moment, with the head that proves it', async () => {
    const desk = new HandoverDesk()
    const id = desk.register()
    const paper = await desk.ask('zhou', 'workOrder.paper', { order: id })
    expect(paper.order?.card.id).toBe(id)
    expect(paper.timeline[0]?.type).toBe('orderRegistered')
    expect(paper.chain).toEqual({ origin: desk.spine.desk.log.origin, seq: desk.spine.log.head.seq, hash: desk.spine.log.head.hash.toString('hex') })
    desk.close()
  })
})
