import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openBoardDesk } from './boardDesk.ts'
import { openBrowser, openWindow, timeToFilled } from './browser.ts'
import { inFolder, median, percentile, round, type BenchResult } from './support.ts'

const ORDERS = 500
const ROUNDS = 5
const EACH = 40
/** One frame of a screen of 60 Hz. A browser without a screen makes one whenever it is asked, on no beat. */
const FRAME_MS = 1000 / 60
/** Not in step with the frames of the screen. */
const apart = (n: number): Promise<void> => pause(90 + ((n * 37) % 50))

const CONNECT = `new Promise((resolve) => {
  window.__socket = new WebSocket(location.origin.replace('http', 'ws'))
  window.__socket.onopen = () => resolve()
})`
/** There and back; then written into the page, and until a frame that shows it was handed to the screen. */
const ECHO = `new Promise((resolve) => {
  const begun = performance.now()
  window.__socket.onmessage = () => {
    const echo = performance.now() - begun
    document.querySelector('p').textContent = 'echo ' + begun
    window.__painted(() => resolve({ echo, shown: performance.now() - begun }))
  }
  window.__socket.send(JSON.stringify({ topic: 'board', message: 'x'.repeat(900) }))
})`

interface Sent {
  readonly at: number
  readonly answered: number
  readonly head: string
}
/** Another client's command, in a page of its own; answers when it went out and was answered (wall clock, ms) and the new head. */
const send = (page: Page, token: string, order: string, base: string, text: string): Promise<Sent> =>
  page.evaluate<Sent>(`(async () => {
    const at = performance.timeOrigin + performance.now()
    const response = await fetch('/api/commands/workOrder.changeFields', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ${token}' },
      body: JSON.stringify({ id: crypto.randomUUID(), input: { order: '${order}', base: '${base}', fields: { faultSymptom: '${text}' } } }),
    })
    const { heads } = await response.json()
    return { at, answered: performance.timeOrigin + performance.now(), head: heads['workOrder:${order}'] }
  })()`)

/** (g) From another client's command going out to its change on this screen ÷ a bare WebSocket echo plus one frame. */
export async function changeToPixels(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const desk = await openBoardDesk(folder, ORDERS)
    const browser = await openBrowser()
    const theirs = await openWindow(browser, desk)
    await theirs.page.goto(`${desk.url}/icon.svg`)
    const mine = await openWindow(browser, desk)
    const { columns } = await desk.call<{ columns: { cards: { id: string; head: string }[] }[] }>('queries/board.page', {})
    const card = columns[0]?.cards[1]
    if (!card) throw new Error('no card to change')
    let { head } = card
    const times = { path: [] as number[], answer: [] as number[], echo: [] as number[], shown: [] as number[], rounds: [] as number[] }
    for (let turn = 0; turn < ROUNDS; turn++) {
      const path: number[] = []
      const echo: number[] = []
      await mine.page.goto(desk.echo)
      await mine.page.evaluate(CONNECT)
      for (let n = 0; n < EACH; n++) {
        await apart(n)
        const seen = await mine.page.evaluate<{ echo: number; shown: number }>(ECHO)
        echo.push(seen.echo)
        times.shown.push(seen.shown)
      }
      await timeToFilled(mine.page, desk.url)
      for (let n = 0; n < EACH; n++) {
        await apart(n)
        const text = `第 ${turn}-${n} 次现象`
        await mine.page.evaluate(`void (window.__waiting = window.__shown('${text}'))`)
        const sent = await send(theirs.page, desk.token, card.id, head, text)
        head = sent.head
        times.answer.push(sent.answered - sent.at)
        path.push((await mine.page.evaluate<number>('window.__waiting')) - sent.at)
      }
      times.path.push(...path)
      times.echo.push(...echo)
      times.rounds.push(percentile(path, 0.95) / (percentile(echo, 0.95) + FRAME_MS))
    }
    await browser.close()
    await desk.close()
    return {
      name: 'g. another client’s change to pixels',
      of: 'p95 from a command going out in one browser to its frame in another ÷ p95 of a bare WebSocket echo plus one frame of 60 Hz',
      ratio: round(median(times.rounds)),
      bound: { most: 3 },
      seen: {
        changes: times.path.length,
        'median ms': round(median(times.path), 1),
        'p95 ms': round(percentile(times.path, 0.95), 1),
        'of it until the command is durable and answered, median ms': round(median(times.answer), 1),
        'echo, p95 ms': round(percentile(times.echo, 0.95), 1),
        'echo and a frame without a beat, p95 ms': round(percentile(times.shown, 0.95), 1),
        'p95 ÷ echo and a frame without a beat': round(percentile(times.path, 0.95) / percentile(times.shown, 0.95)),
      },
    }
  })
}
