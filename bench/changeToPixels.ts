import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { WebSocketServer } from 'ws'
import { openBoardDesk } from './boardDesk.ts'
import { openBrowser, openWindow, timeToFilled } from './browser.ts'
import { inFolder, median, percentile, round, type BenchResult } from './support.ts'

const ORDERS = 500
const ROUNDS = 5
const EACH = 40
/** Not in step with the frames of the screen. */
const apart = (n: number): Promise<void> => pause(90 + ((n * 37) % 50))

/** Hands back what it is sent, and serves an empty page from which to ask it. */
async function openEcho(): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><p>echo'))
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      sockets.close()
      server.close()
    },
  }
}

const CONNECT = `new Promise((resolve) => {
  window.__socket = new WebSocket(location.origin.replace('http', 'ws'))
  window.__socket.onopen = () => resolve()
})`
/** There and back, and until a frame after it was handed to the screen. */
const ECHO = `new Promise((resolve) => {
  const begun = performance.now()
  window.__socket.onmessage = () => window.__painted(() => resolve(performance.now() - begun))
  window.__socket.send(JSON.stringify({ topic: 'board', message: 'x'.repeat(900) }))
})`

/** Another client's command, in a page of its own; answers when it went out (wall clock, ms) and the new head. */
const send = (page: Page, token: string, order: string, base: string, text: string): Promise<{ at: number; head: string }> =>
  page.evaluate<{ at: number; head: string }>(`(async () => {
    const at = performance.timeOrigin + performance.now()
    const response = await fetch('/api/commands/workOrder.changeFields', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ${token}' },
      body: JSON.stringify({ id: crypto.randomUUID(), input: { order: '${order}', base: '${base}', fields: { faultSymptom: '${text}' } } }),
    })
    const { heads } = await response.json()
    return { at, head: heads['workOrder:${order}'] }
  })()`)

/** (g) From another client's command going out to its change on this screen ÷ a bare WebSocket echo plus one frame. */
export async function changeToPixels(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const desk = await openBoardDesk(folder, ORDERS)
    const echo = await openEcho()
    const browser = await openBrowser()
    const theirs = await openWindow(browser, desk)
    await theirs.page.goto(`${desk.url}/icon.svg`)
    const mine = await openWindow(browser, desk)
    const { columns } = await desk.call<{ columns: { cards: { id: string; head: string }[] }[] }>('queries/board.page', {})
    const card = columns[0]?.cards[1]
    if (!card) throw new Error('no card to change')
    let { head } = card
    const times = { path: [] as number[], floor: [] as number[], rounds: [] as number[] }
    for (let turn = 0; turn < ROUNDS; turn++) {
      const path: number[] = []
      const floor: number[] = []
      await mine.page.goto(echo.url)
      await mine.page.evaluate(CONNECT)
      for (let n = 0; n < EACH; n++) {
        await apart(n)
        floor.push(await mine.page.evaluate<number>(ECHO))
      }
      await timeToFilled(mine.page, desk.url)
      for (let n = 0; n < EACH; n++) {
        await apart(n)
        const text = `第 ${turn}-${n} 次现象`
        await mine.page.evaluate(`void (window.__waiting = window.__shown('${text}'))`)
        const sent = await send(theirs.page, desk.token, card.id, head, text)
        head = sent.head
        path.push((await mine.page.evaluate<number>('window.__waiting')) - sent.at)
      }
      times.path.push(...path)
      times.floor.push(...floor)
      times.rounds.push(percentile(path, 0.95) / percentile(floor, 0.95))
    }
    await browser.close()
    echo.close()
    await desk.close()
    return {
      name: 'g. another client’s change to pixels',
      of: 'p95 from a command going out in one browser to its frame in another ÷ p95 of a bare WebSocket echo plus one frame',
      ratio: round(median(times.rounds)),
      bound: { most: 3 },
      seen: {
        changes: times.path.length,
        'median ms': round(median(times.path), 1),
        'p95 ms': round(percentile(times.path, 0.95), 1),
        'echo and a frame, median ms': round(median(times.floor), 1),
        'echo and a frame, p95 ms': round(percentile(times.floor, 0.95), 1),
      },
    }
  })
}
