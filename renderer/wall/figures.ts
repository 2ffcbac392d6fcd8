import type { QueryOutput } from '#shared/contract/registry.ts'
import { i18n } from '../words/index.ts'

export type Summary = QueryOutput['perceivedTime.summary']
const { t } = i18n.global

/** What every stage is to reach, of each hundred. */
export const TARGET = 0.95

/** One decimal, and none where it is nought: `88.4%`, `100%`. Never rounded up to a full hundred. */
export function percent(rate: number): string {
  const tenths = Math.floor(rate * 1000 + 1e-9)
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${(tenths / 10).toFixed(1)}%`
}

/** Points between two rates, in words. */
export function trendText(now: number | null, before: number | null): string {
  if (now === null || before === null) return t('perceived.trendNone')
  const points = Math.round((now - before) * 1000) / 10
  if (points === 0) return t('perceived.trendSame')
  return t(points > 0 ? 'perceived.trendUp' : 'perceived.trendDown', { points: Math.abs(points).toFixed(1) })
}

const HOUR = 3_600_000
/** A room tells a few bars apart: the buckets put together. ms; null: all longer ones. */
const BARS = [4, 8, 24, 48, 72, 120, 240].map((hours) => hours * HOUR)

/** A length as short as it can be said: `4 时`, `3 天`. */
export const lengthText = (ms: number): string =>
  ms < HOUR
    ? t('time.minutes', { m: Math.round(ms / 60_000) })
    : ms < 48 * HOUR
      ? t('time.hours', { h: Math.round((ms / HOUR) * 10) / 10 })
      : t('time.days', { d: Math.round((ms / HOUR / 24) * 10) / 10 })

export function barsOf(buckets: Summary['total']['buckets']): { label: string; orders: number }[] {
  const edges = [...BARS, null]
  return edges.map((edge, index) => {
    const from = index === 0 ? 0 : (BARS[index - 1] ?? 0)
    const isIn = (below: number | null): boolean => (below ?? Infinity) > from && (edge === null || (below ?? Infinity) <= edge)
    const orders = buckets.filter(({ below }) => isIn(below)).reduce((sum, bucket) => sum + bucket.orders, 0)
    const label = edge === null ? t('perceived.over', { time: lengthText(from) }) : t('perceived.under', { time: lengthText(edge) })
    return { label, orders }
  })
}
