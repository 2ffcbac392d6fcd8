import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '#core/store/sql.ts'
import { DEMO_PASSWORD } from '#shared/domain/user/demo.ts'
import { NOON } from '../support/desk.ts'
import { chromium } from '../support/runtimes.ts'
import { clean } from './clean.ts'
import { Screens } from './support.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const CREW = ['chen.li', 'li.wei', 'zhao.qian', 'sun.bo', 'engineer']
const SUZHOU = { lat: 31.3, lon: 120.6 }
const row = (engineer: string): string => `[data-engineer="${engineer}"]`
const waiting = (order: string): string => `[data-waiting="${order}"]`
const bar = (engineer: string, order: string): string => `${row(engineer)} [data-order="${order}"]`

interface Booked {
  readonly id: string
  readonly engineer: string
  readonly from: number
  readonly to: number
}

describe.skipIf(!chromium.path)('the dispatch panel', () => {
  let screens: Screens
  /** Orders of the desk in `scheduling`. */
  let orders: string[]
  const open = (login = 'dispatcher', more: Parameters<Screens['signedIn']>[1] = {}): Promise<Page> => screens.signedIn(login, { path: '/dispatch', ...more })
  const appointment = (order: string): Booked | null => screens.desk.desk.app.subjects.load<{ appointment: Booked | null }>({ kind: 'workOrder', id: order }).state.appointment
  const pinned = (order: string): string | null => screens.desk.desk.app.subjects.load<{ appointment: string | null }>({ kind: 'visitPin', id: order }).state.appointment
  const book = (order: string, engineer: string, from: number, hours = 1): unknown =>
    screens.desk.as('dispatcher', 'dispatch.book', { order, base: screens.desk.head(order), engineers: [engineer], from, to: from + hours * HOUR })
  const unbook = (order: string): unknown => screens.desk.as('dispatcher', 'dispatch.unbook', { order, base: screens.desk.head(order), reason: '改期' })
  /** An order that waits; where all are booked, one that is taken off. */
  function free(): string {
    const order = orders.find((each) => appointment(each) === null) ?? (orders[0] as string)
    if (appointment(order)) unbook(order)
    return order
  }
  /** Where a time of today stands in the row of an engineer, px of the screen. */
  async function spot(page: Page, engineer: string, at: number): Promise<{ x: number; y: number }> {
    const scale = await page.locator('.timeline').evaluate((box) => {
      const lane = box.querySelector('.lane') as HTMLElement
      return { left: lane.getBoundingClientRect().left, width: lane.offsetWidth }
    })
    const place = await page.locator(row(engineer)).boundingBox()
    if (!place) throw new Error('no such row')
    const dayStart = NOON - 10 * HOUR
    return { x: scale.left + ((at - dayStart) / (24 * HOUR)) * scale.width, y: place.y + place.height / 2 }
  }
  async function dragTo(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + 8, from.y + 2, { steps: 2 })
    await page.mouse.move(to.x, to.y, { steps: 6 })
    await page.mouse.up()
  }
  async function middle(page: Page, selector: string): Promise<{ x: number; y: number }> {
    await page.locator(selector).waitFor()
    const box = await page.locator(selector).boundingBox()
    if (!box) throw new Error(`${selector} is not to be seen`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  beforeAll(async () => {
    screens = await Screens.open()
    const { desk } = screens
    orders = desk.orders.filter((_, index) => index % 6 === 3)
    const skill = desk.as('supervisor', 'skill.register', { name: '电气' })['id'] as string
    for (const [index, engineer] of CREW.entries()) {
      desk.as('supervisor', 'roster.setProfile', {
        engineer,
        skills: [{ skill, level: 2, certificate: '', validUntil: null }],
        home: { lat: SUZHOU.lat + index * 0.02, lon: SUZHOU.lon + index * 0.03, name: '家' },
        overtimeMin: 60,
      })
      desk.as('dispatcher', 'roster.addRotation', { engineer, from: '2026-10-19', until: null, cycleDays: 7, shifts: [0, 1, 2, 3, 4].map((day) => ({ day, start: '08:00', minutes: 600 })) })
    }
    const customers = new Set(orders.map((order) => desk.desk.app.subjects.load<{ fields: Record<string, unknown> }>({ kind: 'workOrder', id: order }).state.fields['customer'] as string))
    for (const [index, customer] of [...customers].entries()) desk.as('supervisor', 'customer.locate', { customer, place: { lat: SUZHOU.lat + index * 0.015, lon: SUZHOU.lon + 0.02 } })
  })
  afterAll(() => screens?.close())

  it('plans by mouse: from the list into a row, to another row, longer, off again', async () => {
    const order = orders[0] as string
    const page = await open()
    await page.locator(waiting(order)).waitFor()
    await dragTo(page, await middle(page, waiting(order)), await spot(page, 'chen.li', NOON + 4 * HOUR))
    await page.locator(bar('chen.li', order)).waitFor()
    expect(appointment(order)).toMatchObject({ engineer: 'chen.li', from: NOON + 4 * HOUR })
    await page.locator(waiting(order)).waitFor({ state: 'detached' })

    const length = (appointment(order)?.to ?? 0) - (appointment(order)?.from ?? 0)
    const held = await middle(page, bar('chen.li', order))
    const target = await spot(page, 'li.wei', NOON + 3 * HOUR + length / 2)
    await dragTo(page, held, target)
    await page.locator(bar('li.wei', order)).waitFor()
    expect(appointment(order)).toMatchObject({ engineer: 'li.wei', from: NOON + 3 * HOUR, to: NOON + 3 * HOUR + length })

    const edge = await page.locator(`${bar('li.wei', order)} .edge.end`).boundingBox()
    if (!edge) throw new Error('no edge')
    const later = await spot(page, 'li.wei', NOON + 3 * HOUR + length + 30 * MINUTE)
    await dragTo(page, { x: edge.x + 3, y: edge.y + 10 }, later)
    await expect.poll(() => appointment(order)?.to).toBe(NOON + 3 * HOUR + length + 30 * MINUTE)
    const ends = new Date(NOON + 3 * HOUR + length + 30 * MINUTE).toLocaleTimeString('sv-SE', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
    await page.locator(`${bar('li.wei', order)}[aria-label*="${ends}"]`).waitFor()

    await dragTo(page, await middle(page, bar('li.wei', order)), await middle(page, '[data-waiting-list] h2'))
    const dialog = page.getByRole('dialog')
    await dialog.locator('input').fill('客户改期')
    await page.keyboard.press('Enter')
    await page.locator(waiting(order)).waitFor()
    expect(appointment(order)).toBeNull()
    expect(screens.problems).toEqual([])
  })

  it('plans by keys alone: chooses, books a suggestion, carries, pins, takes off', async () => {
    const page = await open()
    await page.locator('[data-waiting]').first().waitFor()
    await page.locator(row('chen.li')).waitFor()
    await page.keyboard.press('w')
    await page.locator('[data-waiting]:focus').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.locator('[data-waiting]').nth(1).and(page.locator(':focus')).waitFor()
    const order = (await page.locator('[data-waiting]:focus').getAttribute('data-waiting')) as string
    await page.keyboard.press('Enter')
    const first = page.locator('[data-option]').first()
    await first.waitFor()
    expect(await first.innerText()).toMatch(/电气 L2/)
    const engineer = (await first.getAttribute('data-option')) as string
    await page.keyboard.press('1')
    await expect.poll(() => appointment(order)?.engineer).toBe(engineer)

    // Today at two, so that it is on the screen.
    unbook(order)
    book(order, 'chen.li', NOON + 4 * HOUR)
    await page.locator(bar('chen.li', order)).waitFor()
    await page.keyboard.press('e')
    await page.locator('[data-name]:focus').waitFor()
    await page.locator(`${row('chen.li')} [data-name]`).focus()
    await page.keyboard.press('ArrowRight')
    await page.locator(`${bar('chen.li', order)}:focus`).waitFor()
    await page.keyboard.press('m')
    await page.locator('[data-placing]').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press(']')
    await page.locator('[data-placing] [data-place=save]:enabled').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => appointment(order)?.engineer).not.toBe('chen.li')
    expect(appointment(order)).toMatchObject({ from: NOON + 4 * HOUR + 45 * MINUTE, to: NOON + 6 * HOUR })

    await page.locator(`[data-order="${order}"]`).focus()
    await page.keyboard.press('x')
    await expect.poll(() => pinned(order)).toBe(appointment(order)?.id)
    await page.locator(`[data-order="${order}"]`).focus()
    await page.keyboard.press('Delete')
    await page.getByRole('dialog').locator('input').fill('客户改期')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => appointment(order)).toBeNull()
    expect(screens.problems).toEqual([])
  })

  it('asks what a visit needs, from the list by key and from the drawer by mouse; what cannot be is said at its box', async () => {
    const [order, before] = [orders[4] as string, orders[5] as string]
    const needs = () => screens.desk.desk.app.subjects.load<{ visitNeeds: { minutes: number | null; crew: number; after: string[]; windows: { from: number; to: number }[] } }>({ kind: 'workOrder', id: order }).state.visitNeeds
    // 23 visits alike of the past, as they are kept: 48 to 92 minutes.
    const { faultSymptom, model } = screens.desk.desk.app.subjects.load<{ fields: Record<string, unknown> }>({ kind: 'workOrder', id: order }).state.fields
    for (let n = 0; n < 23; n++) {
      run(screens.desk.desk.app.db, 'INSERT OR REPLACE INTO visit_duration (order_id, symptom, model, minutes, ended_at) VALUES (?, ?, ?, ?, ?)', `past-${n}`, String(faultSymptom), String(model), 48 + 2 * n, NOON - n * HOUR)
    }
    const page = await open()
    await page.locator(waiting(order)).focus()
    await page.keyboard.press('Shift+t')
    const form = page.locator('[data-visit-needs]')
    // The proposal is what history says, and of what it is made.
    await form.locator('[data-learnt]', { hasText: '同故障同机型 23 次的中位数' }).waitFor()
    expect(await form.locator('[name=minutes]').getAttribute('placeholder')).toBe('70')
    await form.locator('[name=minutes]:focus').waitFor()
    await page.keyboard.type('3')
    await form.getByRole('alert').filter({ hasText: '5 到 10080' }).waitFor()
    await page.keyboard.type('5')
    await form.getByRole('alert').waitFor({ state: 'detached' })
    await form.locator('[name=crew]').fill('2')
    await form.locator('[data-add-window]').click()
    await form.getByLabel('第 1 段到').fill('2026-10-21T08:00')
    await form.getByRole('alert').filter({ hasText: '结束要晚于开始' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await form.locator('.button.main:disabled').waitFor()
    expect(needs()).toMatchObject({ minutes: null, crew: 1 })
    await form.getByLabel('第 1 段从').fill('2026-10-21T13:00')
    await form.getByLabel('第 1 段到').fill('2026-10-21T15:00')
    await page.keyboard.press('Control+Enter')
    await form.waitFor({ state: 'detached' })
    expect(needs()).toEqual({ minutes: 35, crew: 2, after: [], windows: [{ from: NOON + 3 * HOUR, to: NOON + 5 * HOUR }] })

    await page.locator(waiting(order)).click()
    await page.locator('[data-deed=open]').click()
    await page.locator('[data-drawer] [data-action=planVisit]').click()
    await form.locator('[data-use-learnt]').click()
    await form.getByLabel('第 1 段', { exact: false }).first().waitFor()
    await page.getByLabel('去掉第 1 段').click()
    await form.getByLabel('加一张要先做完的工单').click()
    await page.keyboard.type(screens.desk.desk.app.subjects.load<{ number: string }>({ kind: 'workOrder', id: before }).state.number)
    await page.locator('.el-select-dropdown__item', { hasText: screens.desk.desk.app.subjects.load<{ number: string }>({ kind: 'workOrder', id: before }).state.number }).click()
    await form.locator(`[data-after="${before}"]`).waitFor()
    await clean(page, '[data-visit-needs]')
    await form.locator('.button.main').click()
    await form.waitFor({ state: 'detached' })
    expect(needs()).toEqual({ minutes: null, crew: 2, after: [before], windows: [] })
    screens.desk.as('dispatcher', 'workOrder.planVisit', { order, base: screens.desk.head(order), crew: 1, after: [] })
    expect(screens.problems).toEqual([])
  })

  it('does not save what is impossible, and shows what is only unwelcome before it is saved', async () => {
    const [mine, other] = [orders[1] as string, orders[2] as string]
    book(other, 'sun.bo', NOON + 2 * HOUR)
    const page = await open()
    await page.locator(bar('sun.bo', other)).waitFor()
    await dragTo(page, await middle(page, waiting(mine)), await spot(page, 'sun.bo', NOON + 2 * HOUR))
    await page.locator('[data-placing] [data-hard]', { hasText: /已约/ }).waitFor()
    expect(await page.locator('[data-place=save]').isDisabled()).toBe(true)
    await page.keyboard.press('Enter')
    // Past the end of the shift, but within the limit of overtime.
    await page.locator('[data-place=cancel]').click()
    await page.locator(waiting(mine)).focus()
    await page.keyboard.press('m')
    await page.locator('[data-placing]').waitFor()
    expect(appointment(mine)).toBeNull()
    await page.keyboard.press('Escape')
    await page.locator('[data-placing]').waitFor({ state: 'detached' })
    await page.locator(`${waiting(mine)}:focus`).waitFor()
    unbook(other)
  })

  it('refuses the second of two dispatchers who book the same hour, with the reason', async () => {
    const [a, b] = [orders[1] as string, orders[2] as string]
    const [mine, theirs] = await Promise.all([open('dispatcher'), open('supervisor')])
    for (const [page, order] of [[mine, a], [theirs, b]] as const) {
      await page.locator(waiting(order)).waitFor()
      // Nobody hears of the other before both have decided.
      await page.route('**/api/commands/dispatch.book', async (route) => {
        await both
        await route.continue()
      })
    }
    let go: () => void = () => undefined
    const both = new Promise<void>((resolve) => (go = resolve))
    await dragTo(mine, await middle(mine, waiting(a)), await spot(mine, 'zhao.qian', NOON + 3 * HOUR))
    const asked = theirs.waitForRequest('**/api/commands/dispatch.book')
    await dragTo(theirs, await middle(theirs, waiting(b)), await spot(theirs, 'zhao.qian', NOON + 3 * HOUR))
    await asked
    go()
    await expect.poll(() => [a, b].filter((order) => appointment(order) !== null).length).toBe(1)
    const [loser, lost, won] = appointment(a) ? [theirs, b, a] : [mine, a, b]
    await loser.locator('[data-placing] .meaning.red').first().waitFor()
    await loser.locator('[data-placing] [data-hard]', { hasText: screens.desk.desk.app.subjects.load<{ number: string }>({ kind: 'workOrder', id: won }).state.number }).waitFor()
    expect(await loser.locator('[data-place=save]').isDisabled()).toBe(true)
    expect(appointment(lost)).toBeNull()
    await loser.keyboard.press('Escape')
    unbook(won)
  })

  it('plans the day, and plans it anew when an engineer falls ill at ten: little changes, all of it is shown first', async () => {
    const page = await open()
    await page.locator('[data-waiting]').first().waitFor()
    await page.keyboard.press('Shift+P')
    await page.locator('[data-plan-seconds]').selectOption('1')
    await page.locator('[data-plan-start]').click()
    const ready = page.locator('[data-plan-state=ready]')
    await ready.waitFor({ timeout: 40_000 })
    await clean(page, '[data-plan]')
    expect(await page.locator('[data-changes=added] [data-change]').count()).toBeGreaterThan(3)
    // One stays out: a plan is accepted in part, too.
    const out = page.locator('[data-changes=added] [data-change]').last()
    const left = (await out.getAttribute('data-change')) as string
    await out.locator('input').uncheck()
    await page.locator('[data-plan-accept]').click()
    await page.locator(`[data-change="${left}"] input:enabled`).waitFor()
    await expect.poll(() => orders.filter((order) => appointment(order) !== null).length).toBeGreaterThan(2)
    expect(appointment(left)).toBeNull()
    await page.locator('[data-plan-accept]').or(page.locator('[data-plan] .form-foot .button')).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })

    const today = orders.flatMap((order) => (appointment(order) && (appointment(order)?.from ?? 0) < NOON + 14 * HOUR ? [order] : []))
    expect(today.length).toBeGreaterThan(0)
    const ill = appointment(today[0] as string)?.engineer as string
    const others = today.filter((order) => appointment(order)?.engineer !== ill)
    const before = others.map((order) => [order, appointment(order)?.engineer])
    await page.locator(`${row(ill)} [data-name]`).focus()
    await page.keyboard.press('Shift+R')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('从').fill('2026-10-21T10:00')
    await page.locator('[data-plan-seconds]').selectOption('1')
    await page.locator('[data-plan-start]').click()
    await ready.waitFor({ timeout: 40_000 })
    await page.locator('[data-stability]').waitFor()
    expect(await page.locator('[data-change]').count()).toBeGreaterThan(0)
    await page.locator('[data-plan-accept]').click()
    await expect.poll(() => today.filter((order) => appointment(order)?.engineer === ill && (appointment(order)?.from ?? 0) < NOON + 14 * HOUR)).toEqual([])
    expect(others.map((order) => [order, appointment(order)?.engineer])).toEqual(before)
    expect(screens.problems).toEqual([])
  })

  it('shows a week, a map and figures; says what is the matter where there is nothing', async () => {
    const page = await open('finance')
    await page.locator(row('chen.li')).waitFor()
    // Who may only look is offered nothing to change.
    expect(await page.locator('[data-open=plan]').count()).toBe(0)
    await page.keyboard.press('v')
    await page.locator('[data-mode=week][aria-pressed=true]').waitFor()
    await page.locator(row('chen.li')).waitFor()
    await page.keyboard.press('Shift+M')
    await page.locator('[data-day-map] canvas').waitFor()
    await page.locator('[data-engineer-find]').fill('没有这个人')
    await page.getByText('没有符合的工程师').waitFor()
    await page.route('**/api/queries/dispatch.day', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'tooManyRequests' } }) }))
    await page.goto(`${screens.desk.url}/dispatch`)
    await page.getByText('派工数据没有读到').waitFor()
    await page.unroute('**/api/queries/dispatch.day')
    await page.getByRole('button', { name: '重试' }).click()
    await page.locator(row('chen.li')).waitFor()
  })

  it('tells an engineer his day, and of what changed in it', async () => {
    const order = free()
    for (const each of orders) if (appointment(each)?.engineer === 'engineer') unbook(each)
    const page = await screens.page({ path: '/my-day', viewport: { width: 390, height: 844 } })
    await page.getByLabel('登录名').fill('engineer')
    await page.getByLabel('密码').fill(DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('这一天没有安排').waitFor()
    book(order, 'engineer', NOON + 3 * HOUR)
    await page.locator(`[data-my-visit="${order}"]`, { hasText: '13:00–14:00' }).waitFor()
    await page.locator('[data-changes-mine]').waitFor()
    await clean(page)
  })

  it.each(['light', 'dark'] as const)('is clean to axe, %s', async (theme) => {
    const page = await open('dispatcher', { theme })
    const order = free()
    await page.locator(row('chen.li')).waitFor()
    await page.locator(waiting(order)).focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-side]').waitFor()
    await page.keyboard.press('Shift+M')
    await page.locator('[data-day-map]').waitFor()
    await page.keyboard.press('m')
    await page.locator('[data-placing]').waitFor()
    await clean(page)
    await page.keyboard.press('Escape')
    await page.goto(`${screens.desk.url}/dispatch/numbers`)
    await page.locator('[data-finding]').waitFor()
    await clean(page, 'main')
  })
})
