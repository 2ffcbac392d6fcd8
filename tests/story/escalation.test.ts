import { afterEach, describe, expect, it } from 'vitest'
import type { OpenEscalation } from '#shared/contract/escalation.ts'
import { readWire } from '#core/store/eventLog.ts'
import { hour, minute, shanghai } from '../domain/sla/support.ts'
import { LadderDesk, shippedPolicy } from '../support/ladderDesk.ts'
import { orderEvent } from '../support/orders.ts'

const MORNING = shanghai('2026-03-02 09:00')

const desks: LadderDesk[] = []
function open(policy = shippedPolicy): LadderDesk {
  const desk = new LadderDesk(MORNING, policy)
  desks.push(desk)
  desk.user('li', ['technicalLead'])
  desk.user('he', ['dispatcher'])
  desk.user('sun', ['supervisor'])
  desk.user('zhou', ['director'])
  return desk
}
afterEach(() => {
  for (const desk of desks.splice(0)) desk.close()
})

const reported = (desk: LadderDesk): string[] =>
  desk.ask<{ orders: OpenEscalation[] }>('escalation.open', {}).orders.map(({ order }) => order)

describe('the ladder of a diagnosis', () => {
  it('calls the technical lead after exactly two hours, the director after two more, and reports until it is left', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    await desk.sleepUntil(MORNING + 2 * hour - 1)
    expect(desk.firings('o1')).toEqual([])
    await desk.sleepUntil(MORNING + 2 * hour)
    expect(desk.firings('o1')).toEqual([{ level: 1, at: MORNING + 2 * hour, called: ['li'] }])
    expect(reported(desk)).toEqual([])
    await desk.sleepUntil(MORNING + 4 * hour)
    expect(desk.firings('o1').at(-1)).toEqual({ level: 2, at: MORNING + 4 * hour, called: ['zhou'] })
    expect(reported(desk)).toEqual(['o1'])
    await desk.sleepUntil(MORNING + 40 * hour)
    desk.note('o1')
    expect(reported(desk)).toEqual(['o1'])
    desk.leave('o1', 'diagnosis', 'partsLock')
    expect(reported(desk)).toEqual([])
    expect(desk.firings('o1')).toHaveLength(2)
  })

  it('calls nobody more when somebody acts within two hours', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    await desk.sleepUntil(MORNING + 2 * hour)
    desk.now = MORNING + 4 * hour - 1
    desk.note('o1')
    await desk.sleepUntil(MORNING + 40 * hour)
    expect(desk.firings('o1')).toHaveLength(1)
    expect(reported(desk)).toEqual([])
  })

  it('stops waiting for the first reply when it is given', async () => {
    const desk = open()
    desk.order('o1', 'intakeReview')
    desk.order('o2', 'intakeReview')
    desk.now = MORNING + 14 * minute
    desk.append([orderEvent('o1', 'firstReplied', { by: 'call' })])
    await desk.sleepUntil(MORNING + 15 * minute)
    expect(desk.firings('o1')).toEqual([])
    expect(desk.firings('o2')).toEqual([{ level: 1, at: MORNING + 15 * minute, called: ['he'] }])
  })

  it('goes on from where it was held', async () => {
    const desk = open()
    desk.order('o1', 'partsLock')
    desk.now = MORNING + 20 * hour
    desk.freeze('o1', true)
    await desk.sleepUntil(MORNING + 70 * hour)
    expect(desk.firings('o1')).toEqual([])
    desk.freeze('o1', false)
    await desk.sleepUntil(MORNING + 74 * hour - 1)
    expect(desk.firings('o1')).toEqual([])
    await desk.sleepUntil(MORNING + 74 * hour)
    expect(desk.firings('o1')).toEqual([{ level: 1, at: MORNING + 74 * hour, called: ['sun'] }])
  })

  it('fires what was due before it was held, though nobody looked until then', async () => {
    const desk = open()
    desk.order('o1', 'partsLock')
    desk.now = MORNING + 25 * hour
    desk.freeze('o1', true)
    await desk.sleepUntil(MORNING + 40 * hour)
    expect(desk.firings('o1')).toEqual([{ level: 1, at: MORNING + 24 * hour, called: ['sun'] }])
    desk.freeze('o1', false)
    // Two hours of the second level, of which one passed before the freeze.
    await desk.sleepUntil(MORNING + 41 * hour)
    expect(desk.firings('o1').at(-1)).toEqual({ level: 2, at: MORNING + 41 * hour, called: ['zhou'] })
  })

  it('keeps running timers under the policy that armed them', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    const [, diagnosis] = shippedPolicy.timers
    if (!diagnosis) throw new Error('no diagnosis timer')
    const slow = { ...diagnosis, levels: [{ ...diagnosis.levels[0], afterMs: 5 * hour, call: { role: 'supervisor' } }] }
    desk.publish({ ...shippedPolicy, version: 2, timers: [slow as typeof diagnosis] })
    desk.order('o2', 'diagnosis')
    await desk.sleepUntil(MORNING + 5 * hour)
    expect(desk.firings('o1').map(({ at, called }) => [at, called])).toEqual([
      [MORNING + 2 * hour, ['li']],
      [MORNING + 4 * hour, ['zhou']],
    ])
    expect(desk.firings('o2')).toEqual([{ level: 1, at: MORNING + 5 * hour, called: ['sun'] }])
  })

  it('calls the deputy, and the next role where nobody is left', async () => {
    const desk = open()
    const leave = { from: MORNING, to: MORNING + 24 * hour }
    desk.append([{ subject: { kind: 'user', id: 'li' }, type: 'absenceSet', version: 1, data: { ...leave, deputy: 'he' } }])
    desk.append([{ subject: { kind: 'user', id: 'zhou' }, type: 'userDisabled', version: 1, data: { reason: 'left' } }])
    desk.user('root', ['admin'])
    desk.order('o1', 'diagnosis')
    await desk.sleepUntil(MORNING + 4 * hour)
    const fired = desk.events('o1').filter(({ type }) => type === 'timerFired')
    expect(fired.map(({ data }) => data)).toMatchObject([
      { role: 'technicalLead', called: [{ user: 'he', insteadOf: 'li' }] },
      { role: 'director', called: [{ user: 'root' }], fellUpTo: 'admin' },
    ])
  })
})

describe('the clock', () => {
  it('fires every level that a sleep passed, once, in order, at its instant', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    desk.now += hour
    desk.order('o2', 'onsite')
    await desk.sleepUntil(MORNING + 72 * hour)
    expect(desk.firings('o1').map(({ level, at }) => [level, at])).toEqual([
      [1, MORNING + 2 * hour],
      [2, MORNING + 4 * hour],
    ])
    expect(desk.firings('o2').map(({ level, at }) => [level, at])).toEqual([
      [1, MORNING + 9 * hour],
      [2, MORNING + 11 * hour],
    ])
    expect(desk.warnings).toEqual([])
  })

  it('forgets nothing over a restart between the deadline and the firing', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    desk.now = MORNING + 2 * hour
    desk.restart()
    desk.scheduler.start()
    await desk.scheduler.idle()
    desk.restart()
    await desk.sleepUntil(MORNING + 2 * hour)
    expect(desk.firings('o1')).toHaveLength(1)
  })

  it('neither repeats nor loses a level when the clock is set back', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    await desk.sleepUntil(MORNING + 2 * hour)
    await desk.sleepUntil(MORNING - 24 * hour)
    await desk.sleepUntil(MORNING + 2 * hour)
    expect(desk.firings('o1')).toHaveLength(1)
    await desk.sleepUntil(MORNING + 4 * hour)
    expect(desk.firings('o1').map(({ level }) => level)).toEqual([1, 2])
  })

  it('fires by itself when the time comes', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    desk.scheduler.start()
    const fired = new Promise((resolve) => desk.spine.pipeline.onCommitted(resolve))
    desk.now = MORNING + 2 * hour - 5
    // The alarm was set for two hours: what commits next lets it look at the clock again.
    desk.order('o2', 'signoff')
    await fired
    const next = new Promise((resolve) => desk.spine.pipeline.onCommitted(resolve))
    desk.now = MORNING + 2 * hour
    await next
    expect(desk.firings('o1')).toHaveLength(1)
  })

  it('fires nothing after it was stopped', async () => {
    const desk = open()
    desk.order('o1', 'diagnosis')
    desk.scheduler.start()
    desk.scheduler.stop()
    desk.now = MORNING + 3 * hour
    desk.scheduler.tick()
    await desk.scheduler.idle()
    expect(desk.firings('o1')).toEqual([])
  })
})

describe('two desks', () => {
  it('record one firing, though both fired', async () => {
    const first = open()
    first.order('o1', 'diagnosis')
    const second = new LadderDesk(MORNING)
    desks.push(second)
    const send = (from: LadderDesk, to: LadderDesk): void => {
      const { db, log, pipeline } = { ...from.spine, pipeline: to.spine.pipeline }
      pipeline.receive(readWire(db, log.origin, 0, 10_000))
    }
    send(first, second)
    await first.sleepUntil(MORNING + 2 * hour)
    await second.sleepUntil(MORNING + 2 * hour)
    send(first, second)
    send(second, first)
    for (const desk of [first, second]) {
      expect(desk.firings('o1')).toEqual([{ level: 1, at: MORNING + 2 * hour, called: ['li'] }])
      await desk.sleepUntil(MORNING + 4 * hour)
    }
    send(first, second)
    send(second, first)
    expect(first.firings('o1')).toEqual(second.firings('o1'))
    expect(first.firings('o1')).toHaveLength(2)
  })
})

describe('a burst', () => {
  it('fires a thousand timers in order, each once, while people go on working', async () => {
    const desk = open()
    for (let index = 0; index < 1000; index++) {
      desk.now = MORNING + index
      desk.order(`o${index}`, 'diagnosis')
    }
    desk.now = MORNING + 3 * hour
    desk.scheduler.start()
    let served = 0
    let between = 0
    const fired = desk.spine.pipeline.onCommitted((_, events) => {
      between = Math.max(between, events.filter(({ type }) => type === 'timerFired').length)
    })
    while (served < 50) {
      desk.note(`o${999 - served}`)
      served += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    await desk.scheduler.idle()
    fired()
    expect(between).toBeLessThanOrEqual(32)
    const order: string[] = []
    for (let index = 0; index < 1000; index++) {
      const firings = desk.firings(`o${index}`)
      expect(firings.map(({ level, at }) => [level, at])).toEqual([[1, MORNING + index + 2 * hour]])
    }
    const rows = readWire(desk.spine.db, desk.spine.log.origin, 0, 100_000)
    for (const { text } of rows) {
      const event = JSON.parse(text) as { type: string; subject: { id: string } }
      if (event.type === 'timerFired') order.push(event.subject.id)
    }
    expect(order).toEqual(Array.from({ length: 1000 }, (_, index) => `o${index}`))
    expect(desk.warnings).toEqual([])
  })
})

describe('a deadline', () => {
  it('explains itself: start, pieces, pauses, result, and who is called next', async () => {
    const desk = open()
    desk.order('o1', 'partsLock')
    desk.now = MORNING + hour
    desk.freeze('o1', true)
    desk.now = MORNING + 3 * hour
    desk.freeze('o1', false)
    desk.append([])
    const { timers } = desk.ask<{ timers: unknown[] }>('workOrder.explainDeadline', { order: 'o1' })
    expect(timers).toMatchObject([
      {
        timer: 'partsLock',
        level: 1,
        settled: null,
        deadline: {
          start: MORNING,
          dueAt: MORNING + 26 * hour,
          usedMs: 24 * hour,
          pieces: [{ kind: 'run' }, { kind: 'paused', reason: 'frozen' }, { kind: 'run' }],
        },
      },
    ])
  })
})
