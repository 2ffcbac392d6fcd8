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

  it('in the dialogues, which give the focus back to where it was', async () => {
    const page = await screens.signedIn('supervisor', { theme })
    // By the stage that an order stands in: 0 待初审, 4 现场处理, 5 客户签字.
    const dialogues = [
      [6, ['m', 'n', 'p', 'w', 'e', 'd', 'h', 'a', 'j', 'x']],
      [10, ['f', 't', 'u', 'v', 'z']],
      [5, ['s']],
    ] as const
    for (const [index, keys] of dialogues) {
      await page.goto(`${screens.desk.url}/board?order=${screens.desk.orders[index] as string}`)
      await page.locator('#tab-fields').waitFor()
      await page.locator('[data-drawer]:focus').waitFor()
      for (const key of keys) {
        await page.keyboard.press(key)
        await page.getByRole('dialog').waitFor()
        // Escape means the dialogue wherever the focus stands in it, in a closed picker too.
        await page.locator('[role=dialog] :focus').waitFor()
        await clean(page, '[role=dialog]')
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
        await page.locator('[data-drawer]:focus').waitFor()
      }
    }
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await clean(page)
  })

  it('with orders chosen, and in the question about them', async () => {
    const page = await screens.signedIn('supervisor', { theme })
    await page.locator('[data-stage=diagnosis] [data-card]').first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.locator('[data-bulk=handover]').waitFor()
    await clean(page)
    await page.locator('[data-bulk=handover]').click()
    await page.getByRole('dialog').waitFor()
    await clean(page, '[role=dialog]')
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
