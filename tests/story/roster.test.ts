import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roster } from '#core/features/roster/index.ts'
import { rosterQueries } from '#core/features/roster/queries.ts'
import { readVisits } from '#core/features/roster/visits.ts'
import { setting } from '#core/features/setting/index.ts'
import { skill } from '#core/features/skill/index.ts'
import { all } from '#core/store/sql.ts'
import { checkBooking, rosterEngineers, rosterShifts } from '#shared/contract/roster.ts'
import { instantIn } from '#shared/domain/roster/zoneTime.ts'
import { refusalMessage } from '#shared/i18n/refusalMessage.ts'
import { HOUR, MINUTE, OrderDesk } from '../support/orderDesk.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'
import { ask } from '../support/queries.ts'

/** Thursday, the day after the desk's Wednesday. */
const at = (time: string, day = '2026-10-22'): number => instantIn('Asia/Shanghai', day, time)
/** 苏州 and 无锡, some 40 km apart. */
const SUZHOU = { lat: 31.3, lon: 120.6 }
const WUXI = { lat: 31.57, lon: 120.3 }

describe('the roster', () => {
  let desk: OrderDesk
  const queries = new Map(rosterQueries.map((query) => [query.contract.name, query]))
  const sight = () => ({ db: desk.spine.db, queries, now: desk.now })
  let plc = ''
  beforeAll(() => {
    desk = new OrderDesk([skill, roster])
    plc = desk.as('shen', 'skill.register', { name: 'PLC' })['id'] as string
  })
  afterAll(() => desk.close())

  const shiftsOf = async (engineer: string, from: number, to: number) =>
    (await ask(sight(), rosterShifts, { from, to, engineers: [engineer] })).engineers[0]?.shifts.map(({ from, to, source }) => [from, to, source])

  /** An order for a PLC of the given level, at a machine whose customer is in 苏州. */
  function order(serial: string, skills: string[] = ['PLC-L2']): string {
    const id = desk.diagnosed([], { equipment: { model: 'BR-VS200', serial } })
    const customer = desk.order(id).fields['customer'] as string
    desk.as('shen', 'customer.locate', { customer, place: SUZHOU })
    desk.as('zhou', 'workOrder.changeFields', { ...desk.on(id), fields: { skillsNeeded: skills } })
    return id
  }

  it('knows skills once, by name, and refuses what no catalogue has', () => {
    expect(desk.refused('shen', 'skill.register', { name: 'plc' })).toMatchObject({ code: 'skillExists' })
    const held = { skill: plc, level: 3 as const, certificate: 'C-1', validUntil: '2026-10-31' }
    expect(desk.refused('shen', 'roster.setProfile', { engineer: 'chen', skills: [{ ...held, skill: 'welding' }] })).toMatchObject({ code: 'unknownSkill' })
    expect(desk.refused('shen', 'roster.setProfile', { engineer: 'chen', skills: [held, held] })).toMatchObject({ code: 'skillTwice' })
    expect(desk.refused('shen', 'roster.setProfile', { engineer: 'wu', skills: [] })).toMatchObject({ code: 'notEngineer' })
    expect(desk.refused('shen', 'roster.setProfile', { engineer: 'chen', lunch: { from: '12:00', to: '12:30', minutes: 45 } })).toMatchObject({ code: 'lunchTooLong' })
  })

  it('keeps a profile whole, its home and its cost apart from the text that is hashed', async () => {
    const profile = {
      skills: [{ skill: plc, level: 3 as const, certificate: 'C-1', validUntil: '2026-10-31' }],
      home: { ...SUZHOU, name: '苏州基地' },
      territory: { name: '苏州', radiusKm: 30 },
      vehicle: 'VAN-1',
      overtimeMin: 60,
      lunch: { from: '11:30', to: '13:30', minutes: 45 },
      hourCostFen: 12_000,
    }
    desk.as('shen', 'roster.setProfile', { engineer: 'chen', ...profile })
    // What holds already is no event.
    expect(desk.as('shen', 'roster.setProfile', { engineer: 'chen', ...profile }).heads).toEqual({})
    const { engineers } = await ask(sight(), rosterEngineers, { engineer: 'chen' })
    expect(engineers).toMatchObject([{ ...profile, skills: [{ name: 'PLC', expired: false, level: 3 }], hasProfile: true }])
    const [row] = all<{ text: string }>(desk.spine.db, "SELECT text FROM event WHERE subject = 'engineerProfile:chen'")
    expect(row?.text).toContain('VAN-1')
    expect(row?.text).not.toMatch(/苏州基地|12000/)
    expect(desk.refused('shen', 'roster.setProfile', { engineer: 'chen', overtimeMin: 0, base: 'x'.repeat(22) })).toMatchObject({ code: 'staleRecord' })
    desk.as('shen', 'roster.setProfile', { engineer: 'li', skills: [{ skill: plc, level: 2, certificate: '', validUntil: null }], home: { ...WUXI, name: '无锡' } })
  })

  it('gives shifts by rotation and singly, over midnight and for 24 hours, and refuses two at once', async () => {
    const day = { cycleDays: 7, shifts: [0, 1, 2, 3, 4].map((n) => ({ day: n, start: '08:00', minutes: 540 })) }
    desk.as('zhou', 'roster.addRotation', { engineer: 'chen', from: '2026-10-19', until: null, ...day })
    const always = { engineer: 'li', from: '2026-10-19', until: null, cycleDays: 1, shifts: [{ day: 0, start: '20:00', minutes: 1440 }] }
    desk.as('zhou', 'roster.addRotation', always)
    expect(await shiftsOf('chen', at('00:00'), at('00:00', '2026-10-25'))).toEqual([
      [at('08:00'), at('17:00'), 'rotation'],
      [at('08:00', '2026-10-23'), at('17:00', '2026-10-23'), 'rotation'],
    ])
    expect(await shiftsOf('li', at('00:00'), at('06:00'))).toEqual([[at('20:00', '2026-10-21'), at('20:00'), 'rotation']])
    const night = { engineer: 'chen', from: at('16:00'), to: at('02:00', '2026-10-23') }
    const refused = desk.refused('zhou', 'roster.addShift', night)
    expect(refused).toMatchObject({ code: 'shiftOverlap', params: { from: at('08:00'), to: at('17:00') } })
    expect(refusalMessage(refused, 'zh-CN')).toContain('2026-10-22 08:00–17:00')
    expect(desk.refused('zhou', 'roster.addRotation', { ...always, shifts: [{ day: 0, start: '12:00', minutes: 60 }] })).toMatchObject({ code: 'shiftOverlap' })
    expect(desk.refused('zhou', 'roster.addRotation', { ...always, cycleDays: 2, shifts: [{ day: 1, start: '23:00', minutes: 120 }, { day: 0, start: '00:30', minutes: 60 }] })).toMatchObject({ code: 'rotationOverlap' })
    expect(desk.refused('zhou', 'roster.addShift', { engineer: 'chen', from: at('17:00'), to: at('19:00', '2026-10-23') })).toMatchObject({ code: 'shiftTooLong' })
    const shift = desk.as('zhou', 'roster.addShift', { ...night, from: at('22:00') })['id'] as string
    expect(await shiftsOf('chen', at('01:00', '2026-10-23'), at('07:00', '2026-10-23'))).toEqual([[at('22:00'), at('02:00', '2026-10-23'), 'single']])
    desk.as('zhou', 'roster.changeShift', { engineer: 'chen', shift, day: '2026-10-22', from: at('22:00', '2026-11-01'), to: at('06:00', '2026-11-02') })
    desk.as('zhou', 'roster.skipDay', { engineer: 'chen', day: '2026-10-23', skip: true })
    desk.as('zhou', 'roster.addShift', { engineer: 'chen', from: at('12:00', '2026-10-23'), to: at('20:00', '2026-10-23') })
    expect(desk.refused('zhou', 'roster.skipDay', { engineer: 'chen', day: '2026-10-23', skip: false })).toMatchObject({ code: 'shiftOverlap' })
    expect(await shiftsOf('chen', at('00:00', '2026-10-23'), at('12:00', '2026-11-02'))).toEqual([
      [at('12:00', '2026-10-23'), at('20:00', '2026-10-23'), 'single'],
      ...[26, 27, 28, 29, 30].map((d) => [at('08:00', `2026-10-${d}`), at('17:00', `2026-10-${d}`), 'rotation']),
      [at('22:00', '2026-11-01'), at('06:00', '2026-11-02'), 'single'],
      [at('08:00', '2026-11-02'), at('17:00', '2026-11-02'), 'rotation'],
    ])
    desk.as('zhou', 'roster.removeShift', { engineer: 'chen', shift, day: '2026-11-01' })
    expect(desk.refused('zhou', 'roster.removeShift', { engineer: 'chen', shift, day: '2026-11-01' })).toMatchObject({ code: 'unknownShift' })
  })

  it('refuses a booking with its reason, over the whole duration, and tells what is merely awkward', async () => {
    const id = order('B-1', ['PLC-L3', '未知技能'])
    const [visit] = readVisits(desk.spine.db, [id])
    expect(visit).toMatchObject({ skills: [{ skill: plc, level: 3 }], unknownSkills: ['未知技能'], place: SUZHOU, minutes: 120 })
    const book = (engineer: string, from: number, hours: number, crew?: string[]) => ({ ...desk.on(id), engineer, from, to: from + hours * HOUR, ...(crew && { crew }) })
    const why = (...asked: Parameters<typeof book>): string => desk.refused('zhou', 'workOrder.bookAppointment', book(...asked)).code
    expect(why('li', at('09:00'), 2)).toBe('notQualified')
    expect(why('chen', at('06:00'), 2)).toBe('offShift')
    expect(why('chen', at('16:00'), 3)).toBe('offShift')
    expect(why('chen', at('09:00'), 2, ['li'])).toBe('notQualified')
    expect(why('chen', at('09:00'), 2, ['chen'])).toBe('engineerTwice')
    // The certificate holds through the last day of October, and not a minute longer.
    desk.as('zhou', 'roster.addShift', { engineer: 'chen', from: at('20:00', '2026-10-31'), to: at('04:00', '2026-11-01') })
    expect(why('chen', at('22:00', '2026-10-31'), 3)).toBe('certificateExpired')
    desk.as('shen', 'user.setAbsence', { user: 'chen', from: at('10:00'), to: at('12:00'), deputy: null })
    expect(why('chen', at('08:30'), 4)).toBe('absent')
    desk.as('shen', 'user.endAbsence', { user: 'chen' })
    const late = await ask(sight(), checkBooking, { order: id, engineer: 'chen', from: at('11:00'), to: at('17:30') })
    expect(late.hard).toEqual([])
    expect(late.soft.map(({ code }) => code)).toEqual(['overtime', 'lunch'])
    const { told } = desk.as('zhou', 'workOrder.bookAppointment', book('chen', at('09:00'), 1)) as unknown as { told: { code: string }[] }
    expect(told.map(({ code }) => code)).toEqual(['shorterThanUsual'])
    const far = order('B-2')
    desk.as('shen', 'equipment.locate', { equipment: desk.order(far).fields['equipment'] as string, place: WUXI })
    const near = await ask(sight(), checkBooking, { order: far, engineer: 'chen', from: at('10:10'), to: at('12:10') })
    expect(near.soft.map(({ code }) => code)).toEqual(['outsideTerritory', 'travelTooLong'])
    expect(refusalMessage(desk.refused('zhou', 'workOrder.bookAppointment', { ...desk.on(far), engineer: 'chen', from: at('08:00'), to: at('09:01') }), 'zh-CN')).toContain(desk.order(id).number)
  })

  it('knows several leaves of an engineer, refuses those that overlap, and takes one back', async () => {
    const [monday, friday] = ['2026-11-09', '2026-11-13']
    const away = (day: string, from: string, to: string) => ({ engineer: 'chen', from: at(from, day), to: at(to, day) })
    desk.as('zhou', 'roster.addLeave', away(monday, '08:00', '12:00'))
    const id = order('L-1', ['安装'])
    desk.as('zhou', 'workOrder.bookAppointment', { ...desk.on(id), engineer: 'chen', from: at('09:00', friday), to: at('11:00', friday) })
    const added = desk.as('zhou', 'roster.addLeave', away(friday, '08:00', '17:00')) as unknown as { id: string; booked: unknown[] }
    expect(added.booked).toEqual([{ order: id, number: desk.order(id).number, from: at('09:00', friday), to: at('11:00', friday) }])
    const refused = desk.refused('zhou', 'roster.addLeave', away(monday, '11:00', '17:00'))
    expect([refused.code, refusalMessage(refused, 'zh-CN')]).toEqual(['leaveOverlap', expect.stringContaining('2026-11-09 08:00–12:00')])
    expect(desk.refused('zhou', 'roster.addLeave', { engineer: 'chen', from: at('08:00'), to: at('08:00', '2028-01-01') })).toMatchObject({ code: 'leaveTooLong' })
    // The absence of the account may lie over a leave: it is one time away.
    desk.as('shen', 'user.setAbsence', { user: 'chen', from: at('10:00', monday), to: at('15:00', monday), deputy: null })
    const awayOn = async (day: string) => (await ask(sight(), rosterShifts, { from: at('00:00', day), to: at('23:00', day), engineers: ['chen'] })).engineers[0]?.absences
    expect(await awayOn(monday)).toEqual([{ from: at('08:00', monday), to: at('15:00', monday) }])
    const move = (day: string, hour: string) => desk.refused('zhou', 'workOrder.bookAppointment', { ...desk.on(id), engineer: 'chen', from: at(hour, day), to: at('16:00', day) }).code
    expect([move(monday, '14:00'), move(friday, '14:00')]).toEqual(['absent', 'absent'])
    desk.as('zhou', 'roster.withdrawLeave', { engineer: 'chen', leave: added.id })
    expect(desk.refused('zhou', 'roster.withdrawLeave', { engineer: 'chen', leave: added.id })).toMatchObject({ code: 'unknownLeave' })
    expect(await awayOn(friday)).toEqual([])
    const { engineers } = await ask(sight(), rosterEngineers, { engineer: 'chen' })
    expect(engineers[0]).toMatchObject({ absence: { from: at('10:00', monday) }, leaves: [{ from: at('08:00', monday) }] })
    desk.as('shen', 'user.endAbsence', { user: 'chen' })
    desk.as('zhou', 'workOrder.cancelAppointment', { ...desk.on(id), reason: '改期' })
  })

  it('books several for one job, all or none, over midnight, and gives every day of each back', () => {
    const night = order('N-1')
    const other = order('N-2')
    const from = at('23:00', '2026-10-31')
    const window = { engineer: 'li', crew: ['chen'], from, to: from + 4 * HOUR }
    desk.as('shen', 'roster.setProfile', { engineer: 'chen', skills: [{ skill: plc, level: 3, certificate: 'C-2', validUntil: '2027-10-31' }] })
    desk.as('zhou', 'workOrder.bookAppointment', { ...desk.on(night), ...window })
    const days = () => all(desk.spine.db, 'SELECT day FROM engineer_slot WHERE order_id = ? ORDER BY day', night)
    expect(days()).toEqual(['chen/2026-10-31', 'chen/2026-11-01', 'li/2026-10-31', 'li/2026-11-01'].map((day) => ({ day })))
    const clash = { ...desk.on(other), engineer: 'li', from: at('02:30', '2026-11-01'), to: at('05:00', '2026-11-01') }
    expect(desk.refused('zhou', 'workOrder.bookAppointment', clash)).toMatchObject({ code: 'slotTaken', params: { engineer: 'li' } })
    // One of the two is taken: neither is booked.
    const both = { ...desk.on(other), engineer: 'chen', crew: ['li'], from: at('02:30', '2026-11-01'), to: at('03:30', '2026-11-01') }
    expect(desk.refused('zhou', 'workOrder.bookAppointment', both)).toMatchObject({ code: 'slotTaken', params: { engineer: 'chen' } })
    desk.as('zhou', 'workOrder.cancelAppointment', { ...desk.on(night), reason: '改期' })
    expect(days()).toEqual([])
  })

  it('sees what a desk of another zone booked, by whatever day it stands', () => {
    const id = order('Z-1')
    const [from, to] = [at('20:00', '2026-10-28'), at('22:00', '2026-10-28')]
    const far = { subject: { kind: 'engineerDay', id: 'li/2026-10-29' }, type: 'slotBooked', version: 1, data: { appointment: 'far', order: id, from, to } } as const
    desk.spine.pipeline.ingest([{ commandId: 'far', events: [far] }], { kind: 'import', id: 'far' })
    const other = { ...desk.on(order('Z-2')), engineer: 'li', from: from + HOUR, to: to + HOUR }
    expect(desk.refused('zhou', 'workOrder.bookAppointment', other)).toMatchObject({ code: 'slotTaken', params: { from, to } })
  })

  it('lets a job follow another, in no ring, and in the customer’s windows', () => {
    const [first, second] = [order('F-1'), order('F-2')]
    const windows = [{ from: at('13:00', '2026-10-26'), to: at('15:00', '2026-10-26') }]
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(second), after: [first], windows, minutes: 90, crew: 2 })
    expect(desk.refused('zhou', 'workOrder.planVisit', { ...desk.on(first), after: [second] })).toMatchObject({ code: 'visitRing' })
    expect(readVisits(desk.spine.db, [second])).toMatchObject([{ minutes: 90, needs: { crew: 2, after: [first], windows } }])
    const on = (order: string, time: string, minutes = 90) => {
      const from = at(time, '2026-10-26')
      return { ...desk.on(order), engineer: 'chen', from, to: from + minutes * MINUTE }
    }
    expect(desk.refused('zhou', 'workOrder.bookAppointment', on(second, '11:00'))).toMatchObject({ code: 'outsideWindow' })
    const { told } = desk.as('zhou', 'workOrder.bookAppointment', on(second, '14:00')) as unknown as { told: { code: string }[] }
    expect(told.map(({ code }) => code)).toEqual(['crewTooSmall', 'predecessorUnbooked'])
    expect(desk.refused('zhou', 'workOrder.bookAppointment', { ...on(first, '13:00'), engineer: 'li' })).toMatchObject({ code: 'afterSuccessor' })
    desk.as('zhou', 'workOrder.bookAppointment', on(first, '10:00', 120))
    desk.as('zhou', 'workOrder.cancelAppointment', { ...desk.on(second), reason: '改期' })
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(second), windows: [] })
    expect(desk.refused('zhou', 'workOrder.bookAppointment', { ...on(second, '11:30'), engineer: 'li' })).toMatchObject({ code: 'beforePredecessor' })
  })

  it('learns how long visits take, from those alike once there are five', () => {
    const minutes = [40, 50, 60, 70, 200]
    minutes.forEach((each, n) => {
      const id = desk.diagnosed([], { equipment: { model: 'BR-VS200', serial: `L-${n}` } })
      desk.as('zhou', 'workOrder.bookAppointment', { ...desk.on(id), engineer: 'li', from: desk.now + HOUR, to: desk.now + 2 * HOUR })
      desk.as('zhou', 'workOrder.advance', desk.on(id))
      desk.now += HOUR
      desk.work(id)
      desk.now += each * MINUTE
      desk.as('chen', 'workOrder.advance', desk.on(id))
      desk.sign(id)
      desk.as('zhou', 'workOrder.close', desk.on(id))
      desk.now = Math.ceil(desk.now / HOUR) * HOUR
    })
    const learnt = (serial: string, model: string) => readVisits(desk.spine.db, [desk.diagnosed([], { equipment: { model, serial } })])[0]?.learnt
    expect(learnt('L-9', 'BR-VS200')).toEqual({ medianMin: 60, p80Min: 70, count: 5, basis: 'symptomAndModel' })
    expect(learnt('L-8', 'BR-VS900')).toMatchObject({ medianMin: 60, basis: 'symptom' })
  })

  it('is the same after a rebuild', () => {
    const before = dumpProjections(desk.spine)
    expect(before['rotation']).toHaveLength(2)
    expect(rebuilt(desk.spine)).toEqual(before)
  })
})

describe('the days of engineers and orders', () => {
  const desk = new OrderDesk([setting])
  afterAll(() => desk.close())
  const diagnosed = (serial: string): string => desk.diagnosed([], { equipment: { model: 'BR-VS200', serial } })

  it('counts days by the zone of the company, and keeps to what was booked and numbered by another one', () => {
    const before = diagnosed('Z-1')
    const [from, to] = [at('06:00', '2026-10-28'), at('08:00', '2026-10-28')]
    desk.as('zhou', 'workOrder.bookAppointment', { ...desk.on(before), engineer: 'li', from, to })
    desk.local('setting.change', { name: 'company.timeZone', value: 'America/Los_Angeles' })
    // Still the 27th there, and a number of its own.
    const first = diagnosed('Z-2')
    expect([desk.order(before).number, desk.order(first).number].map((number) => number.slice(0, 8))).toEqual(['A-261021', 'A-261020'])
    expect(desk.refused('zhou', 'workOrder.bookAppointment', { ...desk.on(first), engineer: 'li', from, to })).toMatchObject({ code: 'slotTaken' })
    const later = { from: to, to: to + HOUR }
    desk.as('zhou', 'workOrder.bookAppointment', { ...desk.on(first), engineer: 'li', ...later })
    const day = (id: string) => (desk.spine.subjects.load({ kind: 'engineerDay', id }).state as { slots: { order: string }[] }).slots.map((slot) => slot.order)
    expect([day('li/2026-10-28'), day('li/2026-10-27')]).toEqual([[before], [first]])
    // What stands by the old days is given back from there, and from nowhere else.
    desk.as('zhou', 'workOrder.cancelAppointment', { ...desk.on(before), reason: '改期' })
    expect([day('li/2026-10-28'), day('li/2026-10-27')]).toEqual([[], [first]])
    desk.as('zhou', 'workOrder.bookAppointment', { ...desk.on(diagnosed('Z-3')), engineer: 'li', from, to })
    const numbers = new Set([before, first, diagnosed('Z-4'), diagnosed('Z-5')].map((id) => desk.order(id).number))
    expect(numbers.size).toBe(4)
  })
})
