import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { card, Screens } from './support.ts'

/** Rules that count landmarks see only the part that is looked at. */
const WHOLE_PAGE = ['landmark-no-duplicate-banner']

let screens: Screens
beforeAll(async () => {
  if (chromium.path) screens = await Screens.open()
})
afterAll(() => screens?.close())

describe.skipIf(!chromium.path).each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
  /** `part`: the rest of the page was looked at before. */
  const clean = async (page: Page, part?: string): Promise<void> => {
    const axe = new AxeBuilder({ page })
    const { violations } = await (part === undefined ? axe : axe.include(part).disableRules(WHOLE_PAGE)).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).slice(0, 3)])).toEqual([])
  }

  it('on the sign-in page', async () => {
    const page = await screens.page({ theme })
    await page.locator('[data-login]').first().waitFor()
    await clean(page)
  })

  it('on the board and every part of the drawer', async () => {
    const page = await screens.signedIn('supervisor', { theme })
    await page.locator('[data-card]').first().waitFor()
    await clean(page)
    await page.locator(card(screens.desk.orders[10] as string)).click()
    for (const tab of ['fields', 'timeline', 'audit', 'deadline']) {
      await page.locator(`#tab-${tab}`).click()
      await page.locator('#tab-panel :is(h3, li, td)').first().waitFor()
      await clean(page, '[data-drawer]')
    }
  })

  it('in the dialogues', async () => {
    const page = await screens.signedIn('supervisor', { theme })
    await page.locator(card(screens.desk.orders[10] as string)).click()
    await page.locator('#tab-fields').waitFor()
    for (const key of ['f', 'm', 'n', 'p', 't', 'u', 's', '?']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      await clean(page, key === 'f' ? undefined : '[role=dialog]')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
  })

  it('on the registration, the notices and the search', async () => {
    const page = await screens.signedIn('supervisor', { theme, path: '/register' })
    await page.locator('#reg-customer').waitFor()
    await clean(page)
    await page.getByRole('button', { name: /^通知/ }).click()
    await page.locator('.notices').waitFor()
    await clean(page, '.el-popover')
    await page.locator('#search').fill('A-26')
    await page.getByRole('option').first().waitFor()
    await clean(page, '[role=search]')
  })
})
