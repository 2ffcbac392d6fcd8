import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SimulatedErp } from '#core/connectors/erp/simulator.ts'
import { localLedger } from '#core/connectors/erp/ledger.ts'
import { loopdesk } from '../support/cli.ts'
import { TestDesk } from '../support/desk.ts'
import { FinanceDesk } from '../support/financeDesk.ts'
import { HOUR } from '../support/orderDesk.ts'
import { askPython, libreOffice, openpyxl, readByOffice } from '../support/spreadsheets.ts'

const place = mkdtempSync(join(tmpdir(), 'loopdesk-finance-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('from field work done to the archive', () => {
  let desk: FinanceDesk
  let contract: string
  let paid: string
  let free: string
  beforeAll(() => {
    desk = new FinanceDesk()
    desk.receive('P1', 10)
    desk.register()
    contract = desk.contract()
  })
  afterAll(() => desk.close())

  it('skips no step: nothing is billed before the customer accepted, nothing verified before it is billed', async () => {
    paid = desk.fieldDone([{ part: 'P1', quantity: 2 }])
    const lines = [{ item: 'LABOUR', quantity: 2500 }]
    const bill = { ...desk.money(paid), contract, coverage: 'chargeable', lines } as const
    expect(desk.refused('xu', 'finance.bill', bill).code).toBe('notAccepted')
    expect((await desk.ask('finance.list', { step: 'fieldDone' })).orders).toMatchObject([{ order: paid, step: 'fieldDone' }])
    desk.accept(paid)
    // A close is no finished service: its parts are issued once, its billing is open, nothing is archived.
    expect(desk.stock('P1').onHand).toBe(8)
    expect((await desk.ask('finance.list', { step: 'customerAccepted' })).orders).toMatchObject([{ order: paid, grossFen: 0 }])
    expect(desk.refused('xu', 'finance.verify', desk.money(paid)).code).toBe('notBilled')
    expect(desk.refused('xu', 'finance.issueInvoice', { order: paid, number: '1', day: '2026-10-22' }).code).toBe('notBilled')
  })

  it('proposes what to bill: the contract in force, an hour, a way and the parts that were issued', async () => {
    const { proposal } = await desk.ask('finance.order', { order: paid })
    expect(proposal).toMatchObject({ coverage: 'chargeable', contracts: [{ id: contract, inForce: true }] })
    expect(proposal?.lines.map(({ item, quantity, unitFen }) => [item, quantity, unitFen])).toEqual([
      ['LABOUR', 1000, 38_000],
      ['TRAVEL', 1000, 20_000],
      ['P1', 2000, 123_457],
    ])
  })

  it('refuses a bill that the contract does not carry, and says why', () => {
    const bill = (more: object) => desk.refused('xu', 'finance.bill', {
      ...desk.money(paid), contract, coverage: 'chargeable', lines: [{ item: 'LABOUR', quantity: 1000 }], ...more,
    }).code
    const expired = desk.contract({ number: 'KJ-2025-009', from: '2025-01-01', to: '2025-12-31' })
    expect(bill({ contract: expired })).toBe('contractExpired')
    expect(bill({ contract: 'nobody' })).toBe('unknownContract')
    expect(bill({ currency: 'USD' })).toBe('foreignCurrency')
    expect(bill({ coverage: 'contract' })).toBe('coverageNotInContract')
    // The machine's own warranty is asked for; where nobody knows when it ends, it is taken as it is said.
    const machine = desk.order(paid).fields['equipment'] as string
    desk.as('zhou', 'equipment.change', { equipment: machine, warrantyUntil: '2026-10-01' })
    expect(bill({ coverage: 'warranty', lines: [], reason: '保修期内' })).toBe('notInWarranty')
    const listed = desk.contract({ number: 'YB-2026-002', coverage: 'warranty' })
    desk.as('shen', 'contract.change', { contract: listed, machines: [desk.otherMachine()] })
    expect(bill({ contract: listed, coverage: 'contract', lines: [], reason: 'x' })).toBe('machineNotCovered')
    expect(bill({ lines: [] })).toBe('chargeableZero')
    expect(bill({ coverage: 'goodwill', lines: [] })).toBe('zeroNeedsReason')
    expect(bill({ lines: [{ item: 'NOPE', quantity: 1000 }] })).toBe('unknownPrice')
    expect(bill({ lines: [{ text: '咨询', quantity: 1000 }] })).toBe('priceMissing')
    expect(bill({ lines: [{ item: 'LABOUR', quantity: 1000, vatRate: 700 }] })).toBe('invalidInput')
    expect(bill({ lines: [{ text: 'x', quantity: 1_000_000_000, unitFen: 100_000_000_000, vatRate: 600 }] })).toBe('billTooLarge')
    desk.as('shen', 'contract.change', { contract: expired, from: '2026-01-01', to: '2026-12-31', active: false })
    expect(bill({ contract: expired })).toBe('contractEnded')
  })

  it('bills what a customer signed for who became another since, under the contract that went over', async () => {
    const own = new FinanceDesk()
    try {
      const order = own.closed()
      const contract = own.contract()
      const signed = own.order(order).fields['customer'] as string
      const stays = own.as('zhou', 'customer.register', { name: '并入后的客户' })['id'] as string
      own.as('shen', 'customer.merge', { customer: signed, into: stays })
      const { proposal } = await own.ask('finance.order', { order })
      expect(proposal?.contracts).toMatchObject([{ id: contract }])
      own.as('xu', 'finance.bill', { ...own.money(order), contract, coverage: 'chargeable', lines: [{ item: 'LABOUR', quantity: 1000 }] })
      expect(own.finance(order).bill).toMatchObject({ gross: 40_280, contract })
    } finally {
      own.close()
    }
  })

  it('rounds VAT by line, half up', () => {
    desk.as('xu', 'finance.bill', {
      ...desk.money(paid),
      contract,
      coverage: 'chargeable',
      lines: [
        { item: 'LABOUR', quantity: 2500 },
        { item: 'P1', quantity: 2000 },
        { text: '辅料', quantity: 1000, unitFen: 25, vatRate: 600 },
      ],
    })
    const { bill } = desk.finance(paid)
    // 950.00 + 6 % = 57.00; 2469.14 + 13 % = 320.9882 → 320.99; 0.25 + 6 % = 0.015 → 0.02
    expect(bill?.lines.map(({ net, vat, gross }) => [net, vat, gross])).toEqual([
      [95_000, 5_700, 100_700],
      [246_914, 32_099, 279_013],
      [25, 2, 27],
    ])
    expect(bill).toMatchObject({ net: 341_939, vat: 37_801, gross: 379_740, contractNumber: 'KJ-2026-001' })
    expect(desk.refused('xu', 'finance.bill', { ...desk.money(paid), contract, coverage: 'chargeable', lines: [] }).code).toBe('alreadyBilled')
    // A price that changes later changes no bill.
    desk.as('xu', 'priceList.change', { item: 'LABOUR', unitFen: 40_000 })
    expect(desk.finance(paid).bill?.gross).toBe(379_740)
  })

  it('adds part payments up; one bank reference is one payment; a mistake is taken back before verification', async () => {
    const pay = (amount: number, reference: string) => ({ order: paid, day: '2026-10-22', amount, reference })
    desk.as('xu', 'finance.receivePayment', pay(300_000, 'B-001'))
    expect(desk.refused('xu', 'finance.receivePayment', pay(300_000, 'B-001')).code).toBe('paymentKnown')
    expect(desk.refused('xu', 'finance.receivePayment', { ...pay(1, 'B-x'), day: '2026-12-01' }).code).toBe('futureDay')
    const wrong = desk.as('xu', 'finance.receivePayment', pay(99_999, 'B-002'), 'wrong-payment')
    expect(wrong).toBeDefined()
    expect(desk.refused('xu', 'finance.verify', desk.money(paid))).toMatchObject({ code: 'stepsMissing', params: { steps: ['invoice', 'payment'] } })
    desk.as('xu', 'finance.issueInvoice', { order: paid, number: '26312000000123456789', day: '2026-10-22' })
    expect(desk.refused('xu', 'finance.waiveInvoice', { order: paid }).code).toBe('invoiceNeeded')
    // 300,000 + 99,999 is more than the bill: the rest has to go back, or was a mistake.
    expect(desk.refused('xu', 'finance.verify', desk.money(paid)).code).toBe('overpaid')
    desk.as('xu', 'finance.voidPayment', { order: paid, payment: 'wrong-payment', reason: '记错客户' })
    desk.as('xu', 'finance.receivePayment', pay(79_740, 'B-003'))
    expect((await desk.ask('finance.order', { order: paid })).order).toMatchObject({ missing: [], dueFen: 0, paidFen: 379_740 })
  })

  it('verifies what is complete, on the sight of its last event, and archives it', async () => {
    expect(desk.refused('xu', 'finance.verify', { order: paid, base: null }).code).toBe('staleFinance')
    const before = desk.money(paid)
    desk.as('xu', 'finance.verify', before)
    expect(desk.refused('xu', 'finance.verify', before).code).toBe('alreadyVerified')
    expect((await desk.ask('finance.list', { step: 'archived' })).orders).toMatchObject([{ order: paid, dueFen: 0 }])
    expect(desk.order(paid).status).toBe('closed')
    expect(desk.refused('xu', 'finance.voidPayment', { order: paid, payment: before.order, reason: 'x' }).code).toBe('noPayment')
  })

  it('archives an order of nothing with its coverage reason and one tick', () => {
    free = desk.closed()
    const none = { ...desk.money(free), contract, coverage: 'goodwill' as const, lines: [] }
    desk.as('xu', 'finance.bill', { ...none, reason: '首次上门未修好，免收' })
    expect(desk.refused('xu', 'finance.issueInvoice', { order: free, number: '1', day: '2026-10-22' }).code).toBe('nothingToInvoice')
    expect(desk.refused('xu', 'finance.verify', desk.money(free))).toMatchObject({ code: 'stepsMissing', field: 'invoice' })
    desk.as('xu', 'finance.waiveInvoice', { order: free })
    desk.as('xu', 'finance.verify', desk.money(free))
    expect(desk.finance(free).bill?.verified).toMatchObject({ gross: 0 })
  })

  it('books all of it once, whatever the ERP does to the tries', async () => {
    const erp = new SimulatedErp(localLedger(desk.spine.pipeline))
    desk.books = erp
    erp.fate.push('refused', 'answerLost')
    await desk.bookAll()
    const waiting = await desk.ask('finance.reconcile', {})
    expect(waiting).toMatchObject({ underWay: 2, more: false })
    expect(waiting.differences.map(({ why, attempts, lastError }) => [why, attempts, lastError]).sort()).toEqual([
      ['notBooked', 1, 'no answer in time'],
      ['notBooked', 1, 'period closed'],
    ])
    desk.now += HOUR
    await desk.bookAll()
    expect(erp.tries).toBe(erp.booked.size + 2)
    const done = await desk.ask('finance.reconcile', {})
    expect(done).toMatchObject({ underWay: 0, differences: [], owedFen: 0 })
    expect(done.balances).toMatchObject({ receivable: 0, bank: 379_740, deferred: 0, revenue: -341_939, vat: -37_801, partsCost: 160_000, inventory: -160_000 })
    expect(desk.ledger(paid).entries.map(({ kind }) => kind).sort()).toEqual(
      ['bill', 'partIssue', 'receipt', 'receipt', 'receipt', 'receiptVoid', 'revenue'],
    )
  })

  it('locks a month that is over; what comes later posts to the next open month, and the sheet stays as it was', async () => {
    expect(desk.refused('xu', 'monthEnd.lock', { month: '2026-10' }).code).toBe('monthNotOver')
    desk.now = Date.UTC(2026, 10, 2, 2)
    desk.as('xu', 'finance.reverse', { ...desk.money(free), reason: '客户同意付费' })
    expect(desk.refused('xu', 'monthEnd.lock', { month: '2026-10' })).toMatchObject({ code: 'postingsUnderWay' })
    await desk.bookAll()
    desk.as('xu', 'monthEnd.lock', { month: '2026-10' })
    expect(desk.refused('xu', 'monthEnd.lock', { month: '2026-10' }).code).toBe('monthLocked')
    const sheets = async () => Promise.all(['revenue', 'parts', 'receivables', 'accounts'].map(async (sheet) => (await desk.sheet('2026-10', 'csv', sheet)).toString()))
    const before = await sheets()
    expect(before[0]).toContain('3419.39')
    // What the sheets come to is what the ledger moved by, to the fen.
    expect(before[3]?.trim().split('\r\n').slice(1).map((line) => line.split(',').at(-1))).toEqual(Array.from({ length: 7 }, () => '0.00'))

    // A payment of October that somebody enters in November, and a reversal after the lock.
    desk.as('xu', 'finance.receivePayment', { order: paid, day: '2026-10-30', amount: 5_000, reference: 'B-late' })
    expect(desk.refused('xu', 'finance.reverse', { ...desk.money(paid), reason: '质量扣款', lines: [{ line: '2', net: 100_000 }] }).code).toBe('redInvoiceNeeded')
    const red = { reason: '质量扣款', redInvoice: '26312000000999' }
    expect(desk.refused('xu', 'finance.reverse', { ...desk.money(paid), ...red, lines: [{ line: '2', net: 246_915 }] }).code).toBe('reversedTooMuch')
    desk.as('xu', 'finance.reverse', { ...desk.money(paid), ...red, lines: [{ line: '2', net: 100_001 }] })
    await desk.bookAll()
    expect(await sheets()).toEqual(before)
    const months = (await desk.ask('monthEnd.list', {})).months
    expect(months.map(({ month, revenueFen, receivedFen, locked }) => [month, revenueFen, receivedFen, locked?.intact ?? null])).toEqual([
      ['2026-11', -100_001, 5_000, null],
      ['2026-10', 341_939, 379_740, true],
    ])
    const late = (await desk.ask('finance.order', { order: paid })).order?.entries.filter(({ month }) => month === '2026-11')
    expect(late?.map(({ kind }) => kind).sort()).toEqual(['receipt', 'reversal'])
    const odd = (await desk.sheet('2026-11', 'csv', 'differences')).toString()
    expect(odd).toContain('跨月补记，原属 2026-10')
    expect(odd).toContain('红字')
  })

  it('gives back what was paid too much, and takes the rest of a bill back to the last fen of VAT', async () => {
    // 5,000 too much and 113,001 reversed with VAT (100,001 + 13,000).
    expect((await desk.ask('finance.order', { order: paid })).order?.dueFen).toBe(-118_001)
    const refund = { order: paid, day: '2026-11-02', reference: 'R-1', reason: '红字退款' }
    expect(desk.refused('xu', 'finance.payRefund', { ...refund, amount: 118_002 }).code).toBe('refundTooMuch')
    desk.as('xu', 'finance.payRefund', { ...refund, amount: 118_001 })
    desk.as('xu', 'finance.reverse', { ...desk.money(paid), reason: '改签合同重开', redInvoice: '2' })
    const after = desk.finance(paid)
    expect(after.bill).toBeNull()
    expect(after.past[0]?.reversed).toEqual({ net: 341_939, vat: 37_801, gross: 379_740 })
    // The order can be billed anew, and what was paid stays with it.
    desk.as('xu', 'finance.bill', { ...desk.money(paid), contract, coverage: 'chargeable', lines: [{ text: '按新合同', quantity: 1000, unitFen: 251_641, vatRate: 600 }] })
    expect((await desk.ask('finance.order', { order: paid })).order?.dueFen).toBe(0)
    await desk.bookAll()
    expect((await desk.ask('finance.reconcile', {})).differences).toEqual([])
  })

  it('holds a reopened order that was billed until it is accepted again', async () => {
    const id = desk.closed()
    desk.as('xu', 'finance.bill', { ...desk.money(id), contract, coverage: 'chargeable', lines: [{ item: 'TRAVEL', quantity: 1000 }] })
    desk.as('shen', 'workOrder.reopen', { ...desk.on(id), reason: '又坏了' })
    expect(desk.refused('xu', 'finance.verify', desk.money(id))).toMatchObject({ params: { steps: ['customerAccepted', 'invoice', 'payment'] } })
    expect((await desk.ask('finance.list', { step: 'billed' })).orders).toContainEqual(expect.objectContaining({ order: id, attention: true }))
  })

  it('finds what the ledger holds without a cause and meets it by its opposite', async () => {
    await desk.bookAll()
    const { pipeline, db } = desk.spine
    pipeline.execute({
      id: 'stray', name: 'ledger.post', actor: { kind: 'system', id: 'books' },
      input: { order: free, key: 'bill:gone', kind: 'bill', source: 'gone', at: desk.now, voucher: 'x', posting: { receivable: 500, deferred: -500 } },
    })
    const [stray] = (await desk.ask('finance.reconcile', {})).differences
    expect(stray).toMatchObject({ why: 'bookedWithoutCause', fen: 500, event: 'gone', order: free })
    desk.as('xu', 'finance.correct', { order: free, entry: stray?.entry ?? '', reason: '无对应业务' })
    expect((await desk.ask('finance.reconcile', {})).differences).toEqual([])
    expect(desk.refused('xu', 'finance.correct', { order: free, entry: stray?.entry ?? '', reason: 'x' }).code).toBe('alreadyCorrected')
    // The queue lost it: the difference leads to the event, and it is put on its way again.
    db.raw.prepare("DELETE FROM ledger_entry WHERE order_id = ? AND kind = 'partIssue'").run(paid)
    expect((await desk.ask('finance.reconcile', {})).differences).toMatchObject([{ why: 'notBooked', order: paid, event: expect.stringMatching(/^[\w-]{22}$/) }])
    db.raw.transaction(() => desk.spine.subjects.rebuild())()
    expect((await desk.ask('finance.reconcile', {})).differences).toEqual([])
  })

  it.skipIf(!openpyxl.there)(`writes a book that openpyxl reads: numbers, dates, print layout, totals that are the ledger’s${openpyxl.why}`, async () => {
    const file = join(place, 'month.xlsx')
    writeFileSync(file, await desk.sheet('2026-10', 'xlsx'))
    const script = `
import json, openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
out = {}
for sheet in book.worksheets:
    rows = [[(c.data_type, c.value.isoformat() if hasattr(c.value, 'isoformat') else c.value) for c in row] for row in sheet.iter_rows()]
    out[sheet.title] = dict(rows=rows, orientation=sheet.page_setup.orientation, paper=sheet.page_setup.paperSize, titles=sheet.print_title_rows, frozen=sheet.freeze_panes)
print(json.dumps(out))`
    const book = askPython(script, file) as Record<
      string,
      { rows: [string, unknown][][]; orientation: string; paper: number; titles: string; frozen: string }
    >
    expect(Object.keys(book)).toEqual(['服务收入', '备件耗用', '应收账龄', '差异', '总账核对'])
    const revenue = book['服务收入']
    expect(revenue).toMatchObject({ orientation: 'landscape', paper: 9, titles: '$1:$1', frozen: 'A2' })
    const row = revenue?.rows.find(([first]) => first?.[1] === desk.order(paid).number)
    expect([row?.[4]?.[0], row?.[9]?.[0], row?.[13]]).toEqual(['d', 'd', ['n', 3419.39]])
    const last = revenue?.rows.at(-1)
    expect([last?.[0]?.[1], last?.[13]?.[1], last?.[14]?.[1]]).toEqual(['合计', 3419.39, 378.01])
    // Every account: what the sheets come to is the ledger's movement.
    for (const account of book['总账核对']?.rows.slice(1) ?? []) expect(account.at(-1)).toEqual(['n', 0])
    expect(readFileSync(file).includes('<f>')).toBe(false)
  })

  it.skipIf(!libreOffice.there)(`writes a book that LibreOffice reads as the ledger says${libreOffice.why}`, async () => {
    const folder = join(place, 'office')
    mkdirSync(folder)
    const file = join(place, 'office.xlsx')
    writeFileSync(file, await desk.sheet('2026-10', 'xlsx'))
    const sheets = readByOffice(file, folder)
    expect([...sheets.keys()].sort()).toEqual(['备件耗用', '差异', '应收账龄', '总账核对', '服务收入'].sort())
    const cellsOf = (name: string): string[][] => sheets.get(name) ?? []
    const row = cellsOf('服务收入').find(([number]) => number === desk.order(paid).number)
    expect(row?.[9]).toMatch(/^2026-10-\d\d \d\d:\d\d/)
    const [total] = cellsOf('服务收入').slice(-1)
    // Summed anew from what LibreOffice holds in the cells: the line of totals, and what the ledger moved by.
    const sumOf = (column: number): number => cellsOf('服务收入').slice(1, -1).reduce((sum, cells) => sum + Math.round(Number(cells[column] ?? 0) * 100), 0)
    expect([sumOf(13), sumOf(14)]).toEqual([341_939, 37_801])
    expect([total?.[0], total?.[13], total?.[14]]).toEqual(['合计', '3419.39', '378.01'])
    expect(cellsOf('总账核对').slice(1).map((cells) => cells.at(-1))).toEqual(Array.from({ length: 7 }, () => '0'))
  }, 180_000)

  it('leaves a locked month alone where an order of it is opened again, and closed and billed anew', async () => {
    const before = (await desk.sheet('2026-10', 'csv', 'revenue')).toString()
    desk.as('shen', 'workOrder.reopen', { ...desk.on(paid), to: 'signoff', reason: '同一问题又出现' })
    expect((await desk.ask('finance.order', { order: paid })).order?.number).toBe(desk.order(paid).number)
    expect((await desk.sheet('2026-10', 'csv', 'revenue')).toString()).toBe(before)
    desk.accept(paid)
    await desk.bookAll()
    expect((await desk.sheet('2026-10', 'csv', 'revenue')).toString()).toBe(before)
    expect((await desk.ask('finance.reconcile', {})).differences).toEqual([])
    // Its parts were issued by the first closing: no second time.
    expect(desk.ledger(paid).entries.filter(({ kind }) => kind === 'partIssue')).toHaveLength(1)
  })

  it('names every difference among many orders, and lets others have their turn', async () => {
    const { db } = desk.spine
    const known = (await desk.ask('finance.reconcile', {})).differences.length
    const due = db.raw.prepare("INSERT INTO ledger_due (key, order_id, kind, source, at, receivable, bank, deferred, revenue, vat) VALUES (?,?,'bill','gone',1,?,0,0,0,0)")
    const entry = db.raw.prepare(
      `INSERT INTO ledger_entry (event, order_id, key, kind, source, at, month, origin, seq, receivable, bank, deferred, revenue, vat, parts_cost, inventory, reason)
       VALUES (?,?,?,'bill','gone',1,'2026-09','o',1,?,0,0,0,0,0,0,'')`,
    )
    for (let n = 0; n < 4500; n++) {
      const order = `many-${String(n).padStart(4, '0')}`
      due.run(`due:${order}`, order, 100)
      if (n === 7) continue
      // One booked twice, one of another sum, one for another order; each in a slice of its own.
      entry.run(`entry:${order}`, n === 4100 ? 'many-0001' : order, `due:${order}`, n === 2600 ? 101 : 100)
      if (n === 3900) entry.run(`again:${order}`, order, `due:${order}`, 100)
    }
    let turns = 0
    let over = false
    const count = (): void => {
      turns += 1
      if (!over) setImmediate(count)
    }
    setImmediate(count)
    const { differences } = await desk.ask('finance.reconcile', {})
    over = true
    expect(turns).toBeGreaterThan(2)
    expect(differences.length - known).toBe(3)
    const why = differences.filter(({ order }) => order.startsWith('many-')).map((each) => [each.order, each.why, each.fen])
    expect(why.sort()).toEqual([['many-0007', 'notBooked', 100], ['many-2600', 'amountDiffers', 1], ['many-3900', 'amountDiffers', 100]])
    db.raw.exec("DELETE FROM ledger_due WHERE order_id LIKE 'many-%'; DELETE FROM ledger_entry WHERE order_id LIKE 'many-%'")
  })

  it('gives the same rows when rebuilt', () => {
    const dump = () => ['order_finance', 'ledger_due', 'ledger_entry', 'part_due', 'month_lock', 'month_lock_head', 'price_item'].map((name) => desk.spine.db.raw.prepare(`SELECT * FROM ${name}`).all())
    const before = dump()
    desk.spine.db.raw.transaction(() => desk.spine.subjects.rebuild())()
    expect(dump()).toEqual(before)
  })
})

describe('loopdesk export month-end', () => {
  it('writes the book, a file for each sheet as CSV, or says what is wrong', async () => {
    const data = join(place, 'desk')
    new TestDesk(data).app.close()
    const out = join(place, 'book.xlsx')
    const book = await loopdesk('export', 'month-end', '2026-10', '--data', data, '--out', out, '--lang', 'zh-CN')
    expect([book.code, book.json]).toMatchObject([0, { ok: true, file: out }])
    // A month without entries is a book without rows: only the accounts, all of them nothing.
    expect((await readXlsx(readFileSync(out))).sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['服务收入', 2],
      ['备件耗用', 2],
      ['应收账龄', 2],
      ['差异', 1],
      ['总账核对', 8],
    ])
    const csv = await loopdesk('export', 'month-end', '2026-10', '--data', data, '--out', join(place, 'book.csv'), '--lang', 'zh-CN')
    expect([csv.code, (csv.json['files'] as string[]).length, existsSync(join(place, 'book-accounts.csv'))]).toEqual([0, 5, true])
    const wrong = await loopdesk('export', 'month-end', '2026-13', '--data', data, '--out', out)
    expect(wrong.code).toBe(2)
  }, 240_000)
})
