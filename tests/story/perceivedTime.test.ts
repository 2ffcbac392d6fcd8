import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispatch } from '#core/gateway/dispatch.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { all } from '#core/store/sql.ts'
import { perceivedOrder, perceivedSummary } from '#shared/contract/perceivedTime.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { dayOf, isoOf } from '#shared/domain/perceivedTime/days.ts'
import { perceive, totalOf, verdictOf } from '#shared/domain/perceivedTime/perceive.ts'
import { RATED } from '#shared/domain/perceivedTime/pieces.ts'
import { SETTINGS_ID } from '#shared/domain/setting/fold.ts'
import { SETTINGS } from '#shared/domain/setting/settings.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'
import { ask } from '../support/queries.ts'
import { entry, orderEvent, registered } from '../support/orders.ts'
import { randomRuns } from '../support/random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ZONE = 'Asia/Shanghai'
const LIMITS = SETTINGS['perceived.limits'].default
/** Monday, and the days after it. */
const day = (n = 0): string => isoOf(dayOf(MONDAY, ZONE) + n)

let desk: LogDesk
beforeEach(() => (desk = openLogDesk()))
afterEach(() => desk.close())

const summary = (from = day(), to = day(), byDay = false) => ask(desk.asked, perceivedSummary, { from, to, byDay })
const rates = async (from = day(), to = day()) => (await summary(from, to)).stages.map(({ hits, misses, pending }) => [hits, misses, pending])
const move = (order: string, from: 'intakeReview' | 'diagnosis' | 'onsite', to: 'diagnosis' | 'onsite' | 'signoff', at: number) =>
  orderEvent(order, 'stageChanged', { from, how: 'forward', entered: entry(to, `${order}-${to}`) }, { at })

/** A life told by the minutes after `begin` at which it was replied to, entered and left diagnosis, and so on. */
function life(order: string, begin: number, minutes: readonly number[]): EventDraft[] {
  const at = (index: number): number => begin + (minutes[index] ?? 0) * MINUTE
  return [
    registered(order, { at: begin }),
    orderEvent(order, 'firstReplied', { by: 'call' }, { at: at(0) }),
    move(order, 'intakeReview', 'diagnosis', at(1)),
    move(order, 'diagnosis', 'onsite', at(2)),
    orderEvent(order, 'arrivalRecorded', { arrivedAt: at(3), engineer: 'chen' }, { at: at(3) }),
    move(order, 'onsite', 'signoff', at(4)),
    orderEvent(order, 'signatureCaptured', { blob: 'a'.repeat(64), signedAt: at(5), kind: 'signature' }, { at: at(5) }),
    orderEvent(order, 'orderClosed', { how: 'signature', from: 'signoff' }, { at: at(5) }),
  ].slice(0, minutes.length === 6 ? 8 : minutes.length + 1)
}

describe('the rates of a period', () => {
  it('count a stage on the day it ended, and an order on the day it closed', async () => {
    // Begun at 23:50 of Monday in Shanghai: replied on Tuesday.
    const late = MONDAY + 14 * HOUR + 50 * MINUTE
    desk.append(life('a', late, [14, 30, 60, 120, 180, 240]))
    desk.now = late + DAY
    expect(await rates()).toEqual([[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]])
    expect(await rates(day(1), day(1))).toEqual([[1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0]])
    const { total, allFour, outcomes, waits } = await summary(day(1), day(1))
    expect(total).toMatchObject({ orders: 1, sumMs: 240 * MINUTE, meanMs: 240 * MINUTE, medianBelowMs: 5 * HOUR })
    expect(allFour).toEqual({ hits: 1, orders: 1, rate: 1 })
    expect(outcomes).toMatchObject({ closed: 1, remote: 0 })
    expect(waits.reduce((sum, { ms }) => sum + ms, 0)).toBe(total.sumMs)
  })

  it('count a running stage in the period in which it passed its limit, without any event', async () => {
    desk.append([registered('a', { at: MONDAY })])
    desk.now = MONDAY + 15 * MINUTE - 1
    expect((await rates())[0]).toEqual([0, 0, 1])
    desk.now += 1
    expect((await rates())[0]).toEqual([0, 1, 0])
    desk.now = MONDAY + 3 * DAY
    expect((await rates())[0]).toEqual([0, 1, 0])
    expect((await rates(day(1), day(3)))[0]).toEqual([0, 0, 0])
    // It ends on Thursday: it counts there, and on Monday no more.
    desk.append([orderEvent('a', 'firstReplied', { by: 'call' }, { at: desk.now })])
    expect((await rates())[0]).toEqual([0, 0, 0])
    expect((await rates(day(3), day(3)))[0]).toEqual([0, 1, 0])
  })

  it('follow a limit that is set otherwise at once, for what was as for what runs', async () => {
    desk.append([...life('a', MONDAY, [20, 30, 60]), registered('b', { at: MONDAY })])
    desk.now = MONDAY + 20 * MINUTE
    expect((await rates())[0]).toEqual([0, 2, 0])
    const longer = { ...LIMITS, response: 30 * MINUTE }
    desk.append([
      { subject: { kind: 'settings', id: SETTINGS_ID }, type: 'settingChanged', version: 1, data: { name: 'perceived.limits', old: LIMITS, new: longer } },
    ])
    expect((await rates())[0]).toEqual([1, 0, 1])
  })

  it('leave out what was cancelled, and count self-resolved orders apart', async () => {
    desk.append([
      registered('a', { at: MONDAY }),
      registered('b', { at: MONDAY }),
      orderEvent('a', 'orderCancelled', { reason: 'x', from: 'intakeReview' }, { at: MONDAY + HOUR }),
      orderEvent('b', 'orderClosed', { how: 'selfResolved', from: 'intakeReview' }, { at: MONDAY + HOUR }),
    ])
    desk.now = MONDAY + 2 * HOUR
    const { stages, outcomes, total } = await summary()
    expect(stages.map(({ hits, misses, pending }) => hits + misses + pending)).toEqual([0, 0, 0, 0])
    expect(stages[0]?.rate).toBe(null)
    expect(outcomes).toEqual({ closed: 0, remote: 0, selfResolved: 1, cancelled: 1, merged: 0 })
    expect(total.orders).toBe(0)
  })

  it('tell misses by the customer’s wish and replies at the telephone apart', async () => {
    const book = orderEvent('a', 'appointmentBooked', { appointment: 'x', engineer: 'chen', from: MONDAY, to: MONDAY + 1, customersDate: true }, { at: MONDAY + HOUR })
    const told = life('a', MONDAY, [0, 10, 60, 30 * 60])
    desk.append([...told.slice(0, 4), book, ...told.slice(4)])
    desk.now = MONDAY + 2 * DAY
    const { stages } = await summary(day(), day(2))
    expect(stages[0]).toMatchObject({ hits: 1, atCall: 1 })
    expect(stages[2]).toMatchObject({ hits: 0, misses: 1, byWish: 1 })
  })

  it('give the days of a period for a trend, which sum to it', async () => {
    for (let n = 0; n < 12; n++) desk.append(life(`o${n}`, MONDAY + n * 7 * HOUR, [5 + n, 30, 60 + 20 * n, 200 + 200 * n, 3000, 3100]))
    desk.now = MONDAY + 10 * DAY
    const whole = await summary(day(), day(9), true)
    expect(whole.days).toHaveLength(10)
    for (const [index, stage] of whole.stages.entries()) {
      const sum = (of: 'hits' | 'misses') => whole.days.reduce((total, each) => total + (each.stages[index]?.[of] ?? 0), 0)
      expect([sum('hits'), sum('misses')]).toEqual([stage.hits, stage.misses])
    }
  })

  it('are refused over centuries, backwards and where the calendar ends, each in its own words', async () => {
    await expect(summary('1990-01-01', '2026-12-31', true)).rejects.toThrow('periodTooLong')
    await expect(summary('9999-01-01', '9999-12-31')).rejects.toThrow('periodTooFar')
    await expect(summary('2026-03-02', '2026-03-01')).rejects.toThrow('periodBackwards')
    expect((await summary('2017-01-01', '2026-12-31')).days).toEqual([])
    const asked = { kind: 'query', name: 'insight.trend', input: { from: '1326-03-02', to: '2026-03-01' }, principal: LOCAL, audience: 'local' } as const
    expect((await dispatch(desk.app, asked)).body).toMatchObject({ error: { code: 'periodTooLong', field: 'to', message: expect.stringContaining('3660') as string } })
    // Days to come are merely empty.
    expect((await summary('2126-03-02', '2126-03-03', true)).days.map(({ closed }) => closed)).toEqual([0, 0])
  })
})

describe('one order', () => {
  it('is told piece by piece, with whom it waited on and whether it kept its limits', async () => {
    desk.append(life('a', MONDAY, [5, 30, 200]))
    desk.now = MONDAY + 5 * HOUR
    const { order } = await ask(desk.asked, perceivedOrder, { order: 'a' })
    expect(order).toMatchObject({ outcome: 'open', running: true, totalMs: 5 * HOUR })
    expect(order?.pieces.map(({ piece, ms }) => [piece, ms / MINUTE])).toEqual([
      ['response', 5],
      ['triage', 25],
      ['decision', 170],
      ['execution', 100],
    ])
    expect(order?.stages.map(({ verdict }) => verdict)).toEqual(['hit', 'miss', 'pending', 'notApplicable'])
    for (const { ms, waits } of order?.pieces ?? []) expect(waits.reduce((sum, wait) => sum + wait.ms, 0)).toBe(ms)
    expect((await ask(desk.asked, perceivedOrder, { order: 'none' })).order).toBe(null)
  })
})

describe('the sums that are kept', () => {
  it('equal what the orders themselves tell, whatever happened, and a rebuild', () => {
    const minutes = fc.integer({ min: 0, max: 4000 })
    const plan = fc.array(fc.tuple(fc.nat(9), fc.array(minutes, { minLength: 1, maxLength: 6 }), fc.nat(3000)), { minLength: 1, maxLength: 8 })
    let tries = 0
    fc.assert(
      fc.property(plan, (orders) => {
        tries += 1
        const own = openLogDesk()
        try {
          for (const [index, [kind, gaps, begin]] of orders.entries()) {
            const sums = gaps.reduce<number[]>((list, gap) => [...list, (list.at(-1) ?? 0) + gap], [])
            const id = `t${tries}-${index}`
            own.append(life(id, MONDAY + begin * MINUTE, sums))
            const { stage, status } = own.app.subjects.load<WorkOrderState>({ kind: 'workOrder', id }).state
            if (kind === 0 && status === 'open') own.append([orderEvent(id, 'orderCancelled', { reason: 'x', from: stage }, { at: MONDAY + DAY })])
            if (kind === 1 && status === 'closed') own.append([orderEvent(id, 'orderReopened', { reason: 'x', entered: entry('onsite', `${id}-again`) }, { at: MONDAY + 20 * DAY })])
          }
          own.now = MONDAY + 30 * DAY
          const rows = all<{ figure: string; orders: number; ms: number }>(
            own.app.db,
            'SELECT figure, sum(orders) AS orders, sum(ms) AS ms FROM perceived_day GROUP BY figure',
          )
          const of = (figure: string) => rows.find((row) => row.figure === figure) ?? { orders: 0, ms: 0 }
          const perceived = orders.map((_, index) => perceive(own.app.subjects.load<WorkOrderState>({ kind: 'workOrder', id: `t${tries}-${index}` }).state))
          const standing = perceived.filter(({ outcome }) => outcome === 'open' || outcome === 'closed')
          for (const stage of RATED) {
            const ended = standing.flatMap(({ pieces }) => pieces.filter((piece) => piece.piece === stage && piece.to !== null))
            expect([of(stage).orders, of(stage).ms]).toEqual([ended.length, ended.reduce((sum, { from, to }) => sum + (to ?? 0) - from, 0)])
          }
          const closed = perceived.filter(({ outcome }) => outcome === 'closed')
          expect([of('total').orders, of('total').ms]).toEqual([closed.length, closed.reduce((sum, each) => sum + (totalOf(each) ?? 0), 0)])
          const missed = standing.filter((each) => verdictOf(each, 'response', LIMITS, own.now) === 'miss')
          const before = dumpProjections(own.app)
          expect(rebuilt(own.app)).toEqual(before)
          return missed.length >= 0
        } finally {
          own.close()
        }
      }),
      randomRuns(12, 300),
    )
  })

  it('are read along indexes, never by a scan of orders', () => {
    const plans = [
      "SELECT count(*) FROM order_perceived WHERE running = 'response' AND running_since >= 1 AND running_since < 2",
      'SELECT figure, slot, sum(orders), sum(ms) FROM perceived_day WHERE day BETWEEN 1 AND 2 GROUP BY figure, slot',
    ].flatMap((text) => all<{ detail: string }>(desk.app.db, `EXPLAIN QUERY PLAN ${text}`).map(({ detail }) => detail))
    expect(plans.filter((detail) => detail.startsWith('SCAN'))).toEqual([])
  })

  it('are summed anew by another zone’s days at the next start', async () => {
    desk.append(life('a', MONDAY - 2 * HOUR, [5, 10, 20]))
    desk.append([
      { subject: { kind: 'settings', id: SETTINGS_ID }, type: 'settingChanged', version: 1, data: { name: 'company.timeZone', old: 'Asia/Shanghai', new: 'America/New_York' } },
    ])
    // Until then both rows and question keep the zone that they began with.
    expect((await summary()).zone).toBe(ZONE)
    expect((await rates())[0]?.[0]).toBe(1)
    const { folder } = desk.app
    desk.app.close()
    const later = openLogDesk(MONDAY, folder)
    try {
      later.app.db.raw.transaction(() => later.app.subjects.rebuildSlice(Infinity))()
      const from = day(-1)
      const again = await ask(later.asked, perceivedSummary, { from, to: from })
      expect([again.zone, again.stages[0]?.hits]).toEqual(['America/New_York', 1])
    } finally {
      later.app.close()
    }
  })
})
