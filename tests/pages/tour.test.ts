import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

let screens: Screens
beforeAll(async () => {
  if (chromium.path) screens = await Screens.open()
})
afterAll(async () => {
  await screens?.close()
  expect(screens?.problems ?? []).toEqual([])
})

describe.skipIf(!chromium.path)('the tour', () => {
  it('comes once to a newcomer, goes through five steps by keyboard and never comes again', async () => {
    const page = await screens.signedIn('dispatcher', { tour: true })
    const tour = page.locator('[data-tour]')
    for (const [n, title] of ['一张看板，六个环节', '卡片说清下一步', '拖动，或按键', '电话一响，按 C', '一个框，找到一切'].entries()) {
      await tour.getByRole('heading', { name: title }).waitFor()
      await tour.getByText(`第 ${n + 1} 步，共 5 步`).waitFor()
      await page.locator('[data-next]:focus').waitFor()
      const box = await tour.boundingBox()
      expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 1366 && box.y + box.height <= 768).toBe(true)
      await page.keyboard.press('Enter')
    }
    await tour.waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('[data-card]').first().waitFor()
    expect(await tour.count()).toBe(0)
  })

  it('is skipped with Escape, stays with the person who saw it, and is in the menu', async () => {
    const page = await screens.signedIn('supervisor', { tour: true })
    const tour = page.locator('[data-tour]')
    await page.locator('[data-next]:focus').waitFor()
    await page.keyboard.press('Escape')
    await tour.waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('[data-card]').first().waitFor()
    expect(await tour.count()).toBe(0)
    await page.getByRole('button', { name: '沈岚的菜单' }).click()
    await page.getByRole('menuitem', { name: '新手引导' }).click()
    await tour.waitFor()
    await page.keyboard.press('Escape')
    // Another person at the same machine has not seen it.
    await page.getByRole('button', { name: '沈岚的菜单' }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.locator('[data-login=lead]').click()
    await tour.waitFor()
  })

  it('is not in the way: a card opens while it is shown', async () => {
    const page = await screens.signedIn('director', { tour: true })
    await page.locator('[data-tour]').waitFor()
    await page.locator('[data-stage=signoff] [data-card]').first().click()
    await page.locator('[data-drawer]').waitFor()
  })
})
