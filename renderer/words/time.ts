import { i18n } from './index.ts'

/** Times on screen are those of the service center (DESIGN §6), wherever the screen stands. */
const ZONE = 'Asia/Shanghai'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const { t } = i18n.global
const language = (): string => i18n.global.locale.value

const formats = new Map<string, Intl.DateTimeFormat>()
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language()} ${name}`
  let made = formats.get(key)
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language(), { timeZone: ZONE, hourCycle: 'h23', ...options })))
  return made
}

/** `11月22日 20:32`, with the year where it is another one. */
export function dateTime(at: number, now: number): string {
  const year = format('year', { year: 'numeric' })
  const sameYear = year.format(at) === year.format(now)
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  return sameYear
    ? format('short', { month: 'short', day: 'numeric', ...clock }).format(at)
    : format('long', { year: 'numeric', month: 'short', day: 'numeric', ...clock }).format(at)
}

/** To the second, for the audit. */
export const exactTime = (at: number): string =>
  format('exact', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at)

/** `20:32` today, otherwise with the day. */
export function clockTime(at: number, now: number): string {
  const day = format('day', { year: 'numeric', month: '2-digit', day: '2-digit' })
  if (day.format(at) === day.format(now)) return format('clock', { hour: '2-digit', minute: '2-digit' }).format(at)
  return dateTime(at, now)
}

/** As short as a card's foot is: `20:32` today and up to twelve hours ahead, `11/23` otherwise. */
export function shortTime(at: number, now: number): string {
  const day = format('shortDay', { month: 'numeric', day: 'numeric' })
  const clock = format('clock', { hour: '2-digit', minute: '2-digit' }).format(at)
  if (day.format(at) === day.format(now) || (at > now && at < now + 12 * HOUR)) return clock
  const parts = new Map(day.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.get('month')}/${parts.get('day')}`
}

/** The largest unit alone: `9 时`, `3 天`. */
export function roughDuration(ms: number): string {
  if (ms < HOUR) return t('time.minutes', { m: Math.floor(Math.max(0, ms) / MINUTE) })
  if (ms < 2 * DAY) return t('time.hours', { h: Math.floor(ms / HOUR) })
  return t('time.days', { d: Math.floor(ms / DAY) })
}

/** Whole minutes; hours from one on; days from two on. Never negative. */
export function duration(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE)
  if (ms < 60 * MINUTE) return t('time.minutes', { m: minutes })
  if (ms < 2 * DAY) return t('time.hoursMinutes', { h: Math.floor(ms / HOUR), m: String(minutes % 60).padStart(2, '0') })
  return t('time.daysHours', { d: Math.floor(ms / DAY), h: Math.floor((ms % DAY) / HOUR) })
}

/** A length of time where minutes that are none would only be noise: `2 时`, `2 时 05 分`. */
export const span = (ms: number): string =>
  ms >= HOUR && ms < 2 * DAY && ms % HOUR < MINUTE ? t('time.hours', { h: Math.floor(ms / HOUR) }) : duration(ms)
