import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepare } from '#core/features/dispatch/prepare.ts'
import { at, BASE, DispatchDesk } from '../support/dispatchDesk.ts'
import { HOUR } from '../support/orderDesk.ts'

const THURSDAY = '2026-10-22'
const DAY = 24 * HOUR

/** What was so when a plan was made, and is not any more when it is accepted; and days that nobody lives to see. */
describe('dispatch in a world that changes', () => {
  let desk: DispatchDesk
  let plc = ''
  beforeAll(() => {
    desk = new DispatchDesk()
    plc = desk.as('shen', 'skill.register', { name: 'PLC' })['id'] as string
    desk.engineer('chen', [{ skill: plc, level: 3, validUntil: '9999-12-31' }])
    desk.engineer('min', [])
  })
  afterAll(() => desk.close())

  const place = (from: number) => ({ engineers: ['chen'], from, to: from + 2 * HOUR })
  const apply = (changes: { order: string; before: ReturnType<typeof place> | null; after: ReturnType<typeof place> | null; forced?: boolean }[]): unknown =>
    (desk.as('zhou', 'dispatch.applyPlan', { changes })['refused'] as { order: string; code: string }[]).map(({ order, code }) => [order, code])
  const tryOut = (order: string, from: number, to: number) => desk.ask('zhou', 'dispatch.tryOut', { order, engineers: ['chen'], from, to })

  it('goes on with a certificate that is valid for ever, and with a rotation that never comes', async () => {
    const order = desk.waiting(['PLC-L2'])
    desk.as('zhou', 'roster.addRotation', { engineer: 'li', from: '9999-12-31', until: null, cycleDays: 1, shifts: [{ day: 0, start: '08:00', minutes: 60 }] })
    expect((await desk.ask('zhou', 'dispatch.suggest', { order })).options.map(({ engineer }) => engineer.id)).toContain('chen')
    expect((await desk.ask('zhou', 'dispatch.suggest', { order, from: 0, to: Date.UTC(9999, 11, 31) })).options).not.toEqual([])
    expect((await desk.ask('zhou', 'dispatch.day', { day: THURSDAY })).engineers).not.toEqual([])
    expect((await desk.ask('zhou', 'dispatch.day', { day: '9999-12-31' })).visits).toEqual([])
    expect((await tryOut(order, Date.UTC(10_000, 11, 30), Date.UTC(10_000, 11, 31))).possible).toBe(false)
  })

  it('says of a window what is wrong with it, before it is booked', async () => {
    const order = desk.waiting([])
    const month = { ...desk.on(order), engineers: ['chen'], from: at('09:00'), to: at('09:00') + 30 * DAY }
    expect(desk.refused('zhou', 'dispatch.book', month)).toMatchObject({ code: 'windowTooLong', params: { days: 7 } })
    expect((await tryOut(order, at('09:00'), at('11:00'))).possible).toBe(true)
    expect((await tryOut(order, at('09:00', '2026-10-20'), at('11:00', '2026-10-20'))).possible).toBe(false)
    expect((await tryOut('nothing', at('09:00'), at('11:00'))).possible).toBe(false)
  })

  it('leaves where it is what was pinned or begun since the plan, unless it cannot stay', () => {
    const [pinned, begun] = [desk.waiting(['PLC-L1']), desk.waiting(['PLC-L1'])]
    desk.bookFor(pinned, ['chen'], at('08:00'))
    desk.bookFor(begun, ['chen'], at('10:00'))
    desk.as('zhou', 'dispatch.pin', { orders: [pinned] })
    desk.now = at('09:30')
    desk.as('chen', 'workOrder.recordArrival', { order: begun })
    const changes = [
      { order: pinned, before: place(at('08:00')), after: place(at('13:00')) },
      { order: begun, before: place(at('10:00')), after: place(at('15:00')) },
    ]
    expect(apply(changes)).toEqual([[pinned, 'visitPinned'], [begun, 'visitBegun']])
    expect(apply(changes.map((change) => ({ ...change, forced: true })))).toEqual([])
    // The answer got lost, and the plan is accepted again: it is as it should be.
    const before = desk.spine.log.head.seq
    expect(apply(changes)).toEqual([])
    expect(desk.spine.log.head.seq).toBe(before)
    // A pin on a visit that is over holds nothing: somebody comes again.
    const now = desk.now
    desk.as('zhou', 'dispatch.pin', { orders: [pinned] })
    desk.now = at('18:00')
    expect(apply([{ order: pinned, before: null, after: place(at('10:00', '2026-12-01')) }])).toEqual([])
    desk.now = now
  })

  it('suggests nothing that runs into the job after it, and plans no longer beside one that is done', async () => {
    const friday = '2026-10-23'
    const [first, second] = [desk.waiting(['PLC-L1']), desk.waiting(['PLC-L1'])]
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(second), after: [first] })
    desk.bookFor(second, ['chen'], at('14:00', friday))
    const { options } = await desk.ask('zhou', 'dispatch.suggest', { order: first, from: at('00:00', friday), to: at('23:00', friday), limit: 50 })
    expect(options).not.toEqual([])
    for (const { from, to } of options) expect([from, (await tryOut(first, from, to)).possible]).toEqual([from, true])
    const windowsOf = () =>
      prepare(desk.spine.db, { kind: 'day', day: '2026-10-26', days: 1, moveBooked: true, seconds: 1, seed: 1 }, desk.now).problem.jobs.some(({ id }) => id === first)
    expect(windowsOf()).toBe(false)
    desk.as('zhou', 'workOrder.cancel', { ...desk.on(second), reason: '客户取消' })
    expect(windowsOf()).toBe(true)
  })

  it('moves nothing that has begun or is over, and lets an engineer book his own time alone, by either command', () => {
    const saturday = '2026-10-24'
    const [done, running, other] = [desk.waiting(['PLC-L1']), desk.waiting(['PLC-L1']), desk.waiting(['PLC-L1'])]
    desk.bookFor(done, ['chen'], at('08:00', saturday))
    desk.bookFor(running, ['chen'], at('10:00', saturday))
    desk.now = at('10:30', saturday)
    desk.as('chen', 'workOrder.recordArrival', { order: running })
    const begun = { code: 'visitBegun' }
    expect(desk.refused('zhou', 'dispatch.move', { ...desk.on(done), from: at('15:00', saturday) })).toMatchObject(begun)
    expect(desk.refused('zhou', 'dispatch.resize', { ...desk.on(done), to: at('16:00', saturday) })).toMatchObject(begun)
    expect(desk.refused('zhou', 'dispatch.move', { ...desk.on(running), engineers: ['li'] })).toMatchObject({ ...begun, params: { number: desk.order(running).number } })
    expect(desk.refused('zhou', 'dispatch.resize', { ...desk.on(running), from: at('11:00', saturday), to: at('12:00', saturday) })).toMatchObject(begun)
    // What is under way may take longer.
    desk.as('zhou', 'dispatch.resize', { ...desk.on(running), to: at('12:30', saturday) })
    expect(desk.order(running).appointment).toMatchObject({ from: at('10:00', saturday), to: at('12:30', saturday) })

    const own = { ...desk.on(other), engineer: 'chen', from: at('13:00', saturday), to: at('15:00', saturday) }
    const forbidden = { code: 'bookForbidden' }
    expect(desk.refused('li', 'workOrder.bookAppointment', own)).toMatchObject(forbidden)
    expect(desk.refused('chen', 'workOrder.bookAppointment', { ...own, crew: ['li'] })).toMatchObject(forbidden)
    desk.as('chen', 'workOrder.bookAppointment', own)
    // Nor may another take it off him, or take it over.
    expect(desk.refused('li', 'workOrder.bookAppointment', { ...own, ...desk.on(other), engineer: 'li' })).toMatchObject(forbidden)
    expect(desk.refused('li', 'workOrder.cancelAppointment', { ...desk.on(other), reason: '改期' })).toMatchObject(forbidden)
    expect(desk.refused('li', 'dispatch.book', { ...desk.on(other), engineers: ['li'], from: own.from, to: own.to })).toMatchObject(forbidden)
    desk.as('zhou', 'workOrder.bookAppointment', { ...own, ...desk.on(other), from: at('13:30', saturday) })
  })

  it('books the work before another one whose own visit is past, as it is suggested', async () => {
    const monday = '2026-11-02'
    const [first, second] = [desk.waiting([]), desk.waiting([])]
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(second), after: [first] })
    desk.bookFor(second, ['chen'], at('09:00', monday))
    const asked = { from: at('13:00', monday), to: at('15:00', monday) }
    expect((await tryOut(first, asked.from, asked.to)).conflicts).toMatchObject([{ code: 'afterSuccessor', hard: true }])
    const before = desk.now
    desk.now = at('12:00', monday)
    expect((await tryOut(first, asked.from, asked.to)).conflicts.filter(({ hard }) => hard)).toEqual([])
    expect((await desk.ask('zhou', 'dispatch.suggest', { order: first })).options).not.toEqual([])
    desk.bookFor(first, ['chen'], asked.from)
    const { visits } = await desk.ask('zhou', 'dispatch.day', { day: monday })
    expect(visits.find(({ order }) => order === first)?.conflicts.filter(({ hard }) => hard)).toEqual([])
    // Of a visit that is over nobody is deprived: a colleague says himself when he comes again.
    desk.now = at('16:00', monday)
    desk.as('min', 'workOrder.bookAppointment', { ...desk.on(second), engineer: 'min', from: at('09:00', '2026-11-03'), to: at('10:00', '2026-11-03') })
    desk.as('min', 'workOrder.cancelAppointment', { ...desk.on(second), reason: '改期' })
    desk.now = before
  })

  it('judges a booking by the table of ways, as it shows the way', async () => {
    const order = desk.waiting([], 3)
    const [from, to] = [at('09:00', '2026-11-04'), at('11:00', '2026-11-04')]
    expect((await tryOut(order, from, to)).conflicts).toEqual([])
    await desk.served('shen', 'dispatch.setWays', { legs: [{ from: BASE, to: { lat: BASE.lat, lon: BASE.lon + 0.15 }, minutes: 200 }] })
    expect((await tryOut(order, from, to)).conflicts).toMatchObject([{ code: 'travelTooLong', params: { minutes: 200 } }])
    await desk.served('shen', 'dispatch.setWays', { legs: [], replace: true })
  })

  it('shows a crew as a whole to each of them, whoever leads it first', async () => {
    const tuesday = '2026-11-03'
    const order = desk.waiting([])
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(order), crew: 2 })
    desk.bookFor(order, ['min', 'chen'], at('09:00', tuesday))
    for (const user of ['chen', 'min']) {
      const [visit] = (await desk.ask(user, 'dispatch.myDay', { day: tuesday })).visits
      expect([visit?.engineers.map(({ id }) => id), visit?.conflicts]).toEqual([['min', 'chen'], []])
    }
    const proposal = await desk.plan('dispatch.startPlan', { day: tuesday, seconds: 20, iterations: 50 })
    expect(proposal.changes.find((change) => change.order === order)?.before?.engineers.map(({ id }) => id)).toEqual(['min', 'chen'])
    await desk.served('zhou', 'dispatch.discard', { plan: proposal.id })
  })

  it('plans what is overdue all the same, and counts it as late', async () => {
    const order = desk.waiting([], 1, 'high')
    const later = '2026-11-06'
    const proposal = await desk.plan('dispatch.startPlan', { day: later, engineers: ['min'], seconds: 20, iterations: 100 })
    const change = proposal.changes.find((each) => each.order === order)
    expect(change?.after?.from).toBeGreaterThan(desk.now + 5 * DAY)
    expect(proposal.after?.late).toBe(proposal.changes.filter(({ after }) => after).length)
    await desk.served('zhou', 'dispatch.discard', { plan: proposal.id })
  })

  it('has an order wait again when whoever was to come works here no more, and finds somebody else with the day', async () => {
    const thursday = '2026-11-05'
    desk.engineer('wei', [])
    const [alone, together] = [desk.waiting([], 1, 'urgent'), desk.waiting([], 1, 'urgent')]
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(together), crew: 2 })
    desk.bookFor(alone, ['wei'], at('09:00', thursday))
    desk.bookFor(together, ['wei', 'min'], at('14:00', thursday))
    const waits = async (): Promise<boolean> => (await desk.ask('zhou', 'dispatch.waiting', { limit: 200 })).orders.some(({ order }) => order === alone)
    expect(await waits()).toBe(false)
    desk.local('user.disable', { user: 'wei', reason: '离职' })
    expect(await waits()).toBe(true)
    const proposal = await desk.plan('dispatch.startPlan', { day: thursday, seconds: 20, iterations: 100 })
    const orders = [alone, together]
    for (const order of orders) {
      const change = proposal.changes.find((each) => each.order === order)
      expect([change?.forced, change?.before?.engineers[0]?.id, change?.after?.engineers.some(({ id }) => id === 'wei')]).toEqual([true, 'wei', false])
    }
    expect(await desk.served('zhou', 'dispatch.acceptPlan', { plan: proposal.id, orders })).toEqual({ accepted: 2, refused: [] })
    expect(await waits()).toBe(false)
  })
})
