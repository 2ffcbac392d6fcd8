// `npm run screenshots [-- FOLDER]`: the pages at the two usual sizes, light and dark, with demo data.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { bundle } from './bundle.mjs'
import { launchBrowser } from '../tests/support/browser.ts'
import { NOON } from '../tests/support/desk.ts'
import { PageDesk } from '../tests/support/pageDesk.ts'
import { openDemoDesk } from './demoDesk.ts'
import { shootWall } from './wallScreenshots.ts'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const
const THEMES = ['light', 'dark'] as const

/** Every page of the desk: what it asks for, what shows that it is filled, and what it says where there is nothing. */
const PAGES: readonly { name: string; path: string; ready: string; asks: string; empty?: string }[] = [
  { name: 'board', path: '/board', ready: '[data-card]', asks: 'board.', empty: '.state, .nothing, [data-stage]' },
  { name: 'promises', path: '/promises', ready: '[data-promise]', asks: 'promise.', empty: '.state' },
  { name: 'dispatch', path: '/dispatch', ready: '[data-engineer]', asks: 'dispatch.', empty: '.state' },
  { name: 'dispatch-numbers', path: '/dispatch/numbers', ready: '[data-finding], .state', asks: 'dispatch.', empty: '.state' },
  { name: 'my-day', path: '/my-day', ready: '.state, [data-my-visit]', asks: 'dispatch.myDay', empty: '.state' },
  { name: 'orders', path: '/orders', ready: '[data-order]', asks: 'workOrder.list', empty: '.state' },
  { name: 'customers', path: '/customers', ready: '.rows [role=option]', asks: 'customer.', empty: '.state' },
  { name: 'machines', path: '/machines', ready: '.rows [role=option]', asks: 'equipment.', empty: '.state' },
  { name: 'contracts', path: '/contracts', ready: '.rows [role=option]', asks: 'contract.', empty: '.state' },
  { name: 'parts', path: '/parts', ready: '.rows [role=option]', asks: 'stock.', empty: '.state' },
  { name: 'providers', path: '/providers', ready: '.rows [role=option]', asks: 'provider.', empty: '.state' },
  { name: 'known-defects', path: '/known-defects', ready: '.rows [role=option]', asks: 'knownDefect.', empty: '.state' },
  { name: 'notices', path: '/notices', ready: '[data-notice], .state', asks: 'notification.', empty: '.state' },
  { name: 'audit', path: '/audit', ready: '[data-event]', asks: 'audit.' },
  { name: 'settings-company', path: '/settings/company', ready: '[data-setting]', asks: 'setting.' },
  { name: 'settings-dispatch', path: '/settings/dispatch', ready: '[data-setting]', asks: 'setting.' },
  { name: 'settings-workflow', path: '/settings/workflow', ready: '[data-stage-settings]', asks: 'configuration.' },
  { name: 'settings-sla', path: '/settings/sla', ready: '[data-timer]', asks: 'configuration.' },
  { name: 'settings-calendar', path: '/settings/calendar', ready: '[data-day]', asks: 'configuration.' },
  { name: 'settings-wall', path: '/settings/wall', ready: '[data-setting]', asks: 'setting.' },
  { name: 'users', path: '/settings/users', ready: '[data-user]', asks: 'user.' },
  { name: 'roles', path: '/settings/roles', ready: '.cell', asks: 'user.' },
  { name: 'settings-backup', path: '/settings/backup', ready: '.job', asks: 'system.' },
  { name: 'live', path: '/live', ready: '[data-live-step]', asks: 'live.state' },
]
const FORBIDDEN = ['register', 'settings/company', 'settings/users', 'live', 'import/customers']
const FAILURE = { status: 500, contentType: 'application/json', body: JSON.stringify({ error: { code: 'internal' } }) }

const folder = process.argv[2] ?? 'dist/screenshots'
const only = process.argv[3]
mkdirSync(folder, { recursive: true })
await bundle(console.log, { names: ['renderer'] })
const desk = await openDemoDesk(NOON)
const empty = await PageDesk.open(0)
const browser = await launchBrowser()
try {
  for (const viewport of SIZES) for (const theme of THEMES) await shootAll(browser, viewport, theme)
  if (only === undefined || only.startsWith('wall')) await shootWall(browser, desk, folder)
} finally {
  await browser.close()
  await desk.close()
  await empty.close()
}

type Shoot = (page: Page, name: string) => Promise<void>

async function shootAll(from: Browser, viewport: (typeof SIZES)[number], theme: (typeof THEMES)[number]): Promise<void> {
  const options = { viewport, colorScheme: theme, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' } as const
  const open = async (url: string, login?: string): Promise<Page> => {
    const context = await from.newContext(options)
    await context.addInitScript(() => localStorage.setItem('tourSeen', '*'))
    await context.clock.setFixedTime(NOON)
    const page = await context.newPage()
    await page.goto(url)
    await page.locator('[data-login]').first().waitFor()
    if (login === undefined) return page
    await page.locator(`[data-login=${login}]`).click()
    await page.locator('nav').waitFor()
    return page
  }
  const shoot: Shoot = async (page, name) => {
    if (only !== undefined && !name.includes(only)) return
    await page.screenshot({ path: join(folder, `${name}-${viewport.width}-${theme}.png`) })
  }
  const visit = async (url: string, login: string | undefined, look: (page: Page, shoot: Shoot) => Promise<void>): Promise<void> => {
    const page = await open(url, login)
    await look(page, shoot)
    await page.context().close()
  }
  await visit(desk.url, undefined, (page) => shoot(page, 'sign-in'))
  await visit(desk.url, 'supervisor', shootOrder)
  await visit(desk.url, 'dispatcher', shootRegistration)
  await visit(desk.url, 'admin', shootPages)
  await visit(desk.url, 'finance', shootForbidden)
  await visit(empty.url, 'admin', shootEmpty)
}

async function shootRegistration(page: Page, shoot: Shoot): Promise<void> {
  await page.goto(`${desk.url}/register`)
  await page.locator('#reg-customer').pressSequentially('苏州', { delay: 30 })
  await page.getByRole('option', { name: '苏州' }).first().click()
  await page.locator('.old').first().waitFor()
  await shoot(page, 'register')
}

/** Each page, as an administrator sees it: waiting, failed, filled. */
async function shootPages(page: Page, shoot: Shoot): Promise<void> {
  for (const { name, path, ready, asks } of PAGES) {
    const call = `**/api/queries/${asks}*`
    await page.route(call, () => undefined)
    await page.goto(desk.url + path)
    await page.locator('.bone').first().waitFor()
    await shoot(page, `${name}-loading`)
    await page.unroute(call)
    await page.route(call, (route) => route.fulfill(FAILURE))
    await page.reload()
    await page.locator('.state').first().waitFor()
    await shoot(page, `${name}-failed`)
    await page.unroute(call)
    await page.reload()
    await page.locator(ready).first().waitFor()
    // A list of records is shown with its first one open; on a small screen that would hide the list.
    const isWide = (page.viewportSize()?.width ?? 0) > 960
    if (isWide && ready.includes('.rows [role=option]')) {
      await page.locator('.rows [role=option]').first().click()
      await page.locator('[data-record]').waitFor()
    }
    await shoot(page, name)
  }
}

/** Pages of a desk where nothing has happened yet. */
async function shootEmpty(page: Page, shoot: Shoot): Promise<void> {
  for (const { name, path, empty: shown } of PAGES) {
    if (shown === undefined) continue
    await page.goto(empty.url + path)
    await page.locator(shown).first().waitFor()
    await shoot(page, `${name}-empty`)
  }
}

/** Pages that are not for this person. */
async function shootForbidden(page: Page, shoot: Shoot): Promise<void> {
  for (const name of FORBIDDEN) {
    await page.goto(`${desk.url}/${name}`)
    await page.locator('.state').first().waitFor()
    await shoot(page, `${name.replace('/', '-')}-forbidden`)
  }
}

async function shootOrder(page: Page, shoot: Shoot): Promise<void> {
  await page.locator('[data-card]').first().waitFor()
  await shoot(page, 'board-supervisor')
  await page.locator('[data-stage=partsLock] [data-card]').first().click()
  await page.getByRole('tab').first().waitFor()
  await shoot(page, 'order')
  for (const tab of ['timeline', 'audit', 'deadline']) {
    await page.locator(`#tab-${tab}`).click()
    await page.waitForTimeout(150)
    await shoot(page, `order-${tab}`)
  }
  await page.keyboard.press('Escape')
  await page.locator('[data-stage=onsite] [data-card]').first().click()
  await page.getByRole('tab').first().waitFor()
  await page.keyboard.press('f')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(200)
  await shoot(page, 'missing')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(200)
  await shoot(page, 'shortcuts')
  await page.keyboard.press('Escape')
}
