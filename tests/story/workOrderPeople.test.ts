import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bulkService } from '#core/features/workOrder/bulk.ts'
import type { ServiceContext } from '#core/kernel/feature.ts'
import type { CommandInput, CommandOutput } from '#shared/contract/registry.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { storeBlob } from '../support/blobs.ts'
import { openLogDesk } from '../support/logDesk.ts'
import { HOUR, MINUTE, OrderDesk } from '../support/orderDesk.ts'
import { orderEvent, registered } from '../support/orders.ts'

let desk: OrderDesk
beforeEach(() => {
  desk = new OrderDesk()
})
afterEach(() => desk.close())

describe('the owner of an order', () => {
  it('changes when the other accepts, and not before', () => {
    const id = desk.register()
    desk.as('zhou', 'workOrder.offerHandover', { ...desk.on(id), to: 'han', note: '交班' })
    expect(desk.order(id)).toMatchObject({ owner: 'zhou', handover: { from: 'zhou', to: 'han' } })
    expect(desk.refused('shen', 'workOrder.answerHandover', { order: id, accepted: true }).code).toBe('noHandover')
    desk.as('han', 'workOrder.answerHandover', { order: id, accepted: false })
    expect(desk.order(id)).toMatchObject({ owner: 'zhou', handover: null })
    desk.as('zhou', 'workOrder.offerHandover', { ...desk.on(id), to: 'han' })
    desk.as('han', 'workOrder.answerHandover', { order: id, accepted: true })
    expect(desk.order(id)).toMatchObject({ owner: 'han', handover: null })
    expect(desk.refused('han', 'workOrder.answerHandover', { order: id, accepted: true }).code).toBe('noHandover')
  })

  it('gives it away himself, or who stands in for him or may name owners: nobody helps himself to it', () => {
    const id = desk.register()
    for (const to of ['li', 'chen']) {
      expect(desk.refused('li', 'workOrder.offerHandover', { ...desk.on(id), to }).code).toBe('notYourOrders')
    }
    desk.as('shen', 'workOrder.offerHandover', { ...desk.on(id), to: 'chen' })
    desk.local('user.setAbsence', { user: 'zhou', from: desk.now, to: desk.now + HOUR, deputy: 'li' })
    desk.as('li', 'workOrder.offerHandover', { ...desk.on(id), to: 'li' })
    desk.as('li', 'workOrder.answerHandover', { order: id, accepted: true })
    expect(desk.order(id).owner).toBe('li')
  })

  it('is nobody to whom it was not offered, however two desks decided at once', () => {
    const desk = openLogDesk()
    const order = (): WorkOrderState => desk.app.subjects.load<WorkOrderState>({ kind: 'workOrder', id: 'o1' }).state
    const sun = { kind: 'user', id: 'sun' } as const
    desk.append([registered('o1', { at: desk.now })])
    desk.append([orderEvent('o1', 'handoverOffered', { to: 'sun' })])
    // Another desk took the offer back and made it to somebody else before it heard of the acceptance.
    desk.append([orderEvent('o1', 'handoverOffered', { to: 'qian' })])
    const { owner } = order()
    desk.append([orderEvent('o1', 'handoverAnswered', { accepted: true })], { actor: sun })
    expect(order()).toMatchObject({ owner, handover: { to: 'qian' }, conflicts: [{ code: 'noHandover', actor: 'sun' }] })
    desk.close()
  })

  it('is named outright by a supervisor, and is always somebody who works here', () => {
    const id = desk.register()
    desk.as('shen', 'workOrder.reassign', { ...desk.on(id), owner: 'han', reason: '休假' })
    expect(desk.order(id).owner).toBe('han')
    expect(desk.refused('shen', 'workOrder.reassign', { ...desk.on(id), owner: 'han' }).code).toBe('alreadyOwner')
    expect(desk.refused('shen', 'workOrder.reassign', { ...desk.on(id), owner: 'nobody' }).code).toBe('unknownUser')
    desk.local('user.disable', { user: 'chen', reason: '离职' })
    expect(desk.refused('han', 'workOrder.offerHandover', { ...desk.on(id), to: 'chen' }).code).toBe('unknownUser')
    desk.as('zhou', 'workOrder.changeCollaborators', { order: id, add: ['li', 'wu'], remove: [] })
    desk.as('zhou', 'workOrder.changeCollaborators', { order: id, add: ['li'], remove: ['wu'] })
    expect(desk.order(id).collaborators).toEqual(['li'])
  })

  it('is one who may work on orders, and so is whoever is offered one or works along', () => {
    const id = desk.register()
    desk.local('user.add', { login: 'xu', displayName: 'xu', roles: ['finance'] })
    const refusal = (field: string) => ({ code: 'notForOrders', field, params: { user: 'xu' } })
    expect(desk.refused('shen', 'workOrder.reassign', { ...desk.on(id), owner: 'xu' })).toEqual(refusal('owner'))
    expect(desk.refused('zhou', 'workOrder.offerHandover', { ...desk.on(id), to: 'xu' })).toEqual(refusal('to'))
    expect(desk.refused('zhou', 'workOrder.changeCollaborators', { order: id, add: ['li', 'xu'] })).toEqual(refusal('add'))
    expect(desk.refused('zhou', 'workOrder.register', { channel: 'phone', owner: 'xu' })).toEqual(refusal('owner'))
    // Somebody may still read what was written for him.
    desk.as('zhou', 'workOrder.addNote', { order: id, text: '请开票', mentions: ['xu'] })
  })
})

describe('what is promised', () => {
  it('names a party and a time; waiting on the customer holds the timer until the customer answers', () => {
    const id = desk.register()
    desk.as('zhou', 'workOrder.advance', desk.on(id))
    const start = desk.now
    const promise = { step: '客户提供日志', waitsOn: 'customer' as const, by: start + 6 * HOUR }
    desk.now += HOUR
    desk.as('han', 'workOrder.setPromise', { ...desk.on(id), promise })
    expect(desk.order(id)).toMatchObject({ promise, timers: [{ key: 'diagnosis', dueAt: null }] })
    desk.now += 4 * HOUR
    desk.as('han', 'workOrder.setPromise', {
      ...desk.on(id),
      promise: { step: '分析日志', waitsOn: 'us', who: 'user:han', by: desk.now + HOUR },
    })
    // One of two hours was used.
    expect(desk.order(id).timers).toMatchObject([{ dueAt: start + 6 * HOUR }])
    const refused = (change: Partial<CommandInput['workOrder.setPromise']['promise']>) =>
      desk.refused('han', 'workOrder.setPromise', { ...desk.on(id), promise: { ...promise, by: desk.now + 1, ...change } })
    expect(refused({ by: desk.now }).code).toBe('promiseInPast')
    expect(refused({ waitsOn: 'us' }).code).toBe('nobodyNamed')
    expect(refused({ waitsOn: 'us', who: 'user:nobody' }).code).toBe('unknownUser')
  })

  it('may be named with a move', () => {
    const id = desk.register()
    const promise = { step: '等待客户回电', waitsOn: 'customer' as const, by: desk.now + 3 * HOUR }
    desk.as('zhou', 'workOrder.advance', { ...desk.on(id), promise })
    expect(desk.order(id)).toMatchObject({ stage: 'diagnosis', promise, timers: [{ dueAt: null }] })
  })
})

describe('what the customer hears and says', () => {
  it('is answered first by a person’s reply, not by an internal note', () => {
    const id = desk.register({ channel: 'email', repliedAtCall: false, firstContactAt: desk.now - 10 * MINUTE })
    expect(desk.order(id)).toMatchObject({ firstRepliedAt: null, timers: [{ key: 'firstReply' }] })
    desk.as('zhou', 'workOrder.addNote', { order: id, text: '先查型号', mentions: ['han'] })
    expect(desk.order(id).firstRepliedAt).toBeNull()
    desk.now += 5 * MINUTE
    desk.as('zhou', 'workOrder.addNote', { order: id, kind: 'reply', text: '已收到，正在核对' })
    expect(desk.order(id)).toMatchObject({ firstRepliedAt: desk.now, timers: [{ settled: { why: 'replied' } }] })
    expect(desk.refused('zhou', 'workOrder.recordFirstReply', { order: id, by: 'call' }).code).toBe('alreadyReplied')
    const note = desk.events(id).find(({ type }) => type === 'noteAdded')
    expect(note).toMatchObject({ data: { mentions: ['han'], length: 4 }, personal: { text: '先查型号' } })
  })

  it('may be told late within 15 minutes; earlier needs a supervisor and reaches back 72 hours', () => {
    const id = desk.register({ channel: 'email', repliedAtCall: false, firstContactAt: desk.now - 60 * HOUR })
    const replied = (user: string, repliedAt: number) =>
      desk.refused(user, 'workOrder.recordFirstReply', { order: id, by: 'call', repliedAt }).code
    expect(replied('zhou', desk.now + 3 * MINUTE)).toBe('futureTime')
    expect(replied('zhou', desk.now - 16 * MINUTE)).toBe('backdateForbidden')
    expect(replied('shen', desk.now - 73 * HOUR)).toBe('backdateTooFar')
    expect(replied('shen', desk.now - 61 * HOUR)).toBe('beforeFirstContact')
    desk.as('shen', 'workOrder.recordFirstReply', { order: id, by: 'call', repliedAt: desk.now - 2 * HOUR })
    expect(desk.order(id).firstRepliedAt).toBe(desk.now - 2 * HOUR)
    expect(desk.events(id).at(-1)).toMatchObject({ at: desk.now - 2 * HOUR, recordedAt: desk.now })
  })

  it('was first in touch up to 72 hours ago, whoever registers it; every other time needs the permission', () => {
    const first = (ago: number) => ({ channel: 'email', repliedAtCall: false, firstContactAt: desk.now - ago }) as const
    const refused = (ago: number) => desk.refused('zhou', 'workOrder.register', first(ago))
    expect(refused(-3 * MINUTE)).toEqual({ code: 'futureTime', field: 'firstContactAt' })
    expect(refused(72 * HOUR + 1)).toMatchObject({ code: 'backdateTooFar', field: 'firstContactAt' })
    // A screen whose clock is a little ahead says no lie: it is now.
    expect(desk.order(desk.register(first(-MINUTE))).firstContactAt).toBe(desk.now)
    const id = desk.register(first(72 * HOUR))
    expect(desk.order(id).firstContactAt).toBe(desk.now - 72 * HOUR)

    const finished = desk.register()
    desk.as('zhou', 'workOrder.advance', desk.on(finished))
    const fields = { conclusion: '参数错误', serviceMode: 'remote', partsNeeded: [] }
    desk.as('han', 'workOrder.changeFields', { ...desk.on(finished), fields })
    desk.as('han', 'workOrder.fixRemotely', desk.on(finished))
    const { hash: blob } = storeBlob(desk.spine.blobs, 'a signature')
    const ago = (ms: number) => desk.now - ms
    for (const [ms, user, code] of [
      [-3 * MINUTE, 'shen', 'futureTime'],
      [15 * MINUTE + 1, 'chen', 'backdateForbidden'],
      [72 * HOUR + 1, 'shen', 'backdateTooFar'],
    ] as const) {
      expect(desk.refused(user, 'workOrder.recordArrival', { order: id, arrivedAt: ago(ms) }).code).toBe(code)
      const signed = { order: finished, blob, kind: 'remoteConfirmation', signedAt: ago(ms) } as const
      expect(desk.refused(user, 'workOrder.captureSignature', signed).code).toBe(code)
      expect(desk.refused(user, 'workOrder.recordFirstReply', { order: id, by: 'call', repliedAt: ago(ms) }).code).toBe(code)
    }
    desk.as('chen', 'workOrder.recordArrival', { order: id, arrivedAt: ago(15 * MINUTE) })
    desk.as('shen', 'workOrder.recordFirstReply', { order: id, by: 'call', repliedAt: ago(72 * HOUR) })
  })

  it('counts second inquiries and complaints, after the closing too', () => {
    const id = desk.register()
    desk.as('zhou', 'workOrder.recordInquiry', { order: id, channel: 'phone', text: '何时上门' })
    desk.as('zhou', 'workOrder.cancel', { ...desk.on(id), reason: '客户撤单' })
    desk.as('zhou', 'workOrder.recordComplaint', { order: id, channel: 'phone', cause: 'overtime', text: '太慢' })
    expect(desk.order(id)).toMatchObject({ inquiries: 1, complaints: 1, status: 'cancelled' })
  })

  it('is rated once it was closed, one answer in 30 days', () => {
    const id = desk.register()
    const rate = { order: id, channel: 'phone', stars: 4 } as const
    expect(desk.refused('zhou', 'workOrder.recordSurvey', rate).code).toBe('notYetClosed')
    desk.as('zhou', 'workOrder.resolveBySelf', { ...desk.on(id), reason: '重启后恢复' })
    desk.as('zhou', 'workOrder.recordSurvey', rate)
    expect(desk.refused('zhou', 'workOrder.recordSurvey', { ...rate, stars: 1 }).code).toBe('surveyAnswered')
    desk.now += 30 * 86_400_000
    desk.as('zhou', 'workOrder.recordSurvey', { ...rate, stars: 5 })
    expect(desk.order(id).ratings.map(({ stars }) => stars)).toEqual([4, 5])
  })
})

describe('orders together', () => {
  it('are linked on both sides', () => {
    const a = desk.register()
    const b = desk.register()
    desk.as('zhou', 'workOrder.link', { order: a, to: b, kind: 'related' })
    expect([desk.order(a).links, desk.order(b).links]).toMatchObject([[{ to: b }], [{ to: a }]])
    desk.as('zhou', 'workOrder.unlink', { order: b, to: a })
    expect([desk.order(a).links, desk.order(b).links]).toEqual([[], []])
    expect(desk.refused('zhou', 'workOrder.unlink', { order: b, to: a }).code).toBe('notLinked')
    expect(desk.refused('zhou', 'workOrder.link', { order: a, to: a, kind: 'related' }).code).toBe('linkToItself')
  })

  it('are moved in bulk, each answered alone, each once', async () => {
    const orders = [desk.register(), desk.register({ fields: { faultSymptom: '' } }), desk.register()]
    const input = { id: randomUUID(), orders: orders.map((id) => desk.on(id)), action: { name: 'advance' as const } }
    desk.as('zhou', 'workOrder.addNote', { order: orders[2] as string, text: '别人先改了' })
    const bulk = async () => {
      const { pipeline } = desk.spine
      const context = { pipeline, principal: desk.principal('zhou') } as unknown as ServiceContext
      const result = await bulkService.handle(input as never, context)
      if (!result.ok) throw new Error(result.refusal.code)
      return (result.value as CommandOutput['workOrder.bulk']).results
    }
    const results = await bulk()
    expect(results.map(({ ok, refusal }) => (ok ? 'moved' : refusal?.code))).toEqual(['moved', 'missingFields', 'stale'])
    expect(orders.map((id) => desk.order(id).stage)).toEqual(['diagnosis', 'intakeReview', 'intakeReview'])
    const { seq } = desk.spine.log.head
    expect((await bulk())[0]).toEqual(results[0])
    expect(desk.spine.log.head.seq).toBe(seq)
  })

  it('let others have their turn between two slices of a bulk action', async () => {
    const orders = Array.from({ length: 200 }, () => desk.on(desk.register()))
    const { pipeline } = desk.spine
    const commits: number[] = []
    pipeline.onCommitted((touched) => commits.push(touched.length))
    const context = { pipeline, principal: desk.principal('zhou') } as unknown as ServiceContext
    const input = { orders, action: { name: 'advance' as const } }
    const work = Promise.resolve(bulkService.handle(input as never, context))
    const isDone = work.then(() => 'done')
    let turns = 0
    while ((await Promise.race([isDone, setImmediate('turn')])) === 'turn') turns += 1
    const result = await work
    expect(result).toMatchObject({ ok: true, value: { results: orders.map(({ order }) => ({ order, ok: true })) } })
    expect(commits.length).toBeGreaterThan(1)
    expect(commits.reduce((sum, touched) => sum + touched, 0)).toBe(200)
    expect(turns).toBeGreaterThan(0)
  })

  it('are done in bulk by whoever may do each alone', async () => {
    const order = desk.on(desk.register())
    const { pipeline } = desk.spine
    const as = async (user: string, action: object) => {
      const context = { pipeline, principal: desk.principal(user) } as unknown as ServiceContext
      const result = await bulkService.handle({ orders: [order], action } as never, context)
      return result.ok ? null : result.refusal.code
    }
    expect(await as('chen', { name: 'release', reason: 'x' })).toBe('forbidden')
    expect(await as('zhou', { name: 'reassign', owner: 'han' })).toBe('forbidden')
    expect(await as('shen', { name: 'reassign', owner: 'han' })).toBeNull()
  })
})
