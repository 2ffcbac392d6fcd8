import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Rules that count landmarks see only the part that is looked at. */
const WHOLE_PAGE = ['landmark-no-duplicate-banner']

/**
 * Axe finds nothing. `part`: the rest of the page was looked at before. Nothing but the colours differs in the dark,
 * so that they alone are looked at again.
 */
export async function clean(page: Page, part = 'html'): Promise<void> {
  const dark = (await page.locator('html[data-theme=dark]').count()) > 0
  // No frames here: the results need no page of their own to be put together.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).include(part)
  const { violations } = await (dark ? axe.withRules(['color-contrast']) : axe.disableRules(part === 'html' ? [] : WHOLE_PAGE)).analyze()
  const told = violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).slice(0, 3)])
  expect([page.url(), told]).toEqual([page.url(), []])
}
