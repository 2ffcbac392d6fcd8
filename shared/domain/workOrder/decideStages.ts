import { fieldDoneAt } from '../finance/steps.ts'
import { refuse } from '../kernel/refusal.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import { openOrderFor, orderFor, stockOf, visitOf, workflowOf, type DecisionContext, type Verdict } from './decision.ts'
import type { Move, PromiseState } from './events.ts'
import { releaseAppointment, releaseReservations, issueParts } from './holdings.ts'
import { refusePromise } from './decidePeople.ts'
import { enterStage, reopenIn, setPromise } from './moves.ts'
import { isSigned, missingToLeave, stageOf, type Missing } from './requirements.ts'
import { STAGES, type StageId } from './stages.ts'
import type { WorkOrderState } from './state.ts'

export interface MoveInput {
  readonly order: string
  readonly base: string
  /** Where to; without it the definition's first transition of that kind. */
  readonly to?: StageId | undefined
  /** In place of the next step that the stage has by default. */
  readonly promise?: PromiseState | undefined
}

/** Forward, once everything that the stage requires is there. */
export function advance(context: DecisionContext, input: MoveInput & { readonly reason?: string | undefined }): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const state = found.value
  const workflow = workflowOf(context, state)
  const to = targetOf(context, workflow, state, 'forward', input.to)
  if (!to) return illegal(state, input.to)
  if (state.freeze) return refuse('frozen', 'partsNeeded', { number: state.number })
  if (state.stage === 'diagnosis' && state.fields['serviceMode'] === 'remote' && targetOf(context, workflow, state, 'remoteFix')) {
    return refuse('markedRemote', 'serviceMode')
  }
  const missing = missingNow(context, workflow, state)
  if (missing.length > 0) return refuseMissing(missing)
  return move(context, input, to, 'forward', input.reason)
}

/** Solved from afar: diagnosis → signoff, where the customer confirms. */
export function fixRemotely(context: DecisionContext, input: MoveInput & { readonly reason?: string | undefined }): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const state = found.value
  const workflow = workflowOf(context, state)
  const to = targetOf(context, workflow, state, 'remoteFix', input.to)
  if (!to) return illegal(state, input.to ?? 'signoff')
  const missing = missingNow(context, workflow, state)
  if (missing.length > 0) return refuseMissing(missing)
  if (state.fields['serviceMode'] === 'onsite') return refuse('markedOnsite', 'serviceMode')
  return move(context, input, to, 'remoteFix', input.reason)
}

/** Back to an earlier stage; what the stages between had secured is given back. */
export function sendBack(context: DecisionContext, input: MoveInput & { readonly reason: string }): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const state = found.value
  const workflow = workflowOf(context, state)
  const to = targetOf(context, workflow, state, 'sendBack', input.to)
  if (!to) return illegal(state, input.to)
  const effects = stageOf(workflow, state.stage)?.onSendBack ?? []
  const reachesBack = (stage: StageId): boolean => STAGES.indexOf(to) <= STAGES.indexOf(stage)
  if (effects.includes('releaseReservations') && reachesBack('partsLock')) {
    releaseReservations(context, state.id, 'sentBack')
  }
  if (effects.includes('releaseAppointment') && reachesBack('scheduling')) {
    releaseAppointment(context, state.id, 'sentBack')
  }
  return move(context, input, to, 'sendBack', input.reason)
}

/** Closes a signed order, or one whose remote fix the customer confirmed, issues its parts and opens its billing. */
export function close(context: DecisionContext, input: { readonly order: string; readonly base: string }): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const state = found.value
  if (state.stage !== 'signoff') return refuse('illegalTransition', 'to', { from: state.stage, to: 'closed' })
  const missing = missingNow(context, workflowOf(context, state), state)
  const unsigned = !isSigned(state) && !missing.some(({ field }) => field === 'signature')
  if (unsigned) missing.push({ field: 'signature', code: 'notYet' })
  if (missing.length > 0) return refuseMissing(missing)
  const remote = state.signature?.kind === 'remoteConfirmation'
  if (remote && state.fields['serviceMode'] !== 'remote') return refuse('signatureNeeded', 'signature')
  const issued = issueParts(context, state.id)
  context.book.add('workOrder', state.id, 'orderClosed', {
    how: remote ? 'remoteConfirmed' : 'signature',
    from: state.stage,
    ...(issued.length > 0 && { issued }),
  })
  const { closedAt } = context.book.state('workOrder', state.id)
  context.book.add('finance', state.id, 'billingOpened', { fieldDoneAt: fieldDoneAt(state), acceptedAt: closedAt ?? context.at })
  return null
}

/** Closes an order in 待初审 that the customer solved by the checklist; `reason` tells what helped. No rate counts it. */
export function resolveBySelf(
  context: DecisionContext,
  input: { readonly order: string; readonly base: string; readonly reason: string },
): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const { id, stage } = found.value
  if (stage !== 'intakeReview') return refuse('notInIntake', 'order', { number: found.value.number })
  releaseReservations(context, id, 'selfResolved')
  releaseAppointment(context, id, 'selfResolved')
  context.book.add('workOrder', id, 'orderClosed', { how: 'selfResolved', from: stage, reason: input.reason })
  return null
}

export function cancel(
  context: DecisionContext,
  input: { readonly order: string; readonly base: string; readonly reason: string },
): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const { id, stage } = found.value
  releaseReservations(context, id, 'cancelled')
  releaseAppointment(context, id, 'cancelled')
  context.book.add('workOrder', id, 'orderCancelled', { reason: input.reason, from: stage })
  return null
}

/** A closed order is open again, in diagnosis unless another stage is named. Its first closing is kept. */
export function reopen(context: DecisionContext, input: MoveInput & { readonly reason: string }): Verdict {
  const found = orderFor(context, input.order, input.base)
  if (!found.ok) return found
  const state = found.value
  if (state.status !== 'closed') return refuse('notClosed', 'order', { number: state.number, status: state.status })
  const to = input.to ?? 'diagnosis'
  if (!stageOf(context.workflow(), to)) return refuse('illegalTransition', 'to', { from: 'closed', to })
  const refused = input.promise && refusePromise(context, input.promise)
  if (refused) return refused
  reopenIn(context, state.id, to, input.reason)
  if (input.promise) setPromise(context, state.id, input.promise)
  return null
}

/** Merges a duplicate into the order that goes on. */
export function merge(
  context: DecisionContext,
  input: { readonly order: string; readonly base: string; readonly into: string },
): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const duplicate = found.value
  const target = context.book.state('workOrder', input.into)
  if (!target.registered) return refuse('unknownOrder', 'into')
  if (target.readOnly) return refuse('readOnlyOrder', 'into', { number: target.number })
  const standing = target.status === 'open' || target.status === 'closed'
  if (target.id === duplicate.id || !standing) return refuse('mergeTarget', 'into', { number: target.number })
  releaseReservations(context, duplicate.id, 'merged')
  releaseAppointment(context, duplicate.id, 'merged')
  const { id, number, stage } = duplicate
  context.book.add('workOrder', id, 'orderMerged', { into: target.id, number: target.number, from: stage })
  context.book.add('workOrder', target.id, 'orderLinked', { to: id, number, kind: 'duplicate' })
  return null
}

function move(
  context: DecisionContext,
  input: MoveInput,
  to: StageId,
  how: Exclude<Move, 'automatic'>,
  reason?: string,
): Verdict {
  const refused = input.promise && refusePromise(context, input.promise)
  if (refused) return refused
  enterStage(context, input.order, to, how, reason)
  if (input.promise) setPromise(context, input.order, input.promise)
  return null
}

/** The stage that the order finishes is ruled by the version it entered with, the one it enters by the newest. */
function targetOf(
  context: DecisionContext,
  workflow: WorkflowDefinition,
  state: WorkOrderState,
  how: 'forward' | 'sendBack' | 'remoteFix',
  wanted?: StageId,
): StageId | undefined {
  const transitions = stageOf(workflow, state.stage)?.transitions ?? []
  const legal = transitions.find((transition) => transition.how === how && (!wanted || transition.to === wanted))
  return legal && stageOf(context.workflow(), legal.to) ? legal.to : undefined
}

/** An imported stay is judged by no guard of today's workflow (version 0). */
function missingNow(context: DecisionContext, workflow: WorkflowDefinition, state: WorkOrderState): Missing[] {
  if (visitOf(state)?.workflowVersion === 0) return []
  return missingToLeave(state.stage, workflow, state, stockOf(context))
}

const illegal = (state: WorkOrderState, to?: StageId): Verdict =>
  refuse('illegalTransition', 'to', { from: state.stage, to: to ?? '' })

function refuseMissing(missing: readonly Missing[]): Verdict {
  return refuse('missingFields', missing[0]?.field, { fields: missing.map(({ field }) => field) })
}
