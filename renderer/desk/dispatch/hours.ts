import { i18n } from '../../words/index.ts'
import { span } from '../../words/time.ts'

const HOUR = 3_600_000

/** Time of many people together is told in hours, never in days: `61 小时`; below ten hours to the minute. */
export const hoursOf = (ms: number): string => (ms < 10 * HOUR ? span(ms) : i18n.global.t('dispatchNumbers.hours', { n: Math.round(ms / HOUR) }))
