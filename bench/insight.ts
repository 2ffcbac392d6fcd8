import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { createApp, type App } from '#core/app.ts'
import { COUNTERS } from '#core/features/insight/rollup.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { Reader } from '#core/reader/reader.ts'
import { isoOf } from '#shared/domain/perceivedTime/days.ts'
import { EDGES } from '#shared/domain/perceivedTime/pieces.ts'
import { inFolder, median, round, type BenchResult } from './support.ts'

const ORDERS = Number(process.env['LOOPDESK_BENCH_ORDERS'] ?? 500_000)
const A_DAY = 137
const TODAY = 20_600
const NOW = TODAY * 86_400_000 + 4 * 3_600_000
const ROUNDS = 15

/** Rows of orders of ten years as their projections leave them, and their sums: nothing that dashboards read is missing. */
function fill(app: App): void {
  const { raw } = app.db
  raw.pragma('synchronous = OFF')
  const columns = raw.prepare("SELECT name FROM pragma_table_info('order_insight')").pluck().all() as string[]
  const insert = raw.prepare(`INSERT INTO order_insight (${columns.join()}) VALUES (${columns.map((name) => `@${name}`).join()})`)
  const perceived = raw.prepare(`INSERT INTO perceived_day (day, figure, slot, orders, ms) VALUES (?,?,?,1,?)
    ON CONFLICT (day, figure, slot) DO UPDATE SET orders = orders + 1, ms = ms + excluded.ms`)
  const span = raw.prepare('INSERT INTO order_span (kind, to_at, order_id, from_at, next_from) VALUES (?,?,?,?,9000000000000000)')
  const rating = raw.prepare('INSERT INTO order_rating (day, order_id, at, stars) VALUES (?,?,?,?)')
  const breach = raw.prepare('INSERT INTO insight_breach VALUES (?,?,?,?,?,1) ON CONFLICT DO UPDATE SET orders = orders + 1')
  const waits = raw.prepare('INSERT INTO order_waits (order_id, waits) VALUES (?,?)')
  let seed = 7
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  const slotOf = (ms: number): number => EDGES.filter((edge) => edge <= ms).length
  const stages = ['response', 'decision', 'execution', 'confirmation']
  raw.transaction(() => {
    for (let n = 0; n < ORDERS; n++) {
      const day = TODAY - Math.floor((ORDERS - n) / A_DAY)
      const at = day * 86_400_000 + Math.floor(random() * 40_000_000)
      const close = Math.floor(3_600_000 * (2 + 60 * random() ** 3 * 8))
      const isClosed = at + close < NOW
      const id = `o${n}`
      const row: Record<string, string | number | null> = Object.fromEntries(columns.map((name) => [name, 0]))
      const closedDay = isClosed ? Math.floor((at + close) / 86_400_000) : null
      Object.assign(row, {
        order_id: id, team: `user:e${n % 60}`, model: `VS${n % 9}`, region: `R${n % 7}`, provider: n % 3 === 0 ? `p${n % 12}` : '',
        lead: `e${n % 60}`, outcome: isClosed ? 'closed' : 'open', counted: 1, created_at: at, created_day: day,
        open_since: isClosed ? null : at, closed_at: isClosed ? at + close : null, closed_day: closedDay, soon: isClosed ? 1 : 0,
        close_ms: isClosed ? close : null, close_slot: isClosed ? slotOf(close) : null, remote: n % 4 === 0 ? 1 : 0,
        repeat_key: null, fixed: isClosed && n % 8 > 0 ? 1 : 0, inquiries: n % 6 === 0 ? 1 : 0, overtime: n % 50 === 0 ? 1 : 0,
        total_ms: close, total_slot: slotOf(close), all_slots: 0, settled_day: closedDay ?? day,
      })
      for (const [index, stage] of stages.entries()) {
        const ms = Math.floor((close / 5) * (0.2 + random()))
        Object.assign(row, { [`${stage}_day`]: closedDay ?? day, [`${stage}_slot`]: slotOf(ms), [`${stage}_ms`]: ms })
        perceived.run(closedDay ?? day, stage, slotOf(ms), ms)
        if (isClosed) perceived.run(closedDay, `wait.${stage}.us`, 0, ms)
        if (random() < 0.1) for (const [dimension, value] of [['all', ''], ['model', `VS${n % 9}`]] as const) breach.run(dimension, value, day, ['diagnosis', 'partsLock', 'scheduling', 'signoff'][index], (n * 7) % 24)
      }
      insert.run(row)
      if (isClosed) {
        perceived.run(closedDay, 'total', slotOf(close), close)
        span.run('open', at + close, id, at)
        if (close > 48 * 3_600_000) span.run('stuck', at + close, id, at + 48 * 3_600_000)
        waits.run(id, stages.map((stage) => `${stage}.us=${Math.floor(close / 5)}`).join())
        if (n % 2 === 0) rating.run(closedDay, id, at + close, 1 + (n % 5))
      }
    }
    for (const dimension of ['all', 'team', 'model', 'region', 'provider']) {
      const value = dimension === 'all' ? "''" : dimension
      const of = (name: string): string =>
        ({ created: 'sum(born)', closed_since: 'sum(born * (closed_day IS NOT NULL))', closed_soon: 'sum(born * soon)', inquiries: 'sum(born * inquiries)', complained: 'sum(born * overtime)', overtime: 'sum(born * overtime)', closed: 'sum(1 - born)', close_ms: 'sum((1 - born) * close_ms)', fixed: 'sum((1 - born) * fixed)', remote: 'sum((1 - born) * remote)', led: 'sum(1 - born)' })[name] ?? '0'
      raw.exec(`INSERT INTO insight_day (dimension, value, day, ${COUNTERS.join()})
        SELECT '${dimension}', ${value}, day, ${COUNTERS.map((name) => `coalesce(${of(name)}, 0)`).join()}
        FROM (SELECT *, 1 AS born, created_day AS day FROM order_insight UNION ALL SELECT *, 0, closed_day FROM order_insight WHERE closed_day IS NOT NULL)
        GROUP BY 2, 3`)
      raw.exec(`INSERT INTO insight_close SELECT '${dimension}', ${value}, closed_day, close_slot, count(*) FROM order_insight WHERE closed_day IS NOT NULL GROUP BY 2, 3, 4`)
    }
  })()
}

const FROM = TODAY - 29
const period = { from: isoOf(FROM), to: isoOf(TODAY) }
const BEGIN = FROM * 86_400_000 - 8 * 3_600_000
const END = NOW + 1

/** The named default dashboards: what is asked here, and the same of DuckDB on the same rows. */
const dashboards: Readonly<Record<string, { readonly ask: string; readonly input: object; readonly duck: readonly string[] }>> = {
  'before and after': {
    ask: 'insight.summary',
    input: period,
    duck: [
      `SELECT count(*), sum(soon), sum(inquiries), sum(overtime), count(closed_day) FROM o WHERE created_day BETWEEN ${FROM} AND ${TODAY} AND counted = 1`,
      `SELECT count(*), avg(close_ms), median(close_ms), quantile_disc(close_ms, 0.8), sum(fixed), sum(remote), count(lead) FROM o WHERE closed_day BETWEEN ${FROM} AND ${TODAY}`,
      `SELECT count(DISTINCT order_id) FROM (SELECT order_id FROM s WHERE kind = 'open' AND to_at > ${BEGIN} AND from_at < ${END} UNION ALL SELECT order_id FROM o WHERE open_since < ${END})`,
      `SELECT count(DISTINCT order_id) FROM s WHERE kind = 'stuck' AND to_at > ${BEGIN} AND from_at < ${END}`,
      `SELECT stars, count(*) FROM r WHERE day BETWEEN ${FROM} AND ${TODAY} GROUP BY stars`,
    ],
  },
  'four stages by day': {
    ask: 'perceivedTime.summary',
    input: { ...period, byDay: true },
    duck: ['response', 'decision', 'execution', 'confirmation', 'total'].map(
      (stage) => `SELECT ${stage === 'total' ? 'closed' : stage}_day, ${stage}_slot, count(*), sum(${stage}_ms) FROM o WHERE ${stage === 'total' ? 'closed' : stage}_day BETWEEN ${FROM} AND ${TODAY} GROUP BY 1, 2`,
    ),
  },
  'a year by month': {
    ask: 'insight.trend',
    input: { from: isoOf(TODAY - 364), to: period.to, step: 'month' },
    duck: [
      `SELECT created_day // 30, count(*), count(closed_day), sum(overtime) FROM o WHERE created_day BETWEEN ${TODAY - 364} AND ${TODAY} GROUP BY 1`,
      `SELECT closed_day // 30, count(*), avg(close_ms), sum(fixed) FROM o WHERE closed_day BETWEEN ${TODAY - 364} AND ${TODAY} GROUP BY 1`,
      `SELECT day // 30, stars, count(*) FROM r WHERE day BETWEEN ${TODAY - 364} AND ${TODAY} GROUP BY 1, 2`,
    ],
  },
  'by model': {
    ask: 'insight.breakdown',
    input: { ...period, by: 'model' },
    duck: [
      `SELECT model, count(*), count(closed_day), sum(overtime) FROM o WHERE created_day BETWEEN ${FROM} AND ${TODAY} GROUP BY 1`,
      `SELECT model, count(*), avg(close_ms), sum(fixed) FROM o WHERE closed_day BETWEEN ${FROM} AND ${TODAY} GROUP BY 1`,
      `SELECT model, stars, count(*) FROM r JOIN o USING (order_id) WHERE day BETWEEN ${FROM} AND ${TODAY} GROUP BY 1, 2`,
    ],
  },
}

/** (k) The default dashboards at ten years of orders ÷ DuckDB on the same rows; the slowest of them counts. */
export async function insightBench(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const app = createApp({ data: join(folder, 'desk'), clock: () => NOW })
    const reader = new Reader({ folder: app.folder, zone: 'Asia/Shanghai' })
    const filter = { model: 'VS3', region: 'R2', provider: 'p3' }
    const decade = { from: isoOf(TODAY - 3650), to: period.to }
    try {
      fill(app)
      const duck = await (await DuckDBInstance.create(':memory:')).connect()
      for (const [name, table] of [['o', 'order_insight'], ['s', 'order_span'], ['r', 'order_rating']] as const) {
        const file = join(folder, `${name}.csv`)
        const rows = app.db.raw.prepare(`SELECT * FROM ${table}`).raw().all() as (string | number | null)[][]
        const head = app.db.raw.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]
        writeFileSync(file, [head, ...rows].map((row) => row.map((cell) => cell ?? '').join()).join('\n'))
        await duck.run(`CREATE TABLE ${name} AS SELECT * FROM read_csv('${file}', header = true, sample_size = -1)`)
      }
      const timed = async (work: () => unknown, rounds = ROUNDS): Promise<number> => {
        const times: number[] = []
        for (let round = 0; round < rounds; round++) {
          const begun = performance.now()
          await work()
          times.push(performance.now() - begun)
        }
        return median(times)
      }
      // As dashboards are answered: by the thread beside the writer, the way to it and back with it.
      const ask = (name: string, input: object): Promise<unknown> => {
        const query = app.queries.get(name)
        if (!query) throw new Error(`no query ${name}`)
        return reader.ask('figures', { name, input: query.contract.input.parse(input), now: NOW, principal: LOCAL })
      }
      const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1e6)
      const before = megabytes()
      const begun = performance.now()
      const unpacked = await timed(() => ask('insight.summary', { ...decade, filter }), 1)
      while ((await timed(() => ask('insight.summary', { ...decade, filter }), 1)) > unpacked / 3) await new Promise((resolve) => setTimeout(resolve, 1000))
      const packing = `${round((performance.now() - begun) / 1000, 1)} s after a start, beside the questions, the first of which took ${round(unpacked, 0)} ms; ${megabytes() - before} MB`
      const seen: Record<string, string> = {}
      const ratios: number[] = []
      for (const [name, { ask: query, input, duck: texts }] of Object.entries(dashboards)) {
        await ask(query, input)
        const ours = await timed(() => ask(query, input))
        const theirs = await timed(async () => {
          for (const text of texts) (await duck.runAndReadAll(text)).getRows()
        })
        ratios.push(ours / theirs)
        seen[name] = `${round(ours, 1)} ms against ${round(theirs, 1)} ms`
      }
      const filtered = { 'three filters': filter, 'two filters': { model: 'VS3', region: 'R2' }, 'one filter': { model: 'VS3' }, 'no filter': {} }
      for (const [how, chosen] of Object.entries(filtered)) {
        for (const [name, input] of [['insight.summary', {}], ['insight.trend', { step: 'month' }], ['perceivedTime.summary', {}], ['insight.waits', {}]] as const) {
          seen[`${how}, ten years, ${name}`] = `${round(await timed(() => ask(name, { ...decade, ...input, filter: chosen })), 0)} ms`
        }
      }
      seen['three filters, a month'] = `${round(await timed(() => ask('insight.summary', { ...period, filter })), 0)} ms`
      seen['columns in memory'] = packing
      seen['memory'] = `${megabytes()} MB with both`
      return {
        name: `k. dashboards of ${ORDERS.toLocaleString('en')} orders`,
        of: 'the slowest default dashboard ÷ DuckDB on the same rows',
        ratio: round(Math.max(...ratios)),
        bound: { most: 1 },
        seen,
      }
    } finally {
      reader.close()
      app.close()
    }
  })
}
