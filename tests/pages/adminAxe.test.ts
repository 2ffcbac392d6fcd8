import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'
import { Screens, visit } from './support.ts'

let screens: Screens
beforeAll(async () => {
  if (chromium.path) screens = await Screens.open()
})
afterAll(() => screens?.close())

const READY = {
  '/settings/company': '[data-setting]',
  '/settings/board': '[data-setting]',
  '/settings/perceived': '[data-setting]',
  '/settings/wall': '[data-setting]',
  '/settings/notification': '[data-setting]',
  '/settings/dispatch': '[data-setting]',
  '/settings/workflow': '[data-stage-settings]',
  '/settings/sla': '[data-timer]',
  '/settings/calendar': '[data-day]',
  '/settings/users': '[data-user]',
  '/settings/users?user=engineer': '[data-user-panel]',
  '/settings/roles': '.cell',
  '/settings/backup': '.job',
  '/settings/about': '.facts',
  '/audit': '[data-event]',
}

describe.skipIf(!chromium.path)('axe finds nothing', () => {
  let page: Page
  beforeAll(async () => {
    page = await screens.signedIn('admin')
  })
  afterAll(() => page.context().close())
  const open = async (path: keyof typeof READY): Promise<void> => {
    await visit(page, path)
    await page.locator(READY[path]).first().waitFor()
  }

  it.each(Object.keys(READY) as (keyof typeof READY)[])('on %s', async (path) => {
    await open(path)
    await clean(page)
  })

  it('in the dialogue of an import of holidays', async () => {
    await open('/settings/calendar')
    await page.locator('[data-import]').click()
    await page.getByRole('dialog').waitFor()
    await clean(page, '[role=dialog]')
  })

  it('in the dialogue of a new user', async () => {
    await open('/settings/users')
    await page.locator('[data-add]').click()
    await page.getByRole('dialog').waitFor()
    await clean(page, '[role=dialog]')
  })

  it('in the details of an event', async () => {
    await open('/audit')
    await page.getByRole('button', { name: '展开详情' }).first().click()
    await clean(page, 'tbody tr:first-child')
  })

  it('on the tour', async () => {
    const fresh = await screens.signedIn('supervisor', { tour: true })
    await fresh.locator('[data-tour]').waitFor()
    await clean(fresh, '[data-tour]')
    await fresh.context().close()
  })
})
