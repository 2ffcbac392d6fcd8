import { computed, ref, watch } from 'vue'
import { defineStore } from 'pinia'
import { LANGUAGES, setLanguage, type Language } from '../words/index.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** How this person wants the screen; kept on this machine. */
export const usePreferences = defineStore('preferences', () => {
  const theme = ref<Theme>(stored('theme', THEMES) ?? 'system')
  const chosenLanguage = ref(stored('language', LANGUAGES))
  const companyLanguage = ref<Language>('zh-CN')
  const language = computed<Language>({
    get: () => chosenLanguage.value ?? companyLanguage.value,
    set: (value) => {
      chosenLanguage.value = value
      localStorage.setItem('language', value)
    },
  })
  /** For whoever has not chosen a language here. */
  const speak = (ofCompany: Language): void => {
    companyLanguage.value = ofCompany
  }
  const darkSystem = matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = ref(darkSystem.matches)
  darkSystem.addEventListener('change', (change) => (systemIsDark.value = change.matches))

  const dark = computed(() => theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value))
  watch(dark, (isDark) => (document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'), { immediate: true })
  watch(theme, (value) => localStorage.setItem('theme', value))
  watch(language, setLanguage, { immediate: true })
  return { theme, language, dark, speak }
})

function stored<Value extends string>(name: string, among: readonly Value[]): Value | undefined {
  const value = localStorage.getItem(name)
  return among.find((candidate) => candidate === value)
}
