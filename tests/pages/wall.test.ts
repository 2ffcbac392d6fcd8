import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openService, type Service } from '#core/gateway/service.ts'
import { SETTINGS_ID, type SettingsState } from '#shared/domain/setting/fold.ts'
import { NOON } from '../support/desk.ts'
import type { PageDesk } from '../support/pageDesk.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'
import { makeLink, openWall, shown, soundsOf } from './wallSupport.ts'
import { clean } from './clean.ts'

const MINUTE = 60_000
const HD = { width: 1920, height: 1080 }
const UHD = { width: 3840, height: 2160 }
const PAGES = ['board', 'workload', 'perceived'] as const

/** What the displays turn through from now on. */
function setPages(desk: PageDesk, value: ('board' | 'workload' | 'perceived')[] | typeof PAGES): void {
  const { changed } = desk.desk.app.subjects.load<SettingsState>({ kind: 'settings', id: SETTINGS_ID }).state
  const now = changed['wall.pages']
  if (JSON.stringify(now?.value ?? PAGES) === JSON.stringify(value)) return
  desk.as('admin', 'setting.change', { name: 'wall.pages', value: [...value], base: now?.event ?? null })
}

describe.skipIf(!chromium.path)('the wall', () => {
  let screens: Screens
  let token: string
  const pages: Page[] = []
  beforeAll(async () => {
    screens = await Screens.open()
    token = (await makeLink(screens.desk)).token
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close()
    screens.desk.desk.now = NOON
    setPages(screens.desk, PAGES)
    // A browser says by itself that nobody listens while the service center is away.
    expect(screens.problems.filter((problem) => !problem.startsWith('WebSocket connection'))).toEqual([])
  })
  afterAll(() => screens?.close())

  const wall = async (viewport = HD, own = token): Promise<Page> => {
    const page = await openWall(screens, own, viewport)
    pages.push(page)
    return page
  }

  it.each([
    ['1080p', HD, 1],
    ['4K', UHD, 2],
  ] as const)('is read from five metres at %s: sizes, columns, no scroll bar, no cursor', async (_name, viewport, scale) => {
    const page = await wall(viewport)
    await page.locator('[data-card]').first().waitFor()
    expect(await page.locator('section[data-stage]').count()).toBe(6)
    for (const column of await page.locator('section[data-stage]').all()) expect(await column.locator('[data-card]').count()).toBeLessThanOrEqual(7)
    expect(Math.min(...(await fontSizes(page, '[data-card]')))).toBeGreaterThanOrEqual(22 * scale)
    expect(Math.min(...(await fontSizes(page, '[data-count], [data-broken], .time, .left')))).toBeGreaterThanOrEqual(32 * scale)
    for (const name of PAGES) {
      await page.locator(`[data-page=${name}]`).waitFor()
      await page.locator(name === 'board' ? '[data-card]' : name === 'workload' ? '[data-load]' : '[data-perceived]').first().waitFor()
      expect([name, Math.min(...(await fontSizes(page, 'body')))]).toEqual([name, 22 * scale])
      if (name !== 'board') expect(Math.min(...(await fontSizes(page, '.figure, [data-rate]')))).toBeGreaterThanOrEqual(32 * scale)
      expect([name, ...(await outOfPlace(page))]).toEqual([name])
      await page.clock.runFor(30_000)
    }
  })

  it('pages a long column by itself, the first page twice as long', async () => {
    const { desk } = screens
    setPages(desk, ['board'])
    const page = await wall()
    const column = page.locator('[data-stage=intakeReview]')
    await column.locator('[data-card]').first().waitFor()
    const first = await cardsOf(column)
    expect(first).toHaveLength(7)
    await page.clock.runFor(20_000)
    expect(await cardsOf(column)).toEqual(first)
    // Seven a column: nothing to page. One more, and there is.
    const added = desk.as('dispatcher', 'workOrder.register', {
      customer: { name: '临时客户' },
      channel: 'phone',
      fields: { contactName: '王工', contactPhone: '13812345678', faultSymptom: '开机无显示，请打 13812345678' },
    })['order'] as string
    await shown(page, column.getByText(/^[12]\/2$/), 500)
    const seen: string[] = []
    const cards = new Set<string>()
    for (let turn = 0; turn < 6; turn++) {
      seen.push((await column.locator('.page').innerText()).trim())
      for (const id of await cardsOf(column)) cards.add(id)
      await page.clock.runFor(10_000)
    }
    expect(cards).toEqual(new Set([...first, added]))
    expect(seen.join(' ')).toMatch(/1\/2 1\/2 2\/2 1\/2 1\/2/)
    expect(await page.content()).not.toContain('13812345678')
  })

  it('tells a new breach with one pulse and one sound, and shows it red from then on', async () => {
    const page = await wall()
    await page.locator('[data-card]').first().waitFor()
    await page.keyboard.press('a')
    await page.getByText('按任意键开启声音').waitFor({ state: 'detached' })
    await page.clock.runFor(35_000)
    await page.locator('[data-page=workload]').waitFor()
    expect(await soundsOf(page)).toBe(0)
    const next = (await ask(page, token)).next[0]
    if (!next) throw new Error('nothing is due')
    screens.desk.desk.now = next.by
    screens.desk.desk.app.tick()
    await screens.desk.desk.app.idle()
    // What broke is more urgent than whose turn it is.
    const card = page.locator(`[data-card="${next.id}"]`)
    await shown(page, card, 200)
    expect(await soundsOf(page)).toBe(1)
    expect(await card.getAttribute('class')).toMatch(/edge-red.*pulse|pulse.*edge-red/)
    await page.clock.runFor(25_000)
    await card.waitFor()
    expect(await card.getAttribute('class')).not.toContain('pulse')
    expect(await card.getAttribute('class')).toContain('edge-red')
    expect(await soundsOf(page)).toBe(1)
  })

  it('is silent where no sound is wanted', async () => {
    const { desk } = screens
    setPages(desk, ['board'])
    desk.as('admin', 'setting.change', { name: 'wall.sound', value: false, base: null })
    const page = await wall()
    await page.locator('[data-card]').first().waitFor()
    await page.keyboard.press('a')
    expect(await page.getByText('按任意键开启声音').count()).toBe(0)
    const next = (await ask(page, token)).next[0]
    desk.desk.now = next?.by ?? NOON
    desk.desk.app.tick()
    await desk.desk.app.idle()
    await shown(page, page.locator(`[data-card="${next?.id}"].edge-red`))
    expect(await soundsOf(page)).toBe(0)
  })

  it('says as of when it is cut off, comes back by itself from a restarted service center and has missed nothing', async () => {
    const { desk } = screens
    setPages(desk, ['board'])
    const page = await wall()
    await page.locator('[data-link=live]').waitFor()
    const { port } = new URL(desk.url)
    await desk.service.close()
    await shown(page, page.locator('[data-link=cut]'))
    const gone = page.getByText(/连接中断，显示的是 10:00 的情况/)
    expect(await gone.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThanOrEqual(32)
    await page.clock.runFor(3 * MINUTE)
    await gone.waitFor()
    const order = desk.orders[6] as string
    desk.as('dispatcher', 'workOrder.changeFields', { order, base: desk.head(order), fields: { faultSymptom: '断线期间改过' } })
    desk.desk.now += 3 * MINUTE
    const service: Service = await openService(desk.desk.app, desk.desk.folder, { port: Number(port) })
    try {
      await shown(page, page.locator('[data-link=live]'), 5_000)
      // It may stand on the second page of its column just then.
      await shown(page, page.getByText('断线期间改过'), 5_000)
    } finally {
      await service.close()
      Object.assign(desk, { service: await openService(desk.desk.app, desk.desk.folder, { port: Number(port) }) })
    }
  })

  it('keeps the service center’s time when the clock of its machine jumps, and looks anew after sleep', async () => {
    const page = await wall()
    await page.locator('.time').getByText('10:00').waitFor()
    const asked = asks(page)
    // An hour forward, as daylight saving does; then a month back.
    await page.clock.setSystemTime(NOON + 60 * MINUTE)
    await page.clock.runFor(6_000)
    expect(await page.locator('.time').innerText()).toBe('10:00')
    await page.clock.setSystemTime(NOON - 30 * 24 * 60 * MINUTE)
    await page.clock.runFor(2_000)
    expect(await page.locator('.time').innerText()).toBe('10:00')
    // The display slept over the night: timers stood still, the world did not.
    screens.desk.desk.now = NOON + 9 * 60 * MINUTE
    await page.clock.fastForward(9 * 60 * MINUTE)
    await shown(page, page.locator('.time').getByText('19:00'))
    expect(asked()).toBeGreaterThan(1)
  })

  it('loads itself anew when the service center serves another build, and not before', async () => {
    const page = await wall()
    await page.locator('[data-card]').first().waitFor()
    let loads = 0
    page.on('load', () => (loads += 1))
    await page.clock.runFor(6 * MINUTE)
    expect(loads).toBe(0)
    const html = await (await page.request.get(`${screens.desk.url}/wall`)).text()
    await page.route('**/wall', async (route) => {
      const own = route.request().resourceType() === 'document'
      await route.fulfill({ contentType: 'text/html', body: own ? html : html.replace(/\/assets\/wall-[^"]+\.js/, '/assets/wall-next.js') })
    })
    const loaded = page.waitForEvent('load')
    await page.clock.runFor(5 * MINUTE + 1000)
    await loaded
    await page.unroute('**/wall')
    // The link is kept on the machine: the new page needs nobody.
    await shown(page, page.locator('[data-card]').first())
  })

  it('sends its token in no address, shows it nowhere, and goes dark when it is taken back', async () => {
    const { token: own, wall: made } = await makeLink(screens.desk, '二楼')
    const page = await wall(HD, own)
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await page.locator('[data-card]').first().waitFor()
    expect(page.url()).toBe(`${screens.desk.url}/wall`)
    await page.reload()
    await shown(page, page.locator('[data-card]').first())
    await page.clock.runFor(60_000)
    expect(addresses.filter((address) => address.includes('wall_') || address.includes('token='))).toEqual([])
    expect(await page.content()).not.toContain(own)
    const admin = await screens.desk.desk.signIn('admin')
    await screens.desk.desk.call('command', 'wall.revokeToken', { wall: made.id }, { token: admin })
    await page.getByText('这块大屏的链接已收回').waitFor()
    expect(await page.locator('[data-card]').count()).toBe(0)
  })

  it('says what to do where it has no link', async () => {
    const page = await screens.page({ path: '/wall', viewport: HD })
    pages.push(page)
    await page.getByText('这块大屏还没有链接').waitFor()
  })

  it('is made and taken back on the settings page, its link shown this once', async () => {
    const page = await screens.signedIn('admin')
    pages.push(page)
    await page.goto(`${screens.desk.url}/settings/wall`)
    await page.locator('[data-wall-name]').fill('调度室东墙')
    await page.getByRole('button', { name: '新建链接' }).click()
    const link = await page.locator('[data-wall-link]').inputValue()
    expect(link).toMatch(/\/wall#token=wall_[\w-]{43}$/)
    await page.getByRole('img', { name: '链接的二维码' }).waitFor()
    const row = page.locator('[data-wall]', { hasText: '调度室东墙' })
    await row.getByText('还没有打开过').waitFor()
    const shown = await wall(HD, link.split('token=')[1])
    await shown.locator('[data-card]').first().waitFor()
    await page.reload()
    await row.getByText('在线').waitFor()
    expect(await page.locator('[data-wall-link]').count()).toBe(0)
    await row.getByRole('button', { name: '收回' }).click()
    await row.getByText('正在显示的大屏会立刻变暗').waitFor()
    await row.getByRole('button', { name: '收回' }).click()
    await row.waitFor({ state: 'detached' })
    await shown.getByText('这块大屏的链接已收回').waitFor()
  })

  it('is clean in the eyes of axe, page by page', async () => {
    for (const name of PAGES) {
      setPages(screens.desk, [name])
      // With its own clock: axe waits by it.
      const page = await screens.page({ path: `/wall#token=${token}`, viewport: HD })
      pages.push(page)
      await page.locator(name === 'board' ? '[data-card]' : name === 'workload' ? '[data-load]' : '[data-perceived]').first().waitFor()
      await clean(page)
    }
  })
})

/** Of every text that is seen, px. */
const fontSizes = (page: Page, within: string): Promise<number[]> =>
  page.evaluate((selector) => {
    const sizes: number[] = []
    for (const root of document.querySelectorAll(selector)) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement as HTMLElement
        if (node.textContent?.trim() === '' || element.closest('script, style, title, .only-heard, .face')) continue
        sizes.push(Number.parseFloat(getComputedStyle(element).fontSize))
      }
    }
    return sizes
  }, within)

/** What would scroll, shows a cursor, is cut off from above or below, or lies beside the screen. */
const outOfPlace = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
      const style = getComputedStyle(element)
      const name = `${element.tagName}.${element.className}`
      if (/auto|scroll/.test(`${style.overflowX} ${style.overflowY}`)) found.push(`scrolls: ${name}`)
      if (style.cursor !== 'none') found.push(`cursor: ${name}`)
      if (element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 0 && style.display !== 'inline' && element.matches('li, .page, .columns, section, .perceived, .workload'))
        found.push(`cut off: ${name} ${element.scrollHeight} > ${element.clientHeight}`)
      const box = element.getBoundingClientRect()
      if (box.width > 0 && !element.closest('.only-heard, svg') && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) found.push(`outside: ${name}`)
    }
    return found
  })

const cardsOf = (column: ReturnType<Page['locator']>): Promise<string[]> =>
  column.locator('[data-card]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-card') ?? ''))

function asks(page: Page): () => number {
  let count = 0
  page.on('request', (request) => (count += request.url().endsWith('/wall.board') ? 1 : 0))
  return () => count
}

async function ask(page: Page, token: string): Promise<{ next: { id: string; by: number }[] }> {
  const answer = await page.request.post(`${new URL(page.url()).origin}/api/queries/wall.board`, {
    headers: { authorization: `Bearer ${token}` },
    data: { input: {} },
  })
  return (await answer.json()) as { next: { id: string; by: number }[] }
}

