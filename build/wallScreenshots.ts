// The wall at both sizes that it is made for, with its pages and what it says when there is nothing to show.
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createToken } from '../core/features/wall/tokens.ts'
import type { DemoDesk } from './demoDesk.ts'

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const
const TURN_MS = 30_000

export async function shootWall(browser: Browser, { app, url }: DemoDesk, folder: string): Promise<void> {
  const { token } = createToken(app.db, '大厅', 'admin', app.clock())
  for (const viewport of SIZES) {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    const page = await context.newPage()
    const shoot = (name: string) => page.screenshot({ path: join(folder, `wall-${name}-${viewport.width}.png`) })
    await page.goto(`${url}/wall`)
    await page.locator('.message').waitFor()
    await shoot('state-no-link')
    await page.clock.install({ time: app.clock() })
    await page.route('**/api/queries/wall.board', () => undefined)
    await page.goto(`${url}/wall#token=${token}`)
    await page.reload()
    await page.locator('.message').waitFor()
    await shoot('state-loading')
    await page.unroute('**/api/queries/wall.board')
    await page.reload()
    await page.locator('[data-card]').first().waitFor()
    await shoot('board')
    for (const [name, content] of [['workload', '[data-load]'], ['perceived', '[data-perceived]']] as const) {
      await page.clock.runFor(TURN_MS)
      await page.locator(content).first().waitFor()
      await shoot(name)
    }
    await page.clock.runFor(TURN_MS)
    await page.locator('[data-card]').first().waitFor()
    await page.route('**/api/queries/wall.board', (route) => route.abort())
    await page.clock.runFor(TURN_MS / 2)
    await page.locator('[data-link=cut]').waitFor()
    await shoot('state-cut-off')
    await page.unroute('**/api/queries/wall.board')
    await page.route('**/api/queries/wall.board', (route) =>
      route.fulfill({ status: 401, contentType: 'application/json', body: JSON.stringify({ error: { code: 'unauthenticated' } }) }),
    )
    await page.clock.runFor(TURN_MS)
    await page.locator('.message').waitFor()
    await shoot('state-taken-back')
    await context.close()
  }
}
