import { expect } from 'vitest'
import type { App } from '#core/app.ts'
import { insightAgeing, insightBreaches, insightSummary } from '#shared/contract/insight.ts'
import { perceivedSummary } from '#shared/contract/perceivedTime.ts'
import { figuresOf, readEvents, readOrders } from '../independent/figures.mjs'
import { ask } from './queries.ts'

const ZONE = 'Asia/Shanghai'

interface Asked {
  readonly from: string
  readonly to: string
  readonly chosen?: Readonly<Record<string, string>>
}

/**
 * Every figure that the service center answers against the second program, which reads nothing but the raw events.
 * Returns how many orders the periods closed, so that a test sees that something was compared.
 */
export async function compareFigures(app: App, now: number, periods: readonly Asked[]): Promise<number> {
  const log = readOrders(readEvents(app.folder), ZONE)
  let closed = 0
  const desk = { db: app.db, queries: app.queries, now }
  for (const { from, to, chosen = {} } of periods) {
    const told = figuresOf(log, { from, to, now, chosen })
    const period = { from, to, filter: chosen }
    const { figures } = await ask(desk, insightSummary, period)
    expect({ period, ...figures }).toMatchObject({ period, ...told.rates })
    closed += figures.closed
    const { cells } = await ask(desk, insightBreaches, period)
    expect(Object.fromEntries(cells.map(({ stage, hour, orders }) => [`${stage} ${hour}`, orders]))).toEqual(told.breaches)
    const perceived = await ask(desk, perceivedSummary, period)
    const stages = perceived.stages.map(({ stage, hits, misses, pending, atCall, byWish, buckets, meanMs }) => {
      const orders = buckets.reduce((sum, bucket) => sum + bucket.orders, 0)
      return [stage, { hits, misses, pending, atCall: stage === 'response' ? atCall : 0, byWish: stage === 'execution' ? byWish : 0, sumMs: Math.round((meanMs ?? 0) * orders) }]
    })
    expect(Object.fromEntries(stages)).toEqual(told.perceived.stages)
    for (const stage of perceived.stages) compareLengths(stage, told.perceived.lengths[stage.stage] ?? [])
    compareLengths(perceived.total, told.perceived.lengths['total'] ?? [])
    const { selfResolved, cancelled, merged } = perceived.outcomes
    expect({ selfResolved, cancelled, merged }).toEqual(told.perceived.outcomes)
    const { stages: ageing } = await ask(desk, insightAgeing, { filter: chosen })
    const ages = ageing.flatMap(({ stage, ages: list }) => list.flatMap((n, age) => (n > 0 ? [[`${stage} ${age}`, n] as const] : [])))
    expect(Object.fromEntries(ages)).toEqual(told.ages)
    expect({ hits: perceived.allFour.hits, orders: perceived.allFour.orders }).toEqual(told.perceived.allFour)
    expect({ orders: perceived.total.orders, sumMs: perceived.total.sumMs }).toEqual(told.perceived.total)
    expect(Object.fromEntries(perceived.waits.map(({ piece, party, ms }) => [`${piece}.${party}`, ms]))).toEqual(told.perceived.waits)
  }
  return closed
}

interface Distribution {
  readonly medianBelowMs: number | null
  readonly p80BelowMs: number | null
  readonly buckets: readonly { readonly below: number | null; readonly orders: number }[]
}
/** So many lie below each edge, and the edges told of half and of four fifths are the first above them (nearest rank). */
function compareLengths({ medianBelowMs, p80BelowMs, buckets }: Distribution, lengths: readonly number[]): void {
  const sorted = [...lengths].sort((a, b) => a - b)
  let seen = 0
  for (const { below, orders } of buckets) {
    seen += orders
    expect(seen).toBe(below === null ? sorted.length : sorted.filter((ms) => ms < below).length)
  }
  expect(seen).toBe(sorted.length)
  for (const [share, told] of [[0.5, medianBelowMs], [0.8, p80BelowMs]] as const) {
    const length = sorted[Math.ceil(sorted.length * share) - 1]
    expect(told).toBe(length === undefined ? null : (buckets.find(({ below }) => below === null || below > length)?.below ?? null))
  }
}
