import { createApp, type App } from '#core/app.ts'
import { termsOf, writtenAs } from '#core/features/search/tokens.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { all, one } from '#core/store/sql.ts'
import type { CommandDrafts } from '#core/store/eventLog.ts'
import type { Fields } from '#shared/domain/workOrder/events.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { inFolder, percentile, round, type BenchResult } from './support.ts'

const ORDERS = Number(process.env['LOOPDESK_BENCH_ORDERS'] ?? 500_000)
const CUSTOMERS = 480
const BATCH = 2000
const ROUNDS = 12
const SHOWN = 6
const START = Date.UTC(2016, 10, 1)
const TEN_YEARS = 10 * 365 * 86_400_000

const PLACES = ['苏州', '无锡', '重庆', '宁波', '东莞', '青岛', '合肥', '常州', '西安', '长沙', '厦门', '佛山']
const TRADES = ['精工机械', '华星光电', '海天塑机', '恒力模具', '新誉轨交', '海润制药', '晶科能源', '长安汽车', '振华数控', '永乐食品']
const SYMPTOMS = ['触摸屏无响应', '出口温度波动', '主轴驱动器报警', '夹紧压力上不去', '导轨异响走刀有振纹', '料位传感器误报', '开机黑屏', '冷却液泄漏', '刀库换刀卡滞', '伺服过载跳闸']
const CAUSES = ['温控模块老化', '接插件氧化', '参数被误改', '油封磨损', '滤网堵塞', '编码器受潮', '驱动板电容鼓包', '电缆屏蔽层破损']
const DEEDS = ['更换模块并校准', '清洁接插件并加固', '恢复出厂参数后重新标定', '更换油封并补油', '清洗滤网', '烘干并更换密封圈', '更换驱动板', '重做屏蔽接地']
const of = <Value>(list: readonly Value[], n: number): Value => list[n % list.length] as Value
const customerName = (n: number): string => `${of(PLACES, n)}${of(TRADES, Math.floor(n / PLACES.length))}${n > 119 ? `${Math.floor(n / 120) + 1}厂` : ''}`

function masterData(app: App): void {
  const requests = Array.from({ length: CUSTOMERS }, (_, n) => ({
    id: `customer-${n}`,
    name: 'customer.register',
    actor: LOCAL.actor,
    input: { name: customerName(n), contactName: `${of([...'王李张刘陈杨赵黄单曾'], n)}工`, contactPhone: `138${String(10_000_000 + n * 7919)}` },
  }))
  for (const answer of app.pipeline.executeAll(requests)) if (!answer.ok) throw new Error(answer.refusal.code)
}

/** The n-th of ten years' orders, with texts as long as people write them; nine of ten are closed. */
function order(n: number): CommandDrafts {
  const id = `order-${n}`
  const at = START + Math.floor((TEN_YEARS / ORDERS) * n)
  const day = new Date(at).toISOString().slice(2, 10).replaceAll('-', '')
  const fields: Fields = {
    customer: `customer-${n % CUSTOMERS}`,
    model: `VS${1000 * (1 + (n % 8))}`,
    serial: `SN${2016 + (n % 10)}${String((n * 7919) % 1_000_000).padStart(6, '0')}`,
    faultCategory: of(['触控', '温度', '电气', '液压', '机械'], n),
    faultSymptom: `${of(SYMPTOMS, n * 3)}，${of(SYMPTOMS, n * 7 + 1)}`,
    reproductionSteps: `满负荷运行${n % 60}分钟后出现，重启后短暂恢复，${of(['白班', '夜班'], n)}更频繁`,
    conclusion: `${of(CAUSES, n * 5)}，需到现场处理`,
    cause: of(CAUSES, n * 5),
    solution: `${of(DEEDS, n * 5)}，试机正常`,
  }
  const subject = { kind: 'workOrder', id } as const
  const events: EventDraft[] = [
    {
      subject,
      type: 'orderRegistered',
      version: 1,
      at,
      data: {
        number: `A-${day}-${String(n % 1000).padStart(3, '0')}`,
        fields,
        firstContactAt: at,
        channel: 'phone',
        entered: null,
        owner: null,
        promise: null,
        imported: { source: 'bench' },
      },
      personal: { of: `customer:customer-${n % CUSTOMERS}`, data: { contactName: '王工', contactPhone: `139${String((n * 104_729) % 100_000_000).padStart(8, '0')}` } },
    },
  ]
  if (n % 10 !== 0) events.push({ subject, type: 'historyRecorded', version: 1, at, data: { to: 'closed' } })
  return { commandId: `bench-${n}`, events }
}

/** What a day's questions are like: words, pinyin, pieces of numbers, both together, nothing found. */
const QUESTIONS = [
  '触摸', '机', '触摸屏', '温度波动', '华星 触摸', '重庆长安 报警', 'vs6000 触摸', 'VS3000', 'vs', 'v', '017', '0117', '2019 黑屏',
  '1380', 'huaxing', 'cqca', 'chumoping', 'suzhou 泄漏', 'jinggong', '王工', '单工', '参数 校准', '夜班 编码器', '永乐食品4厂 伺服',
  'A-240517-0', '没有这样的词', '更换油封并补油', '屏', 'sn2021', '冷却液泄漏 海润 滤网',
]

function bare(app: App, question: string): number {
  const expression = termsOf(question).map(writtenAs).join(' AND ')
  const begun = performance.now()
  all(app.db, 'SELECT rowid FROM order_search WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?', expression, SHOWN + 1)
  return performance.now() - begun
}

/** (s) Everything found by a question among 500,000 orders, shown with what matched, beside FTS5 alone. */
export async function search(): Promise<BenchResult> {
  return inFolder(async (folder) => {
    const app = createApp({ data: folder, warn: () => undefined })
    masterData(app)
    const filled = performance.now()
    for (let from = 0; from < ORDERS; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, ORDERS - from) }, (_, index) => order(from + index))
      app.pipeline.ingest(batch, { kind: 'import', id: 'bench' })
    }
    const perSecond = ORDERS / ((performance.now() - filled) / 1000)
    const ask = (name: string, input: object): unknown =>
      app.queries.get(name)?.handle(input as never, { db: app.db, now: app.clock(), principal: LOCAL })
    const times: Record<'everything' | 'list' | 'bare', number[]> = { everything: [], list: [], bare: [] }
    const slowest = new Map<string, number>()
    for (let turn = 0; turn < ROUNDS; turn++) {
      for (const text of QUESTIONS) {
        const begun = performance.now()
        await ask('search.everything', { text, limit: SHOWN })
        const found = performance.now()
        await ask('workOrder.list', { filter: { text }, limit: 100 })
        const listed = performance.now()
        // What is read for the first time is the disk's time.
        if (turn === 0) continue
        times.everything.push(found - begun)
        times.list.push(listed - found)
        times.bare.push(bare(app, text))
        slowest.set(text, Math.max(slowest.get(text) ?? 0, found - begun))
      }
    }
    const [worst, ms] = [...slowest].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
    const bytes = one<{ n: number }>(app.db, "SELECT sum(pgsize) AS n FROM dbstat WHERE name LIKE 'order_search%'")?.n ?? 0
    const terms = all<{ n: number }>(app.db, 'SELECT count(*) AS n FROM order_search_row')[0]?.n ?? 0
    app.close()
    const p95 = percentile(times.everything, 0.95)
    return {
      name: 's. search',
      of: `everything found by a question ÷ FTS5 alone on the same words, p95, ${ORDERS.toLocaleString('en')} orders`,
      ratio: round(p95 / percentile(times.bare, 0.95)),
      bound: { most: 20 },
      seen: {
        'p95 ms': round(p95),
        'median ms': round(percentile(times.everything, 0.5)),
        'slowest ms': `${round(ms)} (${worst})`,
        'list by text, p95 ms': round(percentile(times.list, 0.95)),
        'FTS5 alone, p95 ms': round(percentile(times.bare, 0.95)),
        'under 50 ms at p95': p95 < 50 ? 'yes' : 'NO',
        'orders in the index': terms,
        'bytes an order': round(bytes / ORDERS, 0),
        'orders written per second': round(perSecond, 0),
      },
    }
  })
}
