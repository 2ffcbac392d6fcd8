import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepare } from '#core/features/dispatch/prepare.ts'
import { propose } from '#core/features/dispatch/propose.ts'
import { all } from '#core/store/sql.ts'
import { solve } from '#shared/domain/dispatch/solve.ts'
import { at, BASE, DispatchDesk } from '../support/dispatchDesk.ts'
import { HOUR, MINUTE } from '../support/orderDesk.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'

const THURSDAY = '2026-10-22'

describe('dispatch', () => {
  let desk: DispatchDesk
  let plc = ''
  beforeAll(() => {
    desk = new DispatchDesk()
    plc = desk.as('shen', 'skill.register', { name: 'PLC' })['id'] as string
    desk.engineer('chen', [{ skill: plc, level: 3 }])
    desk.engineer('li', [{ skill: plc, level: 1 }])
    desk.engineer('sun', [{ skill: plc, level: 3, validUntil: '2026-10-20' }], { east: 2 })
    desk.engineer('qian', [{ skill: plc, level: 2 }], { east: 3 })
    desk.local('user.add', { login: 'zhao', displayName: 'zhao', roles: ['engineer'] })
  })
  afterAll(() => desk.close())

  const day = () => desk.ask('zhou', 'dispatch.day', { day: THURSDAY })

  it('suggests who could come when, with plain reasons, and says of everyone else what is missing', async () => {
    const order = desk.waiting(['PLC-L2'])
    const first = desk.waiting(['PLC-L2'], 2)
    desk.bookFor(first, ['chen'], at('09:00'))
    const { options, leftOut } = await desk.ask('zhou', 'dispatch.suggest', { order, from: at('00:00'), to: at('23:59') })
    expect([...new Set(options.map(({ engineer }) => engineer.id))].sort()).toEqual(['chen', 'qian'])
    const missing = Object.fromEntries(leftOut.map(({ engineer, reasons }) => [engineer.id, reasons.map(({ code }) => code)]))
    expect(missing).toEqual({ li: ['notQualified'], sun: ['certificateExpired'], zhao: ['noProfile'] })
    const chen = options.find(({ engineer }) => engineer.id === 'chen')
    expect(chen?.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['hasSkill', 'free', 'travel', 'nthJob']))
    expect(chen?.reasons.find(({ code }) => code === 'nthJob')).toMatchObject({ params: { n: 2 } })
    // Each can be booked as it is suggested: nothing hard speaks against it.
    for (const { engineer, from, to } of options) {
      const tried = await desk.ask('zhou', 'dispatch.tryOut', { order, engineers: [engineer.id], from, to })
      expect([engineer.id, tried.possible]).toEqual([engineer.id, true])
    }
    expect(desk.order(order).appointment).toBeNull()
  })

  it('counts nobody as qualified whose skills nobody keeps: not suggested, not booked, not planned, each time with the reason', async () => {
    const order = desk.waiting(['PLC-L1'])
    const friday = '2026-10-23'
    desk.as('zhou', 'roster.addShift', { engineer: 'zhao', from: at('08:00', friday), to: at('17:00', friday) })
    const { leftOut } = await desk.ask('zhou', 'dispatch.suggest', { order, from: at('00:00', friday), to: at('23:59', friday) })
    expect(leftOut.find(({ engineer }) => engineer.id === 'zhao')?.reasons.map(({ code }) => code)).toEqual(['noProfile'])
    const booking = { engineers: ['zhao'], from: at('09:00', friday), to: at('11:00', friday) }
    expect(desk.refused('zhou', 'dispatch.book', { ...desk.on(order), ...booking })).toMatchObject({ code: 'noProfile', field: 'engineer', params: { name: 'zhao' } })
    expect((await desk.ask('zhou', 'dispatch.tryOut', { order, ...booking })).possible).toBe(false)
    const proposal = await desk.plan('dispatch.startPlan', { day: friday, engineers: ['zhao'], seconds: 20, iterations: 100 })
    expect(proposal.changes.filter(({ order: each }) => each === order)).toEqual([])
    expect(proposal.remarks).toContainEqual(expect.objectContaining({ code: 'noProfile', params: { engineer: 'zhao', name: 'zhao' } }))
    await desk.served('zhou', 'dispatch.discard', { plan: proposal.id })
    // What asks no skill he may do.
    expect((await desk.ask('zhou', 'dispatch.tryOut', { order: desk.waiting([]), ...booking })).possible).toBe(true)
    desk.as('zhou', 'workOrder.cancel', { ...desk.on(order), reason: '不再需要' })
  })

  it('lets one of two dispatchers have the hour; the other is told who has it', () => {
    const [a, b] = [desk.waiting(['PLC-L3']), desk.waiting(['PLC-L3'])]
    desk.bookFor(a, ['chen'], at('13:30'))
    const refusal = desk.refused('shen', 'dispatch.book', { ...desk.on(b), engineers: ['chen'], from: at('14:30'), to: at('16:30') })
    expect(refusal).toMatchObject({ code: 'slotTaken', params: { engineer: 'chen', number: desk.order(a).number, from: at('13:30') } })
    desk.as('zhou', 'dispatch.unbook', { ...desk.on(a), reason: '客户改期' })
    expect(desk.told('chen', a)).toEqual(expect.arrayContaining([
      { what: 'assigned', fromAt: at('13:30'), toAt: at('15:30') },
      { what: 'taken', wasFrom: at('13:30'), wasTo: at('15:30') },
    ]))
    expect(all(desk.spine.db, "SELECT 1 FROM outbox WHERE recipient = 'chen' AND channel = 'chat'").length).toBeGreaterThan(1)
  })

  it('moves and lengthens, shows soft conflicts first where it is asked to, and tells the engineer once', async () => {
    const order = desk.waiting(['PLC-L2'])
    desk.bookFor(order, ['qian'], at('08:30'))
    const late = { ...desk.on(order), from: at('15:30'), accepted: [] }
    expect(desk.refused('zhou', 'dispatch.move', late)).toMatchObject({ code: 'softConflict', params: { code: 'overtime' } })
    const moved = desk.as('zhou', 'dispatch.move', { ...late, accepted: ['overtime'] })
    expect(moved['conflicts']).toMatchObject([{ code: 'overtime', hard: false, engineer: 'qian' }])
    expect(desk.told('qian', order)).toContainEqual({ what: 'moved', fromAt: at('15:30'), toAt: at('17:30'), wasFrom: at('08:30'), wasTo: at('10:30') })
    expect(desk.refused('zhou', 'dispatch.resize', { ...desk.on(order), to: at('19:00') })).toMatchObject({ code: 'offShift' })
    desk.as('zhou', 'dispatch.resize', { ...desk.on(order), from: at('14:00'), to: at('16:00') })
    const { engineers, visits } = await day()
    expect(visits.find((visit) => visit.order === order)).toMatchObject({ engineers: [{ id: 'qian' }], from: at('14:00'), to: at('16:00'), conflicts: [] })
    const qian = engineers.find(({ id }) => id === 'qian')
    expect(qian).toMatchObject({ shifts: [{ from: at('08:00'), to: at('17:00') }], workMs: 2 * HOUR, lunches: [{ durationMs: 45 * MINUTE }] })
    expect(qian?.travel).toHaveLength(2)
    const week = await desk.ask('zhou', 'dispatch.week', { day: '2026-10-19', text: 'qian' })
    expect(week.days).toHaveLength(7)
    expect(week.engineers.map(({ id }) => id)).toEqual(['qian'])
  })

  it('plans a day beside the event loop: qualified, on shift, pins kept, and what cannot be done is named', async () => {
    const pinned = desk.waiting(['PLC-L2'])
    desk.bookFor(pinned, ['qian'], at('10:00'))
    desk.as('zhou', 'dispatch.pin', { orders: [pinned] })
    const nobody = desk.waiting(['PLC-L3', 'PLC-L2', '焊接'])
    const welding = desk.as('shen', 'skill.register', { name: '焊接' })['id'] as string
    expect(welding).toBeTruthy()
    const lateOnly = desk.waiting(['PLC-L2'])
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(lateOnly), windows: [{ from: at('23:00'), to: at('02:00', '2026-10-23') }] })
    const [tight, endless] = [desk.waiting(['PLC-L1']), desk.waiting(['PLC-L1'])]
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(tight), minutes: 240, windows: [{ from: at('16:30'), to: at('17:00') }] })
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(endless), minutes: 900 })
    const before = desk.spine.log.head.seq
    const proposal = await desk.plan('dispatch.startPlan', { day: THURSDAY, seconds: 20, iterations: 300 })
    expect(proposal).toMatchObject({ state: 'ready', kind: 'day' })
    // A proposal writes nothing to the log.
    expect(desk.spine.log.head.seq).toBe(before)
    expect(proposal.changes.some(({ order }) => order === pinned)).toBe(false)
    const unserved = new Map(proposal.unserved.map(({ order, reason }) => [order, reason.code]))
    expect(unserved.get(nobody)).toBe('notQualified')
    expect(unserved.get(lateOnly)).toBe('offShift')
    expect(proposal.unserved.find(({ order }) => order === tight)?.reason).toMatchObject({ code: 'windowTooShort', params: { from: at('16:30'), to: at('17:00'), minutes: 240 } })
    expect(proposal.unserved.find(({ order }) => order === endless)?.reason).toMatchObject({ code: 'shiftTooShort', params: { minutes: 900 } })
    expect(proposal.unserved.find(({ order }) => order === nobody)?.reason.params).toMatchObject({ skill: '焊接' })
    const added = proposal.changes.filter(({ kind }) => kind === 'added')
    expect(added.length).toBeGreaterThan(1)
    expect(proposal.after?.served).toBe((proposal.before?.served ?? 0) + added.length)
    expect(proposal.after?.unserved).toBe(unserved.size)
    expect(proposal.remarks.some(({ code, params }) => code === 'noShift' && params['engineer'] === 'zhao')).toBe(true)

    await desk.served('zhou', 'dispatch.discard', { plan: proposal.id })
    for (const order of [tight, endless]) desk.as('zhou', 'workOrder.cancel', { ...desk.on(order), reason: '不再需要' })
  })

  it('accepts a plan whole or in part: what is gone meanwhile is refused with the reason, the rest is booked', async () => {
    desk.waiting(['PLC-L1'])
    const proposal = await desk.plan('dispatch.startPlan', { day: THURSDAY, moveBooked: false, seconds: 20, iterations: 100 })
    // Nothing that is booked moves, so that each new place is free.
    expect(proposal.changes.every(({ kind }) => kind === 'added')).toBe(true)
    const [one, two] = proposal.changes
    if (!one?.after || !two?.after) throw new Error('too little to accept')
    const rival = desk.waiting([])
    desk.as('shen', 'dispatch.book', { ...desk.on(rival), engineers: one.after.engineers.map(({ id }) => id), from: one.after.from, to: one.after.to })
    const answer = await desk.served('zhou', 'dispatch.acceptPlan', { plan: proposal.id, orders: [one.order, two.order] })
    expect(answer).toMatchObject({ accepted: 1, refused: [{ order: one.order, code: 'slotTaken', params: { number: desk.order(rival).number } }] })
    expect(desk.order(one.order).appointment).toBeNull()
    expect(desk.order(two.order).appointment).toMatchObject({ from: two.after.from, to: two.after.to })
    const again = (await desk.ask('zhou', 'dispatch.proposal', { plan: proposal.id })).plan
    expect(again?.changes.find(({ order }) => order === one.order)).toMatchObject({ accepted: false, refusal: { code: 'slotTaken' } })
    await desk.served('zhou', 'dispatch.acceptPlan', { plan: proposal.id })
    expect(await desk.serveRefused('zhou', 'dispatch.acceptPlan', { plan: proposal.id })).toMatchObject({ code: 'planNotReady' })
    // What is booked by it stays booked: it cannot be put away any more.
    expect(await desk.serveRefused('zhou', 'dispatch.discard', { plan: proposal.id })).toMatchObject({ code: 'planAccepted' })
    expect((await desk.ask('zhou', 'dispatch.proposal', { plan: proposal.id })).plan?.state).toBe('accepted')
    const { visits } = await day()
    expect(visits.flatMap(({ conflicts }) => conflicts.filter(({ hard }) => hard))).toEqual([])
  })

  it('replans when somebody falls ill: his jobs go to others, theirs stay', async () => {
    desk.now = at('10:00')
    desk.engineer('wang', [{ skill: plc, level: 3 }])
    const { visits } = await day()
    const ill = visits.filter((visit) => visit.engineers.some(({ id }) => id === 'chen') && visit.to > desk.now)
    expect(ill.length).toBeGreaterThan(0)
    const proposal = await desk.plan('dispatch.replan', { day: THURSDAY, event: { kind: 'ill', engineer: 'chen', from: at('10:00') }, seconds: 20, iterations: 300 })
    for (const { order, after } of proposal.changes) if (ill.some((visit) => visit.order === order)) expect(after?.engineers.map(({ id }) => id) ?? []).not.toContain('chen')
    // As few as must: none but his own.
    expect(proposal.stability?.changed).toBe(proposal.stability?.forced)
    await desk.served('zhou', 'dispatch.acceptPlan', { plan: proposal.id })
    const left = (await day()).visits.filter((visit) => visit.engineers.some(({ id }) => id === 'chen') && visit.to > desk.now)
    expect(left).toEqual([])
  })

  it('takes an emergency and an overrun, and refuses what makes no sense', async () => {
    const urgent = desk.waiting(['PLC-L2'], 1, 'urgent')
    const rush = await desk.plan('dispatch.replan', { day: THURSDAY, event: { kind: 'emergency', order: urgent, by: at('12:00') }, seconds: 20, iterations: 300 })
    expect(rush.changes.find(({ order }) => order === urgent)).toMatchObject({ kind: 'added' })
    await desk.served('zhou', 'dispatch.acceptPlan', { plan: rush.id })
    const booked = desk.order(urgent).appointment
    if (!booked) throw new Error('the emergency was not booked')
    const overrun = await desk.plan('dispatch.replan', { day: THURSDAY, event: { kind: 'overrun', order: urgent, to: booked.to + 30 * MINUTE }, seconds: 20, iterations: 300 })
    expect(overrun.state).toBe('ready')
    await desk.served('zhou', 'dispatch.discard', { plan: overrun.id })
    const refused = (input: Parameters<typeof desk.serve<'dispatch.replan'>>[2]) => desk.serveRefused('zhou', 'dispatch.replan', input).then(({ code }) => code)
    expect(await refused({ day: THURSDAY, event: { kind: 'ill', engineer: 'nobody', from: 0 } })).toBe('notEngineer')
    expect(await refused({ day: THURSDAY, event: { kind: 'overrun', order: 'nothing', to: 0 } })).toBe('unknownOrder')
    expect(await desk.serveRefused('zhou', 'dispatch.startPlan', { day: '2026-10-20' })).toMatchObject({ code: 'dayIsOver' })
  })

  it('ends a plan when it is asked to, with nothing or with the best so far', async () => {
    const { plan } = await desk.served('zhou', 'dispatch.startPlan', { day: '2026-10-23', seconds: 300 })
    expect((await desk.ask('zhou', 'dispatch.plans', {})).plans.map(({ id }) => id)).toContain(plan)
    await desk.served('zhou', 'dispatch.cancelPlan', { plan })
    expect((await desk.ask('zhou', 'dispatch.proposal', { plan })).plan).toMatchObject({ state: 'cancelled', changes: [] })
    expect(await desk.serveRefused('zhou', 'dispatch.cancelPlan', { plan })).toMatchObject({ code: 'planNotRunning' })
    const stopped = desk.bulletin.onTold((topic, message) => {
      const { plan: running, state } = message as { plan: string; state: string }
      if (topic === 'dispatchPlan' && state === 'running') void desk.serve('zhou', 'dispatch.cancelPlan', { plan: running, keep: true })
    })
    const best = await desk.plan('dispatch.startPlan', { day: '2026-10-23', seconds: 300 })
    stopped()
    expect(best.state).toBe('ready')
  })

  it('lets two orders change places at once; what hangs on one that is refused stays with it', () => {
    const saturday = '2026-10-24'
    const [morning, noon, evening] = [at('08:30', saturday), at('11:00', saturday), at('14:00', saturday)]
    const [a, b, c] = [desk.waiting(['PLC-L2']), desk.waiting(['PLC-L2']), desk.waiting(['PLC-L2'])]
    desk.bookFor(a, ['chen'], morning)
    desk.bookFor(b, ['chen'], noon)
    desk.bookFor(c, ['chen'], evening)
    const place = (from: number) => ({ engineers: ['chen'], from, to: from + 2 * HOUR })
    const told = desk.told('chen', a).length
    const swapped = desk.as('zhou', 'dispatch.applyPlan', {
      changes: [
        { order: a, before: place(morning), after: place(noon) },
        { order: b, before: place(noon), after: place(morning) },
      ],
    })
    expect(swapped['refused']).toEqual([])
    expect([a, b].map((order) => desk.order(order).appointment?.from)).toEqual([noon, morning])
    expect(desk.told('chen', a).length).toBe(told + 1)
    // b cannot go to the night, hence a finds no room where b stays; c was moved by somebody else.
    const { refused } = desk.as('zhou', 'dispatch.applyPlan', {
      changes: [
        { order: b, before: place(morning), after: place(at('22:00', saturday)) },
        { order: a, before: place(noon), after: place(morning) },
        { order: c, before: place(noon), after: null },
      ],
    })
    expect(Object.fromEntries((refused as { order: string; code: string }[]).map(({ order, code }) => [order, code]))).toEqual({ [a]: 'slotTaken', [b]: 'offShift', [c]: 'planStale' })
    expect([a, b, c].map((order) => desk.order(order).appointment?.from)).toEqual([noon, morning, evening])
  })

  it('goes by a table of ways where there is one', async () => {
    const order = desk.waiting(['PLC-L1'], 4)
    const travel = async (): Promise<number | null> =>
      (await desk.ask('zhou', 'dispatch.tryOut', { order, engineers: ['li'], from: at('09:00', '2026-10-23'), to: at('11:00', '2026-10-23') })).travelBeforeMs
    const straight = (await travel()) ?? 0
    expect(straight).toBeGreaterThan(20 * MINUTE)
    const leg = { from: BASE, to: { lat: BASE.lat, lon: BASE.lon + 0.2 }, minutes: 93 }
    expect(await desk.served('shen', 'dispatch.setWays', { legs: [leg] })).toEqual({ legs: 1 })
    expect(await travel()).toBe(95 * MINUTE)
    await desk.served('shen', 'dispatch.setWays', { legs: [], replace: true })
    expect(await travel()).toBe(straight)
  })

  it('tells an engineer that his shifts or his leave changed, in his day and through the outbox', async () => {
    const sunday = '2026-10-25'
    const said = async (): Promise<unknown[]> => (await desk.ask('qian', 'dispatch.myDay', {})).changes.flatMap(({ order, what }) => (order === null ? [[what.code, what.params['from'] ?? what.params['day']]] : [])).reverse()
    const before = (await said()).length
    const outbox = () => all<{ what: string; n: number | null }>(desk.spine.db, `SELECT json_extract(payload, '$.params.what') AS what, json_extract(payload, '$.params.count') AS n FROM outbox WHERE recipient = 'qian' AND json_extract(payload, '$.kind') = 'rosterChanged' AND delivered_at IS NULL`)
    desk.spine.db.raw.exec('UPDATE outbox SET delivered_at = 1')
    const leave = desk.as('zhou', 'roster.addLeave', { engineer: 'qian', from: at('08:00', sunday), to: at('12:00', sunday) })['id'] as string
    expect(outbox()).toEqual([{ what: 'leaveAdded', n: null }])
    desk.as('zhou', 'roster.withdrawLeave', { engineer: 'qian', leave })
    const shift = desk.as('zhou', 'roster.addShift', { engineer: 'qian', from: at('19:00', sunday), to: at('22:00', sunday) })['id'] as string
    // To another month: one move.
    desk.as('zhou', 'roster.changeShift', { engineer: 'qian', shift, day: sunday, from: at('19:00', '2026-11-01'), to: at('22:00', '2026-11-01') })
    desk.as('zhou', 'roster.removeShift', { engineer: 'qian', shift, day: '2026-11-01' })
    desk.as('zhou', 'roster.skipDay', { engineer: 'qian', day: sunday, skip: true })
    desk.as('shen', 'user.setAbsence', { user: 'qian', from: at('08:00', sunday), to: at('09:00', sunday), deputy: null })
    desk.as('shen', 'user.endAbsence', { user: 'qian' })
    // What he says himself, and what is past, he is not told.
    desk.as('qian', 'roster.addLeave', { engineer: 'qian', from: at('08:00', '2026-12-25'), to: at('12:00', '2026-12-25') })
    desk.as('zhou', 'roster.addShift', { engineer: 'qian', from: at('01:00', '2026-10-05'), to: at('02:00', '2026-10-05') })
    expect((await said()).slice(before).sort()).toEqual(
      [
        ['leaveAdded', at('08:00', sunday)],
        ['leaveWithdrawn', at('08:00', sunday)],
        ['shiftAdded', at('19:00', sunday)],
        ['shiftMoved', at('19:00', '2026-11-01')],
        ['shiftRemoved', at('19:00', '2026-11-01')],
        ['dayOff', sunday],
        ['leaveAdded', at('08:00', sunday)],
        ['leaveWithdrawn', at('08:00', sunday)],
      ].sort(),
    )
    // Until a message has gone out, it speaks for what follows.
    expect(outbox()).toEqual([{ what: 'several', n: 8 }])
    desk.as('zhou', 'roster.skipDay', { engineer: 'qian', day: sunday, skip: false })
  })

  it('shows an engineer his day and what was changed of it, and nobody else’s', async () => {
    const mine = await desk.ask('qian', 'dispatch.myDay', { day: THURSDAY, engineer: 'li' })
    expect(mine.engineer.id).toBe('qian')
    expect(mine.visits.map(({ from }) => from)).toEqual(mine.visits.map(({ from }) => from).sort((a, b) => a - b))
    expect(mine.visits[0]).toMatchObject({ contactName: '王工', contactPhone: '021-5555 0117' })
    expect(mine.changes.length).toBeGreaterThan(0)
    expect((await desk.ask('zhou', 'dispatch.myDay', { day: THURSDAY, engineer: 'li' })).engineer.id).toBe('li')
  })

  it('reckons what the day was: utilisation, ways, punctuality, first-time fix, and hours short of a skill', async () => {
    const order = desk.waiting(['PLC-L1'])
    const [best] = (await desk.ask('zhou', 'dispatch.suggest', { order, limit: 1 })).options
    if (!best) throw new Error('nobody could come')
    const { engineer, from, to } = best
    desk.bookFor(order, [engineer.id], from, (to - from) / HOUR)
    desk.now = from + 10 * MINUTE
    desk.as(engineer.id, 'workOrder.recordArrival', { order })
    const numbers = await desk.ask('zhou', 'dispatch.numbers', { from: THURSDAY, to: '2026-10-23' })
    const his = numbers.engineers.find((row) => row.engineer.id === engineer.id)
    expect(his).toMatchObject({ shiftMs: 18 * HOUR, arrivals: 1, onTime: 1, closed: 0, firstTimeFix: null })
    expect(his?.utilisation).toBeCloseTo(((his?.workMs ?? 0) + (his?.travelMs ?? 0)) / (18 * HOUR), 3)
    const gaps = await desk.ask('zhou', 'dispatch.numbers', { from: '2026-10-19', to: '2026-10-25' })
    const welding = gaps.gaps.find(({ name }) => name === '焊接')
    // Two hours are asked, nobody can.
    expect(welding).toMatchObject({ engineers: 0, neededHoursPerWeek: 2, availableHoursPerWeek: 0, shortHoursPerWeek: 2 })
  })

  it('has the same rows after a rebuild', () => {
    const before = dumpProjections(desk.spine)
    expect(rebuilt(desk.spine)).toEqual(before)
  })
})

describe('dispatch without anybody', () => {
  it('says that there are no engineers, and goes on', async () => {
    const desk = new DispatchDesk()
    try {
      for (const user of ['chen', 'li']) desk.local('user.disable', { user, reason: '离职' })
      const order = desk.waiting([])
      const { options, leftOut } = await desk.ask('zhou', 'dispatch.suggest', { order })
      expect([options, leftOut]).toEqual([[], []])
      const spec = { kind: 'day', day: THURSDAY, days: 1, moveBooked: true, seconds: 1, seed: 1 } as const
      const prepared = prepare(desk.spine.db, spec, desk.now)
      const { remarks, unserved } = propose(prepared, solve(prepared.problem, { seed: 1, iterations: 10 }))
      expect(remarks.map(({ code }) => code)).toContain('noEngineers')
      expect(unserved).toMatchObject([{ order, reason: { code: 'noEngineers' } }])
    } finally {
      desk.close()
    }
  })
})
