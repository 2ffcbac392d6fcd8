import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

describe.skipIf(!chromium.path)('the page of figures', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('shows the four stages, and the orders behind a number', async () => {
    const on = await screens.signedIn('supervisor', { path: '/insight' })
    await on.locator('[data-stage=response] .big').waitFor()
    expect(await on.locator('.tile').count()).toBe(5)
    const missed = on.locator('[data-stage=response] .link').nth(1)
    const told = Number((await missed.innerText()).replace(/\D/g, ''))
    await missed.click()
    const panel = on.locator('aside.panel')
    await panel.locator('[data-total]').waitFor()
    expect(await panel.locator('[data-total]').innerText()).toContain(String(told))
    expect(await panel.locator('[data-behind]').count()).toBe(told)
    await on.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('compares two periods, follows a filter, and opens an order from the table', async () => {
    const on = await screens.signedIn('supervisor', { path: '/insight?board=rates' })
    const line = on.locator('[data-line=closedLoop]')
    await line.waitFor()
    expect(await on.locator('[data-line]').count()).toBe(11)
    expect(await line.locator('td.figure').count()).toBe(3)
    await on.locator('[data-scope=compare]').selectOption('none')
    await expect.poll(() => line.locator('td.figure').count()).toBe(1)
    const open = line.locator('[data-drill=notClosedSince]')
    const all = Number((await open.innerText()).replace(/\D/g, ''))
    expect(all).toBeGreaterThan(0)
    const models = on.locator('[data-scope=model] option')
    await on.locator('[data-scope=model]').selectOption({ index: 1 })
    await expect.poll(async () => Number((await open.innerText()).replace(/\D/g, ''))).toBeLessThan(all)
    expect(await models.count()).toBeGreaterThan(2)
    await open.click()
    const first = on.locator('[data-behind]').first()
    const id = await first.getAttribute('data-behind')
    await first.click()
    await on.waitForURL((url) => url.searchParams.get('order') === id)
  })

  it('says so in words where nothing is, and draws what is', async () => {
    const on = await screens.signedIn('supervisor', { path: '/insight?board=waits', theme: 'dark' })
    await on.locator('figure .empty').first().waitFor()
    await on.locator('[data-board=standing]').click()
    await on.locator('canvas').first().waitFor()
    expect(screens.problems).toEqual([])
  })
})
