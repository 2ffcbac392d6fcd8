import { useI18n } from 'vue-i18n'

/** The pages of the roster, beside each other. */
export function useRosterTabs(): { to: string; label: string }[] {
  const { t } = useI18n()
  return (['engineers', 'shifts', 'skills'] as const).map((page) => ({ to: `/${page}`, label: t(`roster.${page}`) }))
}
