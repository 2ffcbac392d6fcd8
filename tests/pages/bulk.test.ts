import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { card, inColumn, Screens } from './support.ts'

/** Every sixth order of the plan stands in the same stage: 0 待初审. Every twelfth of those lacks 复现步骤. */
const COMPLETE = [6, 18]
const INCOMPLETE = 12

describe.skipIf(!chromium.path)('one thing done to many orders', () => {
  let screens: Screens
  const order = (index: number): string => screens.desk.orders[index] as string
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('is told for each order before, and answered after; those refused stay chosen', async () => {
    const page = await screens.signedIn('dispatcher')
    for (const index of [...COMPLETE, INCOMPLETE]) await page.locator(card(order(index))).click({ modifiers: ['Control'] })
    await page.getByText('已选 3 张').waitFor()
    await page.locator('[data-bulk=forward]').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 张可以，1 张不会被接受').waitFor()
    expect(await dialog.locator(`[data-answer="${order(INCOMPLETE)}"]`).innerText()).toContain('复现步骤')
    expect(await dialog.locator(`[data-answer="${order(COMPLETE[0] as number)}"]`).innerText()).toContain('进入技术判定')
    await dialog.getByRole('button', { name: '进入下一步（2 张）' }).click()
    await dialog.getByText('2 张已完成，1 张没有被接受').waitFor()
    expect(await dialog.locator(`[data-answer="${order(INCOMPLETE)}"]`).innerText()).toContain('复现步骤')
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    for (const index of COMPLETE) await page.locator(inColumn('diagnosis', order(index))).waitFor()
    await page.locator(inColumn('intakeReview', order(INCOMPLETE))).waitFor()
    await page.getByText('已选 1 张').waitFor()
    expect(screens.problems).toEqual([])
  })

  it('leaves out whom it does not suit, by keyboard alone', async () => {
    const page = await screens.signedIn('supervisor')
    await page.locator('[data-stage=intakeReview] [data-card]').first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-stage=diagnosis] [data-card]:focus').waitFor()
    await page.keyboard.press('Space')
    await page.locator('[data-bulk=sendBack]').focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 张可以，1 张现在不能').waitFor()
    await dialog.locator('textarea:focus').waitFor()
    await page.keyboard.type('现象与设备不符，请再核对')
    await page.keyboard.press('Control+Enter')
    await page.getByText('1 张已完成').waitFor()
    await page.locator('[data-bulk=sendBack]').waitFor({ state: 'detached' })
  })
})
