import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import { BUILT_IN_FIELDS, FACTS, LONGEST, type FieldSpec } from '#shared/domain/workOrder/fields.ts'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import type { PartNeed } from '#shared/domain/workOrder/events.ts'
import { phoneText } from '../../words/phone.ts'
import { customField } from '../../words/customFields.ts'
import { i18n } from '../../words/index.ts'
import { stepText } from '../../words/step.ts'
import { exactTime } from '../../words/time.ts'

const specs = new Map(BUILT_IN_FIELDS.map((spec) => [spec.id, spec]))
const { t, te } = i18n.global

/** What is not in the catalogue was added by an administrator; a field of a workflow not read yet is text. */
export function specOf(field: string): FieldSpec {
  const builtIn = specs.get(field)
  if (builtIn) return builtIn
  const custom = customField(field)
  const choices = custom?.choices?.map(({ value }) => value)
  return { id: field, type: custom?.type ?? 'text', ...(choices && { choices }) }
}

/** The word for one choice of a field. */
export function choiceText(field: string, choice: string): string {
  const custom = customField(field)?.choices?.find(({ value }) => value === choice)
  if (custom) return custom.label[i18n.global.locale.value]
  return te(`${field}.${choice}`) ? t(`${field}.${choice}`) : choice
}

const skillText = (skill: string): string => (te(`skill.${skill}`) ? t(`skill.${skill}`) : skill)

export function valueOf(order: OrderDetails, field: string): unknown {
  return specOf(field).personal ? order.personal[field] : order.fields[field]
}

export const isParts = (value: unknown): value is PartNeed[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'part' in item)

/** Fields whose values are words of the screen, and the group that holds them. */
const WORDS: Record<string, string> = {
  priority: 'priority',
  serviceMode: 'serviceMode',
  stage: 'stage',
  status: 'status',
  channel: 'channel',
}

/** A field's value as people read it; `nameOf` knows colleagues, and whatever else is told by its id. */
export function valueText(field: string, value: unknown, order?: OrderDetails, nameOf?: (id: string) => string): string {
  if (value === null || value === undefined || value === '') return ''
  const group = WORDS[field]
  if (group !== undefined && te(`${group}.${String(value)}`)) return t(`${group}.${String(value)}`)
  if (field === 'contactPhone') return phoneText(String(value))
  if (nameOf && field === 'owner') return nameOf(String(value))
  if (nameOf && field === 'collaborators' && Array.isArray(value)) return value.map(String).map(nameOf).join(t('list.separator'))
  if (field === 'promise' && isRecord(value)) return promiseText(value)
  if (field === 'appointment' && isRecord(value)) return `${nameOf?.(String(value['engineer'])) ?? ''} ${exactTime(Number(value['from'])).slice(0, -3)}`
  if (field === 'customer') return order?.card.customer?.name ?? nameOf?.(String(value)) ?? String(value)
  if (field === 'provider') return order?.card.provider?.name ?? nameOf?.(String(value)) ?? String(value)
  if (field === 'equipment') return (order ? `${order.card.model} ${order.card.serial}`.trim() : nameOf?.(String(value))) || String(value)
  if (field === 'partsNeeded' && Array.isArray(value)) {
    if (value.length === 0) return t('parts.none')
    return isParts(value) ? value.map((need) => `${partText(need.part, order)} × ${need.quantity}`).join(t('list.separator')) : ''
  }
  if (field === 'skillsNeeded' && Array.isArray(value)) return value.map(String).map(skillText).join(t('list.separator'))
  if (customField(field)?.type === 'choice') return choiceText(field, String(value))
  if (Array.isArray(value)) return value.join(t('list.separator'))
  if (typeof value === 'boolean') return t(value ? 'state.yes' : 'state.no')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A part by its name, with its number; by its number alone where its name is not known. */
function partText(part: string, order: OrderDetails | undefined): string {
  const name = order?.partNames[part]
  return name === undefined ? part : `${name} ${part}`
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function promiseText(promise: Record<string, unknown>): string {
  const by = typeof promise['by'] === 'number' ? exactTime(promise['by']).slice(0, -3) : ''
  const step = stepText(String(promise['step'] ?? ''), typeof promise['key'] === 'string' ? promise['key'] : null)
  return [step, t(`party.${String(promise['waitsOn'])}`), by].filter((part) => part !== '').join('\u00a0· ')
}

/** A text that is longer than its field holds: how long it is, and how long it may be. */
export function tooLong(field: string, value: unknown): { n: number; most: number } | undefined {
  const { type } = specOf(field)
  if (typeof value !== 'string' || (type !== 'text' && type !== 'longText')) return undefined
  const n = value.trim().length
  const most = LONGEST[type]
  return n > most ? { n, most } : undefined
}

export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

export interface FieldGroup {
  /** Null: fields of no stage that the order has come to. */
  readonly stage: StageId | null
  readonly fields: readonly string[]
}

/** Fields by stage, the present stage first, as the versions of the workflow say that the order followed. */
export function fieldGroups(order: OrderDetails): FieldGroup[] {
  const here = STAGES.indexOf(order.card.stage)
  const isOwn = (field: string): boolean => !specs.has(field) && !(FACTS as readonly string[]).includes(field)
  const placed = new Set<string>()
  const groups = STAGES.slice(0, Math.max(here, 1) + 1).map((stage, index) => {
    // A machine that is known tells its model and serial by itself.
    const builtIn = BUILT_IN_FIELDS.filter((spec) => spec.stage === stage && !(spec.copied && order.fields['equipment'])).map(({ id }) => id)
    const added = (order.stageFields[stage] ?? []).filter((field) => isOwn(field) && !placed.has(field))
    for (const field of added) placed.add(field)
    return { stage, index, fields: [...builtIn, ...added] }
  })
  // What is filled, or asked for, and stands in none of those stages.
  const wanted = [...Object.keys(order.fields), ...order.missing].filter((field) => isOwn(field) && !placed.has(field))
  const others = [...new Set(wanted)]
  // The present stage, then back to the first; what is asked for later comes last.
  const rank = (index: number): number => (index > here ? STAGES.length + index : here - index)
  const sorted: FieldGroup[] = groups.filter(({ fields }) => fields.length > 0).sort((a, b) => rank(a.index) - rank(b.index))
  return others.length > 0 ? [...sorted, { stage: null, fields: others }] : sorted
}
