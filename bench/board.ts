import { join } from 'node:path'
import { createApp, type App } from '#core/app.ts'
import { openService } from '#core/gateway/service.ts'
import { readEndpoint } from '#core/store/endpoint.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { DISPATCHER, registerOrders } from './orders.ts'
import { inFolder, median, percentile, round, type BenchResult } from './support.ts'

const FEW = 500
const MANY = 50_000
const ROUNDS = 5
const REQUESTS = 60
const START = Date.UTC(2026, 5, 1, 1)

/** Open orders in every column, a tenth of those in diagnosis past their limit. */
function fill(app: App, count: number): void {
  const orders = registerOrders(app, count, START, { replied: true })
  const inDiagnosis = orders.filter((_, index) => index % STAGES.length === 1)
  for (let from = 0; from < inDiagnosis.length; from += 500) {
    const requests = inDiagnosis.slice(from, from + 500).map(({ order, head }, index) => ({
      id: `advance-${order}`,
      name: 'workOrder.advance',
      actor: DISPATCHER,
      at: (from + index) % 10 === 1 ? START : START + 3_600_000,
      input: { order, base: head },
    }))
    for (const result of app.pipeline.executeAll(requests)) if (!result.ok) throw new Error(result.refusal.code)
  }
  const others = orders.flatMap(({ order }, index) => {
    const stage = STAGES[index % STAGES.length]
    if (stage === 'intakeReview' || stage === 'diagnosis') return []
    const draft: EventDraft = {
      subject: { kind: 'workOrder', id: order },
      type: 'historyRecorded',
      version: 1,
      data: { to: stage },
    }
    return [{ commandId: `place-${order}`, events: [draft] }]
  })
  for (let from = 0; from < others.length; from += 500) {
    app.pipeline.ingest(others.slice(from, from + 500), { kind: 'import', id: 'bench' })
  }
}

async function open(folder: string, count: number) {
  let now = START
  const app = createApp({ data: folder, clock: () => now, warn: () => undefined })
  fill(app, count)
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
