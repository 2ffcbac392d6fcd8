import { join } from 'node:path'
import { createApp } from '#core/app.ts'
import { openService } from '#core/gateway/service.ts'
import { readEndpoint } from '#core/store/endpoint.ts'
import { BOARD_START as START, fillBoard } from './boardDesk.ts'
import { inFolder, median, percentile, round, type BenchResult } from './support.ts'

const FEW = 500
const MANY = 50_000
const ROUNDS = 5
const REQUESTS = 60

async function open(folder: string, count: number) {
  let now = START
  const app = createApp({ data: folder, clock: () => now, warn: () => undefined })
  fillBoard(app, count)
  now = START + 2 * 3_600_000
  app.start()
  await app.idle()
  const service = await openService(app, folder)
  const token = readEndpoint(folder)?.token
  const page = async (): Promise<{ ms: number; open: number; breached: number; cards: number }> => {
    const begun = performance.now()
    const response = await fetch(`${service.url}/api/queries/board.page`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ input: { filter: { priority: 'urgent' }, perColumn: 20 } }),
    })
    const text = await response.text()
    const ms = performance.now() - begun
    if (response.status !== 200) throw new Error(text)
    const { columns } = JSON.parse(text) as { columns: { open: number; breached: number; cards: unknown[] }[] }
    return {
      ms,
      open: columns.reduce((sum, column) => sum + column.open, 0),
      breached: columns.reduce((sum, column) => sum + column.breached, 0),
      cards: columns.reduce((sum, column) => sum + column.cards.length, 0),
    }
  }
  return {
    page,
    async close() {
      await service.close()
      app.close()
    },
  }
}

/** (e) The board's first page with live counts, breach counts and one filter, at 50,000 open orders ÷ at 500. */
export async function board(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const few = await open(join(folder, 'few'), FEW)
    const many = await open(join(folder, 'many'), MANY)
    await few.page()
    await many.page()
    const ratios: number[] = []
    const times = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      const a: number[] = []
      const b: number[] = []
      for (let n = 0; n < REQUESTS; n++) {
        a.push((await few.page()).ms)
        b.push((await many.page()).ms)
      }
      ratios.push(median(b) / median(a))
      times.few.push(...a)
      times.many.push(...b)
    }
    const [ofFew, ofMany] = [await few.page(), await many.page()]
    await few.close()
    await many.close()
    return {
      name: 'e. the board’s first page',
      of: '50,000 open orders ÷ 500, with counts, breaches and one filter, over HTTP',
      ratio: round(median(ratios)),
      bound: { most: 1.5 },
      seen: {
        'ms at 500': round(median(times.few)),
        'ms at 50,000': round(median(times.many)),
        'p95 ms at 50,000': round(percentile(times.many, 0.95)),
        'filtered orders at 500, cards, breached': `${ofFew.open}, ${ofFew.cards}, ${ofFew.breached}`,
        'filtered orders at 50,000, cards, breached': `${ofMany.open}, ${ofMany.cards}, ${ofMany.breached}`,
      },
    }
  })
}
