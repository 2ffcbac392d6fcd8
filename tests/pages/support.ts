import type { Browser, BrowserContext, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { openService, type Service } from '#core/gateway/service.ts'
import { sharedBrowser } from '../support/browser.ts'
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
  /** A computer of its own, on which the test may turn the clock or break the line. */
  readonly alone?: boolean
}

/** Stands in a browser without ticking: between two tests it keeps the process and what was read of the program. */
const IDLE = '/icon.svg'

/** A served desk and the browser of this process. Pages that log an error to the console are remembered. */
export class Screens {
  readonly desk: PageDesk
  readonly #browser: Browser
  readonly problems: string[] = []
  readonly #tokens = new Map<string, string>()
  /** Of every context: its page that stands idle. */
  readonly #idlers = new Map<BrowserContext, Page>()
  /** Contexts that wait for the next test, by their options. */
  readonly #free = new Map<string, BrowserContext[]>()
  #again: Service | undefined
  #port = 0

  private constructor(desk: PageDesk, browser: Browser) {
    this.desk = desk
    this.#browser = browser
  }

  static async open(): Promise<Screens> {
    const [desk, browser] = await Promise.all([PageDesk.open(), sharedBrowser()])
    return new Screens(desk, browser)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#idlers.keys()].map((context) => context.close()))
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
    const { path = '/', tour = false, token } = options
    const context = await this.#context(options)
    // What the browser kept of an earlier visit; once, so that a sign-out stays one.
    await this.#idlers.get(context)?.evaluate((kept) => {
      localStorage.clear()
      for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, value)
    }, { ...(!tour && { tourSeen: '*' }), ...(token !== undefined && { session: token }) })
    const page = await context.newPage()
    page.on('pageerror', (error) => this.problems.push(error.message))
    page.on('console', (message) => {
      // A refusal is an HTTP status, which the browser logs by itself.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.problems.push(message.text())
    })
    await page.goto(`${this.desk.url}${path}`)
    return page
  }

  /** One that an earlier test left, else a new one; given back after the test. */
  async #context({ theme = 'light', viewport = { width: 1366, height: 768 }, zone = 'Asia/Shanghai', now = NOON, running = false, alone = running }: PageOptions): Promise<BrowserContext> {
    const kind = JSON.stringify([theme, viewport, zone, now])
    const free = alone ? undefined : this.#free.get(kind)?.pop()
    const context = free ?? (await this.#browser.newContext({ viewport, colorScheme: theme, locale: 'zh-CN', timezoneId: zone, reducedMotion: 'reduce' }))
    afterTest(() => (alone ? context.close() : this.#giveBack(kind, context)))
    if (free) return free
    // A slow machine answers late, not wrongly.
    context.setDefaultTimeout(20_000)
    // As the clock of the served desk, which stands still: a computer whose clock is wrong is said to be so.
    if (running) await context.clock.install({ time: now })
    else await context.clock.setFixedTime(now)
    context.on('close', () => this.#idlers.delete(context))
    const idler = await context.newPage()
    await idler.goto(`${this.desk.url}${IDLE}`)
    this.#idlers.set(context, idler)
    return context
  }

  /** Its pages are closed: one that nobody looks at any more still ticks. */
  async #giveBack(kind: string, context: BrowserContext): Promise<void> {
    const idler = this.#idlers.get(context)
    if (!idler) return
    await Promise.all(context.pages().flatMap((page) => (page === idler ? [] : [page.close()])))
    this.#free.set(kind, [...(this.#free.get(kind) ?? []), context])
  }

  /** With a session of the demo account of a role, as somebody who comes back to the page; `session.test` signs in by hand. */
  async signedIn(login: string, options: PageOptions = {}): Promise<Page> {
    const page = await this.page({ ...options, token: await this.#session(login) })
    await page.locator('nav').first().waitFor()
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

/** What is opened for a whole file, outside of a test, stays until its end. */
function afterTest(act: () => Promise<void>): void {
  try {
    onTestFinished(act)
  } catch {
    // Not within a test.
  }
}

/** Goes to another page of the program without loading it anew, as a link does. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(history.state, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
  }, path)
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
