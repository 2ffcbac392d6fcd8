import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { card, drag, inColumn, Screens } from './support.ts'

/** Every sixth order of the plan stands in the same stage: 0 待初审, 1 技术判定, … */
const INTAKE_COMPLETE = 18
const INTAKE_INCOMPLETE = 12
const DIAGNOSIS = 7
const PARTS_READY = 14
const ONSITE = 10

describe.skipIf(!chromium.path)('the board', () => {
  let screens: Screens
  const order = (index: number): string => screens.desk.orders[index] as string
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('shows cards in six columns, with what is open, broken and frozen', async () => {
    const page = await screens.signedIn('dispatcher')
    const columns = page.locator('[data-stage]')
    await page.locator('[data-card]').first().waitFor()
    await expect.poll(() => columns.count()).toBe(6)
    expect(await columns.locator('h2').allTextContents()).toEqual(['待初审', '技术判定', '备件锁定', '预约上门', '现场处理', '客户签字'])
    for (const stage of await columns.all()) expect(await stage.locator('[data-card]').count()).toBeGreaterThan(0)
    expect(await page.locator('[data-stage=partsLock] header .ice').innerText()).toMatch(/\d/)
    expect(await page.locator('[data-stage=diagnosis] header .red').innerText()).toMatch(/\d/)
    const first = await page.locator('[data-stage=diagnosis] [data-card]').first().innerText()
    expect(first).toMatch(/A-\d{6}-\d{3}/)
    expect(first).toMatch(/超 .*分/)
    expect(screens.problems).toEqual([])
  })

  it('opens an order beside its column: fields, timeline, audit, deadline', async () => {
    const page = await screens.signedIn('dispatcher')
    const id = order(DIAGNOSIS)
    await page.locator(card(id)).click()
    const drawer = page.locator('[data-drawer]')
    await drawer.getByRole('tab', { name: '内容' }).waitFor()
    expect(await drawer.innerText()).toContain('判定结论')
    expect(await drawer.innerText()).toContain('还没填')
    const beside = await page.locator(inColumn('diagnosis', id)).boundingBox()
    const edge = await drawer.boundingBox()
    expect((beside?.x ?? 0) + (beside?.width ?? 0)).toBeLessThanOrEqual(edge?.x ?? 0)
    await drawer.getByRole('tab', { name: '经过' }).click()
    await drawer.getByText('进入技术判定').waitFor()
    await drawer.getByRole('tab', { name: '审计' }).click()
    await drawer.getByRole('row').filter({ hasText: '待初审' }).first().waitFor()
    await drawer.getByRole('tab', { name: '时限' }).click()
    await drawer.getByText('通知技术负责人').first().waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
  })

  it('changes a field where it stands; the audit shows old and new', async () => {
    const page = await screens.signedIn('dispatcher', { path: `/board?order=${order(ONSITE)}` })
    const drawer = page.locator('[data-drawer]')
    await drawer.getByRole('button', { name: '修改故障现象' }).click()
    await drawer.locator('#field-faultSymptom').fill('主轴异响')
    await page.keyboard.press('Enter')
    await drawer.locator('.value', { hasText: '主轴异响' }).waitFor()
    await drawer.getByRole('tab', { name: '审计' }).click()
    await drawer.getByRole('row').filter({ hasText: '主轴异响' }).waitFor()
  })

  it('moves a card by mouse, and another browser sees it without a reload', async () => {
    const id = order(INTAKE_COMPLETE)
    const mine = await screens.signedIn('dispatcher')
    const theirs = await screens.signedIn('supervisor')
    await theirs.locator(inColumn('intakeReview', id)).waitFor()
    await mine.locator(inColumn('intakeReview', id)).waitFor()
    await drag(mine, inColumn('intakeReview', id), '[data-stage=diagnosis]')
    await mine.locator(inColumn('diagnosis', id)).waitFor()
    await theirs.locator(inColumn('diagnosis', id)).waitFor()
    expect(await mine.locator('[data-drawer]').count()).toBe(0)
    expect(screens.problems).toEqual([])
  })

  it('asks in the drop for what is missing, then moves', async () => {
    const page = await screens.signedIn('dispatcher')
    const id = order(INTAKE_INCOMPLETE)
    await page.locator(card(id)).waitFor()
    await drag(page, card(id), '[data-stage=diagnosis]')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('复现步骤').waitFor()
    await dialog.getByRole('button', { name: '补齐并进入下一步' }).click()
    expect(await dialog.getByRole('alert').innerText()).toContain('请填写复现步骤')
    await dialog.locator('#field-reproductionSteps').fill('冷机启动三次内必现')
    await dialog.getByRole('button', { name: '补齐并进入下一步' }).click()
    await page.locator(inColumn('diagnosis', id)).waitFor()
  })

  it('moves by keyboard alone: arrows to the card, M, the number of the stage', async () => {
    const page = await screens.signedIn('supervisor')
    const id = order(PARTS_READY)
    await page.locator(card(id)).waitFor()
    await page.locator('[data-stage=intakeReview] [data-card][tabindex="0"]').focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-stage=diagnosis] [data-card]:focus').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-stage=partsLock] [data-card]:focus').waitFor()
    await page.keyboard.press('Home')
    for (let step = 0; step < 8 && (await page.locator(`${card(id)}:focus`).count()) === 0; step++) {
      await page.keyboard.press('ArrowDown')
      await page.locator('[data-stage=partsLock] [data-card]:focus').waitFor()
      await page.waitForTimeout(30)
    }
    await page.locator(`${card(id)}:focus`).waitFor()
    await page.keyboard.press('k')
    await page.getByText('备件已锁定').waitFor()
    await page.keyboard.press('m')
    await page.getByRole('dialog').locator('[data-to=scheduling]').waitFor()
    await page.keyboard.press('4')
    await page.locator(inColumn('scheduling', id)).waitFor()
    await page.locator(`${inColumn('scheduling', id)}:focus`).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-drawer]').waitFor()
  })

  it('is refused in Chinese, and nothing has moved', async () => {
    const page = await screens.signedIn('dispatcher')
    const id = order(ONSITE)
    await page.locator(card(id)).waitFor()
    await drag(page, card(id), '[data-stage=signoff]')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('要上传现场证据').waitFor()
    await dialog.getByRole('button', { name: '返回' }).click()
    await page.locator(inColumn('onsite', id)).waitFor()
    // Two stages at once is no move of the workflow.
    await drag(page, card(order(1)), '[data-stage=onsite]')
    await page.locator('.toast.red').waitFor()
    expect(await page.locator('.toast.red').innerText()).toMatch(/[\u4e00-\u9fff]/)
    await page.locator(inColumn('diagnosis', order(1))).waitFor()
  })

  it('filters by priority and counts what matches', async () => {
    const page = await screens.signedIn('dispatcher')
    await page.locator('[data-card]').first().waitFor()
    await page.getByLabel('优先级').selectOption('urgent')
    await page.getByRole('button', { name: '清除筛选' }).waitFor()
    await page.locator('[data-card] [aria-label=紧急]').first().waitFor()
    await expect.poll(() => page.locator('[data-card]').count()).toBe(await page.locator('[data-card] [aria-label=紧急]').count())
  })

  it('finds an order by its number and opens it', async () => {
    const page = await screens.signedIn('dispatcher')
    await page.keyboard.press('/')
    await page.keyboard.type('A-261021-00')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('[data-drawer] h2', { hasText: 'A-261021-00' }).waitFor()
  })
})
