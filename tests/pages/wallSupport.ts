import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { PageDesk } from '../support/pageDesk.ts'
import type { Screens } from './support.ts'

/** A link for a display, made by the administrator. */
export async function makeLink(desk: PageDesk, name = '大厅'): Promise<{ token: string; wall: { id: string } }> {
  const admin = await desk.desk.signIn('admin')
  const { body } = await desk.desk.call('command', 'wall.createToken', { name }, { token: admin })
  return body as never
}

/** A display on which the test's hand turns the clock, with its sounds, its updates and what it waits for counted. */
export async function openWall(screens: Screens, token: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await screens.page({ path: '/icon.svg', viewport, alone: true })
  await page.addInitScript(() => {
    const counted = Object.assign(window, { sounds: 0, updates: 0, waiting: 0 })
    const ask = window.fetch
    window.fetch = async (...request) => {
      counted.waiting += 1
      counted.updates += 1
      try {
        const response = await ask(...request)
        // Its body, too, has to be there before anybody counts what the page holds.
        await response.clone().arrayBuffer()
        return response
      } finally {
        counted.waiting -= 1
      }
    }
    const { start } = AudioScheduledSourceNode.prototype
    AudioScheduledSourceNode.prototype.start = function (...when: [number?]) {
      counted.sounds += 1
      start.apply(this, when)
    }
  })
  await page.clock.install({ time: screens.desk.desk.now })
  await page.goto(`${screens.desk.url}/wall#token=${token}`)
  await page.locator('[data-link], .message').first().waitFor()
  // From here on time passes in `runFor` alone.
  await page.clock.pauseAt(screens.desk.desk.now + 15_000)
  return page
}

/** Turns the clock by hand, a little at a time, until something is shown: an answer may come between two turns. */
export async function shown(page: Page, wanted: Locator, stepMs = 1_000): Promise<void> {
  const turned = async (): Promise<boolean> => {
    if (await wanted.isVisible()) return true
    await page.clock.runFor(stepMs)
    return false
  }
  await expect.poll(turned, { timeout: 30_000, interval: 100 }).toBe(true)
}

export const soundsOf = (page: Page): Promise<number> => page.evaluate(() => (window as { sounds?: number }).sounds ?? 0)
