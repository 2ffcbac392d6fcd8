import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from '../tests/support/browser.ts'
import { bundle } from '../build/bundle.mjs'

/**
 * In the page from its first moment on. `__filled`: ms from the navigation to the first frame that shows cards in all
 * six columns. `__frames`: lengths in ms of frames that took longer than 50, since it was last emptied.
 * `__shown(text)`: when a frame with the text in a card was handed to the screen, in ms of the wall clock.
 */
const WATCH = `
  localStorage.setItem('tourSeen', '*')
  window.__frames = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.__frames.push(entry.duration)
  }).observe({ type: 'long-animation-frame', buffered: true })
  const painted = (tell) => requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = tell
    channel.port2.postMessage(0)
  })
  window.__painted = painted
  const isFilled = () => {
    const columns = [...document.querySelectorAll('[data-stage]')]
    return columns.length === 6 && columns.every((column) => column.querySelector('[data-card]') && column.querySelector('.count'))
  }
  window.__filled = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!isFilled()) return
      watch.disconnect()
      painted(() => resolve(performance.now()))
    })
    watch.observe(document, { childList: true, subtree: true })
  })
  window.__shown = (text) => new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (![...document.querySelectorAll('[data-card] .symptom')].some((each) => each.textContent.includes(text))) return
      watch.disconnect()
      painted(() => resolve(performance.timeOrigin + performance.now()))
    })
    watch.observe(document.body, { childList: true, subtree: true, characterData: true })
  })
`

/** Chromium, with the pages built anew where they are stale. */
export async function openBrowser(): Promise<Browser> {
  await bundle(() => undefined, { names: ['renderer'] })
  return launchBrowser()
}

interface SignedIn {
  readonly url: string
  readonly token: string
}

/**
 * A window of 1920 × 1080 whose page is watched, signed in wherever it is asked to be. What is compared is shown in one
 * window, one after the other: a window behind another paints no frames.
 */
export async function openWindow(browser: Browser, ...desks: readonly SignedIn[]): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const tokens = JSON.stringify(Object.fromEntries(desks.map(({ url, token }) => [new URL(url).origin, token])))
  await context.addInitScript({ content: `localStorage.setItem('session', ${tokens}[location.origin] ?? '');${WATCH}` })
  return { context, page: await context.newPage() }
}

/** ms from the navigation to the filled board. */
export async function timeToFilled(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/board`, { waitUntil: 'commit' })
  return page.evaluate<number>('window.__filled')
}

/** Empties and hands over the lengths of long frames, ms. */
export const takeLongFrames = (page: Page): Promise<number[]> => page.evaluate<number[]>('window.__frames.splice(0)')
