import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { openBoardDesk, type BoardDesk } from './boardDesk.ts'
import { openBrowser, openWindow, timeToFilled } from './browser.ts'
import { inFolder, median, round, type BenchResult } from './support.ts'

const ORDERS = 500
const ROUNDS = 7
/** A slow office computer beside this one. */
const THROTTLE = 4
const ASSETS = fileURLToPath(new URL('../dist/renderer/assets/', import.meta.url))

interface Load {
  /** Navigation to cards in all six columns, ms. */
  readonly filled: number
  readonly firstPaint: number
  /** Files under assets/ that the page asked for until then. */
  readonly files: readonly string[]
}

/** A window that has nothing in its cache. */
async function load(browser: Browser, desk: BoardDesk, rate: number): Promise<Load> {
  const { context, page } = await openWindow(browser, desk)
  const files: string[] = []
  page.on('request', (request) => {
    const name = /\/assets\/([^/?]+)$/.exec(request.url())?.[1]
    if (name !== undefined) files.push(name)
  })
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  const filled = await timeToFilled(page, desk.url)
  const firstPaint = await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
  await context.close()
  return { filled, firstPaint, files }
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`
const packed = (file: string): number => gzipSync(readFileSync(join(ASSETS, file)), { level: 9 }).length
const sum = (files: readonly string[], extension: string): string =>
  kilobytes(files.filter((file) => file.endsWith(extension)).reduce((total, file) => total + packed(file), 0))

/** (h) First load of the desk with a CPU a quarter as fast ÷ at full speed; and what it weighs. */
export async function firstLoad(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const desk = await openBoardDesk(folder, ORDERS)
    const browser = await openBrowser()
    await load(browser, desk, 1)
    const full: Load[] = []
    const slow: Load[] = []
    for (let n = 0; n < ROUNDS; n++) {
      full.push(await load(browser, desk, 1))
      slow.push(await load(browser, desk, THROTTLE))
    }
    await browser.close()
    await desk.close()
    const first = [...new Set(full[0]?.files ?? [])]
    const all = readdirSync(ASSETS)
    return {
      name: 'h. first load of the desk',
      of: 'navigation to the filled board with an empty cache, CPU throttled 4 × ÷ not throttled',
      ratio: round(median(slow.map(({ filled }, index) => filled / (full[index]?.filled ?? 1)))),
      bound: 'told',
      seen: {
        'first paint, filled, ms': `${Math.round(median(full.map(({ firstPaint }) => firstPaint)))}, ${Math.round(median(full.map(({ filled }) => filled)))}`,
        'throttled: first paint, filled, ms': `${Math.round(median(slow.map(({ firstPaint }) => firstPaint)))}, ${Math.round(median(slow.map(({ filled }) => filled)))}`,
        'first load, gzipped: scripts, styles': `${sum(first, '.js')}, ${sum(first, '.css')} in ${first.length} files`,
        'everything built, gzipped: scripts, styles': `${sum(all, '.js')}, ${sum(all, '.css')} in ${all.length} files`,
      },
    }
  })
}
