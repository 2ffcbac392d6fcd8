import type { OrderFilter } from '#shared/contract/workOrderQueries.ts'
import type { ViewContent } from '#shared/contract/view.ts'
import { CHANNELS, PRIORITIES, STAGES, STATUSES } from '#shared/domain/workOrder/stages.ts'
import { fromInput, toInput } from '../../words/time.ts'

export const PERIODS = ['today', 'week', 'month', 'quarter', 'year', 'own'] as const
export type Period = (typeof PERIODS)[number]
const DAYS: Readonly<Record<Exclude<Period, 'own'>, number>> = { today: 1, week: 7, month: 30, quarter: 90, year: 365 }
const DAY = 86_400_000

/** What is chosen on the screen. A period such as the last week is kept as that: it moves on with the days. */
export interface ListFilter extends Omit<OrderFilter, 'from' | 'to'> {
  period?: Period | undefined
  /** YYYY-MM-DD, both within, where the period is one's own. */
  fromDay?: string | undefined
  toDay?: string | undefined
}

/** As the service center is asked at `now` (UTC ms): natural days of its zone. */
export function asked(filter: ListFilter, now: number): OrderFilter {
  const { period, fromDay, toDay, ...rest } = filter
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as OrderFilter
  if (period === undefined) return given
  if (period !== 'own') return { ...given, from: startOf(now - (DAYS[period] - 1) * DAY) }
  return {
    ...given,
    ...(isDay(fromDay) && { from: fromInput(`${fromDay}T00:00`) }),
    // Noon of the last day, a day on, is within the next one, however long the days are.
    ...(isDay(toDay) && { to: startOf(fromInput(`${toDay}T12:00`) + DAY) }),
  }
}

const startOf = (at: number): number => fromInput(`${toInput(at).slice(0, 10)}T00:00`)
const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text)

type Kept = ViewContent['orders']['filter']

export const toKept = (filter: ListFilter): Kept =>
  Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string | true] => entry[1] !== undefined))

/** What an older program, or a newer one, has kept: whatever is still understood. */
export function fromKept(kept: Kept): ListFilter {
  const word = (name: string): string | undefined => (typeof kept[name] === 'string' && kept[name] !== '' ? kept[name] : undefined)
  const among = <Value extends string>(name: string, values: readonly Value[]): Value | undefined =>
    values.find((value) => value === kept[name])
  const filter: ListFilter = {
    text: word('text'),
    status: among('status', STATUSES),
    stage: among('stage', STAGES),
    priority: among('priority', PRIORITIES),
    channel: among('channel', CHANNELS),
    owner: word('owner'),
    customer: word('customer'),
    provider: word('provider'),
    frozen: kept['frozen'] === true ? true : undefined,
    breached: kept['breached'] === true ? true : undefined,
    period: among('period', PERIODS),
    fromDay: word('fromDay'),
    toDay: word('toDay'),
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}
