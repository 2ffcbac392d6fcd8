import { i18n } from '../../words/index.ts'

/** The pages of finance beside each other. */
export const financeTabs = (): { to: string; label: string }[] =>
  (['', '/reconcile', '/months', '/prices'] as const).map((path) => ({
    to: `/finance${path}`,
    label: i18n.global.t(`financePage.tab.${path === '' ? 'steps' : path.slice(1)}`),
  }))
