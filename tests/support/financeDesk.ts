import { finance } from '#core/features/finance/index.ts'
import { ledger } from '#core/features/ledger/index.ts'
import { monthEnd } from '#core/features/monthEnd/index.ts'
import { monthTable } from '#core/features/monthEnd/table.ts'
import { output } from '#core/features/output/index.ts'
import { priceList } from '#core/features/priceList/index.ts'
import { setting } from '#core/features/setting/index.ts'
import { localLedger } from '#core/connectors/erp/ledger.ts'
import type { ErpPort } from '#core/connectors/erp/port.ts'
import { openFile } from '#core/features/output/open.ts'
import { bookDue } from '#core/features/erp/bookkeeper.ts'
import { LOCAL } from '#core/kernel/access.ts'
import type { QueryInput, QueryName, QueryOutput } from '#shared/contract/registry.ts'
import type { FinanceState } from '#shared/domain/finance/fold.ts'
import type { LedgerState } from '#shared/domain/ledger/fold.ts'
import { HOUR, OrderDesk } from './orderDesk.ts'

/** Orders with their money, a price list and a contract; the books are taken to by hand. */
export class FinanceDesk extends OrderDesk {
  books: ErpPort = localLedger(this.spine.pipeline)

  constructor() {
    super([setting, priceList, finance, ledger, monthEnd, output([monthTable])])
    this.local('user.add', { login: 'xu', displayName: '许婷', roles: ['finance'] })
    this.as('xu', 'priceList.register', { item: 'LABOUR', name: '现场工时', kind: 'labour', unit: '小时', unitFen: 38_000, vatRate: 600 })
    this.as('xu', 'priceList.register', { item: 'TRAVEL', name: '上门费', kind: 'travel', unit: '次', unitFen: 20_000, vatRate: 600 })
    this.as('xu', 'priceList.register', { item: 'P1', name: '温控模块', kind: 'part', unit: '件', unitFen: 123_457, vatRate: 1300, costFen: 80_000 })
  }

  /** A contract of the customer of every order here, by its id. */
  contract(more: { coverage?: 'chargeable' | 'contract' | 'warranty'; from?: string; to?: string; number?: string } = {}): string {
    const customer = this.spine.db.raw.prepare('SELECT id FROM customer ORDER BY id').get() as { id: string }
    const { coverage = 'chargeable', from = '2026-01-01', to = '2026-12-31', number = 'KJ-2026-001' } = more
    const kind = coverage === 'chargeable' ? 'framework' : 'maintenance'
    return this.as('shen', 'contract.register', { customer: customer.id, number, kind, from, to, coverage })['id'] as string
  }

  /** A machine of the same customer that no order here is about. */
  otherMachine(): string {
    const customer = this.spine.db.raw.prepare('SELECT id FROM customer ORDER BY id').pluck().get() as string
    return this.as('zhou', 'equipment.register', { customer, model: 'BR-VS200', serial: 'VS200-9999' })['id'] as string
  }

  /** An order whose field work is done: in 客户签字. */
  fieldDone(parts: readonly { part: string; quantity: number }[] = []): string {
    const id = this.diagnosed(parts)
    // Without parts it passes 备件锁定 by itself; with them they are reserved there.
    if (this.order(id).stage === 'partsLock') {
      this.as('wu', 'workOrder.lockParts', this.on(id))
      if (this.order(id).stage === 'partsLock') this.as('wu', 'workOrder.advance', this.on(id))
    }
    this.book(id)
    if (this.order(id).stage === 'scheduling') this.as('zhou', 'workOrder.advance', this.on(id))
    this.now += 25 * HOUR
    this.work(id)
    this.as('chen', 'workOrder.advance', this.on(id))
    return id
  }

  accept(id: string): void {
    this.now += HOUR
    this.sign(id)
    this.as('zhou', 'workOrder.close', this.on(id))
  }

  closed(parts: readonly { part: string; quantity: number }[] = []): string {
    const id = this.fieldDone(parts)
    this.accept(id)
    return id
  }

  finance(id: string): FinanceState {
    return this.spine.subjects.load<FinanceState>({ kind: 'finance', id }).state
  }

  ledger(id: string): LedgerState {
    return this.spine.subjects.load<LedgerState>({ kind: 'ledger', id }).state
  }

  /** The order, and the base of the next decision about its money. */
  money(id: string): { order: string; base: string | null } {
    return { order: id, base: this.spine.subjects.load({ kind: 'finance', id }).last?.id ?? null }
  }

  /** Takes to the books what is due; tries that failed wait without chance. */
  async bookAll(): Promise<void> {
    const { db, pipeline, clock } = this.spine
    await bookDue({ db, pipeline, clock, books: this.books, chance: () => 0 })
  }

  async ask<Name extends QueryName>(name: Name, input: QueryInput[Name]): Promise<QueryOutput[Name]> {
    const query = this.features.flatMap(({ queries }) => queries).find(({ contract }) => contract.name === name)
    if (!query) throw new Error(`no query ${name}`)
    const parsed = query.contract.input.parse(input)
    return (await query.handle(parsed as never, { db: this.spine.db, now: this.now, principal: LOCAL })) as QueryOutput[Name]
  }

  async sheet(month: string, format: 'csv' | 'xlsx', sheet = 'revenue'): Promise<Buffer> {
    const context = { db: this.spine.db, now: this.now, principal: LOCAL, language: 'zh-CN' } as const
    const file = openFile(monthTable, { month, sheet }, format, context)
    if (!file.ok) throw new Error(JSON.stringify(file.refusal))
    const pieces: Uint8Array[] = []
    for await (const piece of file.value.bytes) pieces.push(piece)
    return Buffer.concat(pieces)
  }
}
