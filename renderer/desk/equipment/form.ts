import { i18n } from '../../words/index.ts'
import type { FormField } from '../master/form.ts'

const { t } = i18n.global

export const machineFields = (customerName?: string): FormField[] => [
  { name: 'customer', label: t('masterField.customer'), kind: 'customer', wide: true, known: customerName },
  { name: 'model', label: t('masterField.model'), needed: true, max: 80 },
  { name: 'serial', label: t('masterField.serial'), needed: true, max: 80 },
  { name: 'firmware', label: t('masterField.firmware'), max: 80 },
  { name: 'batch', label: t('masterField.batch'), max: 80 },
  { name: 'deliveredOn', label: t('masterField.deliveredOn'), kind: 'day' },
  { name: 'warrantyUntil', label: t('masterField.warrantyUntil'), kind: 'day' },
  { name: 'location', label: t('masterField.location'), wide: true, max: 120, hint: t('master.locationHint') },
]
