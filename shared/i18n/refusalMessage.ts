import type { Refusal } from '../domain/kernel/refusal.ts'
import { refusals, type RefusalCode } from './refusals.ts'

export type Locale = 'zh-CN' | 'en'

/** What a person reads for a refusal; a code without words of its own says so, and never nothing. */
export function refusalMessage(refusal: Refusal, locale: Locale): string {
  const known = Object.hasOwn(refusals, refusal.code)
  const words = known ? refusals[refusal.code as RefusalCode] : refusals.refused
  const params: NonNullable<Refusal['params']> = known ? (refusal.params ?? {}) : { code: refusal.code }
  return words[locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return whole
    return typeof value === 'object' ? value.join(locale === 'en' ? ', ' : '、') : String(value)
  })
}

/** The better of the two languages for an Accept-Language header; Chinese where it names neither. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  for (const range of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = range.split(';')[0]?.trim() ?? ''
    if (tag.startsWith('zh')) return 'zh-CN'
    if (tag.startsWith('en')) return 'en'
  }
  return 'zh-CN'
}
