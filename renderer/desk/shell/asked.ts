import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { isShortcut } from '#shared/domain/desk/shortcuts.ts'
import { shell } from '../../api/shell.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useToasts } from '../../ui/toasts.ts'
import { useDeeds } from './deeds.ts'

/** What the desktop program asks for: its menu, links from other programs, clicked messages. */
export function useAsked(): void {
  if (!shell) return
  const { t } = useI18n()
  const router = useRouter()
  const deeds = useDeeds()
  const toasts = useToasts()
  const preferences = usePreferences()

  shell.onAsked((asked) => {
    // Whoever is not signed in yet finds the order open afterwards.
    if (asked.kind === 'order') void router.push({ name: 'order', query: { ref: asked.ref } })
    else if (asked.kind === 'badLink') toasts.say(t('link.bad'), 'red')
    else if (isShortcut(asked.id)) deeds.run(asked.id)
  })
  watch(() => preferences.language, (language) => shell?.setLanguage(language), { immediate: true })
}
