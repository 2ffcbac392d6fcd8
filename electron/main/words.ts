import { desktop, type DesktopWord } from '#shared/i18n/desktop.ts'
import type { Locale } from '#shared/i18n/refusalMessage.ts'

export type Words = (word: DesktopWord, params?: Readonly<Record<string, string>>) => string

export const wordsIn =
  (locale: Locale): Words =>
  (word, params = {}) =>
    desktop[word][locale].replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
