const DAY = 86_400_000

/** Natural days of the company's zone, both included. */
export interface Period {
  readonly from: string
  readonly to: string
}

export const PRESETS = ['days7', 'days30', 'month', 'lastMonth', 'days90', 'year'] as const
export type Preset = (typeof PRESETS)[number]

const shift = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
const lengthOf = ({ from, to }: Period): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1

/** @param to today */
export function presetAt(preset: Preset, to: string): Period {
  const first = `${to.slice(0, 8)}01`
  switch (preset) {
    case 'days7':
      return { from: shift(to, -6), to }
    case 'days30':
      return { from: shift(to, -29), to }
    case 'days90':
      return { from: shift(to, -89), to }
    case 'year':
      return { from: shift(to, -364), to }
    case 'month':
      return { from: first, to }
    case 'lastMonth': {
      const last = shift(first, -1)
      return { from: `${last.slice(0, 8)}01`, to: last }
    }
  }
}

/** As many days right before. */
export const before = (period: Period): Period => ({ from: shift(period.from, -lengthOf(period)), to: shift(period.from, -1) })
/** The same days a year earlier. */
export const yearBefore = ({ from, to }: Period): Period => ({ from: shift(from, -365), to: shift(to, -365) })

/** Two whole days; what is still being typed is none. */
export const isWritten = ({ from, to }: Period): boolean => [from, to].every((day) => /^\d{4}-\d\d-\d\d$/.test(day))
/** The last day of a month, or of the period where that ends in it. */
export function lastOfMonth(day: string, until: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
  return last < until ? last : until
}
/** A trend of many days is told by months. */
export const stepOf = (period: Period): 'day' | 'month' => (lengthOf(period) > 100 ? 'month' : 'day')
