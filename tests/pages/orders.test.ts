import { readFileSync } from 'node:fs'
import { readXlsx } from 'hucre/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'
import { clean } from './clean.ts'

const row = (order: string): string => `[data-order="${order}"]`

describe.skipIf(!chromium.path)('the list of orders', () => {
  let screens: Screens
  const order = (index: number): string => screens.desk.orders[index] as string
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  async function list(login = 'dispatcher'): Promise<Page> {
    const page = await screens.signedIn(login)
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.locator('[data-order]').first().waitFor()
    return page
  }
  const shown = (page: Page): Promise<string[]> => page.locator('[data-order] .number').allInnerTexts()

  it('shows open orders, newest first, and counts them', async () => {
    const page = await list()
    await page.getByText('42 张', { exact: true }).waitFor()
    const numbers = await shown(page)
    expect(numbers.length).toBeGreaterThan(15)
    expect(screens.problems).toEqual([])
  })

  it('finds by words, pinyin and pieces of numbers while typing, and filters', async () => {
    const page = await list()
    await page.keyboard.press('Shift+F')
    await page.keyboard.type('zhenhua 温度')
    await page.getByText('张', { exact: false }).first().waitFor()
    await expect.poll(() => page.locator('[data-order]').count()).toBeLessThan(8)
    for (const text of await page.locator('[data-order]').allInnerTexts()) expect(text).toContain('振华数控')
    await page.locator('#orders-text').fill('没有这样的词')
    await page.getByText('没有符合筛选的工单').waitFor()
    await page.getByRole('button', { name: '清除筛选' }).first().click()
    await page.locator('[data-order]').first().waitFor()
    await page.locator('[data-filter=stage]').selectOption('diagnosis')
    await page.getByText('7 张', { exact: true }).waitFor()
    await page.locator('[data-filter=breached]').click()
    await expect.poll(() => page.locator('[data-order]').count()).toBeLessThan(7)
  })

  it('sorts by a head, widens and chooses columns, and keeps them as a view', async () => {
    const page = await list()
    await page.locator('[data-head=customer] button').click()
    await page.locator('[data-head=customer][aria-sort=ascending]').waitFor()
    await page.locator('[data-columns]').click()
    await page.getByRole('dialog').getByLabel('渠道', { exact: true }).check()
    await page.getByRole('dialog').getByLabel('型号', { exact: true }).uncheck()
    await page.keyboard.press('Escape')
    await page.locator('[data-head=channel]').waitFor()
    expect(await page.locator('[data-head=model]').count()).toBe(0)
    const handle = page.locator('[data-head=customer] [role=separator]')
    const before = Number(await handle.getAttribute('aria-valuenow'))
    await handle.focus()
    await page.keyboard.press('ArrowRight')
    expect(Number(await handle.getAttribute('aria-valuenow'))).toBe(before + 16)
    await page.locator('#orders-views').click()
    await page.getByRole('button', { name: '保存' }).first().click()
    await page.getByRole('dialog').getByRole('textbox').fill('按客户看')
    await page.keyboard.press('Enter')
    await page.locator('#orders-views', { hasText: '按客户看' }).waitFor()
    await page.locator('#orders-views').click()
    await page.getByRole('dialog').getByRole('button', { name: '全部', exact: false }).first().click()
    await page.locator('[data-head=model]').waitFor()
    await page.locator('#orders-views').click()
    await page.getByRole('dialog').getByText('按客户看').click()
    await page.locator('[data-head=channel]').waitFor()
    await page.locator('[data-head=customer][aria-sort=ascending]').waitFor()
    expect(Number(await page.locator('[data-head=customer] [role=separator]').getAttribute('aria-valuenow'))).toBe(before + 16)
  })

  it('goes by keyboard alone: J, K, X, Enter, Esc, and a letter for the order in hand', async () => {
    const page = await list()
    await page.locator('[data-order][tabindex="0"]').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.locator('[data-order]:focus[aria-rowindex="3"]').waitFor()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('Space')
    await page.getByText('已选 2 张').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('已选 2 张').waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await page.locator('[data-drawer] h2').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-drawer]').waitFor({ state: 'detached' })
    await page.locator('[data-order]:focus').waitFor()
    await page.keyboard.press('n')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
  })

  it('takes all that match, says what will happen to each, and does it', async () => {
    const page = await list('supervisor')
    await page.locator('[data-filter=stage]').selectOption('intakeReview')
    await page.getByText('7 张', { exact: true }).waitFor()
    await page.locator('[data-order] input[type=checkbox]').first().check()
    await page.locator('[data-mark-matching]').click()
    await page.getByText('已选符合筛选的 7 张').waitFor()
    await page.locator('[data-bulk=forward]').click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('[data-foretold=done]').first().waitFor()
    await dialog.getByText(/张可以，\d 张不会被接受/).waitFor()
    const refused = await dialog.locator('[data-foretold=refused]').count()
    expect(refused).toBeGreaterThan(0)
    expect(await dialog.locator('[data-foretold=done]').first().innerText()).toContain('技术判定')
    expect(await dialog.locator('[data-foretold=refused]').first().innerText()).toContain('复现步骤')
    await dialog.getByRole('button', { name: `进入下一步（${7 - refused} 张）` }).click()
    await dialog.getByText(`${7 - refused} 张已完成，${refused} 张没有被接受`).waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await page.getByText(`已选 ${refused} 张`).waitFor()
    expect(screens.problems).toEqual([])
  })

  it('writes what it shows as a workbook', async () => {
    const page = await list()
    await page.locator('[data-filter=stage]').selectOption('onsite')
    await page.getByText('7 张', { exact: true }).waitFor()
    const download = page.waitForEvent('download')
    await page.locator('[data-export=open]').click()
    await page.locator('[data-export=xlsx]').click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^工单-\d{8}-\d{4}\.xlsx$/)
    const rows = (await readXlsx(readFileSync(await file.path()))).sheets[0]?.rows ?? []
    expect(rows[0]?.slice(0, 4)).toEqual(['工单号', '优先级', '状态', '环节'])
    expect(rows).toHaveLength(8)
    await page.getByText('已导出 7 行').waitFor()
  })

  it('follows what others do, where it stands', async () => {
    const page = await list()
    await page.locator('[data-filter=stage]').selectOption('diagnosis')
    const id = order(7)
    await page.locator(row(id)).waitFor()
    screens.desk.as('supervisor', 'workOrder.changeFields', { order: id, base: screens.desk.head(id), fields: { faultSymptom: '换了一个故障现象' } })
    await page.locator(row(id), { hasText: '换了一个故障现象' }).waitFor()
  })
})

describe.skipIf(!chromium.path)('axe finds nothing in the list of orders', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('with its filters, columns and files', async () => {
    const page = await screens.signedIn('supervisor', { path: '/orders' })
    await page.locator('[data-order]').first().waitFor()
    await clean(page)
    for (const opener of ['[data-columns]', '[data-filter=more]', '[data-export=open]']) {
      await page.locator(opener).click()
      await page.getByRole('dialog').waitFor()
      await clean(page, '[role=dialog]')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
  })

  it('with orders chosen, and in the question about them', async () => {
    const page = await screens.signedIn('supervisor', { path: '/orders' })
    await page.locator('[data-order] input[type=checkbox]').first().check()
    await page.locator('[data-bulk=handover]').waitFor()
    await clean(page)
    await page.locator('[data-bulk=forward]').click()
    await page.locator('[data-foretold]').first().waitFor()
    await clean(page, '[role=dialog]')
  })

  it('when it is empty, fails, or is not for this person', async () => {
    const page = await screens.signedIn('supervisor', { path: '/orders' })
    await page.locator('#orders-text').fill('没有这样的词')
    await page.getByText('没有符合筛选的工单').waitFor()
    await clean(page)
    await page.route('**/api/queries/workOrder.list', (route) => route.fulfill({ status: 500, json: { error: { code: 'internal', params: { reference: 'x' } } } }))
    await page.goto(`${screens.desk.url}/orders`)
    await page.getByText('工单列表没有读到').waitFor()
    await clean(page)
    await page.unroute('**/api/queries/workOrder.list')
    await page.getByRole('button', { name: '重试' }).click()
    await page.locator('[data-order]').first().waitFor()
  })
})
