import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { one } from '#core/store/sql.ts'
import { ImportDesk, HEADER, mappingOf, rowOf } from '../support/importDesk.ts'

const shanghai = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`)

const LIFE = [
  HEADER,
  rowOf('A-1', '2026-03-01 09:00', '新建', { fault: '触控失灵', priority: '高' }),
  rowOf('A-1', '2026-03-01 10:00', '处理中', { fault: '触控失灵', priority: '高', owner: '李工' }),
  rowOf('A-2', '2026-03-02 09:00', '新建', { customer: '无锡某某光电', opened: '2026-03-02 08:30' }),
  rowOf('A-1', '2026-03-03 08:00', '关闭', { fault: '主板', priority: '高', owner: '李工' }),
].join('\n')

let desk: ImportDesk
beforeEach(() => (desk = new ImportDesk()))
afterEach(() => desk.close())

describe('a foreign history', () => {
  it('is recorded as it happened, each row at its own time', async () => {
    const summary = await desk.imported(LIFE)
    expect(summary).toMatchObject({ rows: 4, orders: 2, rejected: 0, rejectsFile: null, closed: 1 })
    // Two orders, two customers, four rows.
    expect(summary.events).toBe(8)
    expect(summary.openByStage).toEqual({ intakeReview: 1, diagnosis: 0, partsLock: 0, scheduling: 0, onsite: 0, signoff: 0 })
    expect(summary.meanHoursToClose).toBe(48)
    expect(summary.medianHoursToClose).toBe(48)
    const order = desk.order('A-1')
    expect(order).toMatchObject({
      number: 'A-1',
      status: 'closed',
      imported: 'suzhou',
      channel: 'phone',
      owner: '李工',
      firstContactAt: shanghai('2026-03-01 08:00'),
      closedAt: shanghai('2026-03-03 08:00'),
      personal: { contactPhone: '000-0001' },
      timers: [],
    })
    expect(order.fields).toMatchObject({ symptom: '主板', priority: 'high' })
    expect(order.visits.map(({ stage, enteredAt, leftAt }) => [stage, enteredAt, leftAt])).toEqual([
      ['intakeReview', shanghai('2026-03-01 09:00'), shanghai('2026-03-01 10:00')],
      ['diagnosis', shanghai('2026-03-01 10:00'), shanghai('2026-03-03 08:00')],
    ])
  })

  it('opens again with a row after the last Closed, and the last Closed closes', async () => {
    const rows = [
      HEADER,
      rowOf('A-1', '2026-03-01 09:00', '新建'),
      rowOf('A-1', '2026-03-01 12:00', '关闭'),
      rowOf('A-1', '2026-03-02 12:00', '处理中', { reopened: '1' }),
    ]
    expect(await desk.imported(rows.join('\n'))).toMatchObject({ closed: 0, meanHoursToClose: null, medianHoursToClose: null })
    expect(desk.order('A-1')).toMatchObject({ status: 'open', stage: 'diagnosis', reopenCount: 1, closedAt: null })
    rows.push(rowOf('A-1', '2026-03-03 12:00', '关闭', { reopened: '1' }))
    expect(await desk.imported(rows.join('\n'))).toMatchObject({ closed: 1, events: 1, meanHoursToClose: 52 })
    expect(desk.order('A-1')).toMatchObject({ status: 'closed', reopenCount: 1, firstClosedAt: shanghai('2026-03-01 12:00') })
  })

  it('is read up to a moment, that moment in it', async () => {
    const first = await desk.imported(LIFE, { asOf: shanghai('2026-03-01 10:00') })
    expect(first).toMatchObject({ rows: 4, orders: 1, events: 4, closed: 0 })
    expect(await desk.imported(LIFE)).toMatchObject({ rows: 4, orders: 2, events: 4, closed: 1 })
    expect(await desk.imported(LIFE)).toMatchObject({ rows: 4, orders: 2, events: 0, closed: 1 })
  })

  it('keeps where an order stands when a row that was overtaken comes in late', async () => {
    const rows = [
      HEADER,
      rowOf('A-1', '2026-03-05 09:00', '处理中', { fault: '旧' }),
      rowOf('A-1', '2026-03-01 09:00', '等备件', { fault: '新' }),
    ].join('\n')
    await desk.imported(rows, { asOf: shanghai('2026-03-02 00:00') })
    expect(await desk.imported(rows)).toMatchObject({ events: 1, openByStage: { partsLock: 1 } })
    expect(desk.order('A-1')).toMatchObject({ stage: 'partsLock', fields: { symptom: '新' } })
  })

  it('keeps personal values out of the hashed text, and learns later ones', async () => {
    const rows = [HEADER, rowOf('A-1', '2026-03-01 09:00', '新建'), rowOf('A-1', '2026-03-01 10:00', '新建', { phone: '000-0002' })]
    await desk.imported(rows.join('\n'))
    expect(desk.order('A-1').personal).toEqual({ contactPhone: '000-0002' })
    expect(one(desk.app.db, "SELECT 1 FROM event WHERE text LIKE '%000-000%'")).toBeUndefined()
  })

  it('counts rows that are alike in all, and neither adds them twice', async () => {
    const row = rowOf('A-1', '2026-03-01 09:00', '新建')
    const rows = [HEADER, row, row, row].join('\n')
    expect(await desk.imported(rows)).toMatchObject({ events: 5 })
    expect(new Set(desk.events()).size).toBe(5)
    expect(await desk.imported(rows)).toMatchObject({ events: 0 })
  })

  it('knows rows again on other lines and among other rows', async () => {
    const [header, ...rows] = LIFE.split('\n')
    await desk.imported(LIFE)
    const moved = [header, '', ...rows.toReversed(), rowOf('A-9', '2026-04-01 09:00', '新建')].join('\r\n')
    expect(await desk.imported(moved)).toMatchObject({ orders: 3, events: 2 })
  })

  it('is told from another one by the name of its mapping', async () => {
    await desk.imported(LIFE)
    expect(await desk.imported(LIFE, { mapping: mappingOf({ name: 'wuxi' }) })).toMatchObject({ events: 8 })
  })

  it('takes numbers and names that make no id', async () => {
    const rows = [HEADER, rowOf('工单/一 ', '2026-03-01 09:00', '新建'), rowOf('../x', '2026-03-01 09:00', '新建')]
    expect(await desk.imported(rows.join('\n'))).toMatchObject({ orders: 2, rejected: 0 })
    const numbers = desk.orders().map((row) => (JSON.parse(row) as { number: string }).number)
    expect(numbers.sort()).toEqual(['../x', '工单/一'])
  })

  it('is the same in the tables after a rebuild, and no timer runs', async () => {
    await desk.imported(LIFE)
    const before = desk.orders()
    desk.app.db.raw.transaction(() => desk.app.subjects.rebuild())()
    expect(desk.orders()).toEqual(before)
    expect(one(desk.app.db, 'SELECT 1 FROM stage_timer')).toBeUndefined()
  })

  it('stops between two batches and goes on with the next run', async () => {
    const rows = [HEADER]
    for (let order = 0; order < 300; order++) {
      rows.push(rowOf(`A-${order}`, '2026-03-01 09:00', '新建'), rowOf(`A-${order}`, '2026-03-01 10:00', '处理中'))
    }
    const stop = new AbortController()
    const stopped = await desk.import(rows.join('\n'), { signal: stop.signal, progress: () => stop.abort() })
    expect(stopped).toMatchObject({ ok: false, refusal: { code: 'importStopped' } })
    const rest = await desk.imported(rows.join('\n'))
    expect(rest.events).toBeGreaterThan(0)
    expect(rest.events).toBeLessThan(901)
    expect(rest.openByStage.diagnosis).toBe(300)
    expect(desk.events()).toHaveLength(901)
  })
})
