import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

let screens: Screens
beforeAll(async () => {
  if (chromium.path) screens = await Screens.open()
})
afterAll(() => screens?.close())

const clean = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect([page.url(), violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).slice(0, 3)])]).toEqual([page.url(), []])
}

describe.skipIf(!chromium.path).each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
  it('on every settings page', async () => {
    const page = await screens.signedIn('admin', { theme })
    const ready = {
      company: '[data-setting]',
      board: '[data-setting]',
      perceived: '[data-setting]',
      wall: '[data-setting]',
      notification: '[data-setting]',
      workflow: '[data-stage-settings]',
      sla: '[data-timer]',
      calendar: '[data-day]',
      users: '[data-user]',
      'users?user=engineer': '[data-user-panel]',
      roles: '.cell',
      backup: '.job',
      about: '.facts',
    }
    for (const [path, shown] of Object.entries(ready)) {
      await page.goto(`${screens.desk.url}/settings/${path}`)
      await page.locator(shown).first().waitFor()
      await clean(page)
    }
    await page.goto(`${screens.desk.url}/settings/calendar`)
    await page.locator('[data-import]').click()
    await page.getByRole('dialog').waitFor()
    await clean(page)
    await page.goto(`${screens.desk.url}/settings/users`)
    await page.locator('[data-add]').click()
    await page.getByRole('dialog').waitFor()
    await clean(page)
  })

  it('on the audit and the tour', async () => {
    const page = await screens.signedIn('admin', { theme, tour: true })
    await page.locator('[data-tour]').waitFor()
    await clean(page)
    await page.goto(`${screens.desk.url}/audit`)
    await page.locator('[data-event]').first().waitFor()
    await page.getByRole('button', { name: '展开详情' }).first().click()
    await clean(page)
  })
})
