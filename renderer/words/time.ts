import { ref } from 'vue'
import { i18n } from './index.ts'
import { instantOf, offsetMs, wallTime } from './zone.ts'

/** Times on screen are those of the company (DESIGN §6), wherever the screen stands. */
const zone = ref('Asia/Shanghai')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const { t } = i18n.global
const language = (): string => i18n.global.locale.value

const formats = new Map<string, Intl.DateTimeFormat>()
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language()} ${zone.value} ${name}`
  let made = formats.get(key)
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language(), { timeZone: zone.value, hourCycle: 'h23', ...options })))
  return made
}

/** @param name IANA; every time on the screen is told in it from now on */
export const tellTimesIn = (name: string): void => {
  zone.value = name
}

/** How the zone is called, and how far it is from the computer's own at `now`; 0: they show the same time. */
export function zoneMark(now: number): { name: string; offset: string; differsByMs: number } {
  const minutes = offsetMs(now, zone.value) / MINUTE
  const sign = minutes < 0 ? '−' : '+'
  const size = Math.abs(minutes)
  const offset = `UTC${sign}${Math.floor(size / 60)}${size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`}`
  return { name: zone.value, offset, differsByMs: minutes * MINUTE + new Date(now).getTimezoneOffset() * MINUTE }
}

/** As an `<input type=datetime-local>` holds it, `2026-11-22T20:32` in the zone of the company; and back, UTC ms. */
export const toInput = (at: number): string => wallTime(at, zone.value).slice(0, 16)
export const fromInput = (text: string): number => instantOf(text, zone.value)

/** The day as people name it, and a key by which times of one day are put together. */
export function dayOf(at: number, now: number): { key: string; name: string } {
  const key = wallTime(at, zone.value).slice(0, 10)
  if (key === wallTime(now, zone.value).slice(0, 10)) return { key, name: t('time.today') }
  if (key === wallTime(now - DAY, zone.value).slice(0, 10)) return { key, name: t('time.yesterday') }
  return { key, name: format('namedDay', { month: 'long', day: 'numeric', weekday: 'long' }).format(at) }
}
/** `11月22日 周日`, whatever day it is. */
export const dayName = (at: number): string => format('dayName', { month: 'short', day: 'numeric', weekday: 'short' }).format(at)
export const timeOnly = (at: number): string => format('clock', { hour: '2-digit', minute: '2-digit' }).format(at)

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
