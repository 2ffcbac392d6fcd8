import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '#core/app.ts'
import { seedDemo } from '#core/features/demo/seedDemo.ts'
import { ReportMaker } from '#core/features/report/maker.ts'
import { all, one } from '#core/store/sql.ts'
import { getReport, listReports, reportFile } from '#shared/contract/report.ts'
import { expectedCompletion } from '#shared/contract/pace.ts'
import { fixPattern, getPattern, findPatterns, listPatterns, patternFile } from '#shared/contract/pattern.ts'
import { rescueBoard, rescueCalibration } from '#shared/contract/rescue.ts'
import { insightOrders, insightSummary } from '#shared/contract/insight.ts'
import { boardPage } from '#shared/contract/board.ts'
import { perceivedSummary } from '#shared/contract/perceivedTime.ts'
import { dispatch } from '#core/gateway/dispatch.ts'
import { LOCAL, type Principal } from '#core/kernel/access.ts'
import { TestDesk } from '../support/desk.ts'
import { ask } from '../support/queries.ts'
import { readEvents, readOrders } from '../independent/figures.mjs'
import { expectationOf, findingOf, partsIssued } from '../independent/lookout.mjs'

/** Friday 20 November 2026, 10:30 in Shanghai. */
const UNTIL = Date.UTC(2026, 10, 20, 2, 30)
const DAY = 86_400_000
const home = mkdtempSync(join(tmpdir(), 'loopdesk-lookout-'))

let app: App
let now = UNTIL
const asked = () => ({ db: app.db, queries: app.queries, now })
const warnings: string[] = []

const supervisor: Principal = { actor: { kind: 'user', id: 'supervisor' }, roles: ['supervisor'], local: false }
/** Through the door, as that person; the answer, or the code of the refusal. */
async function call(kind: 'command' | 'query', name: string, input: unknown, principal = supervisor): Promise<{ code?: string } & Record<string, never>> {
  const { status, body } = await dispatch(app, { kind, name, input, principal, audience: 'desk' })
  return (status === 200 ? body : (body as { error: object }).error) as never
}

beforeAll(async () => {
  await seedDemo({ data: home, orders: 220, months: 1, seed: 1, until: UNTIL })
  app = createApp({ data: home, clock: () => now })
}, 180_000)
afterAll(() => {
  app.close()
  rmSync(home, { recursive: true, force: true })
})

describe('the daily report', () => {
  it('is made once a morning by the scheduler, and tells supervisor and director through the outbox', async () => {
    const maker = new ReportMaker({ db: app.db, ask: app.ask, clock: () => now, warn: (message) => warnings.push(message) })
    now = UNTIL - 4 * 3_600_000 // 06:30, before its hour
    await maker.look()
    expect((await ask(asked(), listReports, {})).reports).toEqual([])
    now = UNTIL
    await maker.look()
    await maker.look()
    const { reports } = await ask(asked(), listReports, {})
    expect(reports.map(({ number, day, madeBy }) => [number, day, madeBy])).toEqual([['UW-20261120-1', '2026-11-20', 'scheduler']])
    const sent = all<{ recipient: string }>(app.db, "SELECT recipient FROM outbox WHERE event = 'report:UW-20261120-1'").map((row) => row.recipient)
    expect(sent).toContain('supervisor')
    expect(sent).toContain('director')
    now = UNTIL + DAY
    await maker.look()
    expect((await ask(asked(), listReports, {})).reports.map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-20'])
    now = UNTIL
    expect(warnings).toEqual([])
  })

  it('lists what is escalated and still in that stage, why each deadline was what it was, and the heads of the chains', async () => {
    const { report } = await ask(asked(), getReport, { number: 'UW-20261120-1' })
    if (!report) throw new Error('no report')
    const open = all<{ n: number }>(
      app.db,
      `SELECT count(*) AS n FROM stage_timer AS t JOIN stage_visit AS v ON v.order_id = t.order_id AND v.visit = t.visit AND v.left_at IS NULL
       JOIN work_order AS w ON w.id = t.order_id AND w.status = 'open' WHERE t.daily_report = 1`,
    )[0]?.n
    expect(report.open.length).toBe(open)
    expect(report.open.length).toBeGreaterThan(2)
    for (const { why, levels, called, enteredAt, reportedAt, fresh } of report.open) {
      expect(why.dueAt).toBe(why.start + why.limitMs + why.closedMs + why.pausedMs)
      expect(levels).toBeGreaterThan(1)
      expect(called.length).toBeGreaterThan(0)
      expect(reportedAt).toBeGreaterThan(enteredAt)
      expect(fresh).toBe(reportedAt > report.since)
    }
    const held = report.holders.reduce((sum, { orders }) => sum + orders, 0)
    expect(held).toBe(report.open.length)
    expect(report.threatened.length).toBeGreaterThan(0)
    for (const { due, chance } of report.threatened) {
      expect(chance).toBeGreaterThanOrEqual(0.5)
      expect(due).toBeGreaterThan(UNTIL)
      expect(due).toBeLessThan(Date.UTC(2026, 10, 20, 16))
    }
    for (const { origin, seq, hash } of report.heads) {
      const row = one<{ hash: Buffer }>(app.db, 'SELECT hash FROM event WHERE origin = ? AND seq = ?', origin, seq)
      expect(row?.hash.toString('base64url')).toBe(hash)
    }
    for (const each of report.open) {
      for (const at of each.expected ? [each.expected.at, each.expected.p80, each.expected.mean] : []) expect(at).toBeGreaterThanOrEqual(UNTIL)
    }
  })

  it('is a PDF of A4 whose letters are embedded', async () => {
    const { file } = await ask(asked(), reportFile, { number: 'UW-20261120-1' })
    const bytes = Buffer.from(file?.bytes ?? '', 'base64')
    expect(file?.fileName).toBe('升级工单预警日报-UW-20261120-1.pdf')
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.includes('NotoSansSC')).toBe(true)
    expect(bytes.includes('/MediaBox [0 0 595.28 841.89]')).toBe(true)
  })
})

describe('the expected completion', () => {
  const withPart = (told: object | null): object | null => told && { ...told, part: null }

  it('is there for open orders where 30 alike tell, and never in the past', async () => {
    const open = all<{ id: string; frozen: number }>(app.db, "SELECT id, frozen FROM work_order WHERE status = 'open'")
    const { orders } = readOrders(readEvents(app.folder), 'Asia/Shanghai')
    let told = 0
    for (const { id, frozen } of open) {
      const { expected } = await ask(asked(), expectedCompletion, { order: id })
      const own = orders.find((order) => order.id === id)
      // The second program tells the same; what is frozen rests on freezes that only the timers know.
      if (frozen === 0) expect({ id, ...(expected && { ...expected, part: null }) }).toEqual({ id, ...withPart(expectationOf(orders, own, now)) })
      if (!expected) continue
      told += 1
      expect(expected.at).toBeGreaterThanOrEqual(now)
      expect(expected.p80).toBeGreaterThanOrEqual(expected.at)
      expect(expected.orders).toBeGreaterThanOrEqual(30)
      if (frozen === 0) expect(expected.part).toBeNull()
    }
    expect(told).toBeGreaterThan(open.length / 2)
    const closed = one<{ id: string }>(app.db, "SELECT id FROM work_order WHERE status = 'closed' LIMIT 1")
    expect((await ask(asked(), expectedCompletion, { order: closed?.id ?? '' })).expected).toBeNull()
  })
})

describe('fault patterns', () => {
  const period = { from: '2026-10-01', to: '2026-11-20' }

  it('find the series that was planted and nothing else, are sent to R&D and followed after the fix', async () => {
    const { patterns } = await ask(asked(), findPatterns, period)
    expect(patterns).toHaveLength(1)
    const [found] = patterns
    if (!found) throw new Error('nothing found')
    expect(found.fault.category).toBe('触控显示')
    expect(found.conditions.find(({ trait }) => trait === 'model')?.value).toBe('BR-VS6000')
    expect(found.conditions).toContainEqual({ trait: 'environment', value: '恒温恒湿实验室', series: false })
    expect(found.cases).toHaveLength(found.orders.with)
    expect(found.sent).toBeNull()
    const events = readEvents(app.folder)
    const span = { from: Date.parse(`${period.from}T00:00:00+08:00`), to: Date.parse(`${period.to}T24:00:00+08:00`) }
    const counted = findingOf(readOrders(events, 'Asia/Shanghai').orders, partsIssued(events), found, span)
    expect(found.orders).toEqual(counted.orders)
    expect(found.lift).toBeCloseTo(counted.lift ?? NaN, 9)
    expect(found.p / counted.p).toBeCloseTo(1, 6)

    const { fault, conditions } = found
    const sent = (await call('command', 'pattern.send', { ...period, fault, conditions, note: '请核对触控板防潮' })) as unknown as { pattern: string }
    const told = all(app.db, "SELECT 1 FROM notification WHERE user = 'rnd' AND kind = 'faultPattern'")
    expect(told).toHaveLength(1)
    expect((await ask(asked(), findPatterns, period)).patterns[0]?.sent).toBe(sent.pattern)
    expect(await call('command', fixPattern.name, { pattern: sent.pattern, on: '2026-11-10', what: '换用防潮触控板' })).toHaveProperty('heads')
    const { pattern } = await ask(asked(), getPattern, { pattern: sent.pattern })
    expect(pattern?.state).toBe('fixed')
    expect(pattern?.months.reduce((sum, month) => sum + month.with, 0)).toBe(found.orders.with)
    expect((pattern?.effect?.before.of ?? 0) + (pattern?.effect?.after.of ?? 0)).toBe(found.orders.of)
    expect(pattern?.caseOrders).toHaveLength(found.orders.with)
    expect((await ask(asked(), listPatterns, {})).patterns.map(({ state }) => state)).toEqual(['fixed'])
    const { file } = await ask(asked(), patternFile, { pattern: sent.pattern })
    expect(Buffer.from(file?.bytes ?? '', 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('refuse what is no pattern', async () => {
    const nothing = { fault: { level: 'symptom', category: '触控显示', symptom: '没有的故障' }, conditions: [{ trait: 'model', value: 'BR-VS6000', series: false }] }
    expect(await call('command', 'pattern.send', { ...period, ...nothing })).toMatchObject({ code: 'patternGone' })
    expect(await call('command', 'pattern.dismiss', { pattern: 'none', reason: 'x' })).toMatchObject({ code: 'unknownPattern' })
    expect((await ask(asked(), findPatterns, { from: '2020-01-01', to: '2020-01-02' })).patterns).toEqual([])
  })
})

describe('the rescue board', () => {
  it('tells what will be missed today and what would save it, and does it in one tap', async () => {
    const { orders, until } = await ask(asked(), rescueBoard, {})
    expect(orders.length).toBeGreaterThan(3)
    for (const { chance, due, moves } of orders) {
      expect(due).toBeGreaterThan(now)
      expect(due).toBeLessThan(until)
      for (const { after } of moves) expect(after).toBeLessThan(chance)
    }
    const silent = orders.find(({ moves }) => moves[0]?.kind === 'callCustomer' && moves[0].after === 0)
    if (!silent) throw new Error('nobody waits for a first reply')
    expect(await call('command', 'rescue.apply', { order: silent.order, base: silent.head, kind: 'swap' })).toMatchObject({ code: 'moveGone' })
    expect(await call('command', 'rescue.apply', { order: silent.order, base: silent.head, kind: 'callCustomer' })).toHaveProperty('heads')
    const again = await ask(asked(), rescueBoard, {})
    expect(again.orders.find(({ order, segment }) => order === silent.order && segment === 'response')).toBeUndefined()
    expect(await call('command', 'rescue.apply', { order: silent.order, base: silent.head, kind: 'callCustomer' })).toMatchObject({ code: 'stale' })
  })

  it('shows how far its chances can be trusted, on history that the model has not seen', async () => {
    const { segments, moves } = await ask(asked(), rescueCalibration, {})
    const judged = segments.filter(({ calibration }) => (calibration?.forecasts ?? 0) >= 60)
    expect(judged.length).toBeGreaterThan(4)
    const sum = (pick: (each: NonNullable<(typeof segments)[number]['calibration']>) => number): number =>
      judged.reduce((total, { calibration }) => total + (calibration ? pick(calibration) * calibration.forecasts : 0), 0)
    // Over all kinds the chances say more than the overall shares do.
    expect(sum(({ brier }) => brier)).toBeLessThan(sum(({ blindBrier }) => blindBrier))
    for (const { given, came } of moves) expect(Math.abs(given - came)).toBeLessThan(0.2)
  })
})

describe('looking back', () => {
  it('shows board, order and figures as they stood, whatever came after, and nothing can be changed there', async () => {
    const day = { from: '2026-11-01', to: '2026-11-20' }
    const board = await ask(asked(), boardPage, {})
    const summary = await ask(asked(), perceivedSummary, day)
    const figures = await ask(asked(), insightSummary, day)
    const behind = await ask(asked(), insightOrders, { ...day, figure: 'open' })
    const some = all<{ id: string }>(app.db, "SELECT id FROM work_order WHERE status = 'open' ORDER BY id LIMIT 6").map(({ id }) => id)
    const before = await Promise.all(some.map((order) => call('query', 'workOrder.get', { order })))
    const events = app.log.head.seq
    now = UNTIL + 3_600_000
    for (const [index, order] of some.entries()) {
      const head = (before[index] as unknown as { order: { card: { head: string } } }).order.card.head
      if (index % 2 === 0) await call('command', 'workOrder.cancel', { order, base: head, reason: '客户取消' })
      else await call('command', 'workOrder.addNote', { order, text: '事后补记' })
    }
    expect(app.log.head.seq).toBeGreaterThan(events + 5)
    expect(await ask(asked(), boardPage, {})).not.toEqual(board)

    const opened = (await call('command', 'timeMachine.open', { at: UNTIL })) as unknown as { moment: string; orders: number }
    expect(opened.orders).toBeGreaterThan(some.length)
    const then = async (query: string, input: object) => (await call('query', 'timeMachine.ask', { moment: opened.moment, query, input })) as unknown as { answer: unknown }
    expect((await then('board.page', {})).answer).toEqual(board)
    expect((await then('perceivedTime.summary', day)).answer).toEqual(summary)
    // The dashboards' own questions, the roster of then among them.
    expect(figures.figures.engineerDays).toBeGreaterThan(0)
    expect((await then('insight.summary', day)).answer).toEqual(figures)
    expect((await then('insight.orders', { ...day, figure: 'open' })).answer).toEqual(behind)
    expect(await call('query', 'timeMachine.progress', { moment: opened.moment })).toMatchObject({ state: 'ready', done: opened.orders, orders: opened.orders, code: null })
    for (const [index, order] of some.entries()) expect((await then('workOrder.get', { order })).answer).toEqual(before[index])
    expect(await then('notification.list', {})).toMatchObject({ code: 'notInPast' })
    expect(await call('query', 'timeMachine.ask', { moment: opened.moment, query: 'board.page', input: {} }, { ...LOCAL, local: true })).toMatchObject({ code: 'momentGone' })
    await call('command', 'timeMachine.close', { moment: opened.moment })
    expect(await then('board.page', {})).toMatchObject({ code: 'momentGone' })
    // Given up while it is still being set up: whoever waits for it hears so.
    const { moment } = (await call('command', 'timeMachine.open', { at: UNTIL })) as unknown as { moment: string }
    const waiting = call('query', 'timeMachine.ask', { moment, query: 'board.page', input: {} })
    await call('command', 'timeMachine.close', { moment })
    expect(await waiting).toMatchObject({ code: 'serviceStopped' })
    expect(await call('query', 'timeMachine.progress', { moment })).toMatchObject({ code: 'momentGone' })
  })

  it('forgets whoever is erased while somebody looks back', async () => {
    const { moment } = (await call('command', 'timeMachine.open', { at: UNTIL })) as unknown as { moment: string }
    const [customer] = all<{ id: string }>(app.db, 'SELECT id FROM customer WHERE contact_name IS NOT NULL LIMIT 1')
    expect(JSON.stringify(await call('command', 'customer.erase', { customer: customer?.id, reason: '本人要求' }, LOCAL))).toContain('heads')
    expect(await call('query', 'timeMachine.ask', { moment, query: 'customer.get', input: { customer: customer?.id } })).toMatchObject({ code: 'momentGone' })
  })

  it('refuses the future and the time before anything was recorded', async () => {
    expect(await call('command', 'timeMachine.open', { at: now + 1 })).toMatchObject({ code: 'momentInFuture' })
    expect(await call('command', 'timeMachine.open', { at: 1 })).toMatchObject({ code: 'momentTooEarly' })
  })
})

describe('a desk without a single order', () => {
  it('has a report, a rescue board, an analysis and a past all the same', async () => {
    const desk = await TestDesk.demo()
    try {
      const ask = async (kind: 'command' | 'query', name: string, input: object): Promise<Record<string, unknown>> => (await desk.call(kind, name, input, { principal: supervisor })).body
      expect(await ask('command', 'report.make', {})).toMatchObject({ number: 'UW-20261021-1' })
      expect((await ask('query', 'report.get', {}))['report']).toMatchObject({ open: [], resolved: [], threatened: [], holders: [], limitsToday: 0 })
      expect(await ask('query', 'rescue.board', {})).toMatchObject({ orders: [], limitsToday: 0, unknown: 0 })
      expect(await ask('query', 'rescue.calibration', {})).toMatchObject({ moves: [] })
      expect(await ask('query', 'pattern.find', { from: '2026-10-01', to: '2026-10-21' })).toMatchObject({ patterns: [], tests: 0 })
      expect(await ask('query', 'report.paper', {})).toMatchObject({ number: 'UW-20261021-1' })
      const { moment } = await ask('command', 'timeMachine.open', { at: desk.now })
      const { answer } = await ask('query', 'timeMachine.ask', { moment, query: 'perceivedTime.summary', input: { from: '2026-10-01', to: '2026-10-21' } })
      expect(JSON.stringify(answer)).not.toContain('NaN')
      expect(answer).toMatchObject({ allFour: { orders: 0, rate: null } })
      expect(await ask('query', 'pace.expected', { order: 'none' })).toMatchObject({ expected: null })
    } finally {
      desk.close()
    }
  })
})
