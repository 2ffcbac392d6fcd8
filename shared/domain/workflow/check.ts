import type { Refusal } from '../kernel/refusal.ts'
import { BUILT_IN_FIELDS, FACTS, fieldOf } from '../workOrder/fields.ts'
import { STAGES, type StageId } from '../workOrder/stages.ts'
import type { StageDefinition, WorkflowDefinition } from './definition.ts'

/**
 * What is wrong with a definition, worst first; an empty list may be published. Fields are paths into the
 * definition. Codes: stageTwice, stageMissing, firstStage, unknownStage, wrongDirection, unreachable, deadEnd,
 * fieldTwice, noChoices, unknownField, requiredNotShown, neverPossible, effectElsewhere, stepMissing.
 */
export function checkWorkflow(definition: WorkflowDefinition): Refusal[] {
  const { stages } = definition
  return [
    ...checkStages(stages),
    ...stages.flatMap((stage, index) => checkTransitions(stages, stage, `stages.${index}`)),
    ...checkPaths(stages),
    ...checkCustomFields(definition),
    ...stages.flatMap((stage, index) => checkFields(definition, stage, index)),
    ...stages.flatMap((stage, index) => checkEffects(stage, `stages.${index}`)),
  ]
}

const rank = (stage: StageId): number => STAGES.indexOf(stage)

function checkStages(stages: readonly StageDefinition[]): Refusal[] {
  const problems: Refusal[] = []
  for (const [index, stage] of stages.entries()) {
    if (stages.findIndex((other) => other.id === stage.id) < index) {
      problems.push({ code: 'stageTwice', field: `stages.${index}.id`, params: { stage: stage.id } })
    }
  }
  for (const needed of ['intakeReview', 'signoff'] as const) {
    if (!stages.some((stage) => stage.id === needed)) {
      problems.push({ code: 'stageMissing', field: 'stages', params: { stage: needed } })
    }
  }
  // An order is registered into the first one.
  if (problems.length === 0 && stages[0]?.id !== 'intakeReview') problems.push({ code: 'firstStage', field: 'stages.0.id' })
  return problems
}

function checkTransitions(stages: readonly StageDefinition[], stage: StageDefinition, path: string): Refusal[] {
  return stage.transitions.flatMap(({ to, how }, index): Refusal[] => {
    const field = `${path}.transitions.${index}.to`
    if (!stages.some((other) => other.id === to)) return [{ code: 'unknownStage', field, params: { stage: to } }]
    const ahead = rank(to) > rank(stage.id)
    const right = how === 'sendBack' ? rank(to) < rank(stage.id) : ahead && (how === 'forward' || to === 'signoff')
    return right ? [] : [{ code: 'wrongDirection', field, params: { stage: stage.id, to } }]
  })
}

/** Every stage can be reached going forward from the first, and the last from every stage. */
function checkPaths(stages: readonly StageDefinition[]): Refusal[] {
  const next = (stage: StageDefinition): StageId[] =>
    stage.transitions.filter(({ how }) => how !== 'sendBack').map(({ to }) => to)
  const forward = (stage: StageDefinition): StageId[] =>
    stage.transitions.filter(({ how }) => how === 'forward').map(({ to }) => to)
  const reached = closure(stages, ['intakeReview'], next)
  return stages.flatMap((stage, index): Refusal[] => {
    const problems: Refusal[] = []
    const params = { stage: stage.id }
    if (!reached.has(stage.id)) problems.push({ code: 'unreachable', field: `stages.${index}.id`, params })
    if (!closure(stages, [stage.id], forward).has('signoff')) {
      problems.push({ code: 'deadEnd', field: `stages.${index}.transitions`, params })
    }
    return problems
  })
}

function closure(
  stages: readonly StageDefinition[],
  from: readonly StageId[],
  next: (stage: StageDefinition) => StageId[],
): Set<StageId> {
  const seen = new Set(from)
  // A set visits what is added while it is walked.
  for (const id of seen) {
    const stage = stages.find((candidate) => candidate.id === id)
    if (stage) for (const to of next(stage)) seen.add(to)
  }
  return seen
}

function checkCustomFields({ customFields }: WorkflowDefinition): Refusal[] {
  const taken = new Set<string>([...BUILT_IN_FIELDS.map((field) => field.id), ...FACTS])
  return customFields.flatMap((custom, index): Refusal[] => {
    const problems: Refusal[] = []
    if (taken.has(custom.id)) problems.push({ code: 'fieldTwice', field: `customFields.${index}.id`, params: { name: custom.id } })
    taken.add(custom.id)
    const values = custom.choices?.map((choice) => choice.value) ?? []
    if (custom.type === 'choice' && (values.length === 0 || new Set(values).size < values.length)) {
      problems.push({ code: 'noChoices', field: `customFields.${index}.choices`, params: { name: custom.id } })
    }
    return problems
  })
}

const isFact = (field: string): boolean => (FACTS as readonly string[]).includes(field)

/** What is required exists, and somebody was asked for it by then. */
function checkFields(definition: WorkflowDefinition, stage: StageDefinition, index: number): Refusal[] {
  const path = `stages.${index}`
  const asked = new Set(
    definition.stages.filter((other) => rank(other.id) <= rank(stage.id)).flatMap((other) => other.fields),
  )
  const shown = stage.fields.flatMap((name, at): Refusal[] =>
    fieldOf(definition, name) ? [] : [{ code: 'unknownField', field: `${path}.fields.${at}`, params: { name } }],
  )
  const required = stage.required.flatMap((name, at): Refusal[] => {
    const field = `${path}.required.${at}`
    const params = { name, stage: stage.id }
    if (isFact(name)) {
      // Parts are reserved in partsLock and nowhere else, signatures captured in signoff.
      const isElsewhere =
        (name === 'reservations' && stage.id !== 'partsLock') || (name === 'signature' && stage.id !== 'signoff')
      return isElsewhere ? [{ code: 'neverPossible', field, params }] : []
    }
    if (!fieldOf(definition, name)) return [{ code: 'unknownField', field, params }]
    return asked.has(name) ? [] : [{ code: 'requiredNotShown', field, params }]
  })
  return [...shown, ...required]
}

/** Freezing belongs to the stage in which parts are reserved. */
function checkEffects(stage: StageDefinition, path: string): Refusal[] {
  if (stage.onEnter.length === 0) return []
  if (stage.id !== 'partsLock') return [{ code: 'effectElsewhere', field: `${path}.onEnter`, params: { stage: stage.id } }]
  const unsaid = stage.onEnter.includes('freezeOnShortage') && !stage.frozenStep
  return unsaid ? [{ code: 'stepMissing', field: `${path}.frozenStep`, params: { stage: stage.id } }] : []
}
