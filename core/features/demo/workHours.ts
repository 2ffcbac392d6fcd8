import { calendar } from './resources.ts'

/** The demo desk keeps the time of Shanghai, which has known no change of clocks since 1991. */
const OFFSET = 8 * 3_600_000
export const DAY = 86_400_000
export const HOUR = 3_600_000
export const MINUTE = 60_000

export const dayOf = (at: number): number => Math.floor((at + OFFSET) / DAY)
export const startOfDay = (day: number): number => day * DAY - OFFSET
const timeOfDay = (at: number): number => at + OFFSET - dayOf(at) * DAY
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
/** 0 is Sunday. */
export const weekday = (day: number): number => (day + 4) % 7

export type KindOfDay = 'workday' | 'weekend' | 'holiday'

const known = new Map<number, KindOfDay>()

export function kindOfDay(day: number): KindOfDay {
  let kind = known.get(day)
  if (kind === undefined) {
    const usual = weekday(day) === 0 || weekday(day) === 6 ? 'weekend' : 'workday'
    known.set(day, (kind = calendar.days[dateOf(day)]?.kind ?? usual))
  }
  return kind
}

/** When people are at work: an office on workdays, the dispatch desk every day. */
export interface Hours {
  readonly opens: number
  readonly closes: number
  readonly everyDay: boolean
}
export const OFFICE: Hours = { opens: 8.5 * HOUR, closes: 18 * HOUR, everyDay: false }
export const DISPATCH: Hours = { opens: 7.5 * HOUR, closes: 22 * HOUR, everyDay: true }
export const FIELD: Hours = { opens: 8.5 * HOUR, closes: 17.5 * HOUR, everyDay: false }

const isOpen = (hours: Hours, day: number): boolean => hours.everyDay || kindOfDay(day) === 'workday'

/** The instant itself within the hours, else the next opening. */
export function nextOpen(hours: Hours, instant: number): number {
  const at = Math.round(instant)
  const day = dayOf(at)
  const time = timeOfDay(at)
  if (isOpen(hours, day) && time < hours.closes) return time >= hours.opens ? at : startOfDay(day) + hours.opens
  let next = day + 1
  while (!isOpen(hours, next)) next += 1
  return startOfDay(next) + hours.opens
}

/** `ms` of work later. */
export function afterWork(hours: Hours, at: number, ms: number): number {
  let from = nextOpen(hours, at)
  let left = Math.round(ms)
  for (;;) {
    const closes = startOfDay(dayOf(from)) + hours.closes
    if (from + left <= closes) return from + left
    left -= closes - from
    from = nextOpen(hours, closes)
  }
}
