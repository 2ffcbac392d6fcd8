import type { Browser, BrowserContext, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { openService, type Service } from '#core/gateway/service.ts'
import { launchBrowser } from '../support/browser.ts'
import { NOON } from '../support/desk.ts'
import { PageDesk } from '../support/pageDesk.ts'

export interface PageOptions {
  readonly theme?: 'light' | 'dark'
  readonly path?: string
  readonly viewport?: { width: number; height: number }
  /** Time zone and clock of the computer. */
  readonly zone?: string
  readonly now?: number
  /** The computer's clock goes on; else it stands still, and with it whatever waits for a time to pass. */
  readonly running?: boolean
  /** A newcomer, to whom the tour is shown. */
  readonly tour?: boolean
  /** Of a session; undefined: nobody is signed in. */
  readonly token?: string
}

/** A served desk and a browser; both go with `close`. Pages that log an error to the console are remembered. */
export class Screens {
  readonly desk: PageDesk
  readonly #browser: Browser
  readonly problems: string[] = []
  readonly #tokens = new Map<string, string>()
  #again: Service | undefined
  #port = 0

  private constructor(desk: PageDesk, browser: Browser) {
    this.desk = desk
    this.#browser = browser
  }

  static async open(): Promise<Screens> {
    const [desk, browser] = await Promise.all([PageDesk.open(), launchBrowser()])
    return new Screens(desk, browser)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#again?.close()
    await this.desk.close()
  }

  /** As a power cut of the service center: every connection ends, and none comes back before `comeBack`. */
  async cut(): Promise<void> {
    this.#port = Number(new URL(this.desk.url).port)
    await (this.#again ?? this.desk.service).close()
  }
  async comeBack(): Promise<void> {
    this.#again = await openService(this.desk.desk.app, this.desk.desk.folder, { port: this.#port })
  }

  async page(options: PageOptions = {}): Promise<Page> {
    const { theme = 'light', path = '/', viewport = { width: 1366, height: 768 }, zone = 'Asia/Shanghai', now = NOON, tour = false, running = false, token } = options
    // What the browser kept of an earlier visit; once, so that a sign-out stays one.
    const kept = Object.entries({ ...(!tour && { tourSeen: '*' }), ...(token !== undefined && { session: token }) })
    const context: BrowserContext = await this.#browser.newContext({
      viewport,
      colorScheme: theme,
      locale: 'zh-CN',
      timezoneId: zone,
      reducedMotion: 'reduce',
    })
    closeAfterTest(context)
    await context.addInitScript((entries) => {
      if (localStorage.getItem('visited') !== null) return
      for (const [name, value] of [...entries, ['visited', '1'] as const]) localStorage.setItem(name, value)
    }, kept)
    // A slow machine answers late, not wrongly.
    context.setDefaultTimeout(20_000)
    // As the clock of the served desk, which stands still: a computer whose clock is wrong is said to be so.
    if (running) await context.clock.install({ time: now })
    else await context.clock.setFixedTime(now)
    const page = await context.newPage()
    page.on('pageerror', (error) => this.problems.push(error.message))
    page.on('console', (message) => {
      // A refusal is an HTTP status, which the browser logs by itself.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.problems.push(message.text())
    })
    await page.goto(`${this.desk.url}${path}`)
    return page
  }

  /** With a session of the demo account of a role, as somebody who comes back to the page; `session.test` signs in by hand. */
  async signedIn(login: string, options: PageOptions = {}): Promise<Page> {
    const page = await this.page({ ...options, token: await this.#session(login) })
    await page.locator('nav').waitFor()
    return page
  }

  /** The one before, unless it was ended: a password is made slow to check. */
  async #session(login: string): Promise<string> {
    const { desk } = this.desk
    const before = this.#tokens.get(login)
    if (before !== undefined && (await desk.call('query', 'session.current', {}, { token: before })).status === 200) return before
    const token = await desk.signIn(login)
    this.#tokens.set(login, token)
    return token
  }
}

/** A page that nobody looks at any more still ticks. One that is opened for a whole file, outside of a test, stays. */
function closeAfterTest(context: BrowserContext): void {
  try {
    onTestFinished(() => context.close())
  } catch {
    // Not within a test.
  }
}

export const card = (order: string): string => `[data-card="${order}"]`
export const inColumn = (stage: string, order: string): string => `[data-stage=${stage}] ${card(order)}`

/** By mouse, with the small steps by which a hand drags. */
export async function drag(page: Page, from: string, to: string): Promise<void> {
  await page.locator(from).scrollIntoViewIfNeeded()
  const start = await page.locator(from).boundingBox()
  const end = await page.locator(to).boundingBox()
  if (!start || !end) throw new Error('nothing to drag')
  const x = end.x + end.width / 2
  const y = end.y + Math.min(200, end.height / 2)
  await page.mouse.move(start.x + start.width / 2, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 2 + 12, start.y + 26, { steps: 4 })
  await page.mouse.move(x, y, { steps: 12 })
  await page.mouse.move(x + 2, y + 2, { steps: 2 })
  await page.mouse.up()
}
