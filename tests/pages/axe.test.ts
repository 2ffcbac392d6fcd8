import { afterAll, beforeAll, describe, it } from 'vitest'
import { isLongRun } from '../support/random.ts'
import { chromium } from '../support/runtimes.ts'
import { NOON } from '../support/desk.ts'
import { clean } from './clean.ts'
import { card, Screens } from './support.ts'

let screens: Screens
beforeAll(async () => {
  if (chromium.path) screens = await Screens.open()
})
afterAll(() => screens?.close())

describe.skipIf(!chromium.path)('axe finds nothing', () => {
  it('on the sign-in page', async () => {
    const page = await screens.page()
    await page.locator('[data-login]').first().waitFor()
    await clean(page)
  })

  it('on the board and every part of the drawer', async () => {
    const page = await screens.signedIn('supervisor')
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
    const page = await screens.signedIn('supervisor')
    // By the stage that an order stands in: 0 待初审, 4 现场处理, 5 客户签字.
    const dialogues = [
      [6, isLongRun ? ['m', 'n', 'p', 'w', 'e', 'd', 'h', 'a', 'j', 'x'] : ['m', 'n', 'p', 'h']],
      [10, isLongRun ? ['f', 't', 'u', 'v', 'z'] : ['f', 't', 'u']],
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

  it('on the board in lanes, in its filters and its views', async () => {
    const page = await screens.signedIn('supervisor')
    await page.locator('[data-card]').first().waitFor()
    await page.keyboard.press('Shift+L')
    await page.locator('[data-lane] [data-card]').first().waitFor()
    await clean(page)
    await page.locator('[data-filter=more]').click()
    await page.locator('.filter-picks').waitFor()
    await clean(page, '.filter-picks')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+V')
    await page.locator('.panel .choice').first().waitFor()
    await clean(page, '.panel')
  })

  it('with orders chosen, and in the question about them', async () => {
    const page = await screens.signedIn('supervisor')
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
    const page = await screens.signedIn('supervisor', { path: '/register' })
    await page.locator('#reg-customer').waitFor()
    await clean(page)
    await page.getByRole('button', { name: /^通知/ }).click()
    await page.locator('.notices').waitFor()
    await clean(page, '.el-popover')
    await page.locator('#search').fill('A-26')
    await page.getByRole('option').first().waitFor()
    await clean(page, '[role=search]')
  })

  it('on the notification centre, the palette, what may follow G, a link to nowhere', async () => {
    const page = await screens.signedIn('lead', { path: '/notices' })
    await page.locator('[data-notice]').first().waitFor()
    await page.locator('[data-quiet-hours]').check()
    await page.getByLabel('从').waitFor()
    await clean(page)
    await page.locator('[data-quiet-hours]').uncheck()
    await page.locator('[data-filter=handovers]').click()
    await page.getByText('这里没有通知').waitFor()
    await clean(page)
    await page.keyboard.press('g')
    await page.locator('.go').waitFor()
    await clean(page, '.go')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.getByRole('option').first().waitFor()
    await clean(page)
    await page.keyboard.press('Escape')
    await page.goto(`${screens.desk.url}/order?ref=A-000101-999`)
    await page.getByText('没有找到工单').waitFor()
    await clean(page)
  })

  it('when the clock is wrong, the zone another and the service center gone', async () => {
    const page = await screens.signedIn('lead', { path: '/notices', now: NOON + 86_400_000, zone: 'Europe/Berlin' })
    await page.locator('[data-mark=clock]').waitFor()
    await page.locator('[data-mark=zone]').waitFor()
    await page.context().setOffline(true)
    await page.evaluate(() => dispatchEvent(new Event('offline')))
    await screens.cut()
    await page.locator('[data-banner]').waitFor()
    await clean(page)
    await screens.comeBack()
  })
})
