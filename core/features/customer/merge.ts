import * as contract from '#shared/contract/customer.ts'
import { CUSTOMER_PERSONAL, type CustomerState } from '#shared/domain/customer/fold.ts'
import type { EventDraft, PersonalPart } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import type { DraftBook } from '#shared/domain/workOrder/draftBook.ts'
import { changeFields } from '#shared/domain/workOrder/decideFields.ts'
import { handler, type CommandContext } from '../../kernel/pipeline.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { decisionOf } from '../workOrder/decision.ts'
import { refuseCustomer } from './merged.ts'

/**
 * What goes over to the customer that stays: machines, contracts, and the orders that are still open. An order that has
 * ended keeps the name that it was signed under, and is listed with the one that stays.
 */
export function movesOf(db: ReadableDb, customer: string): { machines: string[]; contracts: string[]; orders: string[] } {
  const ids = (select: string): string[] => all<{ id: string }>(db, select, customer).map(({ id }) => id)
  return {
    machines: ids('SELECT id FROM equipment WHERE customer = ? ORDER BY id'),
    contracts: ids('SELECT id FROM service_contract WHERE customer = ? ORDER BY id'),
    orders: ids("SELECT id FROM work_order INDEXED BY work_order_column_customer WHERE customer = ? AND status = 'open' ORDER BY id"),
  }
}

/** Contact, region and place that the one that stays lacks; what it has stays as it is. */
export function filledBy(duplicate: CustomerState, stays: CustomerState): ('contactName' | 'contactPhone' | 'address' | 'region' | 'place')[] {
  // What the law took from either of them comes back by no other way.
  if (duplicate.erased || stays.erased) return []
  return [
    ...([...CUSTOMER_PERSONAL, 'region'] as const).filter((field) => stays[field] === '' && duplicate[field] !== ''),
    ...(stays.place === null && duplicate.place !== null ? (['place'] as const) : []),
  ]
}

function fill(book: DraftBook, duplicate: CustomerState, stays: CustomerState): void {
  // Of him whose it was: a desk that knows of no merge yet erases it by that name.
  const part = (data: PersonalPart['data']) => ({ personal: { of: `customer:${duplicate.id}`, data } })
  const fields = filledBy(duplicate, stays)
  const own = CUSTOMER_PERSONAL.filter((field) => fields.includes(field))
  const changes = [
    ...own.map((field) => ({ field })),
    ...(fields.includes('region') ? [{ field: 'region' as const, old: stays.region, new: duplicate.region }] : []),
  ]
  const personal = Object.fromEntries(own.map((field) => [field, { old: stays[field], new: duplicate[field] }]))
  if (changes.length > 0) book.add('customer', stays.id, 'customerChanged', { changes }, own.length > 0 ? part(personal) : {})
  if (!fields.includes('place') || !duplicate.place) return
  const { lat, lon } = duplicate.place
  book.add('customer', stays.id, 'customerLocated', {}, part({ place: { old: null, new: { lat, lon } } }))
}

const seen = ({ load }: CommandContext, customer: string, base: string | undefined): boolean =>
  base === undefined || load('customer', customer).last?.id === base

/** One command and one transaction: nobody ever sees half of a merge. */
export const mergeCustomer = handler(contract.mergeCustomer, (input, context) => {
  const { customer, into } = input
  if (customer === into) return refuse('mergedWithItself', 'into')
  const refused = refuseCustomer(context, customer) ?? refuseCustomer(context, into, 'into')
  if (refused) return refused
  if (!seen(context, customer, input.base)) return refuse('staleRecord', 'base')
  if (!seen(context, into, input.intoBase)) return refuse('staleRecord', 'intoBase')
  const [duplicate, stays] = [context.load('customer', customer).state, context.load('customer', into).state]
  const moves = movesOf(context.db, customer)
  const decision = decisionOf(context)
  const { book } = decision
  book.add('customer', customer, 'customerMerged', { customer: into, name: stays.name })
  book.add('customer', into, 'customerTookOver', { customer, name: duplicate.name })
  // Before the orders: they take over the region of the one that stays.
  fill(book, duplicate, stays)
  for (const order of moves.orders) {
    // One that a newer program wrote is read only here: it stays as it is, and is listed with the one that stays.
    if (book.state('workOrder', order).readOnly) continue
    const changed = changeFields(decision, { order, base: decision.head(order) ?? '', fields: { customer: into } })
    if (changed) return changed
  }
  const change = [{ field: 'customer', old: customer, new: into }]
  const moved = (kind: 'equipment' | 'serviceContract', type: string) => (id: string): EventDraft => ({
    subject: { kind, id },
    type,
    version: 1,
    data: { changes: change },
  })
  return accept({
    events: [
      ...book.drafts,
      ...moves.machines.map(moved('equipment', 'equipmentChanged')),
      ...moves.contracts.map(moved('serviceContract', 'contractChanged')),
    ],
    answer: { machines: moves.machines.length, contracts: moves.contracts.length, orders: moves.orders.length },
  })
})
