import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { customField } from './customFields.ts'
import { i18n } from './index.ts'

const { t, te } = i18n.global

/** What happened, what was kept, what to do next. A code without words of its own still says what was kept. */
export function refusalText(refusal: Refusal): string {
  const params: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(refusal.params ?? {})) {
    params[name] = typeof value === 'object' ? value.map(nameOf).join(t('list.separator')) : nameOf(value)
  }
  if (refusal.field !== undefined) params['fieldName'] = fieldName(refusal.field)
  if (te(`client.${refusal.code}`)) return t(`client.${refusal.code}`, params)
  if (te(`refusal.${refusal.code}`)) return t(`refusal.${refusal.code}`, params)
  return t('client.refused', { code: refusal.code })
}

/** The label of an order's field; a path such as `fields.contactPhone` is named by its last part. */
export function fieldName(field: string): string {
  const last = field.split('.').at(-1) ?? field
  if (te(`field.${last}`)) return t(`field.${last}`)
  return customField(last)?.label[i18n.global.locale.value] ?? last
}

/** Parameters that name a field or a stage are shown by its label. */
function nameOf(value: string | number): string | number {
  if (typeof value === 'number') return value
  if (te(`field.${value}`)) return t(`field.${value}`)
  return te(`stage.${value}`) ? t(`stage.${value}`) : value
}
