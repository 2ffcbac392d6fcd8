import type { FoundPattern } from '#shared/contract/pattern.ts'
import { i18n } from '../../words/index.ts'

const { t } = i18n.global

/** With what ended it, where it is told by that. */
export function faultWords({ level, category, symptom, solution }: FoundPattern['fault']): string {
  if (solution !== undefined) return t(`pattern.ended.${level}`, { symptom, solution })
  return symptom === '' ? category : symptom
}

export const conditionWords = (conditions: FoundPattern['conditions']): string =>
  conditions
    .map(({ trait, value, series }) => t(series ? 'pattern.series' : 'pattern.exact', { trait: t(`pattern.trait.${trait}`), value }))
    .join(t('list.separator'))

export const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}%`)
