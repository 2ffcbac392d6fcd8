// `npm run screenshots [-- FOLDER]`: the pages at the two usual sizes, light and dark, with demo data.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { bundle } from './bundle.mjs'
import { launchBrowser } from '../tests/support/browser.ts'
import { PageDesk } from '../tests/support/pageDesk.ts'
import { shootWall } from './wallScreenshots.ts'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const
const THEMES = ['light', 'dark'] as const

const folder = process.argv[2] ?? 'dist/screenshots'
const only = process.argv[3]
mkdirSync(folder, { recursive: true })
await bundle(console.log, { names: ['renderer'] })
const desk = await PageDesk.open()
const browser = await launchBrowser()
try {
  for (const viewport of SIZES) for (const theme of THEMES) await shootAll(browser, viewport, theme)
  if (only === undefined || only.startsWith('wall')) await shootWall(browser, desk, folder)
} finally {
  await browser.close()
  await desk.close()
}

async function shootAll(from: Browser, viewport: (typeof SIZES)[number], theme: (typeof THEMES)[number]): Promise<void> {
  const context = await from.newContext({ viewport, colorScheme: theme, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addInitScript(() => localStorage.setItem('tourSeen', '*'))
  const page = await context.newPage()
  const shoot = async (name: string): Promise<void> => {
    if (only !== undefined && !name.includes(only)) return
    await page.screenshot({ path: join(folder, `${name}-${viewport.width}-${theme}.png`) })
  }
  await page.goto(desk.url)
  await page.locator('[data-login]').first().waitFor()
  await shoot('sign-in')
  await page.locator('[data-login=supervisor]').click()
  await page.locator('[data-card]').first().waitFor()
  await shoot('board')
  await shootOrder(page, shoot)
  await page.goto(`${desk.url}/register`)
  await page.locator('#reg-customer').pressSequentially('精工', { delay: 30 })
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.locator('.old').first().waitFor()
  await shoot('register')
  await shootStates(page, shoot)
  await context.close()
}

/** What a page looks like when there is nothing to show: waiting, empty, failed, not allowed. */
async function shootStates(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  await page.route('**/api/queries/board.page', () => undefined)
  await page.goto(`${desk.url}/board`)
  await page.locator('.bone').first().waitFor()
  await shoot('state-loading')
  await page.unroute('**/api/queries/board.page')
  const failure = { status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'tooManyRequests' } }) }
  await page.route('**/api/queries/board.page', (route) => route.fulfill(failure))
  await page.reload()
  await page.locator('.state').first().waitFor()
  await shoot('state-failed')
  await page.unroute('**/api/queries/board.page')
  await page.goto(`${desk.url}/board?order=none`)
  await page.locator('[data-drawer] .state').waitFor()
  await shoot('state-none')
  await page.goto(`${desk.url}/board`)
  await page.locator('[data-card]').first().waitFor()
  await page.locator('select').first().selectOption('low')
  await page.waitForTimeout(400)
  await shoot('state-empty')
  await page.evaluate(() => localStorage.removeItem('session'))
  await page.reload()
  await page.locator('[data-login=finance]').click()
  await page.locator('nav').waitFor()
  await page.goto(`${desk.url}/register`)
  await page.locator('.state').first().waitFor()
  await shoot('state-forbidden')
}

async function shootOrder(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  await page.locator('[data-stage=partsLock] [data-card]').first().click()
  await page.getByRole('tab').first().waitFor()
  await shoot('order')
  for (const tab of ['timeline', 'audit', 'deadline']) {
    await page.locator(`#tab-${tab}`).click()
    await page.waitForTimeout(150)
    await shoot(`order-${tab}`)
  }
  await page.keyboard.press('Escape')
  await page.locator('[data-stage=onsite] [data-card]').first().click()
  await page.getByRole('tab').first().waitFor()
  await page.keyboard.press('f')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(200)
  await shoot('missing')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(200)
  await shoot('shortcuts')
  await page.keyboard.press('Escape')
}
