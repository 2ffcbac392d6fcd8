import fc from 'fast-check'
import type { EventDraft, Subject } from '#shared/domain/kernel/event.ts'
import type { CustomerEvents } from '#shared/domain/customer/fold.ts'
import { CONTRACT_KINDS, COVERAGES, type ContractEvents } from '#shared/domain/contract/fold.ts'
import type { DefectEvents } from '#shared/domain/knownDefect/fold.ts'
import type { ProviderEvents } from '#shared/domain/provider/fold.ts'
import type { EngineerDayEvents } from '#shared/domain/engineerDay/fold.ts'
import type { FinanceEvents } from '#shared/domain/finance/fold.ts'
import type { LedgerEvents } from '#shared/domain/ledger/fold.ts'
import type { MonthEvents } from '#shared/domain/month/fold.ts'
import type { PriceEvents } from '#shared/domain/priceList/fold.ts'
import type { EquipmentEvents } from '#shared/domain/equipment/fold.ts'
import type { ShiftHandoverEvents } from '#shared/domain/shiftHandover/fold.ts'
import type { StockEvents } from '#shared/domain/stock/fold.ts'
import type { DefaultViewEvents, ViewEvents } from '#shared/domain/view/fold.ts'
import type { UserEvents } from '#shared/domain/user/fold.ts'
import type { WorkOrderEvents } from '#shared/domain/workOrder/events.ts'
import { PRIORITIES, STAGES } from '#shared/domain/workOrder/stages.ts'
import { MONDAY } from './logDesk.ts'
import { entry, wallTimer } from './orders.ts'

/**
 * Random events of every kind, few subjects contended for by all: legal or not, because a fold meets whatever other
 * desks decided on the sight that they had. A feature that adds events adds them here.
 */
const HOUR = 3_600_000
const order = fc.constantFrom('o1', 'o2', 'o3')
const user = fc.constantFrom('li', 'wang', 'zhao')
const customer = fc.constantFrom('c1', 'c2')
const stage = fc.constantFrom(...STAGES)
const instant = fc.integer({ min: 0, max: 200 }).map((n) => MONDAY + n * 600_000)
const visit = fc.constantFrom('v1', 'v2', 'v3')
const line = fc.constantFrom('1', '2')
const due = fc.option(instant)
const entered = fc
  .tuple(stage, visit, instant, fc.constantFrom(0, HOUR, 5 * HOUR))
  .map(([at, id, start, limit]) => entry(at, id, limit === 0 ? [] : [wallTimer(start, limit)]))
const timers = fc.array(fc.record({ visit, key: fc.constant('stage'), dueAt: due }), { maxLength: 1 })
const promise = fc.record({
  step: fc.constantFrom('call', 'wait'),
  waitsOn: fc.constantFrom('us' as const, 'customer' as const),
  by: due,
})
const attachment = fc.record({
  blob: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
  name: fc.constant('photo.jpg'),
  size: fc.constant(1),
  mime: fc.constant('image/jpeg'),
  kind: fc.constantFrom('evidence' as const, 'document' as const),
})

type Datas<Events> = { [Type in keyof Events]?: fc.Arbitrary<Events[Type]> }

const orderData: Datas<WorkOrderEvents> = {
  orderRegistered: fc.record({
    number: fc.constant('A-260302-001'),
    fields: fc.record({ customer, priority: fc.constantFrom(...PRIORITIES), model: fc.constant('BR-VS200') }),
    personalFields: fc.constant(['contactName']),
    firstContactAt: instant,
    channel: fc.constant('phone' as const),
    entered: fc.option(entered),
    owner: fc.option(user),
    promise: fc.option(promise),
  }),
  fieldsChanged: fc
    .tuple(
      fc.constantFrom('priority', 'customer', 'faultSymptom', 'provider', 'equipment', 'region', 'team'),
      fc.constantFrom('urgent', 'c1', 'c2', 'low', null),
    )
    .map(([field, value]) => ({ changes: [{ field, new: value }, { field: 'contactName' }] })),
  firstReplied: fc.constant({ by: 'call' as const }),
  stageChanged: fc.record({ from: stage, how: fc.constantFrom('forward' as const, 'sendBack' as const), entered }),
  orderClosed: fc.record({ how: fc.constant('signature' as const), from: stage }),
  orderCancelled: fc.record({ reason: fc.constant('x'), from: stage }),
  orderMerged: fc.record({ into: order, number: fc.constant('A-1'), from: stage }),
  orderReopened: fc.record({ reason: fc.constant('x'), entered }),
  orderFrozen: fc.record({
    shortages: fc.array(
      fc.record({
        line,
        part: fc.constantFrom('P1', 'P2'),
        warehouse: fc.constant('W1'),
        needed: fc.constant(2),
        available: fc.constant(1),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    timers,
  }),
  orderThawed: fc.record({ by: fc.constantFrom('stock' as const, 'release' as const), timers }),
  promiseSet: fc.record({ promise, timers }),
  promiseBroken: fc.tuple(instant, fc.option(user)).map(([by, owner]) => ({ by, owner, called: [] })),
  handoverOffered: fc.record({ to: user, note: fc.constant('夜班'), shift: fc.constantFrom('h1', 'h2') }, { requiredKeys: ['to'] }),
  handoverAnswered: fc.record({ accepted: fc.boolean() }),
  handoverWithdrawn: fc.record({ shift: fc.constantFrom('h1', 'h2') }, { requiredKeys: [] }),
  ownerAssigned: fc.record({ owner: user }),
  noteAdded: fc.constant({ kind: 'internal' as const, mentions: [], length: 3 }),
  inquiryReceived: fc.constant({ channel: 'phone' as const }),
  complaintReceived: fc.constantFrom('overtime' as const, 'other' as const).map((cause) => ({ cause, channel: 'phone' as const })),
  surveyAnswered: fc.constantFrom(1 as const, 4 as const, 5 as const).map((stars) => ({ stars, channel: 'wechat' as const })),
  surveySent: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)).map((link) => ({ link, how: 'message' as const })),
  timerFired: fc
    .tuple(visit, fc.constantFrom(1, 2), instant)
    .map(([of, level, at]) => ({
      visit: of,
      timer: 'stage',
      level,
      dueAt: at,
      called: [],
      role: 'dispatcher',
      channels: ['inApp' as const],
      dailyReport: true as const,
    })),
  knownDefectMarked: fc.constantFrom('d1', 'd2', null).map((defect) => ({ defect, old: null })),
  orderLinked: fc.record({ to: order, number: fc.constant('A-1'), kind: fc.constant('related' as const) }),
  attachmentAdded: attachment,
  appointmentBooked: fc.record(
    { appointment: fc.constantFrom('a1', 'a2'), engineer: user, from: instant, to: instant, customersDate: fc.constant(true as const) },
    { requiredKeys: ['appointment', 'engineer', 'from', 'to'] },
  ),
  arrivalRecorded: fc.record({ arrivedAt: instant, engineer: user }),
  signatureCaptured: fc.record({ blob: fc.constant('a'.repeat(64)), signedAt: instant, kind: fc.constant('signature' as const) }),
  appointmentCancelled: fc.record({ appointment: fc.constantFrom('a1', 'a2'), reason: fc.constant('x') }),
  historyRecorded: fc.record({ to: fc.option(fc.oneof(stage, fc.constant('closed' as const))) }),
}

const stockData: Datas<StockEvents> = {
  partDescribed: fc.record({ name: fc.constantFrom('电机', '皮带'), unit: fc.constant('件') }),
  stockCounted: fc.record({ old: fc.constant(0), new: fc.integer({ min: 0, max: 3 }), reason: fc.constant('x') }),
  stockReceived: fc.record({ quantity: fc.integer({ min: 1, max: 2 }) }),
  partReserved: fc.record({ order, line, quantity: fc.integer({ min: 1, max: 2 }) }),
  reservationReleased: fc.record({ order, line, reason: fc.constant('cancelled' as const) }),
  partIssued: fc.record({ order, line, quantity: fc.constant(1) }),
}

const dayData: Datas<EngineerDayEvents> = {
  slotBooked: fc
    .tuple(fc.constantFrom('a1', 'a2', 'a3'), order, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 3 }))
    .map(([appointment, of, from, hours]) => ({
      appointment,
      order: of,
      from: MONDAY + from * HOUR,
      to: MONDAY + (from + hours) * HOUR,
    })),
  slotReleased: fc.record({ appointment: fc.constantFrom('a1', 'a2', 'a3'), reason: fc.constant('x') }),
}

const customerData: Datas<CustomerEvents> = {
  customerRegistered: fc.record({ name: fc.constantFrom('华星', '远大') }),
  customerRenamed: fc.record({ old: fc.constant('华星'), new: fc.constantFrom('新华', '远大') }),
  customerConfirmed: fc.constant({}),
  customerMerged: fc.record({ customer, name: fc.constantFrom('华星', '远大') }),
  customerTookOver: fc.record({ customer, name: fc.constantFrom('华星', '远大') }),
  personErased: fc.constant({ reason: 'x' }),
}

const equipmentData: Datas<EquipmentEvents> = {
  equipmentRegistered: fc.record({ customer: fc.option(customer), model: fc.constant('BR-VS200'), serial: fc.constantFrom('S1', 'S2') }),
  equipmentChanged: fc.constant({ changes: [{ field: 'serial' as const, old: 'S1', new: 'S9' }] }),
}

const providerData: Datas<ProviderEvents> = {
  providerRegistered: fc.record({ name: fc.constantFrom('安装一队', '华东服务'), parent: fc.option(fc.constantFrom('p1', 'p2')) }),
  providerChanged: fc.constantFrom('p1', 'p2', null).map((parent) => ({ changes: [{ field: 'parent' as const, old: null, new: parent }] })),
}

const contractData: Datas<ContractEvents> = {
  contractRegistered: fc.record({
    customer,
    number: fc.constantFrom('HT-1', 'HT-2'),
    kind: fc.constantFrom(...CONTRACT_KINDS),
    machines: fc.option(fc.subarray(['e1', 'e2'])),
    from: fc.constant('2026-01-01'),
    to: fc.constant('2026-12-31'),
    coverage: fc.constantFrom(...COVERAGES),
    responseHours: fc.option(fc.constant(4)),
    notes: fc.constant(''),
  }),
  contractChanged: fc.option(fc.subarray(['e1', 'e2'])).map((machines) => ({ changes: [{ field: 'machines' as const, old: null, new: machines }] })),
}

const defectData: Datas<DefectEvents> = {
  defectRegistered: fc.record({
    title: fc.constantFrom('触控失灵', '漏油'),
    model: fc.constant('BR-VS'),
    symptoms: fc.subarray(['触控', '漏油']),
    firmware: fc.option(fc.constant('3.2')),
    advice: fc.constant('x'),
  }),
  defectChanged: fc.boolean().map((active) => ({ changes: [{ field: 'active' as const, old: true, new: active }] })),
}

const userData: Datas<UserEvents> = {
  userAdded: fc.record({ login: user, roles: fc.constantFrom(['engineer' as const], ['dispatcher' as const]) }),
  rolesChanged: fc.constant({ old: [], new: ['admin' as const] }),
  userDisabled: fc.constant({ reason: 'x' }),
}

const shiftOrder = fc.record({ order, number: fc.constant('A-1') })
const shiftData: Datas<ShiftHandoverEvents> = {
  shiftOffered: fc.record({ from: user, to: user, orders: fc.uniqueArray(shiftOrder, { selector: (each) => each.order, minLength: 1 }) }),
  shiftAnswered: fc.record({
    accepted: fc.subarray(['o1', 'o2']),
    declined: fc.subarray(['o2', 'o3']),
    missed: fc.array(fc.tuple(shiftOrder).map(([each]) => ({ ...each, why: 'ended' as const })), { maxLength: 1 }),
  }),
  shiftWithdrawn: fc.record({ orders: fc.subarray(['o1', 'o3']) }),
}

const viewData: Datas<ViewEvents> = {
  viewSaved: fc.record({
    page: fc.constant('board' as const),
    name: fc.constantFrom('今天', '我的'),
    shared: fc.boolean(),
    content: fc.constant({ filter: {}, lanes: null }),
  }),
  viewRemoved: fc.constant({}),
}
const defaultViewData: Datas<DefaultViewEvents> = {
  defaultViewChosen: fc.record({ view: fc.constantFrom('view1', null) }),
}

const bill = fc.constantFrom('b1', 'b2')
const financeData: Datas<FinanceEvents> = {
  billingOpened: fc.record({ fieldDoneAt: fc.option(instant), acceptedAt: instant }),
  orderBilled: bill.map((id) => ({
    bill: id,
    contract: 'k1',
    contractNumber: 'K-1',
    coverage: 'chargeable' as const,
    reason: '',
    termsDay: '2026-03-02',
  })),
  invoiceIssued: fc.record({ bill, number: fc.constant('F-1'), day: fc.constant('2026-03-02') }),
  invoiceWaived: fc.record({ bill }),
  paymentReceived: fc.record({ payment: fc.constantFrom('y1', 'y2'), day: fc.constant('2026-03-02'), reference: fc.constantFrom('r1', 'r2') }),
  paymentVoided: fc.record({ payment: fc.constantFrom('y1', 'y2'), reason: fc.constant('x') }),
  refundPaid: fc.record({ refund: fc.constant('z1'), day: fc.constant('2026-03-02'), reference: fc.constant('r3'), reason: fc.constant('x') }),
  orderVerified: fc.record({ bill, skipped: fc.constantFrom([], ['payment' as const]) }),
  billReversed: fc.record({ reversal: fc.constant('v1'), bill, reason: fc.constant('x'), redInvoice: fc.option(fc.constant('R-1')) }),
}
/** Lines as a bill has them, amounts as a payment or a verification does; each event reads its own. */
const moneyOf = (kind: Subject['kind'], fen: number): EventDraft['money'] | undefined => {
  const line = { line: '1', item: null, text: 'x', quantity: 1000, unitFen: fen, vatRate: 0, listFen: null, price: null, net: fen, vat: 0, gross: fen }
  if (kind === 'finance') return { lines: [line], amount: fen, net: fen, vat: 0, gross: fen }
  return kind === 'ledger' ? { receivable: fen, deferred: -fen } : undefined
}
const ledgerData: Datas<LedgerEvents> = {
  ledgerPosted: fc.record({ key: fc.constantFrom('bill:1', 'bill:2'), kind: fc.constant('bill' as const), source: fc.constant('e'), voucher: fc.constant('x') }),
  ledgerCorrected: fc.record({ key: fc.constant('bill:1'), source: fc.constant('e'), corrects: fc.constant('e'), reason: fc.constant('x') }),
}
const monthData: Datas<MonthEvents> = {
  monthLocked: fc.record({ heads: fc.constant({ a: 3 }), entries: fc.constant(1) }),
}
const priceData: Datas<PriceEvents> = {
  priceRegistered: fc.record({
    name: fc.constant('工时'),
    kind: fc.constant('labour' as const),
    unit: fc.constant('小时'),
    unitFen: fc.constantFrom(1, 200),
    vatRate: fc.constant(600),
    costFen: fc.option(fc.constant(1)),
  }),
  priceChanged: fc.constantFrom(true, false).map((active) => ({ changes: [{ field: 'active' as const, old: !active, new: active }] })),
}
const unknownData = { inventedByANewerDesk: fc.constant({ value: 1 }) }

function drafts(kind: Subject['kind'], ids: fc.Arbitrary<string>, datas: object): fc.Arbitrary<EventDraft> {
  const types = Object.entries(datas) as [string, fc.Arbitrary<object>][]
  return fc.oneof(
    ...types.map(([type, data]) =>
      fc
        .record({ id: ids, data, at: instant, of: fc.option(customer), word: fc.constantFrom('张三', '李四'), fen: fc.constantFrom(0, 100, 250) })
        .map(({ id, data: of, at, of: person, word, fen }): EventDraft => {
          const names = ['orderRegistered', 'fieldsChanged', 'customerRegistered'].includes(type)
          const money = moneyOf(kind, fen)
          const whose = kind === 'customer' ? id : person
          return {
            subject: { kind, id },
            type,
            version: 1,
            data: of,
            at,
            ...(money && { money }),
            ...(names && whose !== null && { personal: { of: `customer:${whose}`, data: { contactName: word } } }),
          }
        }),
    ),
  )
}

export const randomDraft: fc.Arbitrary<EventDraft> = fc.oneof(
  { weight: 10, arbitrary: drafts('workOrder', order, orderData) },
  { weight: 2, arbitrary: drafts('shiftHandover', fc.constantFrom('h1', 'h2'), shiftData) },
  { weight: 4, arbitrary: drafts('stock', fc.constantFrom('W1/P1', 'W1/P2'), stockData) },
  { weight: 3, arbitrary: drafts('engineerDay', fc.constantFrom('li/2026-03-02', 'wang/2026-03-02'), dayData) },
  { weight: 2, arbitrary: drafts('customer', customer, customerData) },
  { weight: 1, arbitrary: drafts('equipment', fc.constantFrom('e1', 'e2'), equipmentData) },
  { weight: 1, arbitrary: drafts('serviceProvider', fc.constantFrom('p1', 'p2'), providerData) },
  { weight: 1, arbitrary: drafts('serviceContract', fc.constantFrom('k1', 'k2'), contractData) },
  { weight: 1, arbitrary: drafts('knownDefect', fc.constantFrom('d1', 'd2'), defectData) },
  { weight: 1, arbitrary: drafts('user', user, userData) },
  { weight: 1, arbitrary: drafts('view', fc.constantFrom('view1', 'view2'), viewData) },
  { weight: 1, arbitrary: drafts('defaultView', fc.constant('li/board'), defaultViewData) },
  { weight: 4, arbitrary: drafts('finance', order, financeData) },
  { weight: 2, arbitrary: drafts('ledger', order, ledgerData) },
  { weight: 1, arbitrary: drafts('month', fc.constant('2026-03'), monthData) },
  { weight: 1, arbitrary: drafts('price', fc.constantFrom('i1', 'i2'), priceData) },
  { weight: 1, arbitrary: drafts('workOrder', order, unknownData) },
)
