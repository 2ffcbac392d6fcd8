import fc from 'fast-check'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { seedDemo } from '#core/features/demo/seedDemo.ts'
import { keepPacked, packingOf } from '#core/features/insight/packed.ts'
import { openReadOnly } from '#core/store/open.ts'
import { all, type ReadableDb } from '#core/store/sql.ts'
import {
  insightAgeing,
  insightBreaches,
  insightBreakdown,
  insightOrders,
  insightSummary,
  insightTrend,
  insightValues,
  insightWaits,
  type Drill,
  type InsightFigures,
  type InsightFilter,
} from '#shared/contract/insight.ts'
import { workloadNow } from '#shared/contract/workload.ts'
import { perceivedSummary } from '#shared/contract/perceivedTime.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { DIMENSIONS } from '#shared/domain/insight/facts.ts'
import { dayOf, isoOf } from '#shared/domain/perceivedTime/days.ts'
import type { Fields } from '#shared/domain/workOrder/events.ts'
import { compareFigures } from '../support/figures.ts'
import { newFolder } from '../support/folders.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { entry, orderEvent, registered } from '../support/orders.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'
import { ask } from '../support/queries.ts'
import { randomDraft } from '../support/randomEvents.ts'
import { randomRuns } from '../support/random.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const day = (n = 0): string => isoOf(dayOf(MONDAY, 'Asia/Shanghai') + n)

let desk: LogDesk
beforeEach(() => (desk = openLogDesk()))
afterEach(() => desk.close())

const figures = async (filter: InsightFilter = {}, from = day(), to = day(6)): Promise<InsightFigures> =>
  (await ask(desk.asked, insightSummary, { from, to, filter })).figures
const behind = async (figure: Drill, filter: InsightFilter = {}, more: object = {}) =>
  (await ask(desk.asked, insightOrders, { from: day(), to: day(6), figure, filter, ...more })).orders.map(({ id }) => id)

/** Registered at `begin` and, where `closes` is given, signed for then. */
function order(id: string, begin: number, closes?: number, fields: Fields = {}): EventDraft[] {
  const closing =
    closes === undefined
      ? []
      : [
          orderEvent(id, 'stageChanged', { from: 'intakeReview', how: 'forward', entered: entry('signoff', `${id}-2`) }, { at: closes }),
          orderEvent(id, 'orderClosed', { how: 'signature', from: 'signoff' }, { at: closes }),
        ]
  return [registered(id, { at: begin, fields, owner: 'wang' }), ...closing]
}
const arrived = (id: string, at: number): EventDraft => orderEvent(id, 'arrivalRecorded', { arrivedAt: at, engineer: 'chen' }, { at })

const rotation = (engineer: string, days: readonly number[], from = day()): EventDraft => ({
  subject: { kind: 'engineerProfile', id: engineer },
  type: 'rotationAdded',
  version: 1,
  data: { rotation: { id: `r-${engineer}`, from, until: null, zone: 'Asia/Shanghai', cycleDays: 7, shifts: days.map((n) => ({ day: n, start: '08:30', minutes: 540 })) } },
})

describe('the rates of METRICS', () => {
  it('count nothing where nothing is, with no number that is none', async () => {
    const empty = await figures()
    expect(Object.values(empty).filter((value) => typeof value === 'number' && value !== 0)).toEqual([])
    expect([empty.closedLoopRate, empty.medianCloseMs, empty.nps, empty.fixedRate, empty.perEngineerDay]).toEqual([null, null, null, null, null])
    expect((await ask(desk.asked, insightBreakdown, { from: day(), to: day(), by: 'model' })).rows).toEqual([])
    expect((await ask(desk.asked, insightTrend, { from: day(), to: day(2) })).steps.map(({ created }) => created)).toEqual([0, 0, 0])
  })

  it('tell what was closed of what was created, cancelled and merged orders apart', async () => {
    desk.append([
      ...order('a', MONDAY, MONDAY + 10 * HOUR),
      ...order('b', MONDAY, MONDAY + 20 * HOUR),
      ...order('c', MONDAY, MONDAY + 31 * DAY),
      ...order('d', MONDAY),
      ...order('e', MONDAY),
      orderEvent('e', 'orderCancelled', { reason: 'x', from: 'intakeReview' }, { at: MONDAY + HOUR }),
    ])
    desk.now = MONDAY + 40 * DAY
    expect(await figures()).toMatchObject({ created: 4, cancelled: 1, closedSince: 3, closedSoon: 2, closedLoopRate: 0.75, closed: 2, medianCloseMs: 15 * HOUR, p80CloseMs: 20 * HOUR, meanCloseMs: 15 * HOUR })
    expect(await behind('notClosedSince')).toEqual(['d'])
    expect(await behind('closed')).toEqual(['b', 'a'])
  })

  it('call it fixed the first time unless somebody came twice, reopened it, or the trouble came back within 30 days', async () => {
    const trouble = { equipment: 'm1', faultSymptom: '漏油' }
    desk.append([
      ...order('once', MONDAY, MONDAY + HOUR),
      ...order('twice', MONDAY, MONDAY + HOUR),
      arrived('once', MONDAY),
      arrived('twice', MONDAY),
      arrived('twice', MONDAY + 1),
      ...order('again', MONDAY, MONDAY + HOUR, trouble),
      ...order('back', MONDAY + HOUR + 30 * DAY - 1, undefined, trouble),
      ...order('edge', MONDAY, MONDAY + HOUR, { ...trouble, equipment: 'm2' }),
      ...order('late', MONDAY + HOUR + 30 * DAY, undefined, { ...trouble, equipment: 'm2' }),
    ])
    desk.now = MONDAY + 60 * DAY
    expect((await behind('fixed')).sort()).toEqual(['edge', 'once'])
    // The new order turns out to be a duplicate that nobody needs: the first one was fixed after all.
    desk.append([orderEvent('back', 'orderCancelled', { reason: 'x', from: 'intakeReview' }, { at: desk.now })])
    expect(await figures()).toMatchObject({ closed: 4, fixed: 3, provisional: 0 })
    // Another machine, once it is known better.
    desk.append([orderEvent('late', 'fieldsChanged', { changes: [{ field: 'equipment', new: 'm1' }] }, { at: desk.now })])
    expect(await figures()).toMatchObject({ fixed: 3 })
    expect(rebuilt(desk.app)).toEqual(dumpProjections(desk.app))
  })

  it('count as stuck what has lasted 48 h to the millisecond, while it lasts, and every offer of a hand-over', async () => {
    const moved = orderEvent('offered', 'stageChanged', { from: 'intakeReview', how: 'forward', entered: entry('diagnosis', 'o-2') }, { at: MONDAY + DAY })
    const offer = orderEvent('offered', 'handoverOffered', { to: 'li' }, { at: MONDAY })
    desk.append([...order('stays', MONDAY), ...order('swift', MONDAY, MONDAY + 48 * HOUR - 1), ...order('offered', MONDAY), offer, moved])
    desk.now = MONDAY + 2 * DAY - 1
    expect(await figures()).toMatchObject({ open: 3, stuck: 0 })
    desk.now += 1
    expect((await behind('stuck')).sort()).toEqual(['offered', 'stays'])
    desk.append([
      orderEvent('offered', 'handoverWithdrawn', {}, { at: MONDAY + 50 * HOUR }),
      orderEvent('offered', 'orderCancelled', { reason: 'x', from: 'diagnosis' }, { at: MONDAY + 51 * HOUR }),
      ...order('ended', MONDAY, MONDAY + 48 * HOUR),
    ])
    desk.now = MONDAY + 30 * DAY
    expect((await behind('stuck')).sort()).toEqual(['ended', 'stays'])
    // A week later only the one that is still where it was.
    expect(await figures({}, day(7), day(13))).toMatchObject({ open: 1, stuck: 1 })
  })

  it('turn stars into a score by the day of the answer, and complaints into causes', async () => {
    const rated = (id: string, stars: 1 | 2 | 3 | 4 | 5, at: number) => orderEvent(id, 'surveyAnswered', { stars, channel: 'phone' as const }, { at })
    desk.append([
      ...['a', 'b', 'c', 'd'].flatMap((id) => order(id, MONDAY, MONDAY + HOUR)),
      rated('a', 5, MONDAY + DAY),
      rated('b', 5, MONDAY + DAY),
      rated('c', 4, MONDAY + DAY),
      rated('d', 1, MONDAY + 8 * DAY),
      orderEvent('d', 'complaintReceived', { cause: 'overtime', channel: 'phone' }, { at: MONDAY + DAY }),
      orderEvent('d', 'complaintReceived', { cause: 'other', channel: 'phone' }, { at: MONDAY + DAY }),
      orderEvent('c', 'inquiryReceived', { channel: 'phone' }, { at: MONDAY + DAY }),
    ])
    desk.now = MONDAY + 10 * DAY
    const week = await figures()
    expect(week).toMatchObject({ rated: 3, promoters: 2, passives: 1, detractors: 0, complained: 1, overtime: 1, otherCause: 1, complaintRate: 0.25, secondInquiries: 0.25 })
    expect(week.nps).toBeCloseTo(66.67, 1)
    expect(await figures({}, day(7), day(8))).toMatchObject({ rated: 1, nps: -100, meanStars: 1 })
    expect(await behind('overtime')).toEqual(['d'])
  })

  it('are told apart by team, model, region and provider, whoever joins which team later', async () => {
    desk.append([
      { subject: { kind: 'user', id: 'chen' }, type: 'userAdded', version: 1, data: { login: 'chen', roles: ['engineer'] } },
      ...order('a', MONDAY, MONDAY + HOUR, { model: 'VS200', region: '苏州', provider: 'p1' }),
      ...order('b', MONDAY, undefined, { model: 'VS200', team: '二队' }),
      orderEvent('a', 'appointmentBooked', { appointment: 'x', engineer: 'chen', from: MONDAY, to: MONDAY + 1 }, { at: MONDAY }),
      rotation('chen', [0]),
    ])
    desk.now = MONDAY + DAY
    const rows = async (by: 'team' | 'model' | 'region') =>
      (await ask(desk.asked, insightBreakdown, { from: day(), to: day(), by })).rows.map(({ value, created, closed }) => [value, created, closed])
    expect(await rows('model')).toEqual([['VS200', 2, 1]])
    expect(await rows('region')).toEqual([['苏州', 1, 1], ['-', 1, 0]])
    expect(await rows('team')).toEqual([['-', 1, 1], ['二队', 1, 0]])
    desk.append([{ subject: { kind: 'user', id: 'chen' }, type: 'profileChanged', version: 1, data: { team: { old: '', new: '一队' } } }])
    expect(await rows('team')).toEqual([['一队', 1, 1], ['二队', 1, 0]])
    expect(await figures({ team: '一队' })).toMatchObject({ led: 1, engineerDays: 1, rosterFrom: day(), perEngineerDay: 1 })
    expect(await figures({ team: '一队', provider: 'p1', region: '苏州' })).toMatchObject({ created: 1, closed: 1, engineerDays: null })
    expect(await figures({ model: 'none' })).toMatchObject({ created: 0, closedLoopRate: null })
    expect((await ask(desk.asked, insightValues, {})).team.map(({ value }) => value).sort()).toEqual(['一队', '二队'].sort())
  })

  it('divide what was closed by the days on shift: of rotations and single shifts, without days off, leave and what lies ahead', async () => {
    const about = (kind: 'user' | 'shiftMonth', id: string, type: string, data: object): EventDraft => ({ subject: { kind, id }, type, version: 1, data }) as EventDraft
    const month = `chen/${day().slice(0, 7)}`
    const at = (n: number, hour: number): number => Date.parse(`${day(n)}T00:00:00+08:00`) + hour * HOUR
    const led = (id: string, closes: number): EventDraft[] => [
      ...order(id, MONDAY - 30 * DAY, closes),
      orderEvent(id, 'appointmentBooked', { appointment: id, engineer: 'chen', from: closes, to: closes + 1 }, { at: MONDAY - 30 * DAY }),
    ]
    desk.append([...led('a', at(1, 12)), ...led('b', at(4, 12)), ...led('early', at(-3, 12))])
    desk.now = at(30, 0)
    // Nobody keeps a roster: no number that means nothing.
    expect(await figures()).toMatchObject({ led: 2, engineerDays: 0, rosterFrom: null, rosterLed: 0, perEngineerDay: null })
    desk.append([
      about('user', 'chen', 'userAdded', { login: 'chen', roles: ['engineer'] }),
      rotation('chen', [0, 1, 2, 3, 4]),
      about('shiftMonth', month, 'shiftAdded', { shift: 's1', day: day(5), from: at(5, 9), to: at(5, 15) }),
      // A second shift of a day makes no second day.
      about('shiftMonth', month, 'shiftAdded', { shift: 's2', day: day(5), from: at(5, 19), to: at(5, 22) }),
    ])
    expect(await figures()).toMatchObject({ engineerDays: 6, rosterFrom: day(), rosterLed: 2, perEngineerDay: 2 / 6 })
    // Where the roster begins within the period, what came before counts on neither side.
    expect(await figures({}, day(-7), day(6))).toMatchObject({ led: 3, engineerDays: 6, rosterFrom: day(), rosterLed: 2 })
    desk.append([about('shiftMonth', month, 'rotationDaySkipped', { day: day(0), skip: true })])
    desk.now = at(1, 1)
    desk.append([about('user', 'chen', 'absenceSet', { from: at(1, 8), to: at(2, 12), deputy: null })])
    desk.now = at(30, 0)
    // Monday is off, Tuesday wholly on leave, Wednesday only till noon.
    expect(await figures()).toMatchObject({ engineerDays: 4 })
    desk.now = at(3, 8)
    expect(await figures()).toMatchObject({ engineerDays: 1 })
    desk.now = at(3, 8.5)
    expect(await figures()).toMatchObject({ engineerDays: 2 })
    // Another leave takes the place of the rest of the first; whoever has left works no more.
    desk.now = at(2, 1)
    desk.append([about('user', 'chen', 'absenceSet', { from: at(9, 0), to: at(10, 0), deputy: null })])
    desk.now = at(4, 20)
    desk.append([about('user', 'chen', 'userDisabled', { reason: 'x' })])
    desk.now = at(30, 0)
    expect(await figures({}, day(), day(20))).toMatchObject({ engineerDays: 3 })
    await compareFigures(desk.app, desk.now, [{ from: day(), to: day(20) }, { from: day(-7), to: day(6) }, { from: day(2), to: day(3) }, { from: day(-9), to: day(-2) }])
    expect(rebuilt(desk.app)).toEqual(dumpProjections(desk.app))
  })

  it('count a call of before midnight on its day where it was written down after: with filters as without', async () => {
    const midnight = Date.parse(`${day(1)}T00:00:00+08:00`)
    desk.append([
      orderEvent('night', 'orderRegistered', { number: 'night', fields: { model: 'VS200' }, firstContactAt: midnight - HOUR, channel: 'phone', entered: entry('intakeReview', 'night-1'), owner: null, promise: null }, { at: midnight + HOUR }),
      orderEvent('night', 'firstReplied', { by: 'call' }, { at: midnight - HOUR }),
    ])
    desk.now = midnight + DAY
    const packed = openReadOnly(desk.app.folder)
    keepPacked(packed)
    const hits = async (db: ReadableDb, filter: InsightFilter) => (await ask({ ...desk.asked, db }, perceivedSummary, { from: day(), to: day(), filter })).stages[0]?.hits
    expect([await hits(desk.app.db, {}), await hits(desk.app.db, { model: 'VS200' }), await hits(packed, { model: 'VS200' })]).toEqual([1, 1, 1])
    expect(await behind('hit', { model: 'VS200' }, { perceived: 'response' })).toEqual(['night'])
    packed.raw.close()
  })

  it('are read along indexes, never by a scan of orders', () => {
    const plans = [
      'SELECT sum(created) FROM insight_day WHERE dimension = 1 AND value = 2 AND day BETWEEN 1 AND 2',
      "SELECT order_id FROM order_span WHERE kind = 'stuck' AND to_at > 1 AND from_at < 2",
      "SELECT id FROM work_order WHERE status = 'open' AND handover_to IS NOT NULL AND handover_at < 1",
      'SELECT count(*) FROM order_insight WHERE repeat_key = 1 AND created_at >= 2 AND created_at < 3 AND counted = 1',
    ].flatMap((text) => all<{ detail: string }>(desk.app.db, `EXPLAIN QUERY PLAN ${text}`).map(({ detail }) => detail))
    expect(plans.filter((detail) => detail.startsWith('SCAN') && !detail.includes('INDEX'))).toEqual([])
  })
})

/** What is told from the columns in memory of a second connection is what the rows tell. */
async function samePacked(own: LogDesk, packed: ReadableDb): Promise<void> {
  const { model, provider, team } = await ask(own.asked, insightValues, {})
  const [first, last] = [(list: readonly { value: string }[]) => list[0]?.value ?? '-', (list: readonly { value: string }[]) => list.at(-1)?.value ?? '-']
  const period = { from: day(-2), to: day(39) }
  const both = { model: first(model), provider: first(provider) }
  for (const filter of [both, { ...both, provider: last(provider) }, { team: last(team) }, {}] satisfies InsightFilter[]) {
    for (const days of [period, { from: day(-500), to: day(39) }]) {
      const answers = [own.app.db, packed].map(async (db) => {
        const asked = { ...own.asked, db }
        return {
          summary: await ask(asked, insightSummary, { ...days, filter }),
          trend: await ask(asked, insightTrend, { ...days, filter, step: 'month' }),
          byModel: await ask(asked, insightBreakdown, { ...days, filter, by: 'model' }),
          breaches: await ask(asked, insightBreaches, { ...days, filter }),
          waits: await ask(asked, insightWaits, { ...days, filter }),
          perceived: await ask(asked, perceivedSummary, { ...days, filter, byDay: days === period }),
        }
      })
      const [rows, columns] = await Promise.all(answers)
      expect(columns).toEqual(rows)
    }
  }
}

describe('the sums that are kept', () => {
  it('equal what the rows of the orders tell, whatever happened in whatever order, and the orders behind them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomDraft, { minLength: 8, maxLength: 60 }), async (drafts) => {
        const own = openLogDesk()
        try {
          const packed = openReadOnly(own.app.folder)
          keepPacked(packed)
          for (const [index, draft] of drafts.entries()) {
            own.append([draft])
            if (index % 20 === 19) await samePacked(own, packed)
          }
          own.now = MONDAY + 40 * DAY
          await samePacked(own, packed)
          packed.raw.close()
          const period = { from: day(-2), to: day(39) }
          const of = async (filter: InsightFilter) => (await ask(own.asked, insightSummary, { ...period, filter })).figures
          const values = await ask(own.asked, insightValues, {})
          for (const { value: model } of values.model) {
            for (const { value: provider } of values.provider) {
              // Two filters at once are answered by the rows, one alone by the sums: each of them must add up.
              const both = await of({ model, provider })
              expect(both.created).toBe((await ask(own.asked, insightOrders, { ...period, figure: 'created', filter: { model, provider } })).total)
            }
            const parts = await Promise.all(values.provider.map(({ value: provider }) => of({ model, provider })))
            const whole = await of({ model })
            for (const name of ['created', 'cancelled', 'merged', 'closed', 'closedSince', 'fixed', 'rated', 'complained', 'inquiries', 'led', 'open', 'stuck'] as const) {
              expect([name, parts.reduce((sum, each) => sum + each[name], 0)]).toEqual([name, whole[name]])
            }
          }
          const everything = await of({})
          const drills = { created: 'created', closed: 'closed', fixed: 'fixed', rated: 'rated', stuck: 'stuck', open: 'open', complained: 'complained', remote: 'remote' } as const
          for (const [figure, name] of Object.entries(drills) as [Drill, (typeof drills)[keyof typeof drills]][]) {
            expect([figure, (await ask(own.asked, insightOrders, { ...period, figure })).total]).toEqual([figure, everything[name]])
          }
          const before = dumpProjections(own.app)
          expect(rebuilt(own.app)).toEqual(before)
        } finally {
          own.close()
        }
      }),
      randomRuns(8, 300),
    )
  })
})

describe('what nobody planned for', () => {
  /** Every answer that the dashboards are made of; the contract lets no NaN through. */
  async function everything(filter: InsightFilter = {}): Promise<InsightFigures> {
    const period = { from: day(-9), to: day(39) }
    await ask(desk.asked, insightTrend, { ...period, filter, step: 'month' })
    for (const by of DIMENSIONS) await ask(desk.asked, insightBreakdown, { ...period, filter, by })
    await ask(desk.asked, perceivedSummary, { ...period, filter, byDay: true })
    const waits = await ask(desk.asked, insightWaits, { ...period, filter })
    expect(waits.waits.reduce((sum, { ms }) => sum + ms, 0)).toBe(waits.totalMs)
    const ageing = await ask(desk.asked, insightAgeing, { filter })
    expect(ageing.stages.flatMap(({ ages }) => ages).reduce((sum, n) => sum + n, 0)).toBe(ageing.open)
    if (Object.keys(filter).length === 0) await compareFigures(desk.app, desk.now, [period])
    return (await ask(desk.asked, insightSummary, { ...period, filter, compare: { from: day(-90), to: day(-60) } })).figures
  }

  it('is figures all the same: one order, all frozen, none with stages, a clock that jumped back, engineers long gone', async () => {
    desk.now = MONDAY + 30 * DAY
    expect(await everything()).toMatchObject({ created: 0, medianCloseMs: null, perEngineerDay: null, revenue: null })
    desk.append([registered('one', { at: MONDAY, stage: 'partsLock' })])
    expect(await everything()).toMatchObject({ created: 1, open: 1, stuck: 1, stuckRate: 1, closed: 0, fixedRate: null })
    desk.append([orderEvent('one', 'orderFrozen', { shortages: [], timers: [] }, { at: MONDAY + HOUR })])
    // All that there is, is frozen: open and stuck, and nothing else can be said.
    expect(await everything()).toMatchObject({ open: 1, stuck: 1, closedLoopRate: 0, meanCloseMs: null, nps: null })
    const imported = (id: string, at: number, to: 'closed' | null): EventDraft[] => [
      orderEvent(id, 'orderRegistered', { number: id, fields: {}, firstContactAt: at, channel: 'other', entered: null, owner: null, promise: null, imported: { source: 'x' } }, { at }),
      ...(to ? [orderEvent(id, 'historyRecorded', { to }, { at: at + HOUR })] : []),
    ]
    desk.append([...imported('bare', MONDAY, null), ...imported('shut', MONDAY, 'closed')])
    expect(await everything()).toMatchObject({ created: 3, closed: 1, medianCloseMs: HOUR })
    const perceived = await ask(desk.asked, perceivedSummary, { from: day(), to: day(6) })
    // Nobody answered the first one yet; of the imported ones no stage can be judged.
    expect(perceived.stages.map(({ hits, misses, rate }) => [hits, misses, rate])).toEqual([[0, 1, 0], [0, 0, null], [0, 0, null], [0, 0, null]])
    // The clock of a desk jumped: closed before it was reported. A length is never below nothing.
    desk.append(order('jump', MONDAY + DAY, MONDAY - DAY))
    expect(await everything()).toMatchObject({ created: 4, closed: 2, meanCloseMs: HOUR / 2 })
    // Led by somebody who was never heard of, and by one whose account is closed and whose name the law made us forget.
    const led = (id: string, engineer: string): EventDraft => orderEvent(id, 'appointmentBooked', { appointment: id, engineer, from: MONDAY, to: MONDAY + 1 }, { at: MONDAY })
    const user = (type: string, data: object): EventDraft => ({ subject: { kind: 'user', id: 'gone' }, type, version: 1, data }) as EventDraft
    desk.append([user('userAdded', { login: 'gone', roles: ['engineer'] }), user('userDisabled', { reason: 'x' }), led('jump', 'gone'), led('shut', 'nobody')])
    expect(await everything()).toMatchObject({ led: 2, perEngineerDay: null, rosterFrom: null })
    const { team } = await ask(desk.asked, insightValues, {})
    expect(team.map(({ value }) => value)).toEqual(['-'])
    expect(await everything({ team: '-', model: '-' })).toMatchObject({ created: 4, closed: 2, engineerDays: null })
  })
})

describe('columns in memory', () => {
  it('are packed by a connection beside the one that asks, and then catch up with what was committed meanwhile', async () => {
    const [asking, reading] = [openReadOnly(desk.app.folder), openReadOnly(desk.app.folder)]
    keepPacked(asking, 0)
    desk.append(['a', 'b'].flatMap((id) => order(id, MONDAY, MONDAY + HOUR, { model: 'M1', provider: 'p1' })))
    await samePacked(desk, asking)
    reading.raw.exec('BEGIN')
    const steps = packingOf(asking, reading)
    expect(steps?.next()).toBeDefined()
    desk.append(order('c', MONDAY, MONDAY + HOUR, { model: 'M1', provider: 'p2' }))
    await samePacked(desk, asking)
    while (steps && !steps.next().done);
    expect(packingOf(asking, reading)).toBeUndefined()
    desk.append([orderEvent('a', 'fieldsChanged', { changes: [{ field: 'provider', new: 'p2' }] }, { at: MONDAY })])
    await samePacked(desk, asking)
    for (const each of [asking, reading]) each.raw.close()
  })
})

describe('the demo desk', () => {
  it('gives a second program that reads nothing but its events the very same figures', async () => {
    const data = join(newFolder(), 'desk')
    const until = Date.UTC(2026, 9, 21, 2)
    await seedDemo({ data, orders: 60, months: 1, seed: 11, until })
    const app = createApp({ data, clock: () => until })
    try {
      const asked = { db: app.db, queries: app.queries, now: until }
      const values = await ask(asked, insightValues, {})
      const whole = { from: '2026-09-01', to: '2026-10-31' }
      const model = values.model[0]?.value ?? '-'
      const team = values.team.at(-1)?.value ?? '-'
      const closed = await compareFigures(app, until, [
        whole,
        { from: '2026-10-01', to: '2026-10-14' },
        { from: '2026-10-05', to: '2026-10-05' },
        { ...whole, chosen: { model } },
        { ...whole, chosen: { team } },
        { ...whole, chosen: { region: values.region[0]?.value ?? '-', provider: '-' } },
      ])
      expect(closed).toBeGreaterThan(60)
      const waits = await ask(asked, insightWaits, whole)
      expect(waits.waits.reduce((sum, { ms }) => sum + ms, 0)).toBe(waits.totalMs)
      const { figures: told } = await ask(asked, insightSummary, whole)
      // One click away from each number that stands beside a rate: as many orders as it counts.
      const total = async (figure: Drill, more: object = {}): Promise<number> => (await ask(asked, insightOrders, { ...whole, figure, ...more })).total
      for (const filter of [{}, { model }]) {
        const { stages, allFour, outcomes } = await ask(asked, perceivedSummary, { ...whole, filter })
        for (const { stage, pending } of stages) expect([stage, await total('pending', { filter, perceived: stage })]).toEqual([stage, pending])
        expect([await total('atCall', { filter }), await total('byWish', { filter })]).toEqual([stages[0]?.atCall, stages[2]?.byWish])
        expect([await total('allFourHit', { filter }), await total('allFourMissed', { filter })]).toEqual([allFour.hits, allFour.orders - allFour.hits])
        const apart = [await total('selfResolved', { filter }), await total('endedCancelled', { filter }), await total('endedMerged', { filter })]
        expect(apart).toEqual([outcomes.selfResolved, outcomes.cancelled, outcomes.merged])
      }
      const { people } = await ask(asked, workloadNow, {})
      expect(people.some(({ broken, today }) => broken + today > 0)).toBe(true)
      for (const { id: person, open, broken, today } of people) {
        expect([await total('owned', { person }), await total('ownedBroken', { person }), await total('visitedToday', { person })]).toEqual([open, broken, today])
      }
      const ageing = await ask(asked, insightAgeing, {})
      expect(ageing.open).toBe(told.created - told.closedSince)
    } finally {
      app.close()
    }
  }, 120_000)
})
