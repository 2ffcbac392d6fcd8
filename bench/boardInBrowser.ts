import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBoardDesk, type BoardDesk } from './boardDesk.ts'
import { openBrowser, openWindow, takeLongFrames, timeToFilled } from './browser.ts'
import { inFolder, median, percentile, round, type BenchResult } from './support.ts'

const FEW = 500
const MANY = Number(process.env['LOOPDESK_BENCH_ORDERS'] ?? 50_000)
const ROUNDS = 15
const ASKED = 15

/** The board cut and filtered, asked over HTTP: the median in ms. */
async function asked(desk: BoardDesk, input: object): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < ASKED; n++) {
    const begun = performance.now()
    await desk.call('queries/board.counts', input)
    times.push(performance.now() - begun)
  }
  return round(median(times))
}

/** Down a long column by the wheel, further pages and all. */
async function scroll(page: Page): Promise<number[]> {
  await takeLongFrames(page)
  await page.locator('[data-stage=diagnosis] .list').hover()
  for (let n = 0; n < 120; n++) {
    await page.mouse.wheel(0, 240)
    await page.evaluate('new Promise((resolve) => window.__painted(resolve))')
  }
  return takeLongFrames(page)
}

/** A card over every column and back to its own. */
async function drag(page: Page): Promise<number[]> {
  const box = await page.locator('[data-stage=intakeReview] [data-card]').first().boundingBox()
  if (!box) throw new Error('no card to drag')
  await takeLongFrames(page)
  await page.mouse.move(box.x + 60, box.y + 30)
  await page.mouse.down()
  for (const x of [400, 700, 1000, 1300, 1600, 1800, 1200, 600, box.x + 70]) await page.mouse.move(x, box.y + 160, { steps: 20 })
  await page.mouse.up()
  return takeLongFrames(page)
}

const told = (frames: readonly number[]): string =>
  frames.length === 0 ? 'none' : `${frames.length}, longest ${Math.round(Math.max(...frames))} ms`

/** (f) Time to the filled board in Chromium with 50,000 open orders ÷ with 500. */
export async function boardInBrowser(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const few = await openBoardDesk(join(folder, 'few'), FEW)
    const many = await openBoardDesk(join(folder, 'many'), MANY)
    const browser = await openBrowser()
    const { page } = await openWindow(browser, few, many)
    await timeToFilled(page, few.url)
    await timeToFilled(page, many.url)
    const times = { few: [] as number[], many: [] as number[] }
    for (let n = 0; n < ROUNDS; n++) {
      times.few.push(await timeToFilled(page, few.url))
      times.many.push(await timeToFilled(page, many.url))
    }
    const scrolled = await scroll(page)
    const dragged = await drag(page)
    const two = { filter: { priority: 'urgent', customer: 'customer-7' } }
    const seen = {
      'ms at 500': Math.round(median(times.few)),
      'ms at 50,000': Math.round(median(times.many)),
      'p95 ms at 50,000': Math.round(percentile(times.many, 0.95)),
      'frames over 50 ms while scrolling': told(scrolled),
      'frames over 50 ms while dragging': told(dragged),
      'lanes by 480 customers, ms at 500 and 50,000': `${await asked(few, { by: 'customer' })}, ${await asked(many, { by: 'customer' })}`,
      'lanes by customer under a priority, ms': `${await asked(few, { by: 'customer', filter: { priority: 'high' } })}, ${await asked(many, { by: 'customer', filter: { priority: 'high' } })}`,
      'two filters, ms': `${await asked(few, two)}, ${await asked(many, two)}`,
      'a text, ms': `${await asked(few, { filter: { text: '客户 17' } })}, ${await asked(many, { filter: { text: '客户 17' } })}`,
    }
    await browser.close()
    await few.close()
    await many.close()
    return {
      name: 'f. the board in a browser',
      of: 'navigation to cards in all six columns in Chromium, 50,000 open orders ÷ 500',
      ratio: round(median(times.many.map((ms, index) => ms / (times.few[index] as number)))),
      bound: { most: 1.5 },
      seen,
    }
  })
}
