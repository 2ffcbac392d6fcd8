import type { TabLink } from '../../ui/TabLinks.vue'
import { i18n } from '../../words/index.ts'

/** The pages of finance beside each other. */
export const financeTabs = (): TabLink[] =>
  (['', '/reconcile', '/months', '/prices'] as const).map((path) => ({
    to: `/finance${path}`,
    label: i18n.global.t(`financePage.tab.${path === '' ? 'steps' : path.slice(1)}`),
  }))
