import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlaps } from '#shared/domain/engineerDay/fold.ts'
import { refusals } from '#shared/i18n/refusals.ts'
import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import { changeFields } from '#shared/domain/workOrder/decideFields.ts'
import * as people from '#shared/domain/workOrder/decidePeople.ts'
import { register } from '#shared/domain/workOrder/decideRegister.ts'
import * as stages from '#shared/domain/workOrder/decideStages.ts'
import { bookVisit } from '#shared/domain/workOrder/decideVisit.ts'
import type { Verdict } from '#shared/domain/workOrder/decision.ts'
import * as work from '#shared/domain/workOrder/decideWork.ts'
import type { FieldValue } from '#shared/domain/workOrder/events.ts'
import { workOrderFold } from '#shared/domain/workOrder/evolve.ts'
import { openLines, shortagesOf } from '#shared/domain/workOrder/parts.ts'
import { missingToLeave } from '#shared/domain/workOrder/requirements.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { randomRuns } from '../../support/random.ts'
import { workflow, World } from './world.ts'

const HOUR = 3_600_000
const book = (...asked: Parameters<typeof bookVisit>): Verdict => {
  const booked = bookVisit(...asked)
  return booked.ok ? null : booked
}
const USERS = ['zhou', 'han', 'chen', 'nobody']
const stockIn = (world: World) => (warehouse: string, part: string) => world.state('stock', `${warehouse}/${part}`)

/** One command picked by numbers: which verb, which order, which of the values that it takes. */
interface Step {
  readonly verb: number
  readonly order: number
  readonly value: number
  readonly stale: boolean
  readonly later: number
}

const FILLINGS: readonly Record<string, FieldValue>[] = [
  { conclusion: '模块老化', serviceMode: 'onsite', skillsNeeded: ['thermal'], partsNeeded: [] },
  { conclusion: '参数错误', serviceMode: 'remote', partsNeeded: [] },
  { partsNeeded: [{ line: 'l1', part: 'A', warehouse: 'SH', quantity: 1 }] },
  {
    conclusion: '两处故障',
    serviceMode: 'onsite',
    skillsNeeded: ['thermal'],
    partsNeeded: [
      { line: 'l1', part: 'A', warehouse: 'SH', quantity: 2 },
      { line: 'l2', part: 'B', warehouse: 'SH', quantity: 1 },
    ],
  },
  { partsNeeded: [{ line: 'l2', part: 'B', warehouse: 'SH', quantity: 2 }] },
  { cause: '老化', solution: '更换' },
  { cause: null, faultSymptom: null, partsNeeded: null },
  { faultSymptom: '波动', weather: 'rain' },
]
const filling = (n: number): Record<string, FieldValue> => FILLINGS[n % FILLINGS.length] ?? {}
const BLOB = 'a'.repeat(64)

type Verb = (world: World, on: { order: string; base: string }, step: Step) => ReturnType<World['run']>

const arriveAndWork: Verb = (world, on) =>
  world.run('chen', (c) => {
    const evidence = { ...on, blob: BLOB, name: 'a', size: 1, mime: 'a/b', kind: 'evidence' as const }
    return work.recordArrival(c, on) ?? work.attach(c, evidence) ?? changeFields(c, { ...on, fields: filling(5) })
  })

const receive: Verb = (world, _on, { value }) =>
  world.run('wu', ({ book }) => {
    book.add('stock', value % 2 ? 'SH/A' : 'SH/B', 'stockReceived', { quantity: 1 + (value % 3) })
    return null
  })

/** What the order is there for, so that walks get far: its stage's work, then the way on. */
const goOn: Verb = (world, on, step) => {
  const state = world.state('workOrder', on.order)
  if (state.status === 'closed') return world.run('zhou', (c) => stages.reopen(c, { ...on, reason: '复现' }))
  if (state.freeze) return receive(world, on, step)
  if (missingToLeave(state.stage, workflow, state, stockIn(world)).length === 0) {
    const leave = state.stage === 'signoff' ? stages.close : stages.advance
    return world.run('han', (c) => leave(c, on))
  }
  switch (state.stage) {
    case 'intakeReview':
      return world.run('zhou', (c) => changeFields(c, { ...on, fields: { faultSymptom: '波动' } }))
    case 'diagnosis':
      return world.run('han', (c) => changeFields(c, { ...on, fields: filling(step.value % 3 ? 3 : 0) }))
    case 'partsLock':
      return world.run('wu', (c) => work.lockParts(c, on))
    case 'scheduling': {
      const from = world.now + step.value * HOUR
      return world.run('zhou', (c) => book(c, { ...on, engineer: 'li', from, to: from + HOUR }))
    }
    case 'onsite':
      return arriveAndWork(world, on, step)
    case 'signoff':
      return world.run('chen', (c) => work.captureSignature(c, { ...on, blob: BLOB, kind: 'signature' }))
  }
}

/** What people do, rightly and wrongly; how often a verb stands here is its weight. */
const VERBS: readonly Verb[] = [
  (world, on) => world.run('han', (c) => stages.advance(c, on)),
  (world, on, { value }) => world.run('han', (c) => changeFields(c, { ...on, fields: filling(value) })),
  (world, on) => world.run('wu', (c) => work.lockParts(c, on)),
  (world, on) => world.run('wu', (c) => work.lockParts(c, on)),
  (world, on, { value }) =>
    world.run('zhou', (c) => {
      const from = world.now + (value % 6) * HOUR
      return book(c, { ...on, engineer: value % 2 ? 'chen' : 'li', from, to: from + (1 + (value % 30)) * HOUR })
    }),
  arriveAndWork,
  (world, on, { value }) =>
    world.run('chen', (c) => work.captureSignature(c, { ...on, blob: BLOB, kind: value % 3 ? 'signature' : 'remoteConfirmation' })),
  (world, on) => world.run('chen', (c) => stages.close(c, on)),
  (world, on) => world.run('han', (c) => stages.fixRemotely(c, on)),
  (world, on, { value }) =>
    world.run('zhou', (c) => {
      const to = (['intakeReview', 'diagnosis', 'partsLock', 'scheduling', undefined] as const)[value % 5]
      return stages.sendBack(c, { ...on, to, reason: '退回' })
    }),
  (world, on) => world.run('zhou', (c) => stages.reopen(c, { ...on, reason: '复现' })),
  (world, on, { value }) => (value % 5 ? null : world.run('zhou', (c) => stages.cancel(c, { ...on, reason: '撤单' }))),
  (world, on, { value }) => (value % 5 ? null : world.run('zhou', (c) => stages.resolveBySelf(c, { ...on, reason: '重启后恢复' }))),
  (world, on) => world.run('shen', (c) => work.release(c, { ...on, reason: '放行' })),
  receive,
  (world, on, { value }) => world.run('zhou', (c) => people.offerHandover(c, { ...on, to: USERS[value % 4] as string })),
  (world, on, { value }) => world.run(USERS[value % 4] as string, (c) => people.answerHandover(c, { ...on, accepted: value % 3 > 0 })),
  (world, on, { value }) => world.run('shen', (c) => people.reassign(c, { ...on, owner: USERS[value % 4] as string })),
  (world, on, { value }) =>
    world.run('han', (c) =>
      people.setPromise(c, {
        ...on,
        promise: { step: '等待', waitsOn: value % 2 ? 'customer' : 'us', who: 'role:dispatcher', by: world.now + HOUR },
      }),
    ),
  (world, on, { value }) => world.run('zhou', (c) => people.addNote(c, { ...on, kind: value % 2 ? 'reply' : 'internal', text: '备注', mentions: [] })),
  (world, on, { value }) => {
    const into = world.orders()[value % Math.max(world.orders().length, 1)]?.id ?? ''
    return value % 7 === 0 ? world.run('zhou', (c) => stages.merge(c, { ...on, into })) : null
  },
]

function newOrder(world: World, complete: boolean): void {
  const fields = { contactPhone: '021 555', faultCategory: '温度', faultSymptom: complete ? '波动' : '', reproductionSteps: '满负荷' }
  const equipment = { model: 'BR', serial: '1' }
  world.run('zhou', (c) =>
    register(c, { customer: { name: '振华' }, equipment, fields, channel: 'phone', repliedAtCall: complete }, () => 'A-1'),
  )
}

function run(steps: readonly Step[]): World {
  const world = new World()
  world.onEvent = (event, before) => checkLeaving(world, event, before as WorkOrderState)
  for (const complete of [true, true, false]) newOrder(world, complete)
  for (const step of steps) {
    world.now += step.later * 600_000
    const orders = world.orders()
    const order = orders[step.order % orders.length]?.id ?? ''
    const base = step.stale ? 'stale' : world.head(order)
    const events = world.log.length
    const verb = VERBS[step.verb] ?? goOn
    const refusal = verb(world, { order, base }, step)
    if (refusal) {
      expect(world.log).toHaveLength(events)
      expect(Object.keys(refusals)).toContain(refusal.code)
    }
    checkWorld(world)
  }
  return world
}

/** Never forward past what a stage requires, nor while frozen. */
function checkLeaving(world: World, event: StoredEvent, before: WorkOrderState): void {
  if (event.type !== 'stageChanged' || (event.data as { how: string }).how === 'sendBack') return
  expect(before.freeze).toBeNull()
  expect(missingToLeave(before.stage, workflow, before, stockIn(world))).toEqual([])
}

function checkWorld(world: World): void {
  for (const order of world.orders()) checkOrder(world, order)
  for (const stock of world.all('stock')) {
    expect(stock.conflicts).toEqual([])
    expect(stock.reservations.reduce((sum, held) => sum + held.quantity, 0)).toBeLessThanOrEqual(stock.onHand)
    for (const held of stock.reservations) {
      const order = world.state('workOrder', held.order)
      // Cancelled, merged, closed and sent back, an order holds nothing.
      expect(order.status).toBe('open')
      expect(['partsLock', 'scheduling', 'onsite', 'signoff']).toContain(order.stage)
      const wanted = openLines(order).find((need) => need.line === held.line)
      expect(wanted).toMatchObject({ quantity: held.quantity })
      expect(`${wanted?.warehouse ?? ''}/${wanted?.part ?? ''}`).toBe(stock.id)
    }
  }
  for (const day of world.all('engineerDay')) {
    expect(day.conflicts).toEqual([])
    day.slots.forEach((slot, i) => {
      for (const other of day.slots.slice(i + 1)) expect(overlaps(slot, other)).toBe(false)
    })
  }
}

function checkOrder(world: World, order: WorkOrderState): void {
  expect(order.conflicts).toEqual([])
  expect(typeof order.owner).toBe('string')
  expect(order.owner).not.toBe('nobody')
  const isOpen = order.status === 'open'
  order.visits.forEach((visit, i) => {
    const next = order.visits[i + 1]
    if (!next) expect(visit.leftAt === null).toBe(isOpen)
    else if (next.how === 'reopened') expect(visit.leftAt).toBeLessThanOrEqual(next.enteredAt)
    else expect(visit.leftAt).toBe(next.enteredAt)
  })
  expect(new Set(order.visits.map(({ id }) => id)).size).toBe(order.visits.length)
  expect(order.stage).toBe(order.visits.at(-1)?.stage)
  if (isOpen) {
    expect(order.promise?.step).not.toBe('')
    expect(order.promise?.by).toBeGreaterThan(0)
  } else expect(order.promise).toBeNull()
  if (order.freeze) {
    expect([order.status, order.stage]).toEqual(['open', 'partsLock'])
    // It tells what is missing now, not what was.
    const short = shortagesOf(order, stockIn(world)).map(({ line }) => line)
    expect(short.length).toBeGreaterThan(0)
  }
  expect(order.timers.filter((timer) => timer.settled === null && timer.visit !== order.visits.at(-1)?.id)).toEqual([])
}

const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.oneof(fc.nat(VERBS.length - 1), fc.constant(VERBS.length)),
  order: fc.nat(2),
  value: fc.nat(41),
  stale: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
  later: fc.nat(20),
})

describe('whatever people do, rightly or wrongly', () => {
  it('an order has one owner, contiguous stays, a next step, and left no stage without what it requires', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(fc.array(step, { minLength: 60, maxLength: 160 }), (steps) => {
        const world = run(steps)
        for (const { type } of world.log) reached.add(type)
        // Closing issues each line once, however often an order was reopened.
        const issued = world.log.filter(({ type }) => type === 'partIssued').map(({ data }) => JSON.stringify(data))
        if (issued.length > 0 && world.orders().some(({ reopenCount, firstClosedAt }) => reopenCount > 0 && firstClosedAt)) {
          reached.add('issuedAndReopened')
        }
        expect(new Set(issued).size).toBe(issued.length)
      }),
      { ...randomRuns(60, 300), interruptAfterTimeLimit: 40_000 },
    )
    // The walk says something only where it gets far.
    for (const type of ['orderFrozen', 'orderThawed', 'partReserved', 'appointmentBooked', 'orderClosed', 'issuedAndReopened']) {
      expect([...reached]).toContain(type)
    }
  })

  it('the events of an order fold in any order without an exception, and in theirs to what was decided on', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 80 }), fc.infiniteStream(fc.nat(1000)), (steps, draws) => {
        const world = run(steps)
        for (const order of world.orders()) {
          const own = world.log.filter(({ subject }) => subject.kind === 'workOrder' && subject.id === order.id)
          const fold = (events: readonly StoredEvent[]): WorkOrderState =>
            events.reduce((state, event) => workOrderFold.evolve(state, event), workOrderFold.initial(order.id))
          expect(fold(own)).toEqual(order)
          const keyed = own.map((event) => ({ event, key: draws.next().value }))
          expect(fold(keyed.sort((a, b) => a.key - b.key).map(({ event }) => event)).registered).toBe(true)
        }
      }),
      { ...randomRuns(30, 300), interruptAfterTimeLimit: 40_000 },
    )
  })
})
