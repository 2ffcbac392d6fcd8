// The wall at both sizes that it is made for, with its pages and what it says when there is nothing to show.
import { join } from 'node:path'
import type { Studio } from './studio.ts'

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const
const TURN_MS = 30_000
const REFUSED = { status: 401, contentType: 'application/json', body: JSON.stringify({ error: { code: 'unauthenticated' } }) }

export async function shootWall({ browser, desk, folder, now, isStatesToo }: Studio): Promise<void> {
  const { token } = await desk.command('admin', 'wall.createToken', { name: '大厅' })
  for (const viewport of SIZES) {
    const context = await (await browser()).newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    context.setDefaultTimeout(60_000)
    const page = await context.newPage()
    // LOOK: the wall is dark, whatever the machine would rather have.
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const shoot = (name: string) => page.screenshot({ path: join(folder, `wall-${name}-${viewport.width}.png`) })
    const hold = (): Promise<unknown> => page.route('**/api/queries/wall.board', () => undefined)
    const letGo = (): Promise<void> => page.unroute('**/api/queries/wall.board')
    await page.clock.install({ time: now })
    await page.goto(`${desk.url}/wall`)
    await page.locator('.message').waitFor()
    if (isStatesToo) {
      await shoot('state-no-link')
      await hold()
      await page.goto(`${desk.url}/wall#token=${String(token)}`)
      await page.reload()
      await page.locator('.message').waitFor()
      await shoot('state-loading')
      await letGo()
    }
    await page.goto(`${desk.url}/wall#token=${String(token)}`)
    await page.reload()
    await page.locator('[data-card]').first().waitFor()
    await shoot('board')
    for (const [name, content] of [['workload', '[data-load]'], ['perceived', '[data-perceived]']] as const) {
      await page.clock.runFor(TURN_MS)
      await page.locator(content).first().waitFor()
      await shoot(name)
    }
    if (isStatesToo) {
      await page.clock.runFor(TURN_MS)
      await page.locator('[data-card]').first().waitFor()
      await page.route('**/api/queries/wall.board', (route) => route.abort())
      await page.clock.runFor(TURN_MS / 2)
      await page.locator('[data-link=cut]').waitFor()
      await shoot('state-cut-off')
      await letGo()
      await page.route('**/api/queries/wall.board', (route) => route.fulfill(REFUSED))
      await page.clock.runFor(TURN_MS)
      await page.locator('.message').waitFor()
      await shoot('state-taken-back')
    }
    await context.close()
  }
}
