import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import { BUILT_IN_FIELDS, type FieldSpec } from '#shared/domain/workOrder/fields.ts'
import type { PartNeed } from '#shared/domain/workOrder/events.ts'
import { i18n } from '../../words/index.ts'

const specs = new Map(BUILT_IN_FIELDS.map((spec) => [spec.id, spec]))
const { t, te } = i18n.global

/** What is not in the catalogue was added by an administrator: text, until it is. */
export const specOf = (field: string): FieldSpec => specs.get(field) ?? { id: field, type: 'text' }

export function valueOf(order: OrderDetails, field: string): unknown {
  return specOf(field).personal ? order.personal[field] : order.fields[field]
}

export const isParts = (value: unknown): value is PartNeed[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'part' in item)

/** A field's value as people read it. */
export function valueText(field: string, value: unknown, order?: OrderDetails): string {
  if (value === null || value === undefined || value === '') return ''
  if (field === 'customer') return order?.card.customer?.name ?? String(value)
  if (field === 'equipment') return order ? `${order.card.model} ${order.card.serial}`.trim() || String(value) : String(value)
  if (field === 'priority' && te(`priority.${String(value)}`)) return t(`priority.${String(value)}`)
  if (field === 'serviceMode' && te(`serviceMode.${String(value)}`)) return t(`serviceMode.${String(value)}`)
  if (field === 'partsNeeded' && Array.isArray(value)) {
    if (value.length === 0) return t('parts.none')
    return isParts(value) ? value.map((need) => `${need.part} × ${need.quantity}`).join(t('list.separator')) : ''
  }
  if (Array.isArray(value)) return value.join(t('list.separator'))
  if (typeof value === 'boolean') return t(value ? 'state.yes' : 'state.no')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
