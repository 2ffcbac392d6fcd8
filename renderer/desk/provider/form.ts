import { i18n } from '../../words/index.ts'
import type { FormField } from '../master/form.ts'

const { t } = i18n.global

export const providerFields = (parentName?: string): FormField[] => [
  { name: 'name', label: t('masterField.name'), needed: true, wide: true, max: 120 },
  { name: 'parent', label: t('masterField.parent'), kind: 'provider', wide: true, known: parentName },
]
