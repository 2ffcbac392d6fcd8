import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeBlob } from '../support/blobs.ts'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'
import { Screens, visit } from './support.ts'

describe.skipIf(!chromium.path)('the finance desk', () => {
  let screens: Screens
  let page: Page
  let paid: string
  let free: string
  beforeAll(async () => {
    screens = await Screens.open()
    const { desk } = screens
    const { db, blobs } = desk.desk.app
    const signed = db.raw.prepare("SELECT id, customer FROM work_order WHERE stage = 'signoff' AND status = 'open' ORDER BY id LIMIT 2").all() as { id: string; customer: string }[]
    for (const [index, { id, customer }] of signed.entries()) {
      const blob = storeBlob(blobs, 'a signature').hash
      desk.as('engineer', 'workOrder.captureSignature', { order: id, blob, signer: '王工', kind: 'signature' })
      desk.as('dispatcher', 'workOrder.close', { order: id, base: desk.head(id) })
      desk.as('supervisor', 'contract.register', { customer, number: `KJ-2026-10${index}`, kind: 'framework', from: '2026-01-01', to: '2026-12-31', coverage: 'chargeable' })
    }
    ;[paid, free] = signed.map(({ id }) => id) as [string, string]
    desk.as('finance', 'priceList.register', { item: 'GS-01', name: '现场工时', kind: 'labour', unit: '小时', unitFen: 38_000, vatRate: 600 })
    page = await screens.signedIn('finance', { path: '/finance' })
  })
  afterAll(() => screens?.close())
  const record = () => page.locator('[data-record]')
  const numberOf = (order: string): string => screens.desk.desk.app.db.raw.prepare('SELECT number FROM work_order WHERE id = ?').pluck().get(order) as string
  const open = (order: string) => page.getByRole('option', { name: new RegExp(numberOf(order)) }).click()
  const reached = (step: string) => record().locator(`[data-reached=${step}]`).waitFor()

  it('goes with an order from the bill to the archive, payment by payment', async () => {
    await open(paid)
    await reached('customerAccepted')
    await page.locator('[data-bill]').click()
    await page.locator('[data-total]').getByText('402.80').waitFor()
    await clean(page)
    // A line that lacks its price is not sent.
    await page.locator('[data-add-line]').click()
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-bill-form] [aria-invalid=true]').first().waitFor()
    await page.getByRole('textbox', { name: '项目' }).last().fill('辅料')
    await page.getByRole('textbox', { name: '单价' }).last().fill('10.25')
    await page.keyboard.press('Control+Enter')
    await reached('billed')
    // 380.00 + 22.80, and 10.25 + 0.62.
    expect(await record().locator('[data-gross]').innerText()).toBe('413.67')
    await record().locator('[data-missing]').getByText('发票、收齐款项').waitFor()
    await page.locator('[data-deed=invoice]').click()
    await page.locator('#record-number').fill('26312000000000000001')
    await page.keyboard.press('Control+Enter')
    await record().getByText('发票 26312000000000000001').waitFor()
    for (const [amount, reference] of [['400', 'YH-1'], ['', 'YH-2']] as const) {
      await page.locator('[data-deed=payment]').click()
      if (amount !== '') await page.locator('#record-amount').fill(amount)
      await page.locator('#record-reference').fill(reference)
      await page.keyboard.press('Control+Enter')
      await record().locator('[data-payment]', { hasText: reference }).waitFor()
    }
    expect(await record().locator('[data-payment]', { hasText: 'YH-2' }).innerText()).toContain('13.67')
    await page.locator('[data-deed=verify]').click()
    await page.locator('[data-asks=verify] button.main').click()
    await reached('archived')
  })

  it('takes part of it back, with its red invoice, and archives an order of nothing', async () => {
    await page.locator('[data-deed=reverse]').click()
    await page.locator('#record-reason').fill('质量扣款')
    await page.locator('#record-line1').fill('100')
    await page.keyboard.press('Control+Enter')
    await page.getByText('请填写红字发票号码').waitFor()
    await page.locator('#record-redInvoice').fill('R-1')
    await page.keyboard.press('Control+Enter')
    await record().getByText(/−106\.00/).waitFor()
    await page.locator('[data-deed=refund]').waitFor()

    await visit(page, `/finance?id=${free}`)
    await page.locator('[data-bill]').click()
    await page.locator('[name=coverage]').selectOption('goodwill')
    await page.getByRole('button', { name: '去掉第 1 行' }).click()
    await page.locator('[name=reason]').fill('首次未修好')
    await page.keyboard.press('Control+Enter')
    await reached('billed')
    await page.locator('[data-deed=waive]').click()
    await page.locator('[data-asks=waive] button.main').click()
    await page.locator('[data-deed=verify]').click()
    await page.locator('[data-asks=verify] button.main').click()
    await reached('archived')
    await page.locator('[data-step=archived] b', { hasText: '2' }).waitFor()
  })

  it('shows that the books agree, the months, and the price list', async () => {
    await screens.desk.desk.app.idle()
    await visit(page, '/finance/reconcile')
    await page.getByText('业务与账本一致').waitFor()
    await clean(page)
    await visit(page, '/finance/months')
    await page.locator('[data-month="2026-10"]').getByText('290.25').waitFor()
    expect(await page.locator('[data-lock]').count()).toBe(0)
    await clean(page)
    await visit(page, '/finance/prices?id=GS-01')
    await page.locator('[data-edit]').click()
    await page.locator('#record-price').fill('400')
    await page.keyboard.press('Control+Enter')
    await record().getByText('400.00 / 小时').waitFor()
    await visit(page, `/finance?id=${paid}`)
    await record().locator('[data-entry]').first().waitFor()
    await clean(page)
    expect(screens.problems).toEqual([])
  })

  it('is not for everybody', async () => {
    const keeper = await screens.signedIn('parts', { path: '/finance' })
    await keeper.getByText('这一页不对您的岗位开放').waitFor()
    expect(await keeper.locator('[data-place=finance]').count()).toBe(0)
  })
})
