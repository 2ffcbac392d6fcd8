import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createApp } from '#core/app.ts'
import { openService } from '#core/gateway/service.ts'
import { readEndpoint } from '#core/store/endpoint.ts'
import { one } from '#core/store/sql.ts'
import type { LoadOptions } from './load.ts'
import { registerOrders } from './orders.ts'
import { inFolder, median, percentile, round, type BenchResult } from './support.ts'

const ROUNDS = 5
const DUE = 10_000
const ARMED = 100_000
const MINUTE = 60_000
const START = Date.UTC(2026, 5, 1, 1)
const COMMANDS = 400
const EVERY_MS = 10

/** (c) While 10,000 of 100,000 armed timers fire, the p95 of people's commands ÷ idle. */
export async function timers(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    let now = START
    const app = createApp({ data: folder, clock: () => now, warn: () => undefined })
    const notes = registerOrders(app, 200, now, { replied: true }).map(({ order }) => order)
    // One group falls due a round; the others keep 100,000 armed.
    for (let group = 0; group <= ROUNDS; group++) {
      now = START + group * MINUTE
      registerOrders(app, group < ROUNDS ? DUE : ARMED - DUE, now, { from: 1_000 + group * DUE })
    }
    app.start()
    const service = await openService(app, folder)
    const endpoint = readEndpoint(folder)
    if (!endpoint) throw new Error('the service left no endpoint')
    const workerData: LoadOptions = { url: service.url, token: endpoint.token, orders: notes, everyMs: EVERY_MS }
    const worker = new Worker(new URL('./load.ts', import.meta.url), { workerData })
    const people = async (): Promise<number[]> => {
      worker.postMessage({ count: COMMANDS })
      const [latencies] = (await once(worker, 'message')) as [number[]]
      return latencies
    }

    await people()
    const idle: number[] = []
    const busy: number[] = []
    const fired = (): number =>
      one<{ n: number }>(app.db, "SELECT count(*) AS n FROM event WHERE type = 'timerFired'")?.n ?? 0
    let firedWhileMeasured = 0
    for (let group = 0; group < ROUNDS; group++) {
      idle.push(percentile(await people(), 0.95))
      const before = fired()
      const latencies = people()
      now = START + (15 + group) * MINUTE
      app.tick()
      busy.push(percentile(await latencies, 0.95))
      firedWhileMeasured += fired() - before
      await app.idle()
      if (fired() - before !== DUE) throw new Error(`${fired() - before} of ${DUE} timers fired`)
    }
    const twice = one<{ n: number }>(
      app.db,
      "SELECT count(*) AS n FROM (SELECT id FROM event WHERE type = 'timerFired' GROUP BY id HAVING count(*) > 1)",
    )?.n
    if (twice !== 0) throw new Error(`${twice} firings were recorded twice`)
    await worker.terminate()
    await service.close()
    app.close()
    return {
      name: 'c. commands while timers fire',
      of: 'p95 of people’s commands over HTTP while 10,000 of 100,000 timers fire ÷ idle',
      ratio: round(median(busy.map((value, index) => value / (idle[index] as number)))),
      bound: { most: 2 },
      seen: {
        'idle p95 ms': round(median(idle)),
        'busy p95 ms': round(median(busy)),
        'fired while measured, share': round(firedWhileMeasured / (ROUNDS * DUE)),
        'fired twice': 0,
      },
    }
  })
}
