import type { StockEvents } from '../stock/fold.ts'
import { localDay, stockOf, type DecisionContext } from './decision.ts'
import type { PartNeed } from './events.ts'
import { freezeOnShortage, thaw } from './moves.ts'
import { isReserved, openLines, shortagesOf, stockIdOf } from './parts.ts'

type ReleaseReason = StockEvents['reservationReleased']['reason']

/**
 * Reserves every line that can be had. With none short a frozen order thaws; with one short it freezes, or its freeze
 * tells what is short now.
 */
export function reserveLines(context: DecisionContext, order: string, thawedBy: 'stock' | 'substitute'): void {
  const { book } = context
  const stock = stockOf(context)
  const state = book.state('workOrder', order)
  const shortages = shortagesOf(state, stock)
  for (const need of openLines(state)) {
    if (isReserved(state, need, stock) || shortages.some((shortage) => shortage.line === need.line)) continue
    book.add('stock', stockIdOf(need), 'partReserved', { order, line: need.line, quantity: need.quantity })
  }
  if (shortages.length > 0) freezeOnShortage(context, order)
  else if (state.freeze) thaw(context, order, thawedBy)
}

/** Gives reservations back: all of the order's, or of the lines given. */
export function releaseReservations(
  context: DecisionContext,
  order: string,
  reason: ReleaseReason,
  lines: readonly PartNeed[] = openLines(context.book.state('workOrder', order)),
): void {
  const { book } = context
  for (const { line, part, warehouse } of lines) {
    const id = stockIdOf({ part, warehouse })
    const held = book.state('stock', id).reservations.some((own) => own.order === order && own.line === line)
    if (held) book.add('stock', id, 'reservationReleased', { order, line, reason })
  }
}

/** Takes the reserved pieces out of the store; returns the lines issued. */
export function issueParts(context: DecisionContext, order: string): PartNeed[] {
  const { book } = context
  const state = book.state('workOrder', order)
  const stock = stockOf(context)
  const issued = openLines(state).filter((need) => isReserved(state, need, stock))
  for (const need of issued) {
    book.add('stock', stockIdOf(need), 'partIssued', { order, line: need.line, quantity: need.quantity })
  }
  return issued
}

/** The engineer's days that a window touches, in the desk's zone. */
export function daysOf(context: DecisionContext, engineer: string, from: number, to: number): string[] {
  const last = localDay(to - 1, context.zone)
  const days = [localDay(from, context.zone)]
  // No zone has a day shorter than this.
  for (let at = from; days[days.length - 1] !== last; ) {
    at += 12 * 3_600_000
    const day = localDay(Math.min(at, to - 1), context.zone)
    if (day !== days[days.length - 1]) days.push(day)
  }
  return days.map((day) => `${engineer}/${day}`)
}

const DAY = 86_400_000

/**
 * The same with the days beside them: what another desk booked by the days of another zone, or this one before its zone
 * was changed, is found there.
 */
export const daysAround = (context: DecisionContext, engineer: string, from: number, to: number): string[] =>
  daysOf(context, engineer, from - DAY, to + DAY)

/** Takes the order's appointment away. A window that is past stays in the engineer's day: somebody was there. */
export function releaseAppointment(context: DecisionContext, order: string, reason: string): void {
  const { book } = context
  const { appointment } = book.state('workOrder', order)
  if (!appointment) return
  const { id, engineer, crew, from, to } = appointment
  const days = to > context.at ? [engineer, ...crew].flatMap((each) => daysAround(context, each, from, to)) : []
  for (const day of days) {
    const holds = book.state('engineerDay', day).slots.some((slot) => slot.appointment === id)
    if (holds) book.add('engineerDay', day, 'slotReleased', { appointment: id, reason })
  }
  book.add('workOrder', order, 'appointmentCancelled', { appointment: id, reason })
}

/** A count found less than orders hold: those still in 备件锁定 freeze, for their parts are not there. */
export function freezeHolders(context: DecisionContext, stock: string): void {
  const holders = context.book.state('stock', stock).reservations.map((held) => held.order)
  for (const order of new Set(holders)) {
    const state = context.book.state('workOrder', order)
    if (state.status === 'open' && state.stage === 'partsLock' && !state.readOnly) freezeOnShortage(context, order)
  }
}

/**
 * The orders that arrived, or freed, stock may thaw, those frozen longest first: what the first takes, the next no
 * longer finds. Called by whatever raises what is available, in the same command.
 */
export function thawsFor(context: DecisionContext, orders: readonly string[]): void {
  const since = (order: string): number => context.book.state('workOrder', order).freeze?.since ?? Infinity
  for (const order of [...new Set(orders)].sort((a, b) => since(a) - since(b) || (a < b ? -1 : 1))) {
    const state = context.book.state('workOrder', order)
    const waits = state.status === 'open' && state.stage === 'partsLock' && state.freeze !== null
    if (waits && !state.readOnly) reserveLines(context, order, 'stock')
  }
}
