import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { PictureDesk } from './desks.ts'
import type { Scene } from './scenes.ts'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const
const USUAL = SIZES[0]
const SMALL = { width: 390, height: 844 } as const
type Size = typeof SMALL | typeof HUGE | (typeof SIZES)[number]
const HUGE = { width: 3840, height: 2160 } as const
const THEMES = ['light', 'dark'] as const
const FAILURE = { status: 500, contentType: 'application/json', body: JSON.stringify({ error: { code: 'internal', params: { reference: 'E-7Q2K' } } }) }
const PATIENCE_MS = 30_000

export interface Studio {
  /** The one browser; another one where the last has gone. */
  readonly browser: () => Promise<Browser>
  readonly desk: PictureDesk
  readonly empty: PictureDesk
  /** The desk with 300 engineers, made when it is asked for. */
  readonly crowd: () => Promise<PictureDesk>
  readonly folder: string
  /** UTC ms that every page takes for the present. */
  readonly now: number
  readonly isStatesToo: boolean
}

/** All pictures of one scene; what could not be taken is said and does not stop the others. */
export async function shootScene(studio: Studio, scene: Scene): Promise<string[]> {
  const problems: string[] = []
  const attempt = async (what: string, take: () => Promise<void>): Promise<void> => {
    try {
      await take()
    } catch (error) {
      problems.push(`${scene.name} ${what}: ${String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? ''}`)
    }
  }
  await attempt('filled', () => shootFilled(studio, scene, 'zh-CN', scene.isCrowded ? [...SIZES, HUGE] : SIZES))
  if (scene.isEnglishToo) await attempt('English', () => shootFilled(studio, scene, 'en', [USUAL], '-en'))
  if (scene.isSmallToo) await attempt('small', () => shootFilled(studio, scene, 'zh-CN', [SMALL]))
  if (!studio.isStatesToo) return problems
  if (scene.asks !== undefined) await attempt('waiting and failed', () => shootWaitingAndFailed(studio, scene))
  if (scene.empty !== undefined) await attempt('empty', () => shootEmpty(studio, scene))
  if (scene.forbidden !== undefined) await attempt('forbidden', () => shootForbidden(studio, scene))
  return problems
}

async function shootFilled(studio: Studio, scene: Scene, language: string, sizes: readonly Size[], mark = ''): Promise<void> {
  const desk = scene.isCrowded ? await studio.crowd() : studio.desk
  await withPage(studio, desk, scene.login ?? 'admin', language, sizes[0] ?? USUAL, async (page) => {
    await page.goto(desk.url + scene.path)
    await page.locator(scene.ready).first().waitFor()
    await scene.act?.(page)
    await shoot(studio, page, scene.name + mark, sizes)
  })
}

async function shootWaitingAndFailed(studio: Studio, scene: Scene): Promise<void> {
  await withPage(studio, studio.desk, scene.login ?? 'admin', 'zh-CN', USUAL, async (page) => {
    const call = `**/api/queries/${scene.asks}*`
    await page.route(call, () => undefined)
    await page.goto(studio.desk.url + scene.path)
    await page.locator('.bone').first().waitFor()
    await shoot(studio, page, `${scene.name}-loading`, [USUAL])
    await page.unroute(call)
    await page.route(call, (route) => route.fulfill(FAILURE))
    await page.reload()
    await page.locator('.state').first().waitFor()
    await shoot(studio, page, `${scene.name}-failed`, [USUAL])
  })
}

async function shootEmpty(studio: Studio, scene: Scene): Promise<void> {
  await withPage(studio, studio.empty, scene.login ?? 'admin', 'zh-CN', USUAL, async (page) => {
    await page.goto(studio.empty.url + scene.path)
    await page.locator(scene.empty ?? '.state').first().waitFor()
    await shoot(studio, page, `${scene.name}-empty`, [USUAL])
  })
}

async function shootForbidden(studio: Studio, scene: Scene): Promise<void> {
  await withPage(studio, studio.desk, scene.forbidden ?? '', 'zh-CN', USUAL, async (page) => {
    await page.goto(studio.desk.url + scene.path)
    await page.locator('.state').first().waitFor()
    await shoot(studio, page, `${scene.name}-forbidden`, [USUAL])
  })
}

/** A browser of its own in which somebody is signed in; `login` undefined: nobody. */
export async function withPage(
  { browser, now }: Studio,
  desk: PictureDesk,
  login: string | undefined,
  language: string,
  viewport: Size,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await (await browser()).newContext({ viewport, locale: language, timezoneId: 'Asia/Shanghai' })
  try {
    context.setDefaultTimeout(PATIENCE_MS)
    const session = login === undefined ? null : await desk.tokenOf(login)
    await context.addInitScript(
      (kept) => {
        localStorage.setItem('tourSeen', '*')
        localStorage.setItem('language', kept.language)
        if (kept.session !== null) localStorage.setItem('session', kept.session)
      },
      { language, session },
    )
    await context.clock.setFixedTime(now)
    await look(await context.newPage())
  } finally {
    await context.close()
  }
}

/** The page as it is, in each size and both themes. */
export async function shoot({ folder }: Pick<Studio, 'folder'>, page: Page, name: string, sizes: readonly Size[] = SIZES): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await settle(page)
      await page.screenshot({ path: join(folder, `${name}-${size.width}-${theme}.png`) })
    }
  }
}

/** Fonts are there and what follows a change of size, such as a chart, is drawn; as text, for it runs in the page. */
const SETTLED = `(async () => {
  await document.fonts.ready
  for (let n = 0; n < 20; n++) await new Promise((next) => requestAnimationFrame(next))
})()`
const settle = (page: Page): Promise<unknown> => page.evaluate(SETTLED)
