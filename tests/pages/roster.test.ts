import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'
import { Screens, type PageOptions } from './support.ts'

describe.skipIf(!chromium.path)('engineers, shifts, skills', () => {
  let screens: Screens
  let page: Page
  beforeAll(async () => {
    screens = await Screens.open()
    for (const name of ['PLC', '视觉']) screens.desk.as('supervisor', 'skill.register', { name })
  })
  afterAll(() => screens?.close())
  afterEach(async () => {
    await page.context().close()
  })
  const open = async (path: string, login = 'supervisor', options: PageOptions = {}): Promise<Page> =>
    (page = await screens.signedIn(login, { path, ...options }))

  it('an engineer gets a skill with a certificate, a base and a rotation', async () => {
    await open('/engineers')
    await page.locator('#master-engineer').click()
    await page.locator('[data-edit]').click()
    const form = page.locator('[data-profile]')
    await form.locator('[data-add-skill]').click()
    await form.getByLabel('技能').first().selectOption({ label: 'PLC' })
    await form.getByLabel('级别').selectOption('3')
    await form.getByLabel('有效期至').fill('2026-10-31')
    await form.getByLabel('纬度').fill('31.32')
    await form.getByLabel('经度').fill('120.72')
    await form.getByLabel('午休（分钟）').fill('300')
    await form.getByLabel('有效期至').press('Control+Enter')
    await form.getByRole('alert').waitFor()
    await form.getByLabel('午休（分钟）').fill('45')
    await form.getByLabel('午休（分钟）').press('Control+Enter')
    await page.locator('[data-record] [data-skill=PLC]', { hasText: '快到期' }).waitFor()
    const leave = page.locator('[data-leave-form]')
    for (const [from, to] of [['2026-11-02T00:00', '2026-11-04T00:00'], ['2026-11-30T13:00', '2026-11-30T18:00']] as const) {
      await page.locator('[data-add-leave]').click()
      await leave.getByLabel('从').fill(to)
      await leave.getByLabel('到').fill(from)
      await leave.getByRole('alert').waitFor()
      await leave.getByLabel('从').fill(from)
      await leave.getByLabel('到').fill(to)
      await leave.getByLabel('到').press('Enter')
      await leave.waitFor({ state: 'detached' })
    }
    await page.locator('[data-leave]').nth(1).getByRole('button', { name: '撤销' }).click()
    await page.locator('[data-leave]').nth(1).waitFor({ state: 'detached' })
    await page.locator('[data-add-leave]').click()
    await leave.getByLabel('从').fill('2026-11-03T08:00')
    await leave.getByLabel('到').fill('2026-11-03T12:00')
    await leave.getByLabel('到').press('Enter')
    await page.getByText('与已有的休假 2026-11-02 00:00').waitFor()
    await leave.getByRole('button', { name: '返回' }).click()
    await page.locator('[data-add-rotation]').click()
    const rotation = page.locator('[data-rotation]')
    await rotation.getByLabel('第 1 天是').fill('2026-10-19')
    await rotation.getByRole('button', { name: '添加轮班' }).click()
    await page.locator('[data-record]').getByText('第 1、2、3、4、5 天 08:30–17:30').waitFor()
    await clean(page)
    expect(screens.problems).toEqual([])
  })

  it('a week of shifts is changed cell by cell; what overlaps is refused with the shift that is in its way', async () => {
    await open('/shifts?week=2026-10-21', 'dispatcher')
    const row = page.locator('[data-engineer=engineer]')
    await row.locator('[data-shift]').nth(4).waitFor()
    const dialog = page.getByRole('dialog')
    await row.locator('[data-add="2026-10-22"]').click()
    await dialog.locator('[data-start]').fill('16:00')
    await dialog.locator('[data-end]').fill('02:00')
    await dialog.getByRole('button', { name: '排班' }).click()
    await dialog.getByText('2026-10-22 08:30–17:30').waitFor()
    await dialog.locator('[data-start]').fill('22:00')
    await dialog.locator('[data-end]').press('Enter')
    await row.locator('[data-shift="2026-10-22"]', { hasText: '22:00–02:00' }).waitFor()
    await row.locator('[data-shift="2026-10-23"]').click()
    await dialog.locator('[data-skip]').click()
    await row.getByRole('button', { name: '不上' }).waitFor()
    await clean(page)
    expect(screens.problems).toEqual([])
  })

  it('the catalogue takes a skill once', async () => {
    await open('/skills', 'supervisor', { theme: 'dark' })
    await page.locator('[data-new-skill]').fill('plc')
    await page.locator('[data-new-skill]').press('Enter')
    await page.getByText('技能“plc”已经有了').waitFor()
    await page.locator('[data-new-skill]').fill('焊接')
    await page.locator('[data-new-skill]').press('Enter')
    await page.locator('[data-skill=焊接]').waitFor()
    await clean(page)
    expect(screens.problems).toEqual([])
  })
})
