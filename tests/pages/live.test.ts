import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { removeFolders } from '../support/folders.ts'
import { chromium } from '../support/runtimes.ts'
import { servedDemo } from '../support/servedDemo.ts'
import type { Served } from '../support/cli.ts'
import { clean } from './clean.ts'

const PASSWORD = 'correct horse 9'
const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${text}`) })

describe.skipIf(!chromium.path)('from the demo to real orders', () => {
  let browser: Browser
  let served: Served
  let folder: string
  beforeAll(async () => {
    ;[browser, { served, folder }] = await Promise.all([launchBrowser(), servedDemo()])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
    removeFolders()
  })

  const at = (page: Page, step: string) => page.locator(`[data-live-step=${step}]`).waitFor()
  const bring = async (page: Page, kind: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> => {
    await page.locator(`[data-kind=${kind}]`).click()
    await page.locator(`[data-import=${kind}][data-state=none] [data-table-file]`).setInputFiles(file)
    await page.locator(`[data-import=${kind}][data-state=checked]`).waitFor()
  }

  it('the whole way by hand: demo thrown away, company, calendar, people, tables with a dry run, list', { timeout: 240_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', reducedMotion: 'reduce' })
    context.setDefaultTimeout(40_000)
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(served.url)
    await page.locator('[data-login=admin]').click()
    await page.locator('[data-demo-bar] a').click()
    await at(page, 'choose')
    await clean(page)

    // What is missing is said beside the field, and nothing is done.
    await page.locator('[data-go-real]').click()
    await page.locator('#live-displayName:focus').waitFor()
    await page.locator('#live-displayName').fill('王总')
    await page.locator('#live-login').fill('boss')
    await page.locator('#live-password').fill(PASSWORD)
    await page.getByLabel('公司名称').fill('某某机械')
    await page.locator('#live-confirmation').fill('清除演示')
    await page.locator('[data-go-real]').click()
    await page.getByText('与要求的文字不一致').waitFor()
    await page.locator('#live-confirmation').fill('清除演示数据')
    await page.locator('[data-go-real]').click()

    // Another desk answers under the same address, and its administrator is signed in.
    await at(page, 'company')
    await page.locator('[data-demo-bar]').waitFor({ state: 'hidden' })
    expect(readdirSync(dirname(folder)).filter((name) => name.startsWith('desk.demo-'))).toHaveLength(1)
    expect(await page.locator('#company-name').inputValue()).toBe('某某机械')
    await clean(page)
    await page.locator('#company-name').fill('某某精密机械')
    await page.locator('[data-save]').click()

    await at(page, 'calendar')
    await page.getByText('六', { exact: true }).click()
    await page.locator('[data-save]').click()
    await page.getByText('日历已保存，第 2 版').waitFor()
    await clean(page)
    await page.locator('[data-next]').click()

    await at(page, 'people')
    await page.locator('[data-add-user]').click()
    await page.getByRole('dialog').getByLabel('姓名').fill('周敏')
    await page.getByRole('dialog').getByLabel('登录名').fill('zhou')
    await page.getByRole('dialog').locator('form').evaluate((form: HTMLFormElement) => form.requestSubmit())
    await page.locator('[data-given]').waitFor()
    await page.locator('[data-person=zhou] input[type=tel]').fill('13800000001')
    await page.locator('[data-person=zhou] input[type=tel]').press('Tab')
    await page.getByText('电话已保存').waitFor()
    await clean(page)

    // The way is kept by the service center: another page goes on where this one stood.
    const again = await context.newPage()
    await again.goto(`${served.url}/live`)
    await at(again, 'people')
    await again.close()

    await page.locator('[data-next]').click()
    await at(page, 'import')
    await bring(page, 'customers', csv('客户.csv', '客户名称,电话\n苏州精工,13800000002\n苏州 精工,\n无锡华鼎,1.38E+10\n常州新誉,13800000003\n'))
    await page.getByText('第 3 行 · 客户名称：与第 2 行重复').waitFor()
    await page.getByText('第 4 行 · 联系电话：电话被表格软件改成了 1.38E+10', { exact: false }).waitFor()
    const download = page.waitForEvent('download')
    await page.locator('[data-download-issues]').click()
    expect((await download).suggestedFilename()).toContain('.csv')
    await clean(page)
    await page.locator('[data-apply]').click()
    await page.locator('[data-import=customers][data-state=done]').waitFor()
    expect(await page.locator('[data-count=create] dd').innerText()).toBe('2')

    const machines = await writeXlsx({ sheets: [{ name: '设备', rows: [['出厂编号', '机型', '使用单位', '颜色'], ['VS200-0117', 'BR-VS200', '苏州精工', '蓝']] }] })
    await bring(page, 'machines', { name: '设备.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(machines) })
    await page.locator('[data-apply]').click()
    await page.locator('[data-import=machines][data-state=done]').waitFor()
    await bring(page, 'engineers', csv('工程师.csv', '姓名,工号,电话,技能\n陈立,chen.li,13800000004,电气、液压\n'))
    await page.locator('[data-apply]').click()
    await page.locator('[data-import=engineers][data-state=done]').waitFor()
    // A column that no heading means is asked for before anything is tried.
    await page.locator('[data-kind=orders]').click()
    await page.locator('[data-import=orders] [data-table-file]').setInputFiles(csv('工单.csv', '单号,客户,出厂编号,故障,在哪一步,创建时间,处理人,下一步,截止时间\nGD-1,苏州精工,VS200-0117,异响,处理中,2026-01-05 09:00,陈立,回电,2026-12-31 17:00\n'))
    await page.locator('[data-heading="在哪一步"]').selectOption('stage')
    await page.locator('[data-check]').click()
    await page.locator('[data-import=orders][data-state=checked] [data-apply]').click()
    await page.locator('[data-import=orders][data-state=done]').waitFor()
    await page.locator('[data-next]').click()

    await at(page, 'tasks')
    for (const done of ['realData', 'companyName', 'customers', 'machines', 'engineers', 'calendarYear']) await page.locator(`[data-task-done=${done}]`).waitFor()
    await page.locator('[data-task=secondAdmin]').waitFor()
    await page.locator('[data-task=firstOrder]').waitFor()
    await clean(page)
    await page.locator('[data-next]').click()
    await page.locator('[data-stage=diagnosis] [data-card]').getByText('GD-1').waitFor()
    await expect.poll(() => page.locator('[data-card]').count()).toBe(1)
    expect(problems).toEqual([])
    await context.close()
  })

  it('comes back for those who may, and goes by keyboard alone in the dark', async () => {
    const page = await browser.newPage({ colorScheme: 'dark', reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    await page.goto(`${served.url}/live`)
    await page.locator('[name=login]').fill('boss')
    await page.locator('[name=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await at(page, 'tasks')
    expect(existsSync(folder)).toBe(true)

    // The whole way once more by keyboard alone, in the dark: the focus is never lost.
    const press = async (selector: string): Promise<void> => {
      for (let tabs = 0; tabs < 90; tabs++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return page.keyboard.press('Enter')
        await page.keyboard.press('Tab')
      }
      throw new Error(`${selector} is not reached by Tab`)
    }
    await press('[data-step=company]')
    await page.locator('[data-live-step=company] h2:focus').waitFor()
    await press('[data-next]')
    await page.locator('[data-live-step=calendar] h2:focus').waitFor()
    await press('[data-next]')
    await page.locator('[data-live-step=people] h2:focus').waitFor()
    await press('[data-add-user]')
    await page.locator('[role=dialog] [data-first]:focus').waitFor()
    await page.keyboard.press('Escape')
    await press('[data-next]')
    await page.locator('[data-live-step=import] h2:focus').waitFor()
    await press('[data-kind=parts]')
    await page.locator('[data-import=parts][data-state=none]').waitFor()
    const chosen = page.waitForEvent('filechooser')
    await press('[data-table-file]')
    await (await chosen).setFiles(csv('备件.csv', '备件号,备件名称,仓库,数量\nP-1,密封圈,SZ-01,5\n'))
    await page.locator('[data-import=parts][data-state=checked]:focus').waitFor()
    await press('[data-next]')
    await page.locator('[data-live-step=tasks] h2:focus').waitFor()
    await page.close()
  })
})
