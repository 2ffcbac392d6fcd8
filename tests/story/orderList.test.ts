import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { all, type ReadableDb } from '#core/store/sql.ts'
import { listOrders } from '#core/features/workOrder/list.ts'
import type { OrderFilter, OrderSort } from '#shared/contract/workOrderQueries.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { orderEvent, registered } from '../support/orders.ts'

const MINUTE = 60_000
const COUNT = 120
const CUSTOMERS = ['华星光电', '苏州精工', '重庆长安'] as const
const OWNERS = ['li', 'wang', null] as const
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

let desk: LogDesk
const db = (): ReadableDb => desk.app.db
const numberOf = (n: number): string => `A-260302-o${String(n).padStart(3, '0')}`

beforeAll(() => {
  desk = openLogDesk(MONDAY)
  for (const [n, name] of CUSTOMERS.entries()) {
    desk.append([{ subject: { kind: 'customer', id: `c${n}` }, type: 'customerRegistered', version: 1, data: { name } }])
  }
  desk.append(
    Array.from({ length: COUNT }, (_, n) =>
      registered(`o${String(n).padStart(3, '0')}`, {
        at: MONDAY + n * MINUTE,
        stage: n % 2 ? 'diagnosis' : 'intakeReview',
        owner: OWNERS[n % 3] ?? null,
        fields: {
          customer: `c${n % 3}`,
          priority: PRIORITIES[n % 4] as string,
          model: `VS${(n % 5) * 1000}`,
          faultSymptom: n % 6 === 0 ? '触摸屏无响应' : '温度波动',
        },
      }),
    ),
  )
  for (let n = 0; n < 40; n += 2) {
    const order = `o${String(n).padStart(3, '0')}`
    desk.append([orderEvent(order, 'orderCancelled', { reason: '重复', from: 'intakeReview' })])
  }
})
afterAll(() => desk.close())

/** Every page, as somebody scrolling would ask for them. */
function everyPage(filter: OrderFilter, sort?: OrderSort, limit = 7): string[] {
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = listOrders(db(), filter, limit, after, sort)
    seen.push(...page.orders.map(({ id }) => id))
    after = page.next ?? undefined
  } while (after !== undefined)
  return seen
}

const numbers = (fits: (n: number) => boolean): string[] =>
  Array.from({ length: COUNT }, (_, n) => n).filter(fits).map((n) => `o${String(n).padStart(3, '0')}`)
const isOpen = (n: number): boolean => n >= 40 || n % 2 === 1

describe('the list of orders', () => {
  it.each<[string, OrderFilter, (n: number) => boolean]>([
    ['all', {}, () => true],
    ['a status', { status: 'cancelled' }, (n) => !isOpen(n)],
    ['a stage of open orders', { status: 'open', stage: 'diagnosis' }, (n) => n % 2 === 1],
    ['an owner', { owner: 'li' }, (n) => n % 3 === 0],
    ['nobody', { owner: '-' }, (n) => n % 3 === 2],
    ['a customer and a priority', { customer: 'c1', priority: 'urgent' }, (n) => n % 3 === 1 && n % 4 === 3],
    ['a period', { from: MONDAY + 10 * MINUTE, to: MONDAY + 20 * MINUTE }, (n) => n >= 10 && n < 20],
    ['a period of a customer', { customer: 'c0', from: MONDAY + 90 * MINUTE }, (n) => n % 3 === 0 && n >= 90],
    ['a channel', { channel: 'wechat' }, () => false],
    ['no provider', { provider: '-', status: 'open' }, isOpen],
    ['what is broken', { breached: true }, () => false],
  ])('pages through %s, newest first, each once', (_what, filter, fits) => {
    const expected = numbers(fits)
    expect(everyPage(filter)).toEqual(expected.toReversed())
    expect(everyPage(filter, { by: 'firstContact', descending: false })).toEqual(expected)
    expect(everyPage(filter, { by: 'number', descending: false })).toEqual(expected)
  })

  it('sorts by what is wished, ties always the same way', () => {
    const byPriority = everyPage({ status: 'open' }, { by: 'priority', descending: true })
    const ranks = byPriority.map((id) => Number(id.slice(1)) % 4)
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
    expect(new Set(byPriority).size).toBe(byPriority.length)
    expect(byPriority.length).toBe(100)
    const names = listOrders(db(), {}, 200, undefined, { by: 'customer', descending: false }).orders.map(({ customer }) => customer?.name ?? '')
    expect(names).toEqual([...names].sort())
  })

  it('filters by text, open orders first, and together with everything else', () => {
    const touch = (n: number): boolean => n % 6 === 0
    expect(everyPage({ text: '触摸' })).toEqual([
      ...numbers((n) => touch(n) && isOpen(n)).toReversed(),
      ...numbers((n) => touch(n) && !isOpen(n)).toReversed(),
    ])
    expect(everyPage({ text: '触摸', status: 'open' })).toEqual(numbers((n) => touch(n) && isOpen(n)).toReversed())
    expect(everyPage({ text: 'chongqing 温度', owner: '-' })).toEqual([
      ...numbers((n) => n % 3 === 2 && isOpen(n)).toReversed(),
      ...numbers((n) => n % 3 === 2 && !isOpen(n)).toReversed(),
    ])
    expect(everyPage({ text: '触摸', customer: 'c0' }, { by: 'number', descending: false })).toEqual(numbers(touch))
    expect(everyPage({ text: numberOf(17) })).toEqual(['o017'])
    expect(everyPage({ text: '*' })).toEqual([])
  })

  it('by the words of many customers, alone and with others, is paged each once', () => {
    const many = openLogDesk(MONDAY)
    try {
      const town = (n: number): string => (n % 3 === 0 ? '苏州' : '无锡')
      many.append(
        Array.from({ length: 90 }, (_, n) => ({
          subject: { kind: 'customer' as const, id: `c${n}` },
          type: 'customerRegistered',
          version: 1,
          data: { name: `${town(n)}第${n}机械厂` },
        })),
      )
      many.append(
        Array.from({ length: 300 }, (_, n) =>
          registered(`o${String(n).padStart(3, '0')}`, {
            at: MONDAY + n * MINUTE,
            fields: { customer: `c${n % 90}`, faultSymptom: n % 7 === 0 ? '触摸屏花屏' : n % 11 === 0 ? '苏州来的触摸件异响' : '漏油' },
          }),
        ),
      )
      const pages = (text: string): string[] => {
        const seen: string[] = []
        for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
          const page = listOrders(many.app.db, { text }, 6, after)
          seen.push(...page.orders.map(({ id }) => id))
          after = page.next ?? undefined
        }
        return seen
      }
      const expected = (fits: (n: number) => boolean): string[] =>
        Array.from({ length: 300 }, (_, n) => n).filter(fits).map((n) => `o${String(n).padStart(3, '0')}`).toReversed()
      const isFrom = (n: number): boolean => (n % 90) % 3 === 0
      const says = (n: number): boolean => n % 7 !== 0 && n % 11 === 0
      expect(pages('苏州')).toEqual(expected((n) => isFrom(n) || says(n)))
      expect(pages('苏州 触摸')).toEqual(expected((n) => (isFrom(n) && n % 7 === 0) || says(n)))
      expect(pages('suzhou 机械 花屏')).toEqual(expected((n) => isFrom(n) && n % 7 === 0))
      expect(pages('苏州 无锡')).toEqual(expected((n) => says(n) && !isFrom(n)))
      expect(pages('机械 没有的词')).toEqual([])
    } finally {
      many.close()
    }
  })

  it('counts, and gathers all that match', async () => {
    const principal = { actor: { kind: 'user', id: 'x' }, roles: ['dispatcher'], local: false } as const
    const ask = async (name: string, input: object) =>
      desk.app.queries.get(name)?.handle(input as never, { db: db(), now: desk.now, principal }) as object
    expect(await ask('workOrder.count', { filter: { status: 'open', owner: 'li' } })).toEqual({
      count: numbers((n) => n % 3 === 0 && isOpen(n)).length,
      more: false,
    })
    const { orders } = (await ask('workOrder.matching', { filter: { text: '触摸' } })) as { orders: { id: string }[] }
    expect(orders.length).toBe(20)
  })

  it('refuses a place that was made up, and one of another sorting or search: whoever asks begins anew', () => {
    const code = (after: string, filter: OrderFilter = {}, sort?: OrderSort): string => {
      try {
        listOrders(db(), filter, 3, after, sort)
        return 'a page'
      } catch (error) {
        return (error as { refusal: { code: string } }).refusal.code
      }
    }
    for (const made of ['nonsense', '["a","b","c"]', '[1,2]', 'null', '{}']) expect([made, code(made)]).toEqual([made, 'stalePage'])
    const { next } = listOrders(db(), {}, 3)
    expect(code(next ?? '')).toBe('a page')
    expect(code(next ?? '', {}, { by: 'firstContact', descending: false })).toBe('stalePage')
    expect(code(next ?? '', {}, { by: 'number', descending: true })).toBe('stalePage')
    expect(code(next ?? '', { text: '触摸' })).toBe('stalePage')
  })
})

describe('no list scans the orders', () => {
  const SORTS: (OrderSort | undefined)[] = [undefined, { by: 'firstContact', descending: false }, { by: 'number', descending: true }]
  it.each<[string, OrderFilter]>([
    ['nothing', {}],
    ['text', { text: '触摸' }],
    ['status', { status: 'closed' }],
    ['stage', { stage: 'diagnosis' }],
    ['stage of open ones', { status: 'open', stage: 'diagnosis' }],
    ['priority', { priority: 'urgent' }],
    ['owner', { owner: 'li' }],
    ['customer and period', { customer: 'c1', from: 0, to: MONDAY }],
    ['provider', { provider: 'p1' }],
    ['frozen', { frozen: true }],
    ['breached', { breached: true }],
    ['channel', { channel: 'phone' }],
  ])('by %s', (_what, filter) => {
    const texts: string[] = []
    const { prepare } = desk.app.db.raw
    desk.app.db.raw.prepare = function (this: typeof desk.app.db.raw, text: string) {
      texts.push(text)
      return prepare.call(this, text)
    } as typeof prepare
    try {
      // A connection of its own has prepared nothing yet.
      const fresh: ReadableDb = { raw: new Proxy(desk.app.db.raw, { get: (of, name) => bound(of, name) }), readable: true }
      for (const sort of SORTS) listOrders(fresh, filter, 10, undefined, sort)
    } finally {
      desk.app.db.raw.prepare = prepare
    }
    const plans = texts.flatMap((text) =>
      all<{ detail: string }>(db(), `EXPLAIN QUERY PLAN ${text}`, ...Array<string>(text.split('?').length - 1).fill('[]')).map(({ detail }) => detail),
    )
    expect(plans.length).toBeGreaterThan(0)
    // A partial index is walked whole: it holds nothing but what is asked for.
    const scans = plans.filter((detail) => /^SCAN w\b/.test(detail) && !/work_order_column_(frozen|breached)/.test(detail))
    expect(scans).toEqual([])
  })
})

function bound(of: object, name: string | symbol): unknown {
  const value = (of as Record<string | symbol, unknown>)[name]
  return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(of) : value
}
