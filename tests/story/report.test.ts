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
import { ask } from '../support/queries.ts'

/** Friday 20 November 2026, 10:30 in Shanghai. */
const UNTIL = Date.UTC(2026, 10, 20, 2, 30)
const DAY = 86_400_000
const home = mkdtempSync(join(tmpdir(), 'loopdesk-report-'))

let app: App
let now = UNTIL
const asked = () => ({ db: app.db, queries: app.queries, now })
const warnings: string[] = []

beforeAll(async () => {
  await seedDemo({ data: home, orders: 260, months: 2, seed: 3, until: UNTIL })
  app = createApp({ data: home, clock: () => now })
})
afterAll(() => {
  app.close()
  rmSync(home, { recursive: true, force: true })
})

describe('the daily report', () => {
  it('is made once a morning by the scheduler, and tells supervisor and director through the outbox', async () => {
    const maker = new ReportMaker({ db: app.db, clock: () => now, warn: (message) => warnings.push(message) })
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
    if (process.env['LOOPDESK_KEEP']) (await import('node:fs')).writeFileSync(process.env['LOOPDESK_KEEP'], bytes)
  })
})

describe('the expected completion', () => {
  it('is there for open orders where 30 alike tell, and never in the past', async () => {
    const open = all<{ id: string; frozen: number }>(app.db, "SELECT id, frozen FROM work_order WHERE status = 'open'")
    let told = 0
    for (const { id, frozen } of open) {
      const { expected } = await ask(asked(), expectedCompletion, { order: id })
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
