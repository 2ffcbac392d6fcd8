import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openService, type Service } from '#core/gateway/service.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

describe.skipIf(!chromium.path)('signing in and being cut off', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('names roles in Chinese, refuses a wrong password in Chinese and lets the right one in', async () => {
    const page = await screens.page()
    await page.locator('[data-login=dispatcher]').waitFor()
    expect(await page.locator('[data-login=dispatcher]').innerText()).toContain('调度')
    await page.getByLabel('登录名').fill('dispatcher')
    await page.getByLabel('密码').fill('no-such-word')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    expect(await page.getByRole('alert').innerText()).toMatch(/[\u4e00-\u9fff]/)
    await page.getByLabel('密码').fill('loopdesk-demo')
    await page.keyboard.press('Enter')
    await page.locator('[data-stage]').first().waitFor()
    await page.reload()
    await page.locator('[data-stage]').first().waitFor()
  })

  it('keeps what was typed when the session ends, and goes on after signing in again', async () => {
    const page = await screens.signedIn('dispatcher', { path: '/register' })
    await page.locator('#reg-customer').fill('新客户甲')
    await page.getByLabel('故障现象').fill('开机无显示')
    const { raw } = screens.desk.desk.app.db
    raw.prepare('DELETE FROM session').run()
    // Whoever looks first finds out: a press, or the live connection.
    await page.keyboard.press('Control+Enter')
    const again = page.getByRole('dialog', { name: '请重新登录' })
    await again.waitFor()
    await again.getByLabel('密码').fill('loopdesk-demo')
    await page.keyboard.press('Enter')
    await again.waitFor({ state: 'detached' })
    await page.locator('[data-drawer]').getByText('新客户甲').first().waitFor()
  })

  it('says as of when it is cut off, comes back by itself and has missed nothing', async () => {
    const page = await screens.signedIn('dispatcher')
    await page.getByText('实时').waitFor()
    // Cut off before anything came there is nothing to tell the time of.
    await page.locator('[data-card]').first().waitFor()
    const { desk } = screens
    const { port } = new URL(desk.url)
    await desk.service.close()
    await page.getByText(/连接中断，显示的是 .* 的情况/).waitFor()
    const order = desk.orders[6] as string
    desk.as('dispatcher', 'workOrder.changeFields', { order, base: desk.head(order), fields: { faultSymptom: '断线期间改过' } })
    const service: Service = await openService(desk.desk.app, desk.desk.folder, { port: Number(port) })
    // The waits between two tries grow up to 20 s.
    await page.getByText('实时').waitFor({ timeout: 60_000 })
    await page.getByText('断线期间改过').waitFor()
    await service.close()
  })
})
