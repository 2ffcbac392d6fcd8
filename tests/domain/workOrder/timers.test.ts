import { describe, expect, it } from 'vitest'
import type { EventDraft, StoredEvent } from '#shared/domain/kernel/event.ts'
import { slaPolicySchema } from '#shared/domain/sla/policy.ts'
import { workOrderFold } from '#shared/domain/workOrder/evolve.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import {
  armTimersFor,
  decideFiring,
  explainTimer,
  timerUpdates,
  type SlaContext,
} from '#shared/domain/workOrder/timers.ts'
import { entry, orderEvent, registered } from '../../support/orders.ts'
import { hour, minute, office, resource, shanghai } from '../sla/support.ts'

const shipped: SlaContext = {
  policy: slaPolicySchema.parse(resource('policies/default-sla.json')),
  calendar: (id) => (id === office.id ? office : undefined),
}
const MORNING = shanghai('2026-03-02 09:00')

/** A policy of one timer in partsLock, on office hours where `clock` says so. */
function policyOf(clock: 'wall' | 'working', levels: object[] = []): SlaContext {
  const first = { level: 1, afterMs: 2 * hour, call: { role: 'supervisor' }, channels: ['inApp'] }
  const timer = {
    key: 'parts',
    stage: 'partsLock',
    clock,
    calendarId: office.id,
    pausesOn: ['frozen'],
    levels: [first, ...levels],
  }
  return { ...shipped, policy: slaPolicySchema.parse({ id: 'test', version: 1, timers: [timer] }) }
}

/** Folds drafts as a desk would, one after another. */
function fold(drafts: readonly EventDraft[], state = workOrderFold.initial('o1')): WorkOrderState {
  return drafts.reduce((before, draft, index) => {
    const actor = { kind: draft.type === 'timerFired' || draft.type.startsWith('order') ? 'system' : 'user', id: 'wang' }
    const event = { ...draft, id: `e${index}`, origin: 'A', seq: index + 1, hlc: index, base: null, actor }
    return workOrderFold.evolve(before, event as unknown as StoredEvent)
  }, state)
}

function inStage(stage: StageId, sla: SlaContext, enteredAt = MORNING): WorkOrderState {
  const timers = armTimersFor(stage, sla, { enteredAt, firstRepliedAt: null, diagnosisConcludedAt: null })
  const arrive = orderEvent(
    'o1',
    'stageChanged',
    { from: 'intakeReview', how: 'forward', entered: entry(stage, 'v2', timers) },
    { at: enteredAt },
  )
  return fold([registered('o1', { at: enteredAt }), arrive])
}

const frozen = (at: number, state: WorkOrderState, sla: SlaContext): EventDraft =>
  orderEvent(
    'o1',
    'orderFrozen',
    { shortages: [], timers: timerUpdates(state, sla, at, { reason: 'frozen', paused: true }) },
    { at },
  )
const thawed = (at: number, state: WorkOrderState, sla: SlaContext): EventDraft =>
  orderEvent(
    'o1',
    'orderThawed',
    { by: 'stock', timers: timerUpdates(state, sla, at, { reason: 'frozen', paused: false }) },
    { at },
  )

describe('arming', () => {
  it('gives every stage of the shipped policy its limit', () => {
    const limits = Object.fromEntries(
      (['intakeReview', 'diagnosis', 'partsLock', 'scheduling', 'onsite', 'signoff'] as const).map((stage) => {
        const facts = { enteredAt: MORNING, firstRepliedAt: null, diagnosisConcludedAt: MORNING - hour }
        return [stage, armTimersFor(stage, shipped, facts).map(({ dueAt }) => (dueAt as number) - MORNING)]
      }),
    )
    expect(limits).toEqual({
      intakeReview: [15 * minute],
      diagnosis: [2 * hour],
      partsLock: [24 * hour],
      // From the conclusion, an hour before.
      scheduling: [23 * hour],
      onsite: [8 * hour],
      signoff: [4 * hour],
    })
  })

  it('does not wait for a first reply that was given', () => {
    const facts = { enteredAt: MORNING, firstRepliedAt: MORNING, diagnosisConcludedAt: null }
    expect(armTimersFor('intakeReview', shipped, facts)).toEqual([])
  })

  it('remembers the version of the calendar that it counted by', () => {
    const facts = { enteredAt: shanghai('2026-03-06 17:00'), firstRepliedAt: null, diagnosisConcludedAt: null }
    const [timer] = armTimersFor('partsLock', policyOf('working'), facts)
    expect(timer).toMatchObject({ calendar: office.id, calendarVersion: office.version, dueAt: shanghai('2026-03-09 10:00') })
  })
})

describe('pauses', () => {
  it('keeps the hold time on resume', () => {
    const sla = policyOf('wall')
    const before = inStage('partsLock', sla)
    const held = fold([frozen(MORNING + hour, before, sla)], before)
    expect(held.timers[0]?.dueAt).toBeNull()
    const again = fold([thawed(MORNING + 5 * hour, held, sla)], held)
    expect(again.timers[0]?.dueAt).toBe(MORNING + 6 * hour)
  })

  it('counts several pauses, by the calendar, and explains the result', () => {
    const sla = policyOf('working')
    let state = inStage('partsLock', sla)
    for (const [from, to] of [['09:30', '10:00'], ['10:30', '11:30']] as const) {
      state = fold([frozen(shanghai(`2026-03-02 ${from}`), state, sla)], state)
      state = fold([thawed(shanghai(`2026-03-02 ${to}`), state, sla)], state)
    }
    const [timer] = state.timers
    if (!timer) throw new Error('no timer')
    // 30 min + 30 min + 30 min until noon, the rest after lunch.
    expect(timer.dueAt).toBe(shanghai('2026-03-02 13:30'))
    const explained = explainTimer(timer, sla)
    expect(explained).toMatchObject({ dueAt: timer.dueAt, usedMs: 2 * hour, calendarId: office.id })
    expect(explained.pieces.map(({ kind }) => kind)).toEqual(['run', 'paused', 'run', 'paused', 'run', 'closed', 'run'])
  })

  it('moves nothing where the policy does not pause, nor twice for one reason', () => {
    const sla = policyOf('wall')
    const state = inStage('partsLock', sla)
    expect(timerUpdates(state, sla, MORNING, { reason: 'waitingOnCustomer', paused: true })).toEqual([])
    const held = fold([frozen(MORNING + hour, state, sla)], state)
    expect(timerUpdates(held, sla, MORNING + 2 * hour, { reason: 'frozen', paused: true })).toEqual([])
  })

  it('leaves a deadline that passed before the pause', () => {
    const sla = policyOf('wall')
    const state = inStage('partsLock', sla)
    const held = fold([frozen(MORNING + 3 * hour, state, sla)], state)
    expect(held.timers[0]?.dueAt).toBe(MORNING + 2 * hour)
  })

  it('holds a level above from its own start, whatever another policy says by then', () => {
    const director = { level: 2, afterMs: 2 * hour, call: { role: 'director' }, channels: ['inApp'], unlessActed: true }
    const sla = policyOf('wall', [director])
    let state = fire(inStage('partsLock', sla), sla, 1)
    const other = policyOf('wall', [{ ...director, afterMs: 9 * hour }])
    state = fold([frozen(MORNING + 3 * hour, state, other)], state)
    state = fold([thawed(MORNING + 4 * hour, state, other)], state)
    expect(state.timers[0]?.dueAt).toBe(MORNING + 5 * hour)
    expect(explainTimer(state.timers[0] as never, other)).toMatchObject({ start: MORNING + 2 * hour, limitMs: 2 * hour })
  })
})

function decide(state: WorkOrderState, sla: SlaContext, now: number, level: number) {
  return decideFiring(state, sla, now, { visit: 'v2', timer: state.timers[0]?.key ?? '', level, called: [{ user: 'li' }] })
}

function fire(state: WorkOrderState, sla: SlaContext, level: number, now = MORNING + 24 * hour): WorkOrderState {
  const fired = decide(state, sla, now, level)
  if (!fired.ok) throw new Error(fired.refusal.code)
  return fold([fired.value], state)
}

const note = (at: number): EventDraft =>
  orderEvent('o1', 'noteAdded', { kind: 'internal', mentions: [], length: 3 }, { at })

describe('firing', () => {
  it('fires at exactly the limit, not a millisecond before', () => {
    const state = inStage('diagnosis', shipped)
    const due = MORNING + 2 * hour
    expect(decide(state, shipped, due - 1, 1)).toMatchObject({ ok: false, refusal: { code: 'notDue' } })
    expect(decide(state, shipped, due, 1)).toMatchObject({
      ok: true,
      value: {
        at: due,
        data: { role: 'technicalLead', level: 1, dueAt: due, next: { level: 2, dueAt: due + 2 * hour, limitMs: 2 * hour } },
      },
    })
  })

  it('is recorded at its due instant, however late it is noticed', () => {
    const fired = decide(inStage('diagnosis', shipped), shipped, MORNING + 30 * hour, 1)
    expect(fired.ok && fired.value.at).toBe(MORNING + 2 * hour)
  })

  it('is recorded at the entry where the limit had passed before', () => {
    const facts = { enteredAt: MORNING, firstRepliedAt: null, diagnosisConcludedAt: MORNING - 30 * hour }
    const timers = armTimersFor('scheduling', shipped, facts)
    const moved = orderEvent(
      'o1',
      'stageChanged',
      { from: 'intakeReview', how: 'forward', entered: entry('scheduling', 'v2', timers) },
      { at: MORNING },
    )
    const fired = decide(fold([registered('o1', { at: MORNING }), moved]), shipped, MORNING, 1)
    expect(fired).toMatchObject({ ok: true, value: { at: MORNING, data: { dueAt: MORNING - 6 * hour } } })
  })

  it('fires each level once, the second two hours after the first, for the daily report', () => {
    let state = fire(inStage('diagnosis', shipped), shipped, 1)
    expect(decide(state, shipped, MORNING + 24 * hour, 1)).toMatchObject({ refusal: { code: 'alreadyFired' } })
    expect(decide(state, shipped, MORNING + 4 * hour - 1, 2)).toMatchObject({ refusal: { code: 'notDue' } })
    state = fire(state, shipped, 2, MORNING + 4 * hour)
    expect(state.timers[0]).toMatchObject({
      settled: { why: 'done' },
      fired: [
        { level: 1, at: MORNING + 2 * hour, dailyReport: false },
        { level: 2, at: MORNING + 4 * hour, dailyReport: true },
      ],
    })
  })

  it('calls nobody more when somebody acted in time', () => {
    const state = fold([note(MORNING + 3 * hour)], fire(inStage('diagnosis', shipped), shipped, 1))
    expect(state.timers[0]?.settled).toEqual({ at: MORNING + 3 * hour, why: 'acted' })
    expect(decide(state, shipped, MORNING + 9 * hour, 2)).toMatchObject({ refusal: { code: 'settled' } })
  })

  it('calls the next level when somebody acted only at its deadline', () => {
    const state = fold([note(MORNING + 4 * hour)], fire(inStage('diagnosis', shipped), shipped, 1))
    expect(decide(state, shipped, MORNING + 4 * hour, 2)).toMatchObject({ ok: true, value: { at: MORNING + 4 * hour } })
  })

  it('arms no second level where somebody had acted before the first was noticed', () => {
    const state = fold([note(MORNING + 3 * hour)], inStage('diagnosis', shipped))
    const fired = decide(state, shipped, MORNING + 9 * hour, 1)
    expect(fired.ok && fired.value.data.next).toBeUndefined()
    expect(fire(state, shipped, 1).timers[0]?.settled?.why).toBe('done')
  })

  it('calls a level that the policy calls whatever was done', () => {
    const sla = policyOf('wall', [{ level: 2, afterMs: hour, call: { role: 'director' }, channels: ['inApp'] }])
    const state = fold([note(MORNING + 2.5 * hour)], fire(inStage('partsLock', sla), sla, 1))
    expect(decide(state, sla, MORNING + 3 * hour, 2)).toMatchObject({ ok: true, value: { at: MORNING + 3 * hour } })
  })

  it('has nothing to fire once the stage was left or the customer was answered', () => {
    const left = orderEvent(
      'o1',
      'stageChanged',
      { from: 'diagnosis', how: 'forward', entered: entry('partsLock', 'v3') },
      { at: MORNING + hour },
    )
    const state = fold([left], inStage('diagnosis', shipped))
    expect(decide({ ...state, timers: state.timers }, shipped, MORNING + 9 * hour, 1)).toMatchObject({
      refusal: { code: 'settled' },
    })
    const replied = fold(
      [orderEvent('o1', 'firstReplied', { by: 'call' }, { at: MORNING + minute })],
      inStage('intakeReview', shipped),
    )
    expect(decide(replied, shipped, MORNING + hour, 1)).toMatchObject({ refusal: { code: 'settled' } })
  })
})
