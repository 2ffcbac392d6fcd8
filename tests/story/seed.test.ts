import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '#core/app.ts'
import { seedDemo, type DemoOptions } from '#core/features/demo/seedDemo.ts'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { all } from '#core/store/sql.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'

/** Friday 20 November 2026, 10:30 in Shanghai. */
const UNTIL = Date.UTC(2026, 10, 20, 2, 30)
const home = mkdtempSync(join(tmpdir(), 'loopdesk-seed-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function told(name: string, options: Partial<DemoOptions>): Promise<string> {
  const data = join(home, name)
  const done = await seedDemo({ data, until: UNTIL, ...options })
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
  return data
}

function opened<Value>(data: string, look: (app: App) => Value): Value {
  const app = createApp({ data, clock: () => UNTIL })
  try {
    return look(app)
  } finally {
    app.close()
  }
}

/** Every event without what each desk gives: its own name and key, salts and the digests under them, chain and clock. */
function content(data: string): string[] {
  return opened(data, (app) =>
    all<{ text: string; parts: string | null }>(
      app.db,
      `SELECT text, (SELECT group_concat(part.text) FROM event_part AS part
        WHERE part.origin = event.origin AND part.seq = event.seq) AS parts
       FROM event WHERE subject NOT LIKE 'desk:%' ORDER BY seq`,
    ).map(({ text, parts }) => {
      const { id, at, recordedAt, subject, base, type, data: told, actor, cause } = JSON.parse(text) as Record<string, unknown>
      return JSON.stringify({ id, at, recordedAt, subject, base, type, told, actor, cause, parts })
    }),
  )
}

describe('the same tale', () => {
  it('is told again under the same seed, another under another', async () => {
    const options = { orders: 40, months: 1 }
    const first = content(await told('first', { ...options, seed: 7 }))
    const again = content(await told('again', { ...options, seed: 7 }))
    const other = content(await told('other', { ...options, seed: 8 }))
    expect(first.length).toBeGreaterThan(500)
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('is not told where there are orders already', async () => {
    const data = await told('taken', { orders: 3, months: 1 })
    const before = content(data)
    expect(await seedDemo({ data, until: UNTIL })).toMatchObject({ ok: false, refusal: { code: 'notEmpty' } })
    expect(content(data)).toEqual(before)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const options = { data: join(home, 'stopped'), orders: 60, months: 1, until: UNTIL, signal: stop.signal, progress: () => stop.abort() }
    expect(await seedDemo(options)).toMatchObject({ ok: false, refusal: { code: 'demoStopped' } })
  })
})

describe('two months of a demo desk', () => {
  let data: string
  let app: App
  beforeAll(async () => {
    data = await told('months', { orders: 400, months: 2 })
    app = createApp({ data, clock: () => UNTIL })
  })
  afterAll(() => app.close())

  const rows = <Row>(sql: string): Row[] => all<Row>(app.db, sql)
  const number = (sql: string): number => rows<{ n: number }>(sql)[0]?.n ?? Number.NaN

  it('holds the orders asked for, each marked as demo', () => {
    expect(number('SELECT count(*) AS n FROM work_order')).toBe(400)
    expect(number('SELECT count(*) AS n FROM work_order WHERE demo = 0 OR imported = 1')).toBe(0)
    expect(number('SELECT count(*) AS n FROM customer WHERE demo = 0')).toBe(0)
    expect(number('SELECT count(*) AS n FROM user_account WHERE demo = 0')).toBe(0)
    expect(number("SELECT count(*) AS n FROM work_order WHERE number NOT GLOB 'A-26[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9]'")).toBe(0)
  })

  it('shows something in every column: frozen, broken, soon due', () => {
    const columns = rows<{ stage: string; open: number }>(
      "SELECT stage, count(*) AS open FROM work_order WHERE status = 'open' GROUP BY stage",
    )
    for (const stage of STAGES) expect(columns.find((column) => column.stage === stage)?.open ?? 0).toBeGreaterThanOrEqual(3)
    expect(number("SELECT count(*) AS n FROM work_order WHERE status = 'open' AND frozen = 1")).toBeGreaterThanOrEqual(2)
    expect(number("SELECT count(*) AS n FROM work_order WHERE status = 'open' AND breached = 1")).toBeGreaterThanOrEqual(6)
    const soon = `breached = 0 AND due_at > ${UNTIL} AND due_at < ${UNTIL + 45 * 60_000}`
    expect(number(`SELECT count(*) AS n FROM work_order WHERE status = 'open' AND ${soon}`)).toBeGreaterThanOrEqual(3)
    expect(number(`SELECT count(*) AS n FROM stage_timer WHERE settled IS NULL AND due_at <= ${UNTIL}`)).toBe(0)
  })

  it('has a known defect that is in time, somebody on leave with a deputy, and a shift that waits for its answer', () => {
    const defects = `known_defect IS NOT NULL AND breached = 0 AND due_at > ${UNTIL + 60 * 60_000}`
    expect(number(`SELECT count(*) AS n FROM work_order WHERE status = 'open' AND ${defects}`)).toBeGreaterThanOrEqual(1)
    expect(rows('SELECT id FROM user_account WHERE absent_from <= ' + UNTIL + ' AND absent_to > ' + UNTIL + ' AND deputy IS NOT NULL')).not.toEqual([])
    expect(number("SELECT count(*) AS n FROM work_order WHERE handover_to = 'dispatcher' AND status = 'open'")).toBeGreaterThan(2)
  })

  it('is believable', () => {
    const share = (condition: string): number => number(`SELECT avg(${condition}) AS n FROM work_order`)
    expect(share("status = 'closed'")).toBeGreaterThan(0.8)
    expect(share("status = 'cancelled'")).toBeLessThan(0.06)
    const events = (type: string): number => number(`SELECT count(DISTINCT subject) AS n FROM event WHERE type = '${type}'`) / 400
    expect(events('timerFired')).toBeGreaterThan(0.25)
    expect(events('timerFired')).toBeLessThan(0.75)
    expect(events('orderFrozen')).toBeGreaterThan(0.01)
    expect(events('orderReopened')).toBeLessThan(0.06)
    expect(events('complaintReceived')).toBeLessThan(0.1)
    for (const type of ['inquiryReceived', 'handoverAnswered', 'noteAdded', 'orderThawed', 'escalationAcknowledged']) {
      expect(events(type)).toBeGreaterThan(0)
    }
    const visits = rows<{ n: number }>("SELECT count(*) AS n FROM event WHERE type = 'arrivalRecorded' GROUP BY subject")
    expect(visits.filter(({ n }) => n === 1).length / visits.length).toBeGreaterThan(0.8)
    const phone = number("SELECT avg(text LIKE '%\"channel\":\"phone\"%') AS n FROM event WHERE type = 'orderRegistered'")
    expect(phone).toBeGreaterThan(0.4)
    expect(phone).toBeLessThan(0.7)
    // 1970-01-01 was a Thursday; 8 h make it Shanghai's day.
    const sundays = number('SELECT avg(((first_contact_at + 28800000) / 86400000 + 4) % 7 = 0) AS n FROM work_order')
    expect(sundays).toBeLessThan(0.08)
    expect(number('SELECT count(*) AS n FROM order_conflict')).toBe(0)
  })

  it('hides the fault of one series for whoever looks', () => {
    const rate = (condition: string): number =>
      number(`SELECT avg(fault_category = '触控显示') AS n FROM work_order JOIN equipment ON equipment.id = work_order.equipment WHERE ${condition}`)
    const weak = "equipment.model LIKE 'BR-VS6000%' AND equipment.firmware LIKE '3.2.%'"
    expect(rate(weak)).toBeGreaterThan(2 * rate(`NOT (${weak})`))
  })

  it('plants providers beneath each other, contracts of every kind, warranties that ended and defects that are known', () => {
    expect(number('SELECT count(*) AS n FROM service_provider WHERE parent IS NOT NULL')).toBeGreaterThanOrEqual(3)
    expect(number('SELECT count(*) AS n FROM work_order WHERE provider IS NOT NULL')).toBeGreaterThan(30)
    expect(number('SELECT count(DISTINCT kind) AS n FROM service_contract')).toBe(3)
    expect(number("SELECT count(*) AS n FROM equipment WHERE warranty_until < '2026-11-20' AND provisional = 0")).toBeGreaterThan(20)
    expect(number("SELECT count(*) AS n FROM equipment WHERE warranty_until >= '2026-11-20'")).toBeGreaterThan(20)
    expect(number("SELECT count(*) AS n FROM work_order WHERE known_defect = 'demo-d-touch' AND model NOT LIKE 'BR-VS6000%'")).toBe(0)
    expect(number("SELECT count(*) AS n FROM work_order WHERE known_defect = 'demo-d-touch'")).toBeGreaterThan(5)
    expect(number('SELECT count(*) AS n FROM service_contract WHERE demo = 0')).toBe(0)
  })

  it('tells nobody outside, and no clock runs ahead', () => {
    expect(number('SELECT count(*) AS n FROM outbox')).toBe(0)
    expect(number(`SELECT count(*) AS n FROM event WHERE at > ${UNTIL}`)).toBe(0)
  })

  it('is the same after a rebuild', () => {
    const before = dumpProjections(app)
    expect(rebuilt(app)).toEqual(before)
  })

  it('is a sound log', () => {
    app.close()
    expect(verifyFolder(data)).toMatchObject({ ok: true, firstBad: null })
  })
})
