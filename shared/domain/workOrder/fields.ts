import type { WorkflowDefinition } from '../workflow/definition.ts'
import type { FieldValue, PartNeed } from './events.ts'
import { PRIORITIES, type StageId } from './stages.ts'

export type FieldType =
  | 'text'
  | 'longText'
  | 'number'
  | 'choice'
  | 'date'
  | 'boolean'
  | 'skills'
  | 'parts'
  | 'customer'
  | 'equipment'
  | 'provider'

export interface FieldSpec {
  readonly id: string
  readonly type: FieldType
  /** Kept in the personal part of events alone, and in `state.personal`. */
  readonly personal?: true
  readonly choices?: readonly string[]
  /** A telephone number. */
  readonly phone?: true
  /** Copied from the machine chosen; nobody types it. */
  readonly copied?: true
  /** The stage that asks for it first; a custom field is asked for where the definition shows it. */
  readonly stage?: StageId
}

export const BUILT_IN_FIELDS: readonly FieldSpec[] = [
  { id: 'customer', type: 'customer', stage: 'intakeReview' },
  { id: 'contactName', type: 'text', personal: true, stage: 'intakeReview' },
  { id: 'contactPhone', type: 'text', personal: true, phone: true, stage: 'intakeReview' },
  { id: 'siteAddress', type: 'text', personal: true, stage: 'intakeReview' },
  { id: 'equipment', type: 'equipment', stage: 'intakeReview' },
  { id: 'model', type: 'text', copied: true, stage: 'intakeReview' },
  { id: 'serial', type: 'text', copied: true, stage: 'intakeReview' },
  { id: 'firmware', type: 'text', stage: 'intakeReview' },
  { id: 'batch', type: 'text', stage: 'intakeReview' },
  { id: 'environment', type: 'longText', stage: 'intakeReview' },
  { id: 'faultCategory', type: 'text', stage: 'intakeReview' },
  { id: 'faultSymptom', type: 'text', stage: 'intakeReview' },
  { id: 'reproductionSteps', type: 'longText', stage: 'intakeReview' },
  { id: 'priority', type: 'choice', choices: PRIORITIES, stage: 'intakeReview' },
  { id: 'provider', type: 'provider', stage: 'diagnosis' },
  { id: 'conclusion', type: 'longText', stage: 'diagnosis' },
  { id: 'serviceMode', type: 'choice', choices: ['remote', 'onsite'], stage: 'diagnosis' },
  { id: 'skillsNeeded', type: 'skills', stage: 'diagnosis' },
  { id: 'partsNeeded', type: 'parts', stage: 'diagnosis' },
  { id: 'cause', type: 'longText', stage: 'onsite' },
  { id: 'solution', type: 'longText', stage: 'onsite' },
]

/** What a stage may require besides fields: it is derived from what happened. */
export const FACTS = [
  'channel',
  'firstContactAt',
  'firstReply',
  'partsDeclared',
  'reservations',
  'appointment',
  'arrival',
  'evidence',
  'signature',
] as const
export type Fact = (typeof FACTS)[number]

const builtIn = new Map(BUILT_IN_FIELDS.map((spec) => [spec.id, spec]))

/** A built-in field, or one that the definition adds. */
export function fieldOf(definition: WorkflowDefinition, field: string): FieldSpec | undefined {
  const own = builtIn.get(field)
  if (own) return own
  const custom = definition.customFields.find((candidate) => candidate.id === field)
  if (!custom) return undefined
  const choices = custom.choices?.map((choice) => choice.value)
  return { id: custom.id, type: custom.type, ...(choices && { choices }) }
}

/** Characters. */
export const LONGEST = { text: 200, longText: 4000 } as const

/** Whether a value suits the field; clearing (null, empty text) always does. */
export function suits(spec: FieldSpec, value: FieldValue): boolean {
  if (isEmpty(value)) return true
  switch (spec.type) {
    case 'text':
    case 'longText':
      return typeof value === 'string' && value.length <= LONGEST[spec.type]
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'string' && (spec.choices ?? []).includes(value)
    case 'date':
      return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value)
    case 'customer':
    case 'equipment':
    case 'provider':
      return typeof value === 'string'
    case 'skills':
      return isList(value) && value.every((item) => typeof item === 'string')
    case 'parts':
      return isPartList(value)
  }
}

export const isEmpty = (value: FieldValue | undefined): value is null | undefined | '' =>
  value === undefined || value === null || value === ''

const isList = (value: FieldValue): value is readonly string[] | readonly PartNeed[] => Array.isArray(value)

/** Lines are named once each. */
function isPartList(value: FieldValue): boolean {
  if (!isList(value)) return false
  const lines = new Set<string>()
  for (const need of value) {
    if (typeof need === 'string' || lines.has(need.line)) return false
    lines.add(need.line)
  }
  return true
}
