import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { Screens, type PageOptions } from './support.ts'
import { clean } from './clean.ts'

describe.skipIf(!chromium.path)('customers, machines, contracts, parts', () => {
  let screens: Screens
  let page: Page
  beforeAll(async () => {
    screens = await Screens.open()
    const { desk } = screens
    const customer = customerNamed('苏州精工机械')
    desk.as('supervisor', 'contract.register', { customer, number: 'WB-2026-001', kind: 'maintenance', from: '2026-01-01', to: '2026-12-01', coverage: 'contract', responseHours: 4, notes: '含两次保养' })
    const top = desk.as('supervisor', 'provider.register', { name: '华东服务中心' })['id'] as string
    desk.as('supervisor', 'provider.register', { name: '苏州授权站', parent: top })
    desk.as('lead', 'knownDefect.register', { title: '320 系列触摸屏失灵', model: 'BR-VS320', symptoms: ['触摸'], advice: '先校准，再换控制板。' })
    desk.as('lead', 'knownDefect.register', { title: '150 系列温漂', model: 'BR-VS150', symptoms: ['温度波动'], advice: '换温控模块。' })
    await desk.desk.app.idle()
  })
  afterAll(() => screens?.close())
  afterEach(async () => {
    await page.context().close()
  })
  const customerNamed = (name: string): string =>
    screens.desk.desk.app.db.raw.prepare('SELECT id FROM customer WHERE name = ?').pluck().get(name) as string
  const open = async (path: string, login = 'supervisor', options: PageOptions = {}): Promise<Page> =>
    (page = await screens.signedIn(login, { path, ...options }))
  const option = (name: RegExp) => page.getByRole('option', { name })
  const record = () => page.locator('[data-record]')

  it('a customer is found by pinyin, changed by keyboard, and its history says what it was', async () => {
    await open('/customers')
    await page.locator('[data-find]').fill('jgjx')
    await option(/苏州精工机械/).waitFor()
    await page.locator('[data-find]').press('Enter')
    await record().getByText('WB-2026-001').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('e')
    await page.locator('#record-contactName').fill('钱工')
    await page.keyboard.press('Control+Enter')
    const history = page.locator('[data-history]')
    await history.locator('ins', { hasText: '钱工' }).waitFor()
    expect(await history.locator('li').first().innerText()).toMatch(/沈岚[\s\S]*联系人[\s\S]*王工 → 钱工/)
    await option(/钱工/).waitFor()
    expect(screens.problems).toEqual([])
  })

  it('what is missing or taken is said beside the box, and nothing is lost', async () => {
    await open('/customers')
    await page.locator('[role=option]').first().waitFor()
    await page.keyboard.press('+')
    await page.locator('#record-name:focus').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('请填写名称').waitFor()
    await page.locator('#record-name').fill('振华数控')
    await page.locator('#record-contactName').fill('新联系人')
    await page.keyboard.press('Control+Enter')
    await page.getByText('客户“振华数控”已经登记过').waitFor()
    expect(await page.locator('#record-contactName').inputValue()).toBe('新联系人')
    await page.locator('#record-name').fill('嘉善新丰')
    await page.keyboard.press('Control+Enter')
    await record().getByRole('heading', { name: '嘉善新丰' }).waitFor()
    await page.locator('[data-active]').click()
    await record().getByText('已停用').waitFor()
  })

  it('a customer that was registered twice is merged into the one that stays, and leads to it', async () => {
    const { desk } = screens
    const stays = desk.as('supervisor', 'customer.register', { name: '无锡重工装备' })['id'] as string
    const twice = desk.as('supervisor', 'customer.register', { name: '无锡重装', contactName: '马工' })['id'] as string
    desk.as('supervisor', 'equipment.register', { customer: twice, model: 'BR-VS150', serial: 'WX-1' })
    await open(`/customers?id=${twice}`)
    await page.locator('[data-open-merge]').click()
    await page.getByRole('combobox', { name: '保留哪个客户' }).fill('无锡重工')
    await page.locator('.el-select-dropdown__item', { hasText: '无锡重工装备' }).click()
    await page.locator('[data-preview]', { hasText: '设备 1 台' }).waitFor()
    await clean(page)
    await page.locator('[data-merge] .button.main').click()
    await record().getByRole('heading', { name: '无锡重工装备' }).waitFor()
    await record().getByText('WX-1').waitFor()
    await record().getByText('马工').first().waitFor()
    expect(new URL(page.url()).searchParams.get('id')).toBe(stays)
    await record().getByRole('link', { name: '无锡重装' }).click()
    await record().locator('[data-merged-into]').waitFor()
    expect(await record().locator('[data-edit], [data-open-merge], [data-active]').count()).toBe(0)
    expect(screens.problems).toEqual([])
  })

  it('somebody else changed it meanwhile: the later one is told, and sees what it is now', async () => {
    const id = customerNamed('合肥晶科能源')
    await open(`/customers?id=${id}`)
    await page.locator('[data-edit]').click()
    await page.locator('#record-address').fill('我的地址')
    screens.desk.as('dispatcher', 'customer.change', { customer: id, address: '别人的地址' })
    await page.keyboard.press('Control+Enter')
    await page.getByText('这条资料刚被别人改过').waitFor()
    // What is being written stays; afterwards the record is shown as it is, and follows every further change.
    expect(await page.locator('#record-address').inputValue()).toBe('我的地址')
    await page.keyboard.press('Escape')
    await record().getByText('别人的地址').first().waitFor()
    screens.desk.as('dispatcher', 'customer.change', { customer: id, contactName: '新来的孙工' })
    await record().getByText('新来的孙工').first().waitFor()
    await option(/新来的孙工/).waitFor()
  })

  it('a machine shows who pays today and its orders; arrow keys go along the list', async () => {
    await open('/machines')
    await page.locator('[role=option]').first().waitFor()
    await page.locator('[data-find]').press('ArrowDown')
    const first = await record().getByRole('heading', { level: 2 }).innerText()
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction((before) => document.querySelector('[data-record] h2')?.textContent !== before, first)
    await page.locator('[data-edit]').click()
    await page.locator('#record-warrantyUntil').fill('2026-10-30')
    await page.keyboard.press('Control+Enter')
    await record().getByText('保内，到 2026-10-30').waitFor()
    await record().getByText('还有 9 天').waitFor()
    await record().locator('.order').first().waitFor()
  })

  it('a contract for some machines of a customer puts them under contract, ends and is resumed', async () => {
    await open('/contracts')
    await page.locator('[data-create]').click()
    await page.getByRole('combobox', { name: '客户' }).click()
    await page.keyboard.insertText('振华')
    await page.getByRole('option', { name: /振华数控/ }).click()
    await page.locator('#record-number').fill('YB-2026-009')
    await page.locator('#record-from').fill('2026-10-01')
    await page.locator('#record-to').fill('2026-09-01')
    await page.getByLabel('只含选中的设备').check()
    await page.locator('.list input[type=checkbox]').last().check()
    await page.keyboard.press('Control+Enter')
    await page.getByText('合同的止日早于起日').waitFor()
    await page.locator('#record-to').fill('2027-09-30')
    await page.keyboard.press('Control+Enter')
    await record().getByRole('heading', { name: 'YB-2026-009' }).waitFor()
    await record().locator('a[href*="/machines"]').first().click()
    await record().getByText('合同内，到 2027-09-30').waitFor()
    await page.goBack()
    await record().getByRole('button', { name: '终止合同' }).click()
    await record().getByText('已终止').waitFor()
  })

  it('stock is received and counted with a reason; who waits for pieces is named and goes on', async () => {
    await open('/parts', 'parts')
    await page.getByLabel('显示哪些').selectOption('short')
    await option(/SEAL-08/).click()
    await record().getByText('等料的工单').waitFor()
    await page.locator('[data-receive]').click()
    await page.locator('#record-quantity').fill('9')
    await page.locator('#record-document').fill('RK-77')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/张等料的工单已解冻/).waitFor()
    await page.locator('[data-movements]').getByText('RK-77').waitFor()
    await page.locator('[data-count]').click()
    await page.locator('#record-counted').fill('8')
    await page.keyboard.press('Control+Enter')
    await page.getByText('请填写原因').waitFor()
    await page.locator('#record-reason').fill('盘亏一件')
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-movements]').getByText('盘亏一件').waitFor()
  })

  it('providers stand beneath each other; one is chosen for an order', async () => {
    await open('/providers')
    await option(/苏州授权站/).click()
    await record().getByRole('link', { name: '华东服务中心' }).waitFor()
    const order = screens.desk.orders[7] as string
    const provider = screens.desk.desk.app.db.raw.prepare("SELECT id FROM service_provider WHERE name = '苏州授权站'").pluck().get() as string
    screens.desk.as('dispatcher', 'workOrder.changeFields', { order, base: screens.desk.head(order), fields: { provider } })
    await page.reload()
    await record().locator('.order').first().waitFor()
  })

  it('a known defect marks the orders that show it, and no more once it is solved', async () => {
    await open('/known-defects', 'lead')
    await option(/触摸屏失灵/).click()
    await record().locator('.order').first().waitFor()
    await record().getByRole('button', { name: '标为已解决' }).click()
    await record().getByText('已解决').first().waitFor()
    await screens.desk.desk.app.idle()
    await page.reload()
    await record().getByText('还没有工单').waitFor()
  })

  it('waits, fails, is empty and refuses in words', async () => {
    await open('/board')
    await page.route('**/api/queries/customer.list', () => undefined)
    await page.goto(`${screens.desk.url}/customers`)
    await page.locator('.list .bone').first().waitFor()
    await page.unroute('**/api/queries/customer.list')
    await page.route('**/api/queries/contract.list', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: '{"error":{"code":"internal"}}' }))
    await page.goto(`${screens.desk.url}/contracts`)
    await page.getByText('没有读到').waitFor()
    await page.unroute('**/api/queries/contract.list')
    await page.getByRole('button', { name: '重试' }).click()
    await option(/WB-2026-001/).waitFor()
    await page.locator('[data-find]').fill('zzzz')
    await page.getByText('没有符合的').waitFor()
    await page.goto(`${screens.desk.url}/machines?id=nobody`)
    await page.getByText('没有这条资料').waitFor()
  })

  it('offers nothing that is refused', async () => {
    await open('/contracts', 'parts')
    await option(/WB-2026-001/).click()
    await record().waitFor()
    expect(await page.locator('[data-create], [data-edit]').count()).toBe(0)
  })

  it('axe finds nothing', async () => {
    await open('/customers', 'supervisor')
    for (const path of ['customers', 'providers', 'machines', 'known-defects', 'contracts', 'parts']) {
      await page.locator(`[href="/${path}"]`).first().click()
      await page.locator(`.tab.here[href="/${path}"], [data-place="${path}"].here`).first().waitFor()
      await page.locator('.rows [role=option]').first().click()
      await record().waitFor()
      await clean(page, 'main')
      if (path !== 'contracts') continue
      await page.locator('[data-edit]').click()
      await clean(page, '.edit')
    }
  })
})
