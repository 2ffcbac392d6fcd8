import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openService } from '#core/gateway/service.ts'
import { isLongRun } from '../support/random.ts'
import { chromium } from '../support/runtimes.ts'
import { Screens } from './support.ts'
import { makeLink, openWall } from './wallSupport.ts'

/** Of the accelerated clock: so much passes between two changes on the desk. */
const CYCLE_MS = 20_000
const CYCLES = isLongRun ? 2_000 : 60
const SAMPLES = isLongRun ? 40 : 10
/** The service center restarts so often, counted in cycles. */
const RESTART_EVERY = isLongRun ? 100 : 15
/** Before this share of the cycles, whatever a page makes once is made: code is compiled, caches are filled. */
const WARM = 0.25

interface Sample {
  readonly hours: number
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
}

/**
 * A wall runs for weeks. Its clock is turned by hand here: changes, breaches, page turns and restarts of the service
 * center follow each other as fast as the browser takes them, and memory is measured after a forced collection.
 */
describe.skipIf(!chromium.path)('a wall that runs for weeks', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await Screens.open()
  })
  afterAll(() => screens?.close())

  it(
    'keeps memory, nodes and listeners flat over changes, breaches, turns and restarts',
    async () => {
      const { token } = await makeLink(screens.desk)
      const page = await openWall(screens, token, { width: 1920, height: 1080 })
      const devtools = await page.context().newCDPSession(page)
      await page.keyboard.press('a')
      const samples: Sample[] = []
      let restarts = 0
      for (let cycle = 1; cycle <= CYCLES; cycle++) {
        await change(cycle)
        if (cycle % RESTART_EVERY === 0) {
          await restart(page)
          restarts += 1
        }
        await page.clock.runFor(CYCLE_MS)
        await settled(page)
        if (cycle % Math.floor(CYCLES / SAMPLES) === 0) samples.push(await measure(page, devtools, (cycle * CYCLE_MS) / 3_600_000))
      }
      const warm = samples.slice(Math.floor(samples.length * WARM))
      const grown = (of: 'heap' | 'nodes' | 'listeners') => slope(warm.map((sample) => [sample.hours, sample[of]]))
      const last = warm[warm.length - 1] as Sample
      const { updates, sounds } = await page.evaluate(() => {
        const { updates, sounds } = window as unknown as { updates: number; sounds: number }
        return { updates, sounds }
      })
      console.log(
        `wall: ${updates} updates, ${sounds} alarms, ${restarts} restarts in ${last.hours.toFixed(1)} h of its time; ` +
          `heap ${(last.heap / 1024 / 1024).toFixed(1)} MB, slope ${(grown('heap') / 1024).toFixed(1)} KB/h; ` +
          `nodes ${last.nodes}, slope ${grown('nodes').toFixed(1)}/h; listeners ${last.listeners}, slope ${grown('listeners').toFixed(2)}/h`,
      )
      expect(updates).toBeGreaterThan(CYCLES)
      expect(sounds).toBeGreaterThan(0)
      expect(await page.locator('[data-link=live]').count()).toBe(1)
      // Over the measured time, and what that would be in four weeks where the measured time is long enough to tell.
      const hours = last.hours - (warm[0] as Sample).hours
      expect(grown('heap') * hours).toBeLessThan(isLongRun ? 1024 * 1024 : 512 * 1024)
      expect(Math.abs(grown('nodes') * hours)).toBeLessThan(0.1 * last.nodes)
      expect(Math.abs(grown('listeners') * hours)).toBeLessThan(5)
      expect(screens.problems.filter((problem) => !problem.startsWith('WebSocket connection'))).toEqual([])
    },
    isLongRun ? 45 * 60_000 : 170_000,
  )

  /** Something happens on the desk; promises pass as its clock goes on. */
  async function change(cycle: number): Promise<void> {
    const { desk, orders } = screens.desk
    desk.now += CYCLE_MS
    const order = orders[(cycle * 5) % orders.length] as string
    screens.desk.as('dispatcher', 'workOrder.changeFields', {
      order,
      base: screens.desk.head(order),
      fields: { faultSymptom: `第 ${cycle} 次变化：出口温度波动 ±${cycle % 9} ℃` },
    })
    if (cycle % 6 === 0) {
      const promise = { step: '回电客户', waitsOn: 'us' as const, who: 'role:dispatcher', by: desk.now + CYCLE_MS + 5_000 }
      screens.desk.as('dispatcher', 'workOrder.setPromise', { order, base: screens.desk.head(order), promise })
    }
    desk.app.tick()
    await desk.app.idle()
  }

  async function restart(page: Page): Promise<void> {
    const { desk } = screens
    const port = Number(new URL(desk.url).port)
    await desk.service.close()
    await until(page, 'cut')
    Object.assign(desk, { service: await openService(desk.desk.app, desk.desk.folder, { port }) })
    await until(page, 'live')
  }
})

/** Lets its clock go on until it has noticed. */
async function until(page: Page, link: 'cut' | 'live'): Promise<void> {
  const there = page.locator(`[data-link=${link}]`)
  for (let second = 0; second < 120 && (await there.count()) === 0; second++) {
    await page.clock.runFor(1_000)
    await settled(page)
  }
  await there.waitFor()
}

/** Every answer that is on its way has come. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => (window as unknown as { waiting: number }).waiting === 0, undefined, { polling: 20 })
}

/** On the board, so that the same things are counted each time. */
async function measure(page: Page, devtools: CDPSession, hours: number): Promise<Sample> {
  for (let wait = 0; wait < 12 && (await page.locator('[data-page=board]').count()) === 0; wait++) {
    await page.clock.runFor(10_000)
    await settled(page)
  }
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters')
  return { hours, heap: usedSize, nodes, listeners: jsEventListeners }
}

/** Least squares, in units of the second a unit of the first. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread
}
