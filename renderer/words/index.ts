import { createI18n } from 'vue-i18n'
import { en } from '#shared/i18n/en.ts'
import { refusals } from '#shared/i18n/refusals.ts'
import { zhCN, type Messages } from '#shared/i18n/zh-CN.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const refusalWords = (language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(refusals).map(([code, words]) => [code, words[language]]))

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: {
    'zh-CN': { ...zhCN, refusal: refusalWords('zh-CN') },
    en: { ...(en satisfies Messages), refusal: refusalWords('en') },
  },
})

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
