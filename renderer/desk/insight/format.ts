import { i18n } from '../../words/index.ts'

const { t } = i18n.global
const HOUR = 3_600_000

/** One decimal, and none where it is nought; never rounded up to a full hundred. */
export function percent(rate: number | null): string {
  if (rate === null) return '–'
  const tenths = Math.floor(rate * 1000 + 1e-9)
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${(tenths / 10).toFixed(1)}%`
}

/** As short as a length can be said: `42 分`, `4.5 时`, `3 天`. */
export function length(ms: number | null): string {
  if (ms === null) return '–'
  if (ms < HOUR) return t('time.minutes', { m: Math.round(ms / 60_000) })
  if (ms < 48 * HOUR) return t('time.hours', { h: Math.round((ms / HOUR) * 10) / 10 })
  return t('time.days', { d: Math.round((ms / HOUR / 24) * 10) / 10 })
}

export const plain = (value: number | null, digits = 0): string => (value === null ? '–' : value.toFixed(digits))
export const hours = (ms: number | null): number | null => (ms === null ? null : Math.round((ms / HOUR) * 100) / 100)
export const points = (rate: number | null): number | null => (rate === null ? null : Math.round(rate * 10_000) / 100)
