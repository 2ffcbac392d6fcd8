import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantIn } from '#shared/domain/roster/zoneTime.ts'
import { at, DispatchDesk } from '../support/dispatchDesk.ts'
import { HOUR } from '../support/orderDesk.ts'

const [THURSDAY, FRIDAY] = ['2026-10-22', '2026-10-23']
const NEW_YORK = 'America/New_York'

/** What rosters and orders bring that makes little sense, or that clocks make odd: named, and the rest still planned. */
describe('dispatch of odd days', () => {
  let desk: DispatchDesk
  let plc = ''
  beforeAll(() => {
    desk = new DispatchDesk()
    plc = desk.as('shen', 'skill.register', { name: 'PLC' })['id'] as string
  })
  afterAll(() => desk.close())

  const plan = (day: string, engineers?: string[]) => desk.plan('dispatch.startPlan', { day, seconds: 20, iterations: 200, ...(engineers && { engineers }) })
  const over = (order: string): unknown => desk.as('zhou', 'workOrder.cancel', { ...desk.on(order), reason: '试完' })

  it('plans nothing where nobody is on shift, and says so of each', async () => {
    const order = desk.waiting([])
    const { unserved, remarks, changes } = await plan(THURSDAY)
    expect(changes).toEqual([])
    expect(unserved.find((each) => each.order === order)?.reason.code).toBe('noEngineers')
    expect(remarks.filter(({ code }) => code === 'noShift').map(({ params }) => params['engineer']).sort()).toEqual(['chen', 'li'])
    over(order)
  })

  it('takes shifts of 24 hours and windows across midnight: suggested, planned and booked within them, by one shift', async () => {
    desk.engineer('chen', [{ skill: plc, level: 3 }])
    desk.as('shen', 'roster.setProfile', { engineer: 'li', skills: [{ skill: plc, level: 2, certificate: '', validUntil: null }], home: { lat: 31.3, lon: 120.6, name: '' } })
    desk.as('zhou', 'roster.addRotation', { engineer: 'li', from: '2026-10-19', until: null, cycleDays: 2, shifts: [{ day: 1, start: '20:00', minutes: 1440 }] })
    const [night, second] = [desk.waiting(['PLC-L1']), desk.waiting(['PLC-L1'])]
    const window = { from: at('23:00'), to: at('01:00', FRIDAY) }
    for (const order of [night, second]) desk.as('zhou', 'workOrder.planVisit', { ...desk.on(order), minutes: 120, windows: [window] })
    const { options } = await desk.ask('zhou', 'dispatch.suggest', { order: night, from: at('00:00'), to: at('12:00', FRIDAY) })
    expect([...new Set(options.map(({ engineer }) => engineer.id))]).toEqual(['li'])
    for (const { from } of options) expect(from >= window.from && from <= window.to).toBe(true)
    const proposal = await plan(THURSDAY)
    const [change] = proposal.changes.filter(({ order }) => order === night || order === second)
    expect(change?.after).toMatchObject({ engineers: [{ id: 'li' }] })
    // There is room for one of the two after the other, half of it on Friday.
    await desk.served('zhou', 'dispatch.acceptPlan', { plan: proposal.id })
    const booked = desk.order(change?.order ?? '').appointment
    expect(booked && booked.from >= window.from && booked.from <= window.to).toBe(true)
    const other = change?.order === night ? second : night
    if (desk.order(other).appointment) desk.as('zhou', 'dispatch.unbook', { ...desk.on(other), reason: '改期' })
    expect(desk.refused('zhou', 'dispatch.book', { ...desk.on(other), engineers: ['li'], from: booked?.from ?? 0, to: (booked?.from ?? 0) + 2 * HOUR })).toMatchObject({ code: 'slotTaken' })
    expect(desk.refused('zhou', 'dispatch.book', { ...desk.on(other), engineers: ['chen'], from: at('23:00'), to: at('01:00', FRIDAY) })).toMatchObject({ code: 'offShift' })
    // The day after shows the rest of the shift, and what reaches into it.
    const friday = await desk.ask('zhou', 'dispatch.day', { day: FRIDAY })
    expect(friday.engineers.find(({ id }) => id === 'li')?.shifts).toEqual([{ from: at('20:00'), to: at('20:00', FRIDAY) }])
    for (const order of [night, second]) over(order)
  })

  it('names a job that nobody can do and one whose skill no catalogue has, and plans the others', async () => {
    const [hopeless, strange, plain] = [desk.waiting(['PLC-L3', 'PLC-L2']), desk.waiting(['量子校准-L3']), desk.waiting(['PLC-L1'])]
    const gone = desk.waiting(['PLC-L1'])
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(hopeless), crew: 3 })
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(gone), windows: [{ from: at('08:00', '2026-10-20'), to: at('09:00', '2026-10-20') }] })
    const { unserved, remarks, changes, id } = await plan(FRIDAY)
    const why = new Map(unserved.map(({ order, reason }) => [order, reason.code]))
    expect([why.get(hopeless), why.get(gone)]).toEqual(['crewTooSmall', 'windowPassed'])
    expect(remarks).toContainEqual(expect.objectContaining({ code: 'unknownSkill', params: { skill: '量子校准-L3' } }))
    expect(changes.filter(({ kind }) => kind === 'added').map(({ order }) => order).sort()).toEqual([strange, plain].sort())
    const { orders } = await desk.ask('zhou', 'dispatch.waiting', {})
    expect(orders.find(({ order }) => order === strange)?.hindrances).toContainEqual(expect.objectContaining({ code: 'unknownSkill' }))
    await desk.served('zhou', 'dispatch.discard', { plan: id })
    for (const order of [hopeless, strange, plain, gone]) over(order)
  })

  it('says of a job whose customer has closed before what comes first is done that this is why', async () => {
    const [first, second] = [desk.waiting([]), desk.waiting([])]
    const window = { from: at('08:00', FRIDAY), to: at('09:00', FRIDAY) }
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(second), after: [first], windows: [window] })
    desk.bookFor(first, ['chen'], at('08:30', FRIDAY))
    const { unserved, id } = await desk.plan('dispatch.startPlan', { day: FRIDAY, seconds: 20, iterations: 50, moveBooked: false })
    const said = { code: 'beforePredecessor', params: { number: desk.order(first).number, to: at('10:30', FRIDAY) } }
    expect(unserved.find(({ order }) => order === second)?.reason).toMatchObject(said)
    await desk.served('zhou', 'dispatch.discard', { plan: id })
    for (const order of [second, first]) over(order)
  })

  it('keeps shifts where they are when the company changes its zone, and plans days of 23 and 25 hours', async () => {
    const shiftsOn = async (day: string, engineer: string) => (await desk.ask('zhou', 'dispatch.day', { day })).engineers.find(({ id }) => id === engineer)?.shifts ?? []
    const before = await shiftsOn(FRIDAY, 'chen')
    desk.local('setting.change', { name: 'company.timeZone', value: NEW_YORK })
    expect(before).toEqual([{ from: at('08:00', FRIDAY), to: at('17:00', FRIDAY) }])
    // 08:00 in Shanghai is the evening before in New York.
    expect(await shiftsOn('2026-10-22', 'chen')).toContainEqual(before[0])
    desk.local('user.add', { login: 'sun', displayName: 'sun', roles: ['engineer'] })
    desk.as('shen', 'roster.setProfile', { engineer: 'sun', skills: [{ skill: plc, level: 3, certificate: '', validUntil: null }], home: { lat: 31.3, lon: 120.6, name: '' } })
    desk.as('zhou', 'roster.addRotation', { engineer: 'sun', from: '2026-10-30', until: null, cycleDays: 1, shifts: [{ day: 0, start: '00:00', minutes: 1440 }] })
    for (const [day, hours] of [['2026-11-01', 25], ['2027-03-14', 23]] as const) {
      const from = instantIn(NEW_YORK, day, '00:00')
      const shown = await desk.ask('zhou', 'dispatch.day', { day })
      expect([shown.zone, shown.from, shown.to - shown.from]).toEqual([NEW_YORK, from, hours * HOUR])
      const shifts = shown.engineers.find(({ id }) => id === 'sun')?.shifts ?? []
      for (const [index, shift] of shifts.entries()) expect(shift.from).toBeGreaterThanOrEqual(shifts[index - 1]?.to ?? 0)
      desk.now = from - 12 * HOUR
      const order = desk.waiting(['PLC-L3'])
      desk.as('zhou', 'workOrder.planVisit', { ...desk.on(order), minutes: 120, windows: [{ from: from + HOUR, to: from + 2 * HOUR }] })
      const proposal = await plan(day, ['sun'])
      const change = proposal.changes.find((each) => each.order === order)
      expect(change?.after?.from).toBeGreaterThanOrEqual(from + HOUR)
      expect(await desk.served('zhou', 'dispatch.acceptPlan', { plan: proposal.id, orders: [order] })).toEqual({ accepted: 1, refused: [] })
      const { visits } = await desk.ask('zhou', 'dispatch.day', { day })
      expect(visits.find((visit) => visit.order === order)?.conflicts.filter(({ hard }) => hard)).toEqual([])
    }
  })
})
