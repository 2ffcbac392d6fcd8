import { i18n } from '../../words/index.ts'
import type { FormField } from '../master/form.ts'

const { t } = i18n.global

/** Known once somebody has been there: not asked on the telephone. */
export const placeField = (): FormField => ({ name: 'place', label: t('auditField.place'), wide: true, max: 60, hint: '31.308, 120.735' })

export const customerFields = (): FormField[] => [
  { name: 'name', label: t('masterField.name'), needed: true, wide: true, max: 120 },
  { name: 'contactName', label: t('masterField.contactName'), max: 80 },
  { name: 'contactPhone', label: t('masterField.contactPhone'), kind: 'phone', max: 60, hint: '0512-6288 1234 #801' },
  { name: 'address', label: t('masterField.address'), wide: true },
  { name: 'region', label: t('field.region'), max: 40 },
]
