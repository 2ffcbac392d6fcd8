import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOON } from '../support/desk.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe.skipIf(!chromium.path)('when something is not as it should be', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  const orders = (name: string): number =>
    screens.desk.desk.app.db.raw
      .prepare('SELECT count(*) FROM work_order WHERE customer IN (SELECT id FROM customer WHERE name = ?)')
      .pluck()
      .get(name) as number
  const fill = async (page: Page, customer: string): Promise<void> => {
    await page.locator('#reg-customer').fill(customer)
    await page.getByLabel('故障现象').fill('开机无显示')
  }

  it('the service center is gone: says what still works, keeps the form, and does the command once', async () => {
    const page = await screens.signedIn('dispatcher', { path: '/register' })
    await fill(page, '断网客户')
    await screens.cut()
    const banner = page.locator('[data-banner]')
    await banner.waitFor()
    expect(await banner.innerText()).toMatch(/和服务中心断开[\s\S]*还能做[\s\S]*要等一等/)
    await page.keyboard.press('Control+Enter')
    await page.getByText('您填写的内容都还在').waitFor()
    expect(await page.getByLabel('故障现象').inputValue()).toBe('开机无显示')
    await screens.comeBack()
    await banner.getByRole('button', { name: '立即重连' }).click()
    await banner.waitFor({ state: 'hidden' })
    // What was pressed meanwhile goes out by itself.
    await page.locator('[data-drawer]').getByText('断网客户').first().waitFor()
    expect(orders('断网客户')).toBe(1)
  })

  it('an answer is lost and the page loaded anew: pressed again, it is the same command', async () => {
    const page = await screens.signedIn('dispatcher', { path: '/register' })
    await fill(page, '丢了回音')
    // The command arrives and is done; what it says never comes back.
    let lost = 0
    await page.route('**/api/commands/workOrder.register', async (route) => {
      await route.fetch()
      lost += 1
      await route.abort()
    })
    await page.getByLabel('故障现象').press('Control+Enter')
    await page.getByText('您填写的内容都还在').waitFor()
    expect(lost).toBe(3)
    await page.unroute('**/api/commands/workOrder.register')
    await page.reload()
    await page.getByLabel('故障现象').press('Control+Enter')
    await page.locator('[data-drawer]').getByText('丢了回音').first().waitFor()
    expect(orders('丢了回音')).toBe(1)
  })

  it('the session ended: what was pressed goes on by itself after signing in again', async () => {
    const page = await screens.signedIn('dispatcher', { path: '/register' })
    await fill(page, '重新登录')
    screens.desk.desk.app.db.raw.prepare('DELETE FROM session').run()
    await page.getByLabel('故障现象').press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: '请重新登录' })
    await dialog.getByLabel('密码').fill('loopdesk-demo')
    await page.keyboard.press('Enter')
    await page.locator('[data-drawer]').getByText('重新登录').first().waitFor()
    expect(orders('重新登录')).toBe(1)
  })

  it('somebody else signs in again: nothing of the first is left for them', async () => {
    const page = await screens.signedIn('dispatcher', { path: '/register' })
    await fill(page, '前一个人')
    screens.desk.desk.app.db.raw.prepare('DELETE FROM session').run()
    await page.getByLabel('故障现象').press('Control+Enter')
    await Promise.all([page.waitForEvent('load'), page.getByRole('dialog', { name: '请重新登录' }).locator('[data-login=supervisor]').click()])
    await page.locator('#reg-customer').waitFor()
    expect(await page.locator('#reg-customer').inputValue()).toBe('')
    expect(orders('前一个人')).toBe(0)
  })

  it('two windows of one browser: who signs out in one is signed out in the other', async () => {
    const page = await screens.signedIn('dispatcher')
    const other = await page.context().newPage()
    await other.goto(screens.desk.url)
    await other.locator('[data-card]').first().waitFor()
    await page.locator('.user').click()
    await page.getByText('退出登录').click()
    await other.locator('[data-login=dispatcher]').waitFor()
    await page.locator('[data-login=supervisor]').click()
    await other.locator('[data-card]').first().waitFor()
    expect(await other.locator('.user').innerText()).toBe(await page.locator('.user').innerText())
  })

  it('the clock of the computer is wrong by a day: countdowns are right, and it is said', async () => {
    const right = await screens.signedIn('dispatcher')
    const wrong = await screens.signedIn('dispatcher', { now: NOON + DAY })
    const timers = async (page: Page): Promise<string[]> => {
      await page.locator('[data-card]').first().waitFor()
      return page.locator('[data-stage=diagnosis] [data-card] .timer').allInnerTexts()
    }
    await wrong.locator('[data-mark=clock]').waitFor()
    expect(await wrong.locator('[data-mark=clock]').innerText()).toBe('电脑时钟快 24 时')
    expect(await wrong.locator('[data-mark=clock]').getAttribute('aria-label')).toContain('按服务中心，不受影响')
    expect(await timers(wrong)).toEqual(await timers(right))
    expect(await right.locator('[data-mark]').count()).toBe(0)
    const slow = await screens.signedIn('dispatcher', { now: NOON - DAY })
    await slow.getByText('电脑时钟慢 24 时').waitFor()
  })

  it('the computer stands in another time zone: times are those of the company, with a mark', async () => {
    const order = screens.desk.orders[10] as string
    const here = await screens.signedIn('dispatcher', { path: `/board?order=${order}` })
    const there = await screens.signedIn('dispatcher', { path: `/board?order=${order}`, zone: 'America/New_York' })
    const timeline = async (page: Page): Promise<string> => {
      await page.locator('#tab-timeline').click()
      await page.locator('#tab-panel li').first().waitFor()
      return page.locator('#tab-panel').innerText()
    }
    expect(await timeline(there)).toBe(await timeline(here))
    expect(await there.locator('[data-mark=zone]').innerText()).toBe('北京时间')
    expect(await there.locator('[data-mark=zone]').getAttribute('aria-label')).toContain('Asia/Shanghai（UTC+8）')
    expect(await here.locator('[data-mark]').count()).toBe(0)
  })

  it('the company moves to another zone: every screen tells its time at once', async () => {
    const page = await screens.signedIn('dispatcher')
    await page.locator('[data-card]').first().waitFor()
    screens.desk.as('admin', 'setting.change', { name: 'company.timeZone', value: 'Europe/Berlin' })
    await page.getByText('Europe/Berlin时间').waitFor()
    screens.desk.as('admin', 'setting.change', { name: 'company.timeZone', value: 'Asia/Shanghai' })
    await page.locator('[data-mark=zone]').waitFor({ state: 'detached' })
  })
})
