import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

/** Instead of a loudspeaker: every oscillator that was started is counted. */
const listenIn = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const { start } = OscillatorNode.prototype
    Object.assign(window, { tones: 0 })
    OscillatorNode.prototype.start = function (when) {
      ;(window as unknown as { tones: number }).tones += 1
      start.call(this, when)
    }
  })
const tones = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { tones: number }).tones)

describe.skipIf(!chromium.path)('the notification centre', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  let nth = 0
  const mention = (...mentions: string[]): string => {
    const order = screens.desk.orders[6 + nth++] as string
    // A moment later than all before: the newest stands first.
    screens.desk.desk.now += 1000
    screens.desk.as('supervisor', 'workOrder.addNote', { order, kind: 'internal', text: '请看一下', mentions })
    return order
  }
  async function opened(login: string, path = '/notices'): Promise<Page> {
    const page = await screens.page({ path: '/icon.svg' })
    await listenIn(page)
    await page.goto(`${screens.desk.url}${path}`)
    await page.locator(`[data-login="${login}"]`).click()
    await page.locator('nav').waitFor()
    return page
  }
  const rows = (page: Page) => page.locator('section.list [data-notice]')

  it('shows what comes live, sounds, and opens its order', async () => {
    const page = await opened('dispatcher')
    await page.getByText(/^已读的保留/).waitFor()
    const before = await rows(page).count()
    const order = mention('dispatcher')
    await expect.poll(() => rows(page).count()).toBe(before + 1)
    await expect.poll(() => tones(page)).toBe(2)
    expect(await page.locator('h2.day').first().innerText()).toBe('今天')
    await rows(page).first().locator('.open').click()
    await page.locator('[data-drawer]').waitFor()
    expect(page.url()).toContain(`order=${order}`)
    expect(screens.problems).toEqual([])
  })

  it('is narrowed to what was asked for, and tells how much of it is unread', async () => {
    const page = await opened('lead')
    mention('lead')
    await page.locator('[data-filter=mentions] .count').waitFor()
    await page.locator('[data-filter=handovers]').click()
    await page.getByText('这里没有通知').waitFor()
    await page.locator('[data-filter=mentions]').click()
    await rows(page).first().waitFor()
    await page.locator('[data-filter=calls]').click()
    await page.locator('[data-filter=unread]').click()
    await rows(page).first().waitFor()
  })

  it('reads in one window what is read in the other', async () => {
    const one = await opened('supervisor')
    const two = await opened('supervisor')
    screens.desk.as('dispatcher', 'workOrder.addNote', { order: screens.desk.orders[1] as string, kind: 'internal', text: '请看', mentions: ['supervisor'] })
    for (const page of [one, two]) await expect.poll(() => page.locator('[data-notice].unread').count()).toBeGreaterThan(0)
    await one.locator('[data-read-all]').click()
    for (const page of [one, two]) await expect.poll(() => page.locator('[data-notice].unread').count()).toBe(0)
    await two.getByRole('button', { name: '通知，0 条未读' }).waitFor()
  })

  it('acknowledges a call, on its order too', async () => {
    const page = await opened('lead')
    await page.locator('[data-filter=calls]').click()
    const call = rows(page).filter({ has: page.getByRole('button', { name: '知悉' }) }).first()
    const id = await call.getAttribute('data-notice')
    await call.getByRole('button', { name: '知悉' }).click()
    await page.locator(`[data-notice="${id}"]`).locator('.done').first().waitFor()
    const types = screens.desk.desk.app.db.raw.prepare("SELECT count(*) FROM event WHERE type = 'escalationAcknowledged'").pluck().get()
    expect(types).toBe(1)
  })

  it('keeps how one wants to be told with the person, at every browser; nothing sounds in do-not-disturb', async () => {
    const page = await opened('dispatcher')
    await page.locator('[data-quiet-hour]').click()
    await page.getByText('勿扰到 11:00').waitFor()
    await page.locator('select[aria-label=提到您]').selectOption('knock')
    // Choosing lets one hear it.
    await expect.poll(() => tones(page)).toBe(2)
    const elsewhere = await opened('dispatcher')
    await elsewhere.getByText('勿扰到 11:00').waitFor()
    expect(await elsewhere.locator('select[aria-label=提到您]').inputValue()).toBe('knock')
    const before = await rows(elsewhere).count()
    mention('dispatcher')
    await expect.poll(() => rows(elsewhere).count()).toBe(before + 1)
    expect(await tones(elsewhere)).toBe(0)
    await elsewhere.locator('[data-quiet-end]').click()
    await page.locator('[data-quiet-hour]').waitFor()
    await page.locator('[data-quiet-hours]').check()
    await elsewhere.getByLabel('从').waitFor()
    await page.locator('[data-quiet-hours]').uncheck()
    await elsewhere.getByLabel('从').waitFor({ state: 'detached' })
  })

  it('lets one of two windows of a browser ring', async () => {
    const first = await opened('lead')
    const second = await first.context().newPage()
    await listenIn(second)
    await second.goto(`${screens.desk.url}/notices`)
    await second.getByText(/^已读的保留/).waitFor()
    const before = await rows(second).count()
    mention('lead')
    await expect.poll(() => rows(second).count()).toBe(before + 1)
    await expect.poll(() => tones(first)).toBe(2)
    expect(await tones(second)).toBe(0)
    await first.close()
    // The lock went on to the second, whose tones need a touch of the page first.
    await second.locator('h2.day').first().click()
    mention('lead')
    await expect.poll(() => tones(second)).toBe(2)
  })
})
