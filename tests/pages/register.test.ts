import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openService, type Service } from '#core/gateway/service.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'

/** Keystroke-level model (Card, Moran, Newell): a keystroke of an average typist, and a moment of thought, s. */
const KEYSTROKE_S = 0.28
const THOUGHT_S = 1.35
/** Who calls, which machine, what is wrong, is it right, done. */
const THOUGHTS = 5
const LIMIT_S = 40

describe.skipIf(!chromium.path)('registering by telephone', () => {
  let screens: Screens
  let again: Service | undefined
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(async () => {
    await again?.close()
    await screens?.close()
  })

  let opened: Page | undefined
  /** A window less that looks for the service center while the next one is tried. */
  afterEach(async () => {
    await opened?.context().close()
    opened = undefined
  })

  interface Machine {
    id: string
    serial: string
    model: string
    name: string
    symptom: string
    order_id: string
  }
  /** A machine with one open order, by that order. */
  const machineOf = (index: number): Machine =>
    screens.desk.desk.app.db.raw
      .prepare(
        `SELECT e.id, e.serial, e.model, c.name, w.symptom, w.id AS order_id FROM work_order AS w
         JOIN equipment AS e ON e.id = w.equipment JOIN customer AS c ON c.id = w.customer WHERE w.id = ?`,
      )
      .get(screens.desk.orders[index]) as Machine
  const count = (condition: string, ...values: string[]): number =>
    screens.desk.desk.app.db.raw.prepare(`SELECT count(*) FROM work_order WHERE ${condition}`).pluck().get(...values) as number
  const ofCustomer = (name: string): number => count('customer IN (SELECT id FROM customer WHERE name = ?)', name)
  const symptom = (page: Page) => page.getByLabel('故障现象')
  const drawer = (page: Page) => page.locator('[data-drawer]')
  const onRegister = async (login = 'dispatcher'): Promise<Page> => {
    const page = (opened = await screens.signedIn(login, { path: '/register' }))
    await page.locator('#reg-customer:focus').waitFor()
    return page
  }
  const typeAndEnter = async (page: Page, letters: string): Promise<void> => {
    await page.keyboard.type(letters)
    await page.keyboard.press('Enter')
  }

  it('is done by keyboard alone in well under 40 s: initials of the customer, the middle of the serial, initials of the symptom', async () => {
    const machine = machineOf(4)
    const page = (opened = await screens.signedIn('dispatcher'))
    await page.locator('[data-card]').first().waitFor()
    await page.evaluate(() => {
      const counted = window as unknown as { keys: number }
      counted.keys = 0
      window.addEventListener('keydown', () => (counted.keys += 1), { capture: true })
    })
    const begun = Date.now()
    await page.keyboard.press('c')
    await page.locator('#reg-customer:focus').waitFor()
    // 无锡华鼎精密, 常州新誉轨交 …: the initials of all but the city.
    const initials: Record<string, string> = { 无锡华鼎精密: 'hdjm', 常州新誉轨交: 'xygj', 苏州精工机械: 'jgjx', 振华数控: 'zhsk', 宁波海天塑机: 'htsj', 东莞恒力模具: 'hlmj', 青岛海润制药: 'hrzy', 合肥晶科能源: 'jkny' }
    await typeAndEnter(page, initials[machine.name] ?? '')
    await page.locator('#reg-serial:focus').waitFor()
    expect(await page.locator('#reg-customer').inputValue()).toBe(machine.name)
    expect(await page.getByLabel('联系电话').inputValue()).toMatch(/^0512-/)
    await typeAndEnter(page, machine.serial.slice(-4))
    await page.locator('#reg-symptom:focus').waitFor()
    expect(await page.locator('#reg-serial').inputValue()).toBe(machine.serial)
    expect(await page.getByLabel('型号').inputValue()).toBe(machine.model)
    await page.locator('[data-machine]').waitFor()
    await page.locator('.old').first().waitFor()
    // 料位传感器误报, or 出口温度波动 on the machine that has the former.
    const asked = machine.symptom.startsWith('料位') ? 'ckwd' : 'lwcgq'
    await typeAndEnter(page, asked)
    await page.locator('#reg-steps:focus').waitFor()
    const pressed = Date.now()
    await page.keyboard.press('Control+Enter')
    await drawer(page).getByText(machine.name).first().waitFor()
    const answered = Date.now()
    const keys = await page.evaluate(() => (window as unknown as { keys: number }).keys)
    const estimate = keys * KEYSTROKE_S + THOUGHTS * THOUGHT_S + (answered - begun) / 1000
    console.info(`registration by telephone: ${keys} keystrokes, ${((answered - begun) / 1000).toFixed(2)} s of the machine, of it ${answered - pressed} ms for registering; by the keystroke-level model ${estimate.toFixed(1)} s`)
    expect(keys).toBeLessThan(30)
    expect(answered - pressed).toBeLessThan(2000)
    expect(estimate).toBeLessThan(LIMIT_S)
    expect(await drawer(page).innerText()).toContain(machine.symptom.startsWith('料位') ? '出口温度波动' : '料位传感器误报')
    expect(screens.problems).toEqual([])
  })

  it('finds the customer by telephone, and by a serial in the first box the machine with its customer', async () => {
    const machine = machineOf(9)
    const page = await onRegister()
    await page.keyboard.type('67000117')
    await page.getByRole('option', { name: /苏州精工机械/ }).first().waitFor()
    await page.locator('#reg-customer').fill('')
    await page.keyboard.type(machine.serial.slice(3))
    await page.getByRole('option', { name: new RegExp(machine.serial) }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('#reg-symptom:focus').waitFor()
    expect(await page.locator('#reg-customer').inputValue()).toBe(machine.name)
    await page.locator('[data-cover]').first().waitFor()
  })

  it('takes a customer and a machine that nobody knows in the same flow', async () => {
    const page = await onRegister()
    await page.keyboard.insertText('嘉兴新客纺机')
    await page.keyboard.press('Enter')
    await page.locator('#reg-contact:focus').waitFor()
    await page.keyboard.insertText('陆工')
    await page.keyboard.press('Enter')
    await typeAndEnter(page, '0573-88880001')
    await page.locator('#reg-serial:focus').waitFor()
    await typeAndEnter(page, 'NEW-0001')
    await page.locator('#reg-model:focus').waitFor()
    await typeAndEnter(page, 'BR-VS900')
    await page.locator('#reg-symptom:focus').waitFor()
    await page.keyboard.insertText('上电跳闸')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    await drawer(page).getByText('嘉兴新客纺机').first().waitFor()
    await page.goto(`${screens.desk.url}/customers`)
    await page.getByLabel('显示哪些').selectOption('provisional')
    await page.getByRole('option', { name: /嘉兴新客纺机/ }).click()
    await page.locator('[data-confirm]').click()
    await page.locator('[data-confirm]').waitFor({ state: 'detached' })
    await page.locator('[data-history]').getByText('确认资料').waitFor()
  })

  it('warns of a twin before it is made: look, note it there, or go on', async () => {
    const machine = machineOf(11)
    const page = await onRegister()
    await page.keyboard.type(machine.serial)
    await page.getByRole('option', { name: new RegExp(machine.serial) }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('#reg-symptom:focus').waitFor()
    await page.keyboard.insertText(machine.symptom)
    await page.locator('[data-twin]').waitFor()
    const before = count('equipment = ?', machine.id)
    await page.keyboard.press('Control+Enter')
    await page.locator('#twin-go-on:focus').waitFor()
    expect(count('equipment = ?', machine.id)).toBe(before)
    await page.keyboard.press('Alt+m')
    await drawer(page).getByText(machine.name).first().waitFor()
    expect(page.url()).toContain(machine.order_id)
    expect(count('equipment = ?', machine.id)).toBe(before)
    const { state } = screens.desk.desk.app.subjects.load<{ inquiries: number }>({ kind: 'workOrder', id: machine.order_id })
    expect(state.inquiries).toBe(1)
    // The same once more, and in spite of the warning.
    await page.keyboard.press('c')
    await page.locator('#reg-customer:focus').waitFor()
    await page.keyboard.type(machine.serial)
    await page.getByRole('option', { name: new RegExp(machine.serial) }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('#reg-symptom:focus').waitFor()
    await page.keyboard.insertText(machine.symptom)
    await page.locator('[data-twin]').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.locator('#twin-go-on:focus').waitFor()
    await page.keyboard.press('Control+Enter')
    await drawer(page).waitFor()
    expect(count('equipment = ?', machine.id)).toBe(before + 1)
  })

  it('says what to do about a known defect while the symptom is told', async () => {
    screens.desk.as('lead', 'knownDefect.register', { title: '320 系列花屏', model: 'BR-VS320', symptoms: ['花屏'], advice: '先重插排线。' })
    const machine = machineOf(2)
    expect(machine.model).toBe('BR-VS320')
    const page = await onRegister()
    await page.keyboard.type(machine.serial)
    await page.getByRole('option', { name: new RegExp(machine.serial) }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('#reg-symptom:focus').waitFor()
    await page.keyboard.insertText('开机后花屏')
    await page.locator('[data-defect]').getByText('先重插排线。').waitFor()
  })

  it('says beside the field what is missing', async () => {
    const page = await onRegister()
    await page.keyboard.press('Control+Enter')
    await page.getByText('请填客户名称').waitFor()
    await page.getByText('请用一句话写下故障现象').waitFor()
    await page.locator('#reg-customer:focus').waitFor()
  })

  it('the service center goes in the middle: the draft is kept and goes out once when it is back', async () => {
    const page = await onRegister()
    await page.locator('#reg-customer').fill('断线登记一号')
    await symptom(page).fill('开机无显示')
    const { desk } = screens
    const port = Number(new URL(desk.url).port)
    await (again ?? desk.service).close()
    await page.keyboard.press('Control+Enter')
    await page.getByText('连上后会自动登记一次').waitFor()
    const kept = await page.evaluate(() => Object.entries(localStorage).find(([key]) => key.startsWith('registerDraft:'))?.[1])
    expect(JSON.parse(kept ?? '{}')).toMatchObject({ customerName: '断线登记一号', faultSymptom: '开机无显示' })
    again = await openService(desk.desk.app, desk.desk.folder, { port })
    await drawer(page).getByText('断线登记一号').first().waitFor({ timeout: 20_000 })
    expect(ofCustomer('断线登记一号')).toBe(1)
  })

  it('the answer is lost, the words are changed and it is pressed again after a restart: still once', async () => {
    const page = await onRegister()
    await page.locator('#reg-customer').fill('断线登记二号')
    await symptom(page).fill('开机无显示')
    await page.route('**/api/commands/workOrder.register', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await symptom(page).press('Control+Enter')
    await page.getByText('连上后会自动登记一次').waitFor()
    const { port } = new URL(screens.desk.url)
    // What a window keeps for itself is gone, what the computer keeps is there.
    await page.evaluate(() => sessionStorage.clear())
    await page.unroute('**/api/commands/workOrder.register')
    await page.goto(`http://127.0.0.1:${port}/register`)
    await symptom(page).fill('开机无显示，有异味')
    await symptom(page).press('Control+Enter')
    await page.getByText('第一次发送的内容已经登记成功').waitFor()
    await drawer(page).getByText('断线登记二号').first().waitFor()
    expect(ofCustomer('断线登记二号')).toBe(1)
  })

  it('the session ends and the page is loaded anew: the draft is there after signing in again, for nobody else', async () => {
    const page = await onRegister()
    await page.locator('#reg-customer').fill('过期登记')
    await symptom(page).fill('开机无显示')
    screens.desk.desk.app.db.raw.prepare('DELETE FROM session').run()
    await page.reload()
    await page.locator('[data-login=supervisor]').click()
    await page.locator('#reg-customer:focus').waitFor()
    expect(await page.locator('#reg-customer').inputValue()).toBe('')
    screens.desk.desk.app.db.raw.prepare('DELETE FROM session').run()
    await page.reload()
    await page.locator('[data-login=dispatcher]').click()
    await symptom(page).waitFor()
    expect(await page.locator('#reg-customer').inputValue()).toBe('过期登记')
    expect(await symptom(page).inputValue()).toBe('开机无显示')
    await symptom(page).press('Control+Enter')
    await drawer(page).getByText('过期登记').first().waitFor()
    expect(ofCustomer('过期登记')).toBe(1)
  })

  it('does not offer to those who may not', async () => {
    const page = (opened = await screens.signedIn('finance', { path: '/register' }))
    await page.getByText('这一页不对您的岗位开放').waitFor()
  })
})
