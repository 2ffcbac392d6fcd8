import { en } from './en.ts'
import type { Words } from './eventWords.ts'
import type { Locale } from './refusalMessage.ts'
import { zhCN } from './zh-CN.ts'

const CATALOGUES: Readonly<Record<Locale, object>> = { 'zh-CN': zhCN, en }
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function find(catalogue: object, key: string): string | undefined {
  let at: unknown = catalogue
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Record<string, unknown>)[part]
  }
  return typeof at === 'string' ? at : undefined
}

/**
 * The words of the screens for files that are made without one.
 * @param nameOf of a person; without it, ids stand
 * @param zone IANA, in which times are told
 */
export function tableWords(
  locale: Locale,
  { nameOf = (id) => id, zone = 'UTC' }: { nameOf?: (id: string) => string; zone?: string } = {},
): Words {
  const catalogue = CATALOGUES[locale]
  const te = (key: string): boolean => find(catalogue, key) !== undefined
  const t: Words['t'] = (key, params = {}) =>
    (find(catalogue, key) ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return {
    t,
    te,
    nameOf,
    fieldName: (field) => (te(`field.${field}`) ? t(`field.${field}`) : field),
    time: (at) => clock.format(at),
    span(ms) {
      const minutes = Math.floor((ms % HOUR) / MINUTE)
      if (ms < HOUR) return t('time.minutes', { m: minutes })
      if (ms >= 2 * DAY) return t('time.daysHours', { d: Math.floor(ms / DAY), h: Math.floor((ms % DAY) / HOUR) })
      const h = Math.floor(ms / HOUR)
      return minutes === 0 ? t('time.hours', { h }) : t('time.hoursMinutes', { h, m: String(minutes).padStart(2, '0') })
    },
    /** As it was written: a file is read long after. */
    step: (text) => text,
  }
}
