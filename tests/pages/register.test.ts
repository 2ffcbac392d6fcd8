import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

describe.skipIf(!chromium.path)('registering by telephone', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('is done by keyboard alone: customer found while typing, machine of that customer, duplicate warned of', async () => {
    const page = await screens.signedIn('dispatcher')
    await page.locator('[data-card]').first().waitFor()
    await page.keyboard.press('c')
    await page.locator('#reg-customer:focus').waitFor()
    await page.keyboard.type('精工')
    await page.getByRole('option', { name: /苏州精工机械/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('联系电话').inputValue()).toBe('0512-67000117')
    await page.locator('.old').first().waitFor()
    await page.locator('#reg-serial').focus()
    await page.keyboard.type('VS')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('这台设备已有未结工单').waitFor()
    await page.getByLabel('故障现象').focus()
    await page.keyboard.type('开机无显示')
    await page.keyboard.press('Control+Enter')
    const drawer = page.locator('[data-drawer]')
    await drawer.getByText('苏州精工机械').first().waitFor()
    expect(await drawer.innerText()).toContain('开机无显示')
    expect(screens.problems).toEqual([])
  })

  it('says beside the field what is missing', async () => {
    const page = await screens.signedIn('dispatcher', { path: '/register' })
    await page.locator('#reg-customer:focus').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('请填客户名称').waitFor()
    await page.getByText('请用一句话写下故障现象').waitFor()
    await page.locator('#reg-customer:focus').waitFor()
  })

  it('does not offer to those who may not', async () => {
    const page = await screens.signedIn('finance', { path: '/register' })
    await page.getByText('这一页不对您的岗位开放').waitFor()
  })
})
