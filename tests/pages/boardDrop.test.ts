import { afterAll, beforeAll, describe, it } from 'vitest'
import { chromium } from '../support/runtimes.ts'
import { card, drag, inColumn, Screens } from './support.ts'

/** By the stage in which the plan leaves an order: 1 技术判定, 2 备件锁定, 3 预约上门, 4 现场处理, 5 客户签字. */
const DIAGNOSIS = 13
const PARTS = 26
const SCHEDULING = 9
const ONSITE = 16
const SIGNOFF = 5

/** What each column asks for is given in the drop itself; the move follows without being asked for again. */
describe.skipIf(!chromium.path)('a drop asks for what is missing', () => {
  let screens: Screens
  const order = (index: number): string => screens.desk.orders[index] as string
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  async function dropped(index: number, from: string, to: string) {
    const page = await screens.signedIn('supervisor')
    const id = order(index)
    await page.locator(inColumn(from, id)).waitFor()
    await drag(page, card(id), `[data-stage=${to}]`)
    return { page, id, dialog: page.getByRole('dialog') }
  }

  it('out of 技术判定: conclusion, way, skills and parts', async () => {
    const { page, id, dialog } = await dropped(DIAGNOSIS, 'diagnosis', 'partsLock')
    await dialog.locator('#field-conclusion').fill('温控模块老化，需更换')
    await dialog.locator('#field-serviceMode').selectOption('onsite')
    await dialog.locator('.el-select', { has: page.getByRole('combobox', { name: '所需技能' }) }).click()
    await page.getByRole('option', { name: '电气' }).click()
    await page.keyboard.press('Tab')
    await dialog.getByRole('button', { name: '不需要备件' }).click()
    await dialog.getByRole('button', { name: '补齐并进入下一步' }).click()
    await page.locator(`${inColumn('partsLock', id)}, ${inColumn('scheduling', id)}`).waitFor()
  })

  it('out of 备件锁定: the parts are locked, and it goes on', async () => {
    const { page, id, dialog } = await dropped(PARTS, 'partsLock', 'scheduling')
    await dialog.getByRole('button', { name: '锁定备件' }).click()
    await page.locator(inColumn('scheduling', id)).waitFor()
  })

  it('out of 预约上门: an appointment', async () => {
    const { page, id, dialog } = await dropped(SCHEDULING, 'scheduling', 'onsite')
    await dialog.locator('button[data-first]').click()
    await dialog.locator('input[name=engineer]:not(:disabled)').first().check()
    await dialog.locator('footer .main').click()
    await page.locator(inColumn('onsite', id)).waitFor()
  })

  it('out of 现场处理: what is typed is kept while arrival and evidence are given', async () => {
    const { page, id, dialog } = await dropped(ONSITE, 'onsite', 'signoff')
    await dialog.locator('#field-cause').fill('模块老化')
    await dialog.locator('#field-solution').fill('更换模块并校准')
    await dialog.locator('.facts li', { hasText: '到场' }).getByRole('button').click()
    await dialog.locator('.form-foot .main').click()
    await dialog.locator('.facts li', { hasText: '证据' }).getByRole('button').click()
    await dialog.locator('input[type=file]').setInputFiles([
      { name: '一.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('one') },
      { name: '二.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('two') },
    ])
    await dialog.locator('.form-foot .main').click()
    await page.locator(inColumn('signoff', id)).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  it('out of 客户签字: the signature, and the order is closed', async () => {
    const page = await screens.signedIn('supervisor')
    const id = order(SIGNOFF)
    await page.locator(card(id)).focus()
    await page.keyboard.press('f')
    const dialog = page.getByRole('dialog')
    await dialog.locator('button[data-first]').click()
    const pad = await dialog.locator('canvas').boundingBox()
    if (!pad) throw new Error('no place to sign')
    await page.mouse.move(pad.x + 30, pad.y + 30)
    await page.mouse.down()
    await page.mouse.move(pad.x + 120, pad.y + 60, { steps: 6 })
    await page.mouse.up()
    await dialog.locator('.form-foot .main').click()
    await page.locator(card(id)).waitFor({ state: 'detached' })
    await page.locator('.toast', { hasText: /关闭|已结/ }).waitFor()
  })
})
