import { refuse } from '../kernel/refusal.ts'
import { refuseWorker, type DecisionContext, type Refused, type Verdict } from '../workOrder/decision.ts'
import type { WorkOrderState } from '../workOrder/state.ts'
import type { MissedOrder, ShiftHandoverState, ShiftOrder } from './fold.ts'

/** So many orders change hands in one transaction: the writer serves others meanwhile only between two of them. */
export const MOST_ORDERS = 200

interface Offer {
  readonly from: string
  readonly to: string
  readonly note?: string | undefined
  readonly orders: readonly string[]
}

/** @returns the orders that were asked for and are not the giver's to give, or the refusal */
export function offerShift(context: DecisionContext, shift: string, offer: Offer): Refused | { readonly ok: true; readonly leftOut: MissedOrder[] } {
  const { book } = context
  const { from, to, note } = offer
  if (from === to) return refuse('ownShift', 'to')
  const refused = refuseWorker(context, to, 'to')
  if (refused) return refused
  const wanted = [...new Set(offer.orders)]
  if (wanted.length > MOST_ORDERS) return refuse('tooManyOrders', 'orders', { most: MOST_ORDERS })
  const leftOut: MissedOrder[] = []
  const orders: ShiftOrder[] = []
  for (const order of wanted) {
    const state = book.state('workOrder', order)
    if (!state.registered) return refuse('unknownOrder', 'orders')
    if (state.status !== 'open' || state.readOnly) leftOut.push({ order, number: state.number, why: 'ended' })
    else if (state.owner !== from) leftOut.push({ order, number: state.number, why: 'changedHands' })
    else orders.push({ order, number: state.number })
  }
  if (orders.length === 0) return refuse('nothingToHandOver', 'orders')
  const words = note === undefined ? {} : { note }
  book.add('shiftHandover', shift, 'shiftOffered', { from, to, ...words, orders })
  for (const { order } of orders) book.add('workOrder', order, 'handoverOffered', { to, ...words, shift })
  return { ok: true, leftOut }
}

/** Of the orders of a shift: still offered, as part of it. */
const isPending = (shift: ShiftHandoverState, order: WorkOrderState): boolean =>
  order.status === 'open' && order.handover?.shift === shift.id && order.handover.to === shift.to

interface Answer {
  readonly shift: string
  readonly accepted: boolean
  /** Absent: all that are not answered yet. */
  readonly orders?: readonly string[] | undefined
  readonly note?: string | undefined
}

/**
 * Accepts or declines orders of a shift; whoever takes them owns them from now on, all at once. Orders that ended or
 * changed hands since the offer are named and left where they are.
 */
export function answerShift(context: DecisionContext, answer: Answer): Refused | { readonly ok: true; readonly answered: string[]; readonly missed: MissedOrder[] } {
  const { book, actor } = context
  const shift = book.state('shiftHandover', answer.shift)
  if (!shift.exists || shift.to !== actor.id) return refuse('noShift', 'shift')
  const known = new Map(shift.orders.map((each) => [each.order, each]))
  const wanted = answer.orders ?? shift.orders.map(({ order }) => order).filter((order) => shift.answers[order] === undefined)
  const missed: MissedOrder[] = []
  const answered: string[] = []
  for (const order of new Set(wanted)) {
    const offered = known.get(order)
    if (!offered) return refuse('notInShift', 'orders')
    const state = book.state('workOrder', order)
    if (isPending(shift, state)) answered.push(order)
    else if (state.owner !== shift.to) missed.push({ ...offered, why: state.status === 'open' ? 'changedHands' : 'ended' })
  }
  if (answered.length === 0) return refuse('shiftGone', 'orders', { numbers: missed.map(({ number }) => number) })
  const { accepted } = answer
  const words = answer.note === undefined ? {} : { note: answer.note }
  for (const order of answered) book.add('workOrder', order, 'handoverAnswered', { accepted, ...words, shift: shift.id })
  book.add('shiftHandover', shift.id, 'shiftAnswered', {
    accepted: accepted ? answered : [],
    declined: accepted ? [] : answered,
    missed,
    ...words,
  })
  return { ok: true, answered, missed }
}

/** Takes back what of a shift was not answered yet. */
export function withdrawShift(context: DecisionContext, id: string): Verdict {
  const { book, actor } = context
  const shift = book.state('shiftHandover', id)
  if (!shift.exists || (shift.from !== actor.id && shift.by !== actor.id)) return refuse('noShift', 'shift')
  const orders = shift.orders.map(({ order }) => order).filter((order) => isPending(shift, book.state('workOrder', order)))
  if (orders.length === 0) return refuse('shiftGone', 'shift', { numbers: [] })
  for (const order of orders) book.add('workOrder', order, 'handoverWithdrawn', { shift: id })
  book.add('shiftHandover', id, 'shiftWithdrawn', { orders })
  return null
}
