import type { RescueMove } from '#shared/contract/rescue.ts'
import { i18n } from '../../words/index.ts'
import { timeOnly } from '../../words/time.ts'

const { t } = i18n.global

/** What a move is, in words. */
export const moveWords = ({ kind, engineer, from, other, warehouse }: RescueMove): string =>
  t(`rescue.move.${kind}`, {
    name: engineer?.name ?? '',
    at: from === null ? '' : timeOnly(from),
    number: other?.number ?? '',
    warehouse: warehouse ?? '',
  })

/** Nothing that has not happened is certain. */
export const percent = (chance: number): string => (chance > 0.99 ? '>99%' : chance < 0.01 ? '<1%' : `${Math.round(chance * 100)}%`)
