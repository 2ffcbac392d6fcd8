import { randomUUID } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'

/**
 * A person's commands from outside the measured thread: notes at a fixed pace over HTTP, whether earlier ones were
 * answered or not, so that a wait is counted in full. Each message `{count}` runs that many and is answered with
 * the latencies in ms.
 */
export interface LoadOptions {
  readonly url: string
  readonly token: string
  readonly orders: readonly string[]
  readonly everyMs: number
}

const { url, token, orders, everyMs } = workerData as LoadOptions
let sent = 0

async function send(): Promise<number> {
  const n = sent++
  const begun = performance.now()
  const response = await fetch(`${url}/api/commands/workOrder.addNote`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ id: randomUUID(), input: { order: orders[n % orders.length], kind: 'internal', text: `第 ${n} 条备注` } }),
  })
  const body = await response.text()
  if (response.status !== 200) throw new Error(`${response.status} ${body}`)
  return performance.now() - begun
}

parentPort?.on('message', ({ count }: { count: number }) => {
  const answers: Promise<number>[] = []
  const timer = setInterval(() => {
    answers.push(send())
    if (answers.length === count) {
      clearInterval(timer)
      void Promise.all(answers).then((latencies) => parentPort?.postMessage(latencies))
    }
  }, everyMs)
})
