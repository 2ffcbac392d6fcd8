import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askBoard, readColumn } from '#core/features/board/columns.ts'
import { conditionsOf, findText } from '#core/features/board/filter.ts'
import { all } from '#core/store/sql.ts'
import { boardCounts, boardPage, LANES, NONE, type BoardFilter, type Card, type LaneBy } from '#shared/contract/board.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { ask } from '../support/queries.ts'
import { entry, orderEvent, registered, wallTimer } from '../support/orders.ts'
import { randomRuns } from '../support/random.ts'

const HOUR = 3_600_000
const SYSTEM = { actor: { kind: 'system', id: 'scheduler' } } as const

let desk: LogDesk
beforeEach(() => (desk = openLogDesk()))
afterEach(() => desk.close())

interface Planned {
  readonly stage: number
  readonly priority: string
  readonly owner: string | null
  readonly engineer: string | null
  readonly customer: string | null
  readonly provider: string | null
  readonly breached: boolean
  readonly frozen: boolean
  readonly closed: boolean
}

const planned = fc.record<Planned>({
  stage: fc.nat(5),
  priority: fc.constantFrom('low', 'normal', 'high', 'urgent'),
  owner: fc.constantFrom(null, 'li', 'wang'),
  engineer: fc.constantFrom(null, 'chen', 'sun'),
  customer: fc.constantFrom(null, 'c1', 'c2', 'c3'),
  provider: fc.constantFrom(null, null, 'p1', 'p2'),
  breached: fc.boolean(),
  frozen: fc.boolean(),
  closed: fc.constantFrom(false, false, false, true),
})
const filters = fc.record<BoardFilter>(
  {
    priority: fc.constantFrom('normal', 'urgent'),
    owner: fc.constantFrom('li', NONE),
    engineer: fc.constantFrom('chen', NONE),
    customer: fc.constantFrom('c1', NONE),
    provider: fc.constantFrom('p1', NONE),
    frozen: fc.constant(true as const),
    breached: fc.constant(true as const),
    text: fc.constantFrom('A-260302-o1', 'a-260302-O', '客户 c2', ''),
  },
  { requiredKeys: [] },
)

function fill(orders: readonly Planned[]): void {
  for (const customer of ['c1', 'c2', 'c3']) {
    desk.append([{ subject: { kind: 'customer', id: customer }, type: 'customerRegistered', version: 1, data: { name: `客户 ${customer}` } }])
  }
  for (const [n, order] of orders.entries()) {
    const id = `o${n}`
    const visit = `${id}-1`
    const fields = { priority: order.priority, ...(order.customer !== null && { customer: order.customer }), ...(order.provider !== null && { provider: order.provider }) }
    desk.append([registered(id, { at: MONDAY + n, stage: STAGES[order.stage] ?? 'signoff', limitMs: HOUR, owner: order.owner, fields })])
    if (order.engineer !== null) {
      const { engineer } = order
      desk.append([orderEvent(id, 'appointmentBooked', { appointment: `a${n}`, engineer, from: MONDAY, to: MONDAY + HOUR })])
    }
    if (order.breached) {
      const data = { visit, timer: 'stage', level: 1, dueAt: MONDAY + HOUR, called: [], role: 'dispatcher', channels: ['inApp'] }
      desk.append([orderEvent(id, 'timerFired', data, { at: MONDAY + HOUR + n })], SYSTEM)
    }
    if (order.frozen) {
      const shortages = [{ line: '1', part: 'P1', warehouse: 'W1', needed: 1, available: 0 }]
      desk.append([orderEvent(id, 'orderFrozen', { shortages, timers: [{ visit, key: 'stage', dueAt: null }] })])
    }
    if (order.closed) desk.append([orderEvent(id, 'orderCancelled', { reason: 'mistake', from: STAGES[order.stage] ?? 'signoff' })])
  }
}

/** Said again in the plainest way, over every card there is. */
function matches(card: Card, filter: BoardFilter): boolean {
  const is = (wanted: string | undefined, has: string | undefined): boolean => wanted === undefined || wanted === (has ?? NONE)
  const text = (filter.text ?? '').toLowerCase()
  return (
    is(filter.priority, card.priority) &&
    is(filter.owner, card.owner?.id) &&
    is(filter.engineer, card.engineer?.id) &&
    is(filter.customer, card.customer?.id) &&
    is(filter.provider, card.provider?.id) &&
    (!filter.frozen || card.frozen) &&
    (!filter.breached || card.breached) &&
    (card.number.toLowerCase().startsWith(text) || (card.customer?.name.toLowerCase().includes(text) ?? false))
  )
}
const laneOf = (card: Card, by: LaneBy): string => (by === 'priority' ? card.priority : (card[by]?.id ?? NONE))
const tally = (cards: readonly Card[]) => ({
  open: cards.length,
  breached: cards.filter(({ breached }) => breached).length,
  frozen: cards.filter(({ frozen }) => frozen).length,
})

describe('the board’s counts and lanes', () => {
  it('are those of the cards that match, under every filter, in every lane', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planned, { maxLength: 14 }), fc.array(filters, { minLength: 3, maxLength: 6 }), async (orders, tried) => {
        desk.close()
        desk = openLogDesk()
        fill(orders)
        const everything = (await ask(desk.asked, boardPage, { perColumn: 100 })).columns.flatMap(({ cards }) => cards)
        for (const filter of tried) {
          const wanted = everything.filter((card) => matches(card, filter))
          const page = await ask(desk.asked, boardPage, { filter, perColumn: 100 })
          expect(page.columns.map(({ cards }) => cards.map(({ id }) => id))).toEqual(
            STAGES.map((stage) => wanted.filter((card) => card.stage === stage).map(({ id }) => id)),
          )
          for (const by of LANES) {
            const counts = await ask(desk.asked, boardCounts, { filter, by })
            for (const { stage, whole, ...counted } of counts.columns) {
              expect(counted).toEqual(tally(wanted.filter((card) => card.stage === stage)))
              expect(whole).toBe(everything.filter((card) => card.stage === stage).length)
            }
            expect(counts.lanes.map(({ value }) => value).sort()).toEqual([...new Set(wanted.map((card) => laneOf(card, by)))].sort())
            for (const { value, columns } of counts.lanes) {
              const inLane = wanted.filter((card) => laneOf(card, by) === value)
              expect(columns).toEqual(STAGES.map((stage) => ({ stage, ...tally(inLane.filter((card) => card.stage === stage)) })))
            }
          }
        }
      }),
      randomRuns(25),
    )
  })

  it('leave no count behind, whatever happened to an order', () => {
    fill([{ stage: 1, priority: 'high', owner: 'li', engineer: 'chen', customer: 'c1', provider: 'p1', breached: true, frozen: true, closed: false }])
    desk.append([orderEvent('o0', 'stageChanged', { from: 'diagnosis', how: 'forward', entered: entry('partsLock', 'o0-2', [wallTimer(MONDAY, HOUR)]) })])
    expect(all(desk.app.db, "SELECT open, breached, frozen FROM board_count WHERE dimension = 'owner|engineer'")).toEqual([
      { open: 1, breached: 0, frozen: 0 },
    ])
    desk.append([orderEvent('o0', 'orderCancelled', { reason: 'mistake', from: 'partsLock' })])
    expect(all(desk.app.db, 'SELECT * FROM board_count')).toEqual([])
  })

  it('put priorities from the highest, else what is most broken first and what has none last', async () => {
    const base = { stage: 0, engineer: null, customer: null, provider: null, frozen: false, closed: false }
    fill([
      { ...base, priority: 'low', owner: 'li', breached: false },
      { ...base, priority: 'urgent', owner: 'li', breached: false },
      { ...base, priority: 'normal', owner: 'wang', breached: true },
      { ...base, priority: 'normal', owner: null, breached: true },
      { ...base, priority: 'normal', owner: null, breached: true },
    ])
    const lanes = async (by: LaneBy, limit = 60) => ask(desk.asked, boardCounts, { by, lanes: limit })
    expect((await lanes('priority')).lanes.map(({ value }) => value)).toEqual(['urgent', 'normal', 'low'])
    expect((await lanes('owner')).lanes.map(({ value }) => value)).toEqual(['wang', 'li', NONE])
    expect(await lanes('owner', 2)).toMatchObject({ laneCount: 3, lanes: [{ value: 'wang' }, { value: 'li' }] })
  })

  it('walk an index, whatever the filter: no scan, no sorting', () => {
    const db = desk.app.db
    const plan = (sql: string, params: readonly (string | number)[]) =>
      all<{ detail: string }>(db, `EXPLAIN QUERY PLAN ${sql}`, ...params).map(({ detail }) => detail)
    const values: BoardFilter = { priority: 'high', owner: 'li', engineer: 'chen', customer: 'c1', provider: 'p1', frozen: true, breached: true }
    const names = Object.keys(values) as (keyof BoardFilter)[]
    const tried = [{}, ...names.flatMap((a) => names.map((b) => ({ [a]: values[a], [b]: values[b] }) as BoardFilter)), { owner: NONE }, { provider: NONE }]
    for (const filter of tried) {
      const { where, params } = conditionsOf(db, filter, findText(db, filter), 'diagnosis')
      const steps = plan(`SELECT w.id FROM work_order AS w WHERE ${where} ORDER BY w.urgency, w.entered_at, w.id LIMIT 30`, params)
      expect([filter, steps]).toEqual([filter, [expect.stringMatching(/^SEARCH w USING .*INDEX work_order_column/)]])
    }
    const counted = (filter: BoardFilter, ids: string[] | null): string => {
      const { where, params } = conditionsOf(db, filter, { ids, tooMany: false })
      return plan(`SELECT w.stage, count(*), sum(w.breached) FROM work_order AS w WHERE ${where} GROUP BY w.stage`, params)[0] ?? ''
    }
    const three = { owner: 'li', priority: 'high', engineer: 'chen' } as const
    expect(counted(three, null)).toMatch(/^SEARCH w USING INDEX work_order_column_(priority|owner|engineer) \(\w+=\?\)/)
    expect(counted({ text: 'A-26', ...three }, ['o1'])).toMatch(/^SEARCH w USING PRIMARY KEY/)
  })

  it('ask for more letters where a text finds too much to count', async () => {
    desk.append(Array.from({ length: 2001 }, (_, n) => registered(`m${n}`, { at: MONDAY })))
    const { columns, tooMany } = await ask(desk.asked, boardPage, { filter: { text: 'A-26' } })
    expect([tooMany, columns.flatMap(({ cards }) => cards)]).toEqual([true, []])
    expect((await ask(desk.asked, boardCounts, { filter: { text: 'A-260302-m1999' } })).columns[0]).toMatchObject({ open: 1, whole: 2001 })
  })

  it('page through a lane’s column', () => {
    fill(Array.from({ length: 9 }, (_, n) => ({ stage: 2, priority: 'normal', owner: n % 2 ? 'li' : null, engineer: null, customer: null, provider: null, breached: false, frozen: false, closed: false })))
    const asked = askBoard(desk.app.db, { owner: NONE })
    const first = readColumn(desk.app.db, 'partsLock', asked, 3)
    const rest = readColumn(desk.app.db, 'partsLock', asked, 3, first.next ?? undefined)
    expect([...first.cards, ...rest.cards].map(({ id }) => id)).toEqual(['o0', 'o2', 'o4', 'o6', 'o8'])
    expect([first.open, rest.next]).toEqual([5, null])
  })
})
