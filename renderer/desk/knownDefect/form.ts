import { i18n } from '../../words/index.ts'
import type { FormField, FormValues } from '../master/form.ts'

const { t } = i18n.global

export const defectFields = (): FormField[] => [
  { name: 'title', label: t('masterField.title'), needed: true, wide: true, max: 120 },
  { name: 'model', label: t('masterField.modelStart'), needed: true, max: 60, hint: 'BR-VS6000' },
  { name: 'firmware', label: t('masterField.firmwareStart'), max: 40, hint: '3.2.' },
  { name: 'symptoms', label: t('masterField.symptoms'), wide: true, hint: t('master.symptomsHint') },
  { name: 'advice', label: t('masterField.advice'), kind: 'longText', needed: true, wide: true },
]

/** Words are told apart by commas of any kind, semicolons, slashes and line breaks; a space belongs to a word. */
const wordsOf = (text: string): string[] => [...new Set(text.split(/[,，、;；/\n]/u).map((word) => word.trim()).filter((word) => word !== ''))].slice(0, 20)

export const termsOf = ({ title, model, firmware, symptoms, advice }: Partial<FormValues>) => ({
  ...(title !== undefined && { title }),
  ...(model !== undefined && { model }),
  ...(firmware !== undefined && { firmware: firmware.trim() === '' ? null : firmware }),
  ...(symptoms !== undefined && { symptoms: wordsOf(symptoms) }),
  ...(advice !== undefined && { advice }),
})
