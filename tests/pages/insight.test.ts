import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'
import { Screens } from './support.ts'

const numberIn = (text: string): number => Number(text.replace(/\D/g, ''))

describe.skipIf(!chromium.path)('the page of figures', () => {
  let screens: Screens
  let on: Page
  beforeAll(async () => {
    screens = await Screens.open()
    on = await screens.signedIn('supervisor', { path: '/insight' })
  }, 60_000)
  afterAll(() => screens?.close())

  it('shows the four stages, and the orders behind a number', async () => {
    await on.locator('[data-stage=response] .big').waitFor()
    expect(await on.locator('.tile').count()).toBe(5)
    await on.locator('canvas').first().waitFor()
    const missed = on.locator('[data-stage=response] .link').nth(1)
    const told = numberIn(await missed.innerText())
    await missed.click()
    const panel = on.locator('aside.panel')
    await panel.locator('[data-total]').waitFor()
    expect(numberIn(await panel.locator('[data-total]').innerText())).toBe(told)
    expect(await panel.locator('[data-behind]').count()).toBe(told)
    await clean(on, '.page')
    await on.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('says so in words where nothing is', async () => {
    await on.locator('[data-board=waits]').click()
    await on.locator('figure .empty').first().waitFor()
    const pick = on.getByRole('combobox', { name: '看一张工单的时间去向' })
    await pick.click()
    await on.locator('.el-select-dropdown__item').first().click()
    await on.locator('[data-order-waits] tbody tr').first().waitFor()
    await on.locator('[data-board=standing]').click()
    await on.locator('canvas').first().waitFor()
  })

  it('compares two periods, follows a filter, and opens an order from the table', async () => {
    await on.locator('[data-board=rates]').click()
    const line = on.locator('[data-line=closedLoop]')
    await line.waitFor()
    expect(await on.locator('[data-line]').count()).toBe(11)
    expect(await line.locator('td.figure').count()).toBe(3)
    await on.locator('[data-scope=compare]').selectOption('none')
    await expect.poll(() => line.locator('td.figure').count(), { timeout: 8000 }).toBe(1)
    const open = line.locator('[data-drill=notClosedSince]')
    const all = numberIn(await open.innerText())
    expect(all).toBeGreaterThan(0)
    await on.locator('[data-scope=model]').selectOption({ index: 1 })
    await expect.poll(async () => numberIn(await open.innerText()), { timeout: 8000 }).toBeLessThan(all)
    await clean(on, '.page')
    await open.click()
    const first = on.locator('[data-behind]').first()
    const id = await first.getAttribute('data-behind')
    await first.click()
    await on.waitForURL((url) => url.searchParams.get('order') === id)
    expect(screens.problems).toEqual([])
  })
})
