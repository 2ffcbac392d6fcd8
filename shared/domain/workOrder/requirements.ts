import type { StageDefinition, WorkflowDefinition } from '../workflow/definition.ts'
import { FACTS, fieldOf, isEmpty, type Fact } from './fields.ts'
import { allReserved, partsNeeded, type StockOf } from './parts.ts'
import { STAGES, type StageId } from './stages.ts'
import type { StageVisit, WorkOrderState } from './state.ts'

/** What stands between an order and the next stage. */
export interface Missing {
  /** A field or a fact. */
  readonly field: string
  readonly code: 'required' | 'notReserved' | 'notYet'
}

export const stageOf = (definition: WorkflowDefinition, stage: StageId): StageDefinition | undefined =>
  definition.stages.find((candidate) => candidate.id === stage)

/** The required fields and facts of a stage that are missing, in the definition's order. */
export function missingToLeave(
  stage: StageId,
  definition: WorkflowDefinition,
  state: WorkOrderState,
  stockOf: StockOf,
): Missing[] {
  const missing: Missing[] = []
  for (const field of stageOf(definition, stage)?.required ?? []) {
    if (isFact(field)) {
      if (!holds(field, state, stockOf)) missing.push({ field, code: field === 'reservations' ? 'notReserved' : 'notYet' })
    } else if (!isFilled(definition, field, state)) missing.push({ field, code: 'required' })
  }
  return missing
}

/**
 * What is required by a stage that the order has left forward, each under the version of that stay, was there before a
 * change and is not any more.
 */
export function emptiedAfterwards(
  workflow: (version: number) => WorkflowDefinition,
  before: WorkOrderState,
  after: WorkOrderState,
): string[] {
  return leftForward(before).flatMap(({ stage, workflowVersion }) => {
    const definition = workflow(workflowVersion)
    const fields = (stageOf(definition, stage)?.required ?? []).flatMap((name) =>
      name === 'partsDeclared' ? ['partsNeeded'] : isFact(name) ? [] : [name],
    )
    return fields.filter((field) => isFilled(definition, field, before) && !isFilled(definition, field, after))
  })
}

const FORWARD: ReadonlySet<StageVisit['how']> = new Set(['forward', 'automatic', 'remoteFix'])

/** The last stay in each stage before the present one that led on from there. An imported stay had no workflow. */
function leftForward({ stage, visits }: WorkOrderState): StageVisit[] {
  return visits.filter((visit, index) => {
    const next = visits[index + 1]
    const isLast = !visits.slice(index + 1).some((later) => later.stage === visit.stage)
    const isBefore = STAGES.indexOf(visit.stage) < STAGES.indexOf(stage)
    return isLast && isBefore && next !== undefined && FORWARD.has(next.how) && visit.workflowVersion > 0
  })
}

const isFact = (field: string): field is Fact => (FACTS as readonly string[]).includes(field)

function isFilled(definition: WorkflowDefinition, field: string, state: WorkOrderState): boolean {
  const spec = fieldOf(definition, field)
  if (spec?.personal) return state.erased.includes(field) || !isEmpty(state.personal[field])
  if (spec?.type === 'parts') return partsNeeded(state) !== undefined
  const value = state.fields[field]
  // Nobody travels to a remote fix.
  if (field === 'skillsNeeded' && state.fields['serviceMode'] === 'remote') return true
  return Array.isArray(value) ? value.length > 0 : !isEmpty(value)
}

function holds(fact: Fact, state: WorkOrderState, stockOf: StockOf): boolean {
  switch (fact) {
    case 'channel':
      return state.registered
    case 'firstContactAt':
      return state.firstContactAt > 0
    case 'firstReply':
      return state.firstRepliedAt !== null
    case 'partsDeclared':
      return partsNeeded(state) !== undefined
    case 'reservations':
      return state.released || allReserved(state, stockOf)
    case 'appointment':
      // The window of an earlier visit is no plan for the next one.
      return state.appointment !== null && state.appointment.to > returnedAt(state, 'onsite')
    case 'arrival': {
      const since = returnedAt(state, 'onsite')
      return state.arrivals.some((arrival) => arrival.at >= since)
    }
    case 'evidence':
      return state.attachments.some((attachment) => attachment.kind === 'evidence')
    case 'signature':
      return isSigned(state)
  }
}

/** A signature from before the order last entered 客户签字 says nothing about the work as it was finished. */
export function isSigned({ signature, visits }: WorkOrderState): boolean {
  const signoff = visits.findLast(({ stage }) => stage === 'signoff')
  return signature !== null && signoff !== undefined && signature.at >= signoff.enteredAt
}

/** When the order last came back to a stage before `stage`; 0: it never did. */
function returnedAt(state: WorkOrderState, stage: StageId): number {
  const limit = STAGES.indexOf(stage)
  const returns = state.visits.filter(
    (visit) => (visit.how === 'sendBack' || visit.how === 'reopened') && STAGES.indexOf(visit.stage) < limit,
  )
  return returns.reduce((latest, visit) => Math.max(latest, visit.enteredAt), 0)
}
