import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
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

const at = (path: string, login = 'supervisor'): Promise<Page> => screens.signedIn(login, { path })

describe.skipIf(!chromium.path)('the audit page', () => {
  it('tells every event in words, and pages back to the first', async () => {
    const page = await at('/audit')
    await page.locator('[data-event]').first().waitFor()
    expect(await page.getByText('新版本程序的记录').count()).toBe(0)
    while ((await page.locator('[data-more]').count()) > 0) {
      await page.locator('[data-more]:enabled').click()
      await page.locator('[data-more]:disabled').waitFor({ state: 'detached' })
    }
    await page.getByText('这是最早的一条').waitFor()
    expect(await page.locator('[data-event]').count()).toBe(screens.desk.desk.app.log.head.seq)
    expect(await page.getByText('新版本程序的记录').count()).toBe(0)
    expect(await page.locator('[data-event]').last().innerText()).toContain('建立服务台')
  })

  it('shows old and new of a setting, to whom it belongs, and its hash', async () => {
    screens.desk.as('admin', 'setting.change', { name: 'company.name', value: '恒锐机床' })
    const page = await at('/audit?type=settingChanged')
    const entry = page.locator('[data-event]').first()
    await entry.getByText('修改设置“公司名称”').waitFor()
    expect(await entry.locator('.changes').innerText()).toMatch(/空[\s\S]*恒锐机床/)
    await entry.getByRole('button', { name: '展开详情' }).click()
    expect(await entry.locator('dd.hash').innerText()).toMatch(/^[0-9a-f]{64}$/)
  })

  it('filters by kind, type, number and person, in an address that can be sent on', async () => {
    const page = await at('/audit')
    await page.locator('[data-filter=kind]').selectOption('stock')
    await page.waitForURL(/kind=stock/)
    await page.getByText('入库 40').waitFor()
    await page.getByRole('button', { name: '清除筛选' }).click()
    const order = screens.desk.orders[2] as string
    const { number } = screens.desk.desk.app.subjects.load({ kind: 'workOrder', id: order }).state as { number: string }
    await page.locator('[data-filter=number]').fill(number)
    await page.keyboard.press('Enter')
    await page.waitForURL(/number=/)
    await page.getByText(`登记工单 ${number}`).waitFor()
    const copy = await at(new URL(page.url()).pathname + new URL(page.url()).search, 'director')
    await copy.getByText(`登记工单 ${number}`).waitFor()
    await page.locator('[data-filter=number]').fill('A-000000-000')
    await page.keyboard.press('Enter')
    await page.getByText('没有符合的记录').waitFor()
  })

  it('hides personal data from whom it does not concern', async () => {
    const page = await at('/audit?type=customerRegistered', 'finance')
    await page.getByText('个人信息，您的岗位不显示').first().waitFor()
    expect(await page.getByText('0512').count()).toBe(0)
  })

  it('is exported as it is filtered', async () => {
    const page = await at('/audit?type=userAdded')
    await page.locator('[data-event]').first().waitFor()
    await page.locator('[data-export=open]').click()
    const download = page.waitForEvent('download')
    await page.locator('[data-export=csv]').click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^审计-.*\.csv$/)
    const lines = readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n')
    expect(lines.length).toBeGreaterThan(9)
    expect(lines.slice(1).every((line) => line.includes('添加用户'))).toBe(true)
  })

  it('is closed to those who may not read it', async () => {
    const page = await at('/audit', 'dispatcher')
    await page.getByText('这一页不对您的岗位开放').waitFor()
  })
})
