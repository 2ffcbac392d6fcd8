import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { App } from '#core/app.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { DISPATCHER, registerOrders, type OpenOrder } from './orders.ts'

export const BOARD_START = Date.UTC(2026, 5, 1, 1)
const START = BOARD_START

/** Open orders in every column, a tenth of those in diagnosis past their limit. */
export function fillBoard(app: App, count: number): OpenOrder[] {
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
  return orders
}

/**
 * A served desk with so many open orders, two hours on, and the session of a supervisor. It runs in a thread of its own,
 * as it does in life: what drives the browser must not take its turns. `echo` is a bare WebSocket beside it.
 */
export async function openBoardDesk(folder: string, count: number) {
  const thread = new Worker(new URL('boardDeskThread.ts', import.meta.url), { workerData: { folder, count } })
  const [{ url, token, echo }] = (await once(thread, 'message')) as [Opened]
  return {
    url,
    token,
    echo,
    call: <Answer>(path: string, input: object) => call<Answer>(url, path, input, token),
    async close() {
      thread.postMessage('close')
      await once(thread, 'exit')
    },
  }
}
export type BoardDesk = Awaited<ReturnType<typeof openBoardDesk>>

/** What the thread tells once it serves. */
export interface Opened {
  readonly url: string
  readonly token: string
  readonly echo: string
}

export async function call<Answer>(url: string, path: string, input: object, token?: string): Promise<Answer> {
  const response = await fetch(`${url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ input }),
  })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${path}: ${text}`)
  return JSON.parse(text) as Answer
}
