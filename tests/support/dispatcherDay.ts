import type { Page } from 'playwright-core'

/** The smallest picture that a browser shows: one dot. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const PHOTO = { name: '现场照片.png', mimeType: 'image/png', buffer: PIXEL }
const SLIP = { name: '签字单.png', mimeType: 'image/png', buffer: PIXEL }
const MOST_TABS = 40
const CLOSED = '客户签字，已关闭'

/** What the caller tells, and what the work brings. The customer and the part are those of the desk's data. */
export interface Call {
  /** What is typed to find the customer, and its whole name. */
  readonly customer: readonly [typed: string, name: string]
  readonly serial: string
  readonly symptom: string
  /** What is typed to find a part, and its name. */
  readonly part: readonly [typed: string, name: string]
}

const drawer = (page: Page) => page.locator('[data-drawer]')
const dialog = (page: Page) => page.getByRole('dialog')
/** A box to choose from, as a hand hits it. */
const box = (page: Page, label: string) => dialog(page).locator('.el-select', { has: page.getByLabel(label) })

/** From the call to the customer's signature, by mouse; the words are typed. The order ends closed in the drawer. */
export async function dayByMouse(page: Page, call: Call): Promise<void> {
  await page.locator('nav a[href$="/register"]').click()
  await page.locator('#reg-customer').click()
  await page.keyboard.type(call.customer[0])
  await page.getByRole('option', { name: new RegExp(call.customer[1]) }).first().click()
  await page.locator('#reg-serial').click()
  await page.keyboard.type(call.serial)
  await page.getByLabel('型号').click()
  await page.keyboard.type('BR-VS6000')
  await page.getByLabel('故障类别').click()
  await page.keyboard.type('电气')
  await page.getByLabel('故障现象').click()
  await page.keyboard.type(call.symptom)
  await page.getByLabel('复现步骤').click()
  await page.keyboard.type('上电十分钟后出现')
  await page.locator('form button.main').click()

  await act(page, 'forward', '技术判定')
  await drawer(page).locator('[data-action=forward]').click()
  await dialog(page).locator('#field-conclusion').click()
  await page.keyboard.type('触摸屏控制板失效')
  await dialog(page).locator('#field-serviceMode').selectOption('onsite')
  await box(page, '所需技能').click()
  await page.getByRole('option', { name: '电气' }).click()
  await dialog(page).locator('#field-conclusion').click()
  await box(page, '加一种备件').click()
  await page.keyboard.type(call.part[0])
  await page.getByRole('option', { name: new RegExp(call.part[1]) }).first().click()
  await dialog(page).locator('.button.main').click()
  await reached(page, '备件锁定')

  await drawer(page).locator('[data-action=lockParts]').click()
  await act(page, 'forward', '预约上门')

  await drawer(page).locator('[data-action=book]').click()
  await dialog(page).locator('input[name=engineer]:enabled').first().click()
  await dialog(page).locator('.button.main').click()
  await gone(page)
  await act(page, 'forward', '现场处理')

  await drawer(page).locator('[data-action=arrival]').click()
  await dialog(page).locator('.button.main').click()
  await gone(page)
  await drawer(page).locator('[data-action=attach]').click()
  const photo = page.waitForEvent('filechooser')
  await dialog(page).locator('.drop').hover()
  await dialog(page).locator('.drop').click()
  await (await photo).setFiles(PHOTO)
  await dialog(page).locator('.button.main').click()
  await gone(page)
  await drawer(page).locator('[data-action=forward]').click()
  await dialog(page).locator('#field-cause').click()
  await page.keyboard.type('控制板受潮')
  await dialog(page).locator('#field-solution').click()
  await page.keyboard.type('更换触摸屏并校准')
  await dialog(page).locator('.button.main').click()
  await reached(page, '客户签字')

  await drawer(page).locator('[data-action=sign]').click()
  const pad = await dialog(page).locator('canvas').boundingBox()
  if (!pad) throw new Error('no pad to sign on')
  await page.mouse.move(pad.x + 40, pad.y + 40)
  await page.mouse.down()
  await page.mouse.move(pad.x + 160, pad.y + 90, { steps: 6 })
  await page.mouse.up()
  await dialog(page).locator('.button.main').click()
  await gone(page)
  await act(page, 'forward', CLOSED)
}

/** The same day with the hands on the keyboard: no click, no pointer; every box is reached by Tab or by its key. */
export async function dayByKeyboard(page: Page, call: Call): Promise<void> {
  await page.keyboard.press('c')
  await page.locator('#reg-customer:focus').waitFor()
  await page.keyboard.type(call.customer[0])
  await page.getByRole('option', { name: new RegExp(call.customer[1]) }).first().waitFor()
  await page.keyboard.press('Enter')
  await typeInto(page, '#reg-serial', call.serial)
  await typeInto(page, page.getByLabel('型号'), 'BR-VS6000')
  await typeInto(page, page.getByLabel('故障类别'), '电气')
  await typeInto(page, page.getByLabel('故障现象'), call.symptom)
  await typeInto(page, page.getByLabel('复现步骤'), '上电十分钟后出现')
  await page.keyboard.press('Control+Enter')

  await press(page, 'f', '技术判定')
  await page.keyboard.press('f')
  await typeInto(page, '#field-conclusion', '触摸屏控制板失效')
  await tabTo(page, '#field-serviceMode')
  await page.keyboard.press('End')
  await typeInto(page, dialog(page).getByLabel('所需技能'), '电气')
  await page.getByRole('option', { name: '电气' }).waitFor()
  await page.keyboard.press('Enter')
  await typeInto(page, dialog(page).getByLabel('加一种备件'), call.part[0])
  await page.getByRole('option', { name: new RegExp(call.part[1]) }).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await finish(page)
  await reached(page, '备件锁定')

  await page.keyboard.press('k')
  await page.getByText('备件已锁定').waitFor()
  await press(page, 'f', '预约上门')

  await page.keyboard.press('t')
  await tabTo(page, 'input[name=engineer]:enabled')
  await page.keyboard.press('Space')
  await finish(page)
  await press(page, 'f', '现场处理')

  await page.keyboard.press('v')
  await dialog(page).waitFor()
  await finish(page)
  await page.keyboard.press('u')
  await choose(page, 'input[type=file]', PHOTO)
  await finish(page)
  await page.keyboard.press('f')
  await typeInto(page, '#field-cause', '控制板受潮')
  await typeInto(page, '#field-solution', '更换触摸屏并校准')
  await finish(page)
  await reached(page, '客户签字')

  await page.keyboard.press('s')
  await choose(page, 'input[type=file]', SLIP)
  await finish(page)
  await press(page, 'f', CLOSED)
}

type Target = string | ReturnType<Page['locator']>
const locate = (page: Page, target: Target) => (typeof target === 'string' ? page.locator(target) : target).first()

/** Tab by Tab, as somebody without a mouse would; an element that Tab never reaches fails. */
async function tabTo(page: Page, target: Target): Promise<void> {
  const wanted = locate(page, target)
  await wanted.waitFor({ state: 'attached' })
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${String(target)}`)
}

async function typeInto(page: Page, target: Target, text: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.type(text)
}

/** The file dialogue belongs to the system; what the page gets is the same. Waited for before the key, which opens it. */
async function choose(page: Page, target: Target, file: typeof PHOTO): Promise<void> {
  const chosen = page.waitForEvent('filechooser')
  await tabTo(page, target)
  await page.keyboard.press('Space')
  await (await chosen).setFiles(file)
}

/** To the main button of the dialogue, and pressed. */
async function finish(page: Page): Promise<void> {
  await tabTo(page, dialog(page).locator('.button.main'))
  await page.keyboard.press('Enter')
  await gone(page)
}

/** A dialogue that stays says why. */
async function gone(page: Page): Promise<void> {
  await dialog(page).waitFor({ state: 'hidden' }).catch(async () => {
    throw new Error(`the dialogue stays: ${await dialog(page).innerText()}`)
  })
}

async function press(page: Page, key: string, stage: string): Promise<void> {
  await drawer(page).waitFor()
  await page.keyboard.press(key)
  await reached(page, stage)
}

async function act(page: Page, action: string, stage: string): Promise<void> {
  await drawer(page).locator(`[data-action=${action}]`).click()
  await reached(page, stage)
}

const reached = (page: Page, stage: string): Promise<void> =>
  (stage === CLOSED ? drawer(page).getByText(CLOSED) : drawer(page).locator('[aria-current=step]', { hasText: stage })).first().waitFor()
