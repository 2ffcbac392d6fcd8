import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import { BUILT_IN_FIELDS, type FieldSpec } from '#shared/domain/workOrder/fields.ts'
import type { PartNeed } from '#shared/domain/workOrder/events.ts'
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

/** A field's value as people read it; `nameOf` knows colleagues by their id. */
export function valueText(field: string, value: unknown, order?: OrderDetails, nameOf?: (id: string) => string): string {
  if (value === null || value === undefined || value === '') return ''
  const group = WORDS[field]
  if (group !== undefined && te(`${group}.${String(value)}`)) return t(`${group}.${String(value)}`)
  if (nameOf && field === 'owner') return nameOf(String(value))
  if (nameOf && field === 'collaborators' && Array.isArray(value)) return value.map(String).map(nameOf).join(t('list.separator'))
  if (field === 'promise' && isRecord(value)) return promiseText(value)
  if (field === 'appointment' && isRecord(value)) return `${nameOf?.(String(value['engineer'])) ?? ''} ${exactTime(Number(value['from'])).slice(0, -3)}`
  if (field === 'customer') return order?.card.customer?.name ?? String(value)
  if (field === 'provider') return order?.card.provider?.name ?? String(value)
  if (field === 'equipment') return order ? `${order.card.model} ${order.card.serial}`.trim() || String(value) : String(value)
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
  return [step, t(`party.${String(promise['waitsOn'])}`), by].filter((part) => part !== '').join(' · ')
}
