import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOON } from '../support/desk.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

const HOUR = 3_600_000
const row = (order: string): string => `[data-promise="${order}"]`

describe.skipIf(!chromium.path)('the page of promises', () => {
  let screens: Screens
  const order = (index: number): string => screens.desk.orders[index] as string
  /** A promise of its own, so that the order of the list is known. */
  const promised = (index: number, by: number, step = `回电 ${index}`): string => {
    const id = order(index)
    const promise = { step, waitsOn: 'us', who: 'user:dispatcher', by } as const
    screens.desk.as('dispatcher', 'workOrder.setPromise', { order: id, base: screens.desk.head(id), promise })
    return id
  }
  const page = (login = 'dispatcher', path = '/promises'): Promise<Page> => screens.signedIn(login, { path })
  const ids = (on: Page): Promise<string[]> => on.locator('[data-promise]').evaluateAll((rows) => rows.map((each) => each.getAttribute('data-promise') ?? ''))

  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it('shows broken promises first, and who owns how many', async () => {
    const on = await page()
    await on.locator('[data-promise]').first().waitFor()
    const dues = await on.locator('[data-promise]').evaluateAll((rows) => rows.map((each) => each.getAttribute('data-due')))
    expect(dues[0]).toBe('broken')
    expect(dues).toEqual([...dues].sort((a, b) => ['broken', 'today', 'later', 'none'].indexOf(a ?? '') - ['broken', 'today', 'later', 'none'].indexOf(b ?? '')))
    expect(await on.locator('h2.broken').innerText()).toMatch(/已过期\s*\d+/)
    const owner = on.locator('[data-owner=dispatcher]')
    expect(await owner.locator('.red').innerText()).toMatch(/^\d+$/)
    await owner.click()
    await on.locator('[data-owner=dispatcher][aria-current=true]').waitFor()
    for (const name of await on.locator('[data-promise] .owner').allInnerTexts()) expect(name).toContain('周敏')
    expect(screens.problems).toEqual([])
  })

  it('is narrowed to mine, to broken ones, to whom they wait on', async () => {
    const waiting = order(8)
    const promise = { step: '等客户给停机时间', waitsOn: 'customer', by: NOON + 5 * HOUR } as const
    screens.desk.as('dispatcher', 'workOrder.setPromise', { order: waiting, base: screens.desk.head(waiting), promise })
    const on = await page()
    await on.locator('[data-filter=broken]').click()
    await on.locator('[data-promise][data-due=broken]').first().waitFor()
    await expect.poll(() => on.locator('[data-promise]:not([data-due=broken])').count()).toBe(0)
    await on.locator('[data-filter=broken]').click()
    await on.locator('[data-filter=party]').selectOption('customer')
    await on.locator(row(waiting)).waitFor()
    await expect.poll(() => ids(on)).toEqual([waiting])
    await on.locator('[data-filter=mine]').click()
    await on.locator('[data-filter=mine][aria-pressed=true]').waitFor()
    await on.locator('[data-filter=party]').selectOption('erp')
    await on.getByText('没有符合筛选的承诺').waitFor()
  })

  it('is walked with J and K; Enter opens the order beside the list, Escape leads back', async () => {
    const on = await page()
    await on.locator('[data-promise]').first().waitFor()
    const [first, second] = await ids(on)
    await on.keyboard.press('j')
    await on.locator(`${row(first as string)}:focus`).waitFor()
    await on.keyboard.press('j')
    await on.locator(`${row(second as string)}:focus`).waitFor()
    await on.keyboard.press('k')
    await on.locator(`${row(first as string)}:focus`).waitFor()
    await on.keyboard.press('Enter')
    const drawer = on.locator('[data-drawer]')
    await drawer.getByRole('tab', { name: '内容' }).waitFor()
    const beside = await on.locator(row(first as string)).boundingBox()
    const edge = await drawer.boundingBox()
    expect((beside?.x ?? 0) + (beside?.width ?? 0)).toBeLessThanOrEqual(edge?.x ?? 0)
    await on.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await on.locator(`${row(first as string)}:focus`).waitFor()
  })

  it('changes a promise by its key, with a usual time in one tap; another desk sees it move', async () => {
    const id = promised(14, NOON + 10 * 60_000)
    // Tall enough for every row to be drawn.
    const viewport = { width: 1366, height: 3000 }
    const mine = await screens.signedIn('dispatcher', { path: '/promises', viewport })
    const theirs = await screens.signedIn('supervisor', { path: '/promises', viewport })
    await theirs.locator(row(id)).waitFor()
    await mine.locator(row(id)).focus()
    await mine.keyboard.press('p')
    const dialog = mine.getByRole('dialog')
    await dialog.locator('#form-step').fill('等备件到货后回电')
    await dialog.locator('[data-soon=tomorrow]').click()
    await mine.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    for (const on of [mine, theirs]) await on.locator(`${row(id)}[data-due=later]`, { hasText: '等备件到货后回电' }).waitFor()
  })

  it('acknowledges a breach, so that nobody above is called for now', async () => {
    const on = await page('supervisor')
    const broken = on.locator('[data-promise][data-due=broken]').first()
    await broken.waitFor()
    await broken.focus()
    await on.keyboard.press('Shift+A')
    await on.getByText(/已知悉|没有要知悉的超时/).first().waitFor()
  })

  it('hands a whole shift over: the receiver sees one offer, takes part of it, declines the rest', async () => {
    const giver = await page('lead')
    await giver.locator('[data-promise]').first().waitFor()
    await giver.keyboard.press('Shift+H')
    const dialog = giver.getByRole('dialog')
    await dialog.locator('.order').first().waitFor()
    const count = await dialog.locator('.order').count()
    await dialog.getByRole('combobox').first().click()
    await giver.getByRole('option', { name: /周敏/ }).click()
    await dialog.locator('#shift-note').fill('我明天出差，请盯住 𠮷田 的那台')
    await dialog.getByRole('button', { name: `请对方接手 ${count} 张` }).click()
    await dialog.waitFor({ state: 'hidden' })
    await giver.locator('.offer.byMe').getByText(`${count} 张待答复`).waitFor()

    const receiver = await page('dispatcher')
    const offer = receiver.locator('.offer.toMe')
    await offer.getByText(`韩志远向您交班，共 ${count} 张工单`).waitFor()
    expect(await offer.innerText()).toContain('我明天出差，请盯住 𠮷田 的那台')
    await receiver.getByRole('button', { name: /^通知/ }).click()
    await receiver.getByText(`韩志远向您交班：${count} 张工单`).waitFor()
    await receiver.getByRole('button', { name: /^通知/ }).click()
    await receiver.locator('.notices').waitFor({ state: 'hidden' })

    await offer.getByRole('button', { name: '逐张看' }).click()
    const boxes = offer.locator('.order input')
    await boxes.first().uncheck()
    const kept = await offer.locator('.order').first().getAttribute('data-order')
    // Meanwhile a supervisor gives one of them to somebody else.
    const lost = (await offer.locator('.order').nth(1).getAttribute('data-order')) as string
    screens.desk.as('supervisor', 'workOrder.reassign', { order: lost, base: screens.desk.head(lost), owner: 'supervisor' })
    await offer.locator(`[data-order="${lost}"]`, { hasText: '已换手' }).waitFor()
    await offer.locator('[data-answer=accept]').click()
    await receiver.getByText(`已接手 ${count - 2} 张`).first().waitFor()
    expect(screens.desk.desk.app.subjects.load<{ owner: string }>({ kind: 'workOrder', id: kept as string }).state.owner).toBe('lead')
    await offer.locator('[data-answer=decline]').click()
    await offer.waitFor({ state: 'detached' })
    await giver.locator('.offer.byMe').getByText(`${count - 2} 张已接手`).waitFor()
    expect(await giver.locator('.offer.byMe').innerText()).toContain('1 张已换手')
  })

  it('names the orders that changed hands when the whole shift is taken', async () => {
    const [a, b] = [order(3), order(9)]
    for (const id of [a, b]) {
      screens.desk.as('supervisor', 'workOrder.reassign', { order: id, base: screens.desk.head(id), owner: 'engineer' })
    }
    const { shift } = screens.desk.as('engineer', 'shiftHandover.offer', { to: 'dispatcher', orders: [a, b] })
    const on = await page()
    const offer = on.locator(`[data-offer="${String(shift)}"]`)
    await offer.locator('[data-answer=accept]').waitFor()
    await on.route('**/api/commands/shiftHandover.answer', async (route) => {
      // Somebody was quicker than this click.
      screens.desk.as('supervisor', 'workOrder.reassign', { order: a, base: screens.desk.head(a), owner: 'lead' })
      await route.continue()
    })
    await offer.locator('[data-answer=accept]').click()
    await on.getByText(/已接手 1 张；没有包括：A-\d{6}-\d{3} 已换负责人/).waitFor()
  })

  it('says who is on leave and who stands in; one plans one’s own leave, a supervisor everybody’s', async () => {
    const on = await page('lead')
    await on.locator('[data-promise]').first().waitFor()
    await on.locator('[data-open=absences]').click()
    const dialog = on.getByRole('dialog')
    expect(await dialog.getByText('谁休假').count()).toBe(0)
    await dialog.getByLabel('从').fill('2026-10-21T09:00')
    await dialog.getByLabel('到').fill('2026-10-23T18:00')
    await dialog.getByRole('combobox').last().click()
    await on.getByRole('option', { name: /沈岚/ }).click()
    await dialog.getByRole('button', { name: '安排休假' }).click()
    await dialog.locator('[data-absence=lead]').getByText('代理人 沈岚').waitFor()
    await on.keyboard.press('Escape')
    const theirs = await page('supervisor')
    await theirs.locator('[data-owner=lead]').getByText('休假中').waitFor()
    const mine = order(0)
    screens.desk.as('supervisor', 'workOrder.reassign', { order: mine, base: screens.desk.head(mine), owner: 'lead' })
    await theirs.goto(`${screens.desk.url}/promises?order=${mine}`)
    await theirs.locator('[data-away]').getByText('休假中，代理人 沈岚').waitFor()
    await theirs.locator('[data-open=absences]').click()
    await theirs.locator('[data-absence=lead] [data-action=end]').click()
    await theirs.getByText('现在没有人休假').waitFor()
    await theirs.getByRole('dialog').getByText('谁休假').waitFor()
  })

  it('keeps a view of its filters, and says why where it cannot be read', async () => {
    const on = await page('supervisor')
    await on.locator('[data-filter=broken]').click()
    await on.locator('#promises-views').click()
    await on.getByRole('button', { name: '保存为新视图' }).or(on.locator('.form-foot .button').last()).first().click()
    await on.getByRole('dialog').getByRole('textbox').fill('过期的')
    await on.keyboard.press('Enter')
    await on.locator('#promises-views', { hasText: '过期的' }).waitFor()
    await on.route('**/api/queries/promise.list', (route) =>
      route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'tooManyRequests' } }) }),
    )
    await on.reload()
    await on.getByText('承诺没有读到').waitFor()
    await on.unroute('**/api/queries/promise.list')
    await on.getByRole('button', { name: '重试' }).click()
    await on.locator('[data-promise]').first().waitFor()
  })

  it('draws only the rows in sight', async () => {
    const on = await page('supervisor')
    await on.locator('[data-promise]').first().waitFor()
    await on.keyboard.press('End')
    await on.locator('[data-promise]:focus').waitFor()
    expect(await on.locator('[data-promise]').count()).toBeLessThan(42)
  })
})
