import type { DecisionContext } from './decision.ts'
import { stockOf, visitOf } from './decision.ts'
import type { Move, PromiseState, Shortage, StageEntry, StepKey } from './events.ts'
import { openLines, partsNeeded, shortagesOf } from './parts.ts'
import { missingToLeave, stageOf } from './requirements.ts'
import type { StageId } from './stages.ts'
import type { WorkOrderState } from './state.ts'
import { armTimersFor, timerUpdates } from './timers.ts'

/**
 * Steps that several commands take. Each adds its events to the book; that they are legal was decided before.
 */

/** Leaves the present stage for `to`, and does what the definition says happens by itself on the way in. */
export function enterStage(context: DecisionContext, order: string, to: StageId, how: Move, reason?: string): void {
  const state = context.book.state('workOrder', order)
  const entered = entryOf(context, state, to, how)
  context.book.add('workOrder', order, 'stageChanged', {
    from: state.stage,
    how,
    ...(reason !== undefined && { reason }),
    entered,
    promise: promiseOn(context, entered),
  })
  effectsOfEntering(context, order, how === 'sendBack')
}

/** The stay that begins now, under the newest workflow and policy, with its deadlines. */
export function entryOf(
  context: DecisionContext,
  state: WorkOrderState,
  stage: StageId,
  how: Move | 'registered' | 'reopened',
): StageEntry {
  const enteredAt = Math.max(context.at, visitOf(state)?.leftAt ?? visitOf(state)?.enteredAt ?? 0)
  const concludes = state.stage === 'diagnosis' && state.status === 'open' && how !== 'sendBack' && how !== 'registered'
  const sla = context.sla()
  return {
    visit: `${state.visits.length + 1}-${context.commandId.slice(-12)}`,
    stage,
    workflowVersion: context.workflow().version,
    slaPolicy: sla.policy.id,
    slaVersion: sla.policy.version,
    timers: armTimersFor(stage, sla, {
      enteredAt,
      firstRepliedAt: state.firstRepliedAt,
      diagnosisConcludedAt: concludes ? enteredAt : concludedAt(state),
    }),
  }
}

/** When the diagnosis was last concluded: left for a later stage. */
function concludedAt(state: WorkOrderState): number | null {
  for (let i = state.visits.length - 2; i >= 0; i--) {
    const next = state.visits[i + 1]?.how
    if (state.visits[i]?.stage === 'diagnosis' && next !== 'sendBack' && next !== 'reopened') {
      return state.visits[i]?.leftAt ?? null
    }
  }
  return null
}

/** What an order does next in a stage that it enters, unless the command names something else. */
export function promiseOn(context: DecisionContext, entered: StageEntry): PromiseState {
  const due = entered.timers.flatMap((timer) => timer.dueAt ?? [])
  return promiseOf(context, entered.stage, 'nextStep', due.length > 0 ? Math.min(...due) : undefined)
}

function promiseOf(context: DecisionContext, stage: StageId, kind: 'nextStep' | 'frozenStep', due?: number): PromiseState {
  const step = stageOf(context.workflow(), stage)?.[kind]
  if (!step) return { step: '', waitsOn: 'us', by: due ?? context.at }
  const { label, waitsOn, role, withinMs } = step
  const key: StepKey = `${stage}.${kind}`
  return { step: label['zh-CN'], key, waitsOn, who: `role:${role}`, by: due ?? context.at + withinMs }
}

function effectsOfEntering(context: DecisionContext, order: string, sentBack: boolean): void {
  const state = context.book.state('workOrder', order)
  const workflow = context.workflow()
  const stage = stageOf(workflow, state.stage)
  if (!stage) return
  const forward = stage.transitions.find((transition) => transition.how === 'forward')
  // An order that was sent back here is here for a reason, even without parts.
  const needsNoParts = !sentBack && partsNeeded(state) !== undefined && openLines(state).length === 0
  if (
    stage.onEnter.includes('passWithoutParts') &&
    needsNoParts &&
    forward &&
    missingToLeave(state.stage, workflow, state, stockOf(context)).length === 0
  ) {
    enterStage(context, order, forward.to, 'automatic')
  } else if (stage.onEnter.includes('freezeOnShortage')) freezeOnShortage(context, order)
}

/** Reopens a closed order in `to`. */
export function reopenIn(context: DecisionContext, order: string, to: StageId, reason: string): void {
  const entered = entryOf(context, context.book.state('workOrder', order), to, 'reopened')
  context.book.add('workOrder', order, 'orderReopened', { reason, entered, promise: promiseOn(context, entered) })
  effectsOfEntering(context, order, true)
}

/** Freezes an order whose parts cannot be had, or renews what its freeze tells. A released one stays released. */
export function freezeOnShortage(context: DecisionContext, order: string): void {
  const state = context.book.state('workOrder', order)
  if (state.released) return
  const shortages = shortagesOf(state, stockOf(context))
  if (shortages.length === 0 || (state.freeze && sameShortages(state.freeze.shortages, shortages))) return
  context.book.add('workOrder', order, 'orderFrozen', {
    shortages,
    timers: timerUpdates(state, context.sla(), context.at, { reason: 'frozen', paused: true }),
  })
  const hasStep = stageOf(context.workflow(), state.stage)?.frozenStep !== undefined
  if (state.freeze === null && hasStep) setPromise(context, order, promiseOf(context, state.stage, 'frozenStep'))
}

export function thaw(
  context: DecisionContext,
  order: string,
  by: 'stock' | 'substitute' | 'release',
  reason?: string,
): void {
  const state = context.book.state('workOrder', order)
  const timers = timerUpdates(state, context.sla(), context.at, { reason: 'frozen', paused: false })
  context.book.add('workOrder', order, 'orderThawed', { by, ...(reason !== undefined && { reason }), timers })
  const due = timers.flatMap((timer) => timer.dueAt ?? [])
  setPromise(context, order, promiseOf(context, state.stage, 'nextStep', due.length > 0 ? Math.min(...due) : undefined))
}

/** Waiting on the customer pauses what the policy says; any other promise ends that pause. */
export function setPromise(context: DecisionContext, order: string, promise: PromiseState): void {
  const state = context.book.state('workOrder', order)
  const paused = promise.waitsOn === 'customer'
  const timers = timerUpdates(state, context.sla(), context.at, { reason: 'waitingOnCustomer', paused })
  context.book.add('workOrder', order, 'promiseSet', { promise, timers })
}

const sameShortages = (a: readonly Shortage[], b: readonly Shortage[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => {
    const other = b[i]
    return other !== undefined && one.line === other.line && one.needed === other.needed && one.available === other.available
  })
