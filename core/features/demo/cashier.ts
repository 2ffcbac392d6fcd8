import type { CommandInput } from '#shared/contract/registry.ts'
import type { FinanceStep } from '#shared/domain/finance/steps.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { machines } from './resources.ts'
import type { Random } from './random.ts'
import { user } from './staff.ts'
import { DAY, dayOf, HOUR, nextOpen, OFFICE } from './workHours.ts'
import type { Life, World } from './world.ts'

const FINANCE = user('finance')
/** Of what is billed, so many are dealt with in a day. */
const A_DAY = 60

interface Accepted {
  readonly order_id: string
  readonly number: string
  readonly customer: string | null
  readonly equipment: string | null
  readonly first_contact_at: number
  readonly since: number
  readonly due_fen: number
  readonly invoice: string | null
  readonly coverage: string | null
}

interface Terms {
  readonly id: string
  readonly coverage: 'chargeable' | 'contract' | 'warranty' | 'goodwill'
  readonly covers: number
}

const OF_STEP = `
  SELECT f.order_id, w.number, w.customer, w.equipment, w.first_contact_at, f.since, f.due_fen, f.invoice, f.coverage
  FROM order_finance AS f JOIN work_order AS w ON w.id = f.order_id AND w.status = 'closed'
  WHERE f.step = ? AND f.since < ? ORDER BY f.since, f.order_id LIMIT ${A_DAY}`

const IN_FORCE = `
  SELECT k.id, k.coverage, (k.all_machines = 1 OR EXISTS (SELECT 1 FROM contract_machine WHERE contract = k.id AND machine = :machine)) AS covers
  FROM service_contract AS k WHERE k.customer = :customer AND k.active = 1 AND k.from_day <= :day AND k.to_day >= :day
  ORDER BY covers DESC, k.id LIMIT 1`

/** What a job costs: an hour, a way, and each part at about what such a part costs. */
export function plantPrices(world: World): void {
  const price = (input: CommandInput['priceList.register']): void => {
    world.act(FINANCE, 'priceList.register', { ...input, demo: true }, `demo-price-${input.item}`)
  }
  price({ item: 'GS-01', name: '现场工时', kind: 'labour', unit: '小时', unitFen: 38_000, vatRate: 600 })
  price({ item: 'SM-01', name: '上门费', kind: 'travel', unit: '次', unitFen: 20_000, vatRate: 600 })
  price({ item: 'YC-01', name: '远程支持', kind: 'labour', unit: '次', unitFen: 15_000, vatRate: 600 })
  for (const [index, { part, name, unit }] of machines.parts.entries()) {
    const unitFen = 26_000 + ((index * 7919) % 230) * 1_000 + 33
    price({ item: part, name, kind: 'part', unit, unitFen, vatRate: 1300, costFen: Math.round(unitFen * 0.58) })
  }
}

/** Who bills, invoices, takes in and verifies, every workday in the afternoon. */
export class Cashier {
  readonly #world: World
  readonly #random: Random
  readonly #db: ReadableDb
  #invoices = 0

  constructor(parts: { world: World; random: Random; db: ReadableDb }) {
    this.#world = parts.world
    this.#random = parts.random
    this.#db = parts.db
  }

  *days(): Life {
    for (;;) {
      const today = dayOf(this.#world.now)
      yield nextOpen(OFFICE, (today + 1) * DAY - 8 * HOUR + 15.5 * HOUR)
      for (const order of this.#waiting('billed', 1)) this.#settle(order)
      for (const order of this.#waiting('customerAccepted', 0.7)) this.#bill(order)
    }
  }

  #waiting(step: FinanceStep, days: number): Accepted[] {
    return all<Accepted>(this.#db, OF_STEP, step, this.#world.now - days * DAY)
  }

  #own = (order: string): Random => this.#random.fork(order)

  #bill({ order_id: order, customer, equipment, first_contact_at: reported }: Accepted): void {
    if (customer === null) return
    const day = dayText(reported)
    const terms = one<Terms>(this.#db, IN_FORCE, { customer, machine: equipment ?? '', day }) ?? this.#framework(customer, day)
    const warranty = one<{ warranty_until: string | null }>(this.#db, 'SELECT warranty_until FROM equipment WHERE id = ?', equipment)?.warranty_until
    const own = this.#own(order)
    const isWarranty = (typeof warranty === 'string' && warranty >= day) || (terms.coverage === 'warranty' && terms.covers === 1)
    const coverage = isWarranty ? 'warranty' : terms.coverage === 'contract' && terms.covers === 1 ? 'contract' : own.chance(0.03) ? 'goodwill' : 'chargeable'
    const reasons = { warranty: '保修期内', contract: '维保合同内', goodwill: '首次未修好，免收' }
    this.#act('finance.bill', order, {
      base: this.#base(order),
      contract: terms.id,
      coverage,
      ...(coverage === 'chargeable' ? { lines: this.#lines(order, own) } : { lines: [], reason: reasons[coverage] }),
    })
  }

  #lines(order: string, own: Random): object[] {
    const parts = all<{ part: string; quantity: number }>(this.#db, 'SELECT part, quantity FROM part_due WHERE order_id = ? ORDER BY line', order)
    const remote = one<{ remote: number }>(this.#db, 'SELECT remote FROM order_perceived WHERE order_id = ?', order)?.remote === 1
    if (remote) return [{ item: 'YC-01', quantity: 1000 }]
    const visit = [{ item: 'SM-01', quantity: 1000 }, { item: 'GS-01', quantity: 500 * own.whole(2, 9) }]
    return [...visit, ...parts.map(({ part, quantity }) => ({ item: part, quantity: quantity * 1000 }))]
  }

  /** Call-outs of a customer without a contract run under one for the year. */
  #framework(customer: string, day: string): Terms {
    const year = day.slice(0, 4)
    const id = `demo-kj-${year}-${customer}`
    const input = { customer, number: `KJ-${year}-${customer.slice(-4)}`, kind: 'framework', from: `${year}-01-01`, to: `${year}-12-31`, coverage: 'chargeable', demo: true }
    this.#world.act(FINANCE, 'contract.register', input, id)
    return { id, coverage: 'chargeable', covers: 1 }
  }

  /** Invoiced the next day, paid when the customer pays, at times in two parts, and verified when all is there. */
  #settle({ order_id: order, number, since, due_fen: due, invoice, coverage }: Accepted): void {
    const { now } = this.#world
    const own = this.#own(order).fork('payment')
    const day = dayText(now)
    if (coverage !== 'chargeable') {
      this.#act('finance.waiveInvoice', order, {})
      this.#act('finance.verify', order, { base: this.#base(order) })
      return
    }
    if (invoice === null) {
      this.#act('finance.issueInvoice', order, { number: `26312000${String(++this.#invoices).padStart(12, '0')}`, day })
      return
    }
    const patience = own.chance(0.06) ? 400 : own.between(3, 45)
    const inParts = own.chance(0.15)
    const waited = (now - since) / DAY
    if (due > 0 && waited >= patience) this.#act('finance.receivePayment', order, { day, amount: due, reference: `YH-${number}-2` })
    else if (due > 10_000 && inParts && waited >= patience / 2 && this.#isUnpaid(order)) {
      this.#act('finance.receivePayment', order, { day, amount: Math.floor(due * 0.6), reference: `YH-${number}-1` })
    }
    if (one<{ due_fen: number }>(this.#db, 'SELECT due_fen FROM order_finance WHERE order_id = ?', order)?.due_fen === 0) {
      this.#act('finance.verify', order, { base: this.#base(order) })
    }
  }

  #isUnpaid = (order: string): boolean => one<{ paid_fen: number }>(this.#db, 'SELECT paid_fen FROM order_finance WHERE order_id = ?', order)?.paid_fen === 0

  #base = (order: string): string | null => this.#world.headOf({ kind: 'finance', id: order })

  /** What is refused waits for a person: a tale does not end for it. */
  #act(name: string, order: string, input: object): void {
    this.#world.try(FINANCE, name, { order, ...input })
  }
}

const dayText = (at: number): string => new Date(dayOf(at) * DAY).toISOString().slice(0, 10)
