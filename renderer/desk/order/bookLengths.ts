import { i18n } from '../../words/index.ts'
import { duration } from '../../words/time.ts'

const { t } = i18n.global
const HOUR = 3_600_000
const USUAL = [1, 2, 3, 4, 6, 8]

/** The lengths of a visit to choose from, in hours: the usual ones, and what is asked for now, such as a suggestion. */
export const lengthsWith = (hours: number): number[] => [...new Set([...USUAL, hours])].sort((a, b) => a - b)
export const lengthText = (hours: number): string => (Number.isInteger(hours) ? t('book.hoursOf', { n: hours }) : duration(hours * HOUR))
