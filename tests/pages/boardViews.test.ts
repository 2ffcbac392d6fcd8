import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { card, drag, inColumn, Screens } from './support.ts'

/** Every sixth order of the plan stands in the same stage: 0 待初审, 1 技术判定, … */
const INTAKE = [6, 18, 30, 24]
const inLane = (lane: string, order: string): string => `[data-lane="${lane}"] ${card(order)}`

describe.skipIf(!chromium.path)('the board in lanes, with views, limits and a way back', () => {
  let screens: Screens
  const order = (index: number): string => screens.desk.orders[index] as string
  const intake = (n: number): string => order(INTAKE[n] as number)
  const toast = (page: Page, text: string) => page.locator('.toast', { hasText: text })
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('is cut into lanes that count what they hold, and a card changes lanes by being dropped', async () => {
    const page = await screens.signedIn('supervisor')
    await page.locator('[data-card]').first().waitFor()
    await page.keyboard.press('Shift+L')
    const lanes = page.locator('[data-lane]')
    await lanes.first().locator('[data-card]').first().waitFor()
    expect(await lanes.first().getAttribute('data-lane')).toBe('urgent')
    const urgent = Number(await lanes.first().locator('.fold .quiet').innerText())
    expect(await lanes.first().locator('[data-card]').count()).toBe(urgent)
    const moved = await page.locator('[data-lane=high] [data-stage=intakeReview] [data-card]').first().getAttribute('data-card')
    await drag(page, inLane('high', moved ?? ''), '[data-lane=urgent] [data-stage=intakeReview]')
    await page.locator(inLane('urgent', moved ?? '')).waitFor()
    await expect.poll(() => lanes.first().locator('.fold .quiet').innerText()).toBe(String(urgent + 1))
    await toast(page, '优先级已改为“紧急”').getByRole('button', { name: '撤销' }).click()
    await page.locator(inLane('high', moved ?? '')).waitFor()
    // A customer is not changed by a slip of the hand.
    await page.getByLabel('泳道').selectOption('customer')
    const [from, to] = [lanes.nth(0), lanes.nth(1)]
    await to.locator('[data-card]').first().waitFor()
    const cell = from.locator('[data-stage]:has([data-card])').first()
    const id = await cell.locator('[data-card]').first().getAttribute('data-card')
    const stage = await cell.getAttribute('data-stage')
    const other = await to.getAttribute('data-lane')
    await drag(page, card(id ?? ''), `[data-lane="${other}"] [data-stage=${stage}]`)
    await toast(page, '不能用拖动更换客户').waitFor()
    expect(screens.problems).toEqual([])
  })

  it('is walked by keyboard from lane to lane', async () => {
    const page = await screens.signedIn('supervisor')
    await page.getByLabel('泳道').selectOption('owner')
    const first = page.locator('[data-lane]').first()
    await first.locator('[data-stage=diagnosis] [data-card]').first().waitFor()
    await first.locator('[data-stage=diagnosis] [data-card]').first().focus()
    await page.keyboard.press('End')
    await first.locator('[data-stage=diagnosis] [data-card]:focus').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.locator('[data-lane]').nth(1).locator('[data-card]:focus').waitFor()
    await page.keyboard.press('ArrowUp')
    await first.locator('[data-stage=diagnosis] [data-card]:focus').waitFor()
  })

  it('takes back one’s own last move, by key or by button, with its reason in the log', async () => {
    const page = await screens.signedIn('dispatcher')
    const id = intake(0)
    await page.locator(card(id)).focus()
    await page.keyboard.press('Shift+ArrowRight')
    await page.locator(`${inColumn('diagnosis', id)}:focus`).waitFor()
    await page.keyboard.press('Control+z')
    await toast(page, '已撤销').waitFor()
    await page.locator(`${inColumn('intakeReview', id)}:focus`).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: '经过' }).click()
    await page.locator('[data-drawer] li', { hasText: '撤销' }).first().waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await toast(page, '没有可以撤销的移动').waitFor()
  })

  it('takes nothing back that others have gone on from', async () => {
    const page = await screens.signedIn('dispatcher')
    const id = intake(1)
    await drag(page, card(id), '[data-stage=diagnosis]')
    await page.locator(inColumn('diagnosis', id)).waitFor()
    await toast(page, '撤销').waitFor()
    screens.desk.as('lead', 'workOrder.sendBack', { order: id, base: screens.desk.head(id), reason: '资料不全' })
    await page.locator(inColumn('intakeReview', id)).waitFor()
    await page.keyboard.press('Control+z')
    await toast(page, '没有撤销').waitFor()
    await page.locator(inColumn('intakeReview', id)).waitFor()
  })

  it('says in the drop that a column holds more than it should', async () => {
    const limits = { intakeReview: null, diagnosis: 7, partsLock: null, scheduling: null, onsite: null, signoff: null }
    screens.desk.as('admin', 'setting.change', { name: 'board.wipLimits', value: limits } as never)
    const page = await screens.signedIn('supervisor')
    await page.locator('[data-head=diagnosis]', { hasText: '上限 7' }).waitFor()
    const before = Number(await page.locator('[data-head=diagnosis] .count').innerText())
    for (let n = before; n < 7; n++) await drag(page, '[data-stage=intakeReview] [data-card]', '[data-stage=diagnosis]')
    await drag(page, card(intake(2)), '[data-stage=diagnosis]')
    await toast(page, '超出上限 7 张').waitFor()
    await page.locator('[data-head=diagnosis] .amber', { hasText: '超上限 7' }).waitFor()
    screens.desk.as('admin', 'setting.change', { name: 'board.wipLimits', value: { ...limits, diagnosis: null } } as never)
    await page.locator('[data-head=diagnosis] .limit').waitFor({ state: 'detached' })
  })

  it('keeps what is shown as a view, opens with it, and shares it', async () => {
    const page = await screens.signedIn('supervisor')
    await page.locator('[data-filter=breached]').click()
    await page.getByLabel('泳道').selectOption('owner')
    await page.keyboard.press('Shift+V')
    const views = page.getByRole('dialog', { name: '视图' })
    await views.getByRole('button', { name: '保存为视图' }).click()
    await views.getByLabel('视图名称').fill('超时，按负责人')
    await views.getByLabel('共享给所有人').check()
    await views.getByRole('button', { name: '保存' }).click()
    await page.locator('#board-views', { hasText: '超时，按负责人' }).waitFor()
    await page.locator('#board-views').click()
    await views.getByRole('button', { name: '打开这一页时用“超时，按负责人”' }).click()
    await views.locator('[aria-pressed=true]').waitFor()
    await page.keyboard.press('Escape')
    await page.reload()
    await page.locator('[data-lane] [data-card]').first().waitFor()
    expect(await page.locator('[data-filter=breached]').getAttribute('aria-pressed')).toBe('true')

    const theirs = await screens.signedIn('dispatcher')
    await theirs.locator('[data-stage] [data-card]').first().waitFor()
    expect(await theirs.locator('[data-lane]').count()).toBe(0)
    await theirs.locator('#board-views').click()
    await theirs.getByRole('dialog', { name: '视图' }).getByRole('button', { name: /^超时，按负责人/ }).click()
    await theirs.locator('[data-lane] [data-card]').first().waitFor()
    expect(screens.problems).toEqual([])
  })

  it('filters by text, mark and person; the counts are those of what matches', async () => {
    const page = await screens.signedIn('dispatcher')
    await page.locator('[data-card]').first().waitFor()
    await page.keyboard.press('Shift+F')
    await page.keyboard.type('精工')
    await expect.poll(() => page.locator('[data-card]').count()).toBe(await page.locator('[data-card]', { hasText: '苏州精工机械' }).count())
    await page.locator('[data-card]', { hasText: '苏州精工机械' }).first().waitFor()
    await expect.poll(async () => page.locator('.total strong').innerText()).toBe(String(await page.locator('[data-card]').count()))
    await page.getByRole('button', { name: '清除筛选' }).click()
    await page.locator('[data-filter=frozen]').click()
    await page.locator('[data-stage=diagnosis]', { hasText: '没有符合筛选的工单' }).waitFor()
    await page.locator('[data-stage=partsLock] [data-card]').first().waitFor()
    await page.getByRole('button', { name: '清除筛选' }).click()
    await page.locator('[data-filter=more]').click()
    await page.getByRole('button', { name: '未派工程师' }).click()
    await page.locator('[data-stage=onsite]', { hasText: '没有符合筛选的工单' }).waitFor()
  })

  it('keeps the place: what is scrolled to, and the card under the keyboard, while others move cards', async () => {
    const page = await screens.signedIn('dispatcher', { viewport: { width: 1366, height: 480 } })
    const column = page.locator('[data-stage=signoff]')
    await column.locator('[data-card]').first().waitFor()
    const ids = await column.locator('[data-card]').evaluateAll((all) => all.map((each) => each.getAttribute('data-card') ?? ''))
    const list = column.locator('.list')
    await list.evaluate((element) => element.scrollTo({ top: 216, behavior: 'instant' }))
    const seen = ids[2] as string
    const top = async () => (await page.locator(card(seen)).boundingBox())?.y
    await expect.poll(top).toBeGreaterThan(0)
    const before = await top()
    const back = (id: string) => screens.desk.as('lead', 'workOrder.sendBack', { order: id, base: screens.desk.head(id), reason: '请再核对' })
    back(ids[0] as string)
    await page.locator(inColumn('onsite', ids[0] as string)).waitFor()
    await expect.poll(top).toBe(before)
    // The keyboard stands on a card that somebody else takes away: it stays in its place, on the next one.
    await page.locator(card(seen)).focus()
    back(seen)
    await page.locator(`${inColumn('signoff', ids[3] as string)}:focus`).waitFor()
    // One that is sorted elsewhere in its column keeps the keyboard.
    screens.desk.as('lead', 'workOrder.addNote', { order: ids[3] as string, kind: 'internal', text: '已联系客户' })
    await page.locator(`${inColumn('signoff', ids[3] as string)}:focus`).waitFor()
  })
})
