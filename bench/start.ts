import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createApp, type App } from '#core/app.ts'
import { one } from '#core/store/sql.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { registerOrders } from './orders.ts'
import { inFolder, median, round, type BenchResult } from './support.ts'

const ROUNDS = 5
const EVENTS = 1_000_000
const ORDERS = 50_000
const START = Date.UTC(2026, 5, 1, 1)
const MAIN = fileURLToPath(new URL('../core/cli/main.ts', import.meta.url))

/** From the start of the process to the first healthy answer, ms. */
async function startOf(folder: string): Promise<number> {
  const begun = performance.now()
  const child = spawn(process.execPath, [...process.execArgv, MAIN, 'serve', '--data', folder, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  let ms = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url?: string }
    if (url === undefined) continue
    const health = await fetch(`${url}/api/health`)
    if (!health.ok) throw new Error(`health: ${health.status}`)
    ms = performance.now() - begun
    child.kill('SIGTERM')
  }
  await exited
  if (ms === 0) throw new Error('serve did not start')
  return ms
}

/** Open orders, each with a long history. */
function fill(app: App): void {
  const orders = registerOrders(app, ORDERS, START, { replied: true })
  const each = Math.ceil((EVENTS - 2 * ORDERS) / ORDERS)
  for (let from = 0; from < orders.length; from += 100) {
    const rows = orders.slice(from, from + 100).flatMap(({ order }) =>
      Array.from({ length: each }, (_, row) => {
        const data = { to: null, sourceState: `Row ${row}` }
        const draft: EventDraft = { subject: { kind: 'workOrder', id: order }, type: 'historyRecorded', version: 1, data }
        return { commandId: `row-${order}-${row}`, events: [draft] }
      }),
    )
    app.pipeline.ingest(rows, { kind: 'import', id: 'bench' })
  }
}

/** (d) Start of `serve` to the first healthy answer with 1 million events ÷ with none. */
export async function start(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const empty = join(folder, 'empty')
    const full = join(folder, 'full')
    createApp({ data: empty, clock: () => START }).close()
    const app = createApp({ data: full, clock: () => START })
    fill(app)
    const events = one<{ n: number }>(app.db, 'SELECT count(*) AS n FROM event')?.n ?? 0
    app.close()
    // The first start after making ready makes the first administrator; that is not measured.
    await startOf(empty)
    await startOf(full)
    const none: number[] = []
    const million: number[] = []
    for (let n = 0; n < ROUNDS; n++) {
      none.push(await startOf(empty))
      million.push(await startOf(full))
    }
    return {
      name: 'd. start of serve',
      of: '1 million events ÷ none, process start to first healthy answer',
      ratio: round(median(million.map((ms, index) => ms / (none[index] as number)))),
      bound: { most: 1.5 },
      seen: { events, 'ms with none': Math.round(median(none)), 'ms with 1 million': Math.round(median(million)) },
    }
  })
}
