import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEEDS, PLACES } from '#shared/domain/desk/shortcuts.ts'
import { chromium } from '../support/runtimes.ts'
import { card, Screens, visit } from './support.ts'

describe.skipIf(!chromium.path)('the keyboard and the palette', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  async function onBoard(login = 'supervisor'): Promise<Page> {
    const page = await screens.signedIn(login)
    await page.locator('[data-card]').first().waitFor()
    return page
  }
  const options = (page: Page) => page.locator('#found [role=option]')
  const active = (page: Page) => page.locator('#found [role=option][aria-selected=true]')

  it('opens by / and Ctrl K, also from within a box, and gives the focus back', async () => {
    const page = await onBoard()
    await page.locator('[data-card]').first().focus()
    const held = await page.evaluate(() => document.activeElement?.getAttribute('data-card'))
    await page.keyboard.press('/')
    await options(page).first().waitFor()
    await page.keyboard.press('Escape')
    expect(await options(page).count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-card'))).toBe(held)
    await visit(page, '/register')
    await page.locator('#reg-customer').fill('苏')
    await page.keyboard.press('Control+k')
    await options(page).first().waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('#reg-customer').inputValue()).toBe('苏')
  })

  it('goes to a page by its name, its sounds, or in the other language', async () => {
    const page = await onBoard()
    for (const typed of ['通知中心', 'tongzhi', 'tzzx', 'Notices']) {
      await visit(page, '/register')
      await page.keyboard.press('Control+k')
      await page.locator('#search').pressSequentially(typed)
      await active(page).filter({ hasText: '前往通知中心' }).waitFor()
      await page.keyboard.press('Enter')
      await page.getByText(/^已读的保留/).waitFor()
    }
  })

  it('does what can be done to the order in hand, and names its key', async () => {
    const page = await onBoard()
    const order = screens.desk.orders[6] as string
    await page.locator(card(order)).click()
    await page.locator('#tab-fields').waitFor()
    await page.keyboard.press('/')
    await page.locator('#search').pressSequentially('备注')
    const first = options(page).first()
    await first.waitFor()
    expect(await first.innerText()).toMatch(/备注[\s\S]*N/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
  })

  it('finds orders and customers, remembers what was opened', async () => {
    const page = await onBoard()
    const number = (await page.locator('[data-stage=scheduling] [data-card] .number').first().innerText()).trim()
    await page.keyboard.press('/')
    await page.locator('#search').fill(number)
    await options(page).filter({ hasText: number }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-drawer]').getByText(number).first().waitFor()
    await page.goto(`${screens.desk.url}/register`)
    await page.keyboard.press('Control+k')
    await options(page).filter({ hasText: number }).first().waitFor()
    await page.locator('#search').fill('精工')
    await page.locator('#found [role=group]', { hasText: '客户' }).getByRole('option').first().waitFor()
    expect(screens.problems).toEqual([])
  })

  it('goes to places by G and a letter, says what may follow, and touches no order', async () => {
    const page = await onBoard()
    await page.locator('[data-card]').first().focus()
    await page.keyboard.press('g')
    await page.locator('.go').getByText('通知').waitFor()
    await page.keyboard.press('n')
    await page.getByText(/^已读的保留/).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.locator('[data-card]').first().focus()
    await page.keyboard.press('g')
    // X alone would be a complaint about the order.
    await page.keyboard.press('x')
    await page.locator('.go').waitFor({ state: 'detached' })
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('fires nothing while one types, whatever the layout; letters mean the key', async () => {
    const page = await onBoard()
    await visit(page, '/register')
    await page.locator('#reg-customer').pressSequentially('gbcn?/')
    expect(page.url()).toContain('/register')
    expect(await page.locator('#reg-customer').inputValue()).toBe('gbcn?/')
    await page.locator('#reg-customer').evaluate((box) => (box as HTMLElement).blur())
    const press = (key: string, code: string): Promise<boolean> =>
      page.evaluate((init) => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })), { key, code })
    // «и» stands on the key B.
    await press('и', 'KeyB')
    await page.waitForURL('**/board')
    // An input method is at work.
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', code: 'KeyC', isComposing: true, bubbles: true })))
    expect(page.url()).toContain('/board')
  })

  it('lists every key that there is', async () => {
    const page = await onBoard('admin')
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const keys = await dialog.locator('dt').allInnerTexts()
    const shown = new Set(keys.map((text) => text.replace(/\s+/g, ' ').trim()))
    const routed = (await page.locator('[data-place]').evaluateAll((all) => all.map((each) => each.getAttribute('data-place')))) as string[]
    for (const { id, keys: own } of [...PLACES.filter((place) => routed.includes(place.id)), ...DEEDS]) {
      expect([...shown].some((text) => own.every((key) => text.includes(key.replace('+', ' ')))), `${id}: ${own.join()} in ${[...shown].join('; ')}`).toBe(true)
    }
  })
})
