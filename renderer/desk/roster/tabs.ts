import { useI18n } from 'vue-i18n'
import type { TabLink } from '../../ui/TabLinks.vue'

/** The pages of the roster, beside each other. */
export function useRosterTabs(): TabLink[] {
  const { t } = useI18n()
  return (['engineers', 'shifts', 'skills'] as const).map((page) => ({ to: `/${page}`, label: t(`roster.${page}`) }))
}
