import { Temporal } from 'temporal-polyfill'
import type { Actor } from '../kernel/event.ts'
import { accept, refuse, type Refusal, type Result } from '../kernel/refusal.ts'
import type { Report } from '../knownDefect/match.ts'
import type { BookingVerdict } from '../roster/types.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import type { DraftBook } from './draftBook.ts'
import type { StockOf } from './parts.ts'
import type { WorkOrderState } from './state.ts'
import type { SlaContext } from './timers.ts'

/** What a decision about an order may see. Instants are UTC ms. */
export interface DecisionContext {
  readonly book: DraftBook
  readonly commandId: string
  readonly actor: Actor
  /** When it happens; earlier than `now` where the person may backdate. */
  readonly at: number
  readonly now: number
  readonly mayBackdate: boolean
  /** Whose orders the author may give away: own ones, those of whom he stands in for, all where he may name owners. */
  mayGiveFor(owner: string): boolean
  /** Whose time the author may book or give back: everybody's where he plans visits, else his own alone. */
  mayBook(engineers: readonly string[]): boolean
  /** IANA zone of the desk: days of engineers and order numbers. */
  readonly zone: string
  /** The order's last event. */
  head(order: string): string | null
  /** A version of the workflow, by default the newest. */
  workflow(version?: number): WorkflowDefinition
  sla(): SlaContext
  /** An account that can act today. */
  isActiveUser(user: string): boolean
  /** One whose roles let him work on orders: nobody else can own one or work along. */
  mayWorkOnOrders(user: string): boolean
  /** An engineer among them. */
  isEngineer(user: string): boolean
  /** What speaks against booking these engineers, by the roster and by what the visit asks (`judgeBooking`). */
  judgeVisit(visit: { readonly order: string; readonly engineers: readonly string[]; readonly from: number; readonly to: number }): BookingVerdict
  /** Who and what this desk knows already: nobody is registered twice because he called twice. */
  customerNamed(name: string): string | undefined
  machineWith(model: string, serial: string): string | undefined
  /** The active known defect that shows in such a report, if any. */
  defectIn(report: Report): string | null
  /** Bytes of a file that was stored before; null: there is none of that hash. */
  blobSize(hash: string): number | null
}

export type Refused = { readonly ok: false; readonly refusal: Refusal }
/** null: accepted, its events are in the book. */
export type Verdict = Refused | null

export const stockOf =
  ({ book }: DecisionContext): StockOf =>
  (warehouse, part) =>
    book.state('stock', `${warehouse}/${part}`)

/**
 * The order that a command is about. `base`: the last event that the author had seen, for decisions; facts of the
 * world have none. `stale` comes before all else, because whoever looks again decides anew.
 */
export function orderFor(context: DecisionContext, order: string, base?: string): Result<WorkOrderState> {
  const state = context.book.state('workOrder', order)
  if (!state.registered) return refuse('unknownOrder', 'order')
  if (base !== undefined && base !== context.head(order)) return refuse('stale', 'base')
  if (state.readOnly) return refuse('readOnlyOrder', 'order', { number: state.number })
  return accept(state)
}

export function openOrderFor(context: DecisionContext, order: string, base?: string): Result<WorkOrderState> {
  const found = orderFor(context, order, base)
  if (!found.ok || found.value.status === 'open') return found
  return refuse('notOpen', 'order', { number: found.value.number, status: found.value.status })
}

/** The workflow that an order finishes its present stage under; an imported stay has none of its own. */
export function workflowOf(context: DecisionContext, state: WorkOrderState): WorkflowDefinition {
  return context.workflow(visitOf(state)?.workflowVersion || undefined)
}

export const visitOf = (state: WorkOrderState) => state.visits[state.visits.length - 1]

const MINUTE = 60_000
/** METRICS, "Time": what needs the permission to backdate, and how far back that reaches. */
const WITHOUT_PERMISSION_MS = 15 * MINUTE
const FURTHEST_BACK_MS = 72 * 60 * MINUTE

/** Two clocks in one office: so far ahead is now. */
const SKEW_MS = 2 * MINUTE

/** When something is said to have happened, UTC ms; the command's own time where nothing is said. */
export function saidInstant(context: DecisionContext, said: number | undefined): number {
  const at = said ?? context.at
  return at > context.now && at - context.now <= SKEW_MS ? context.now : at
}

/** Judges when something is said to have happened. */
export function refuseInstant(context: DecisionContext, at: number, field: string, mayBackdate?: boolean): Verdict {
  if (at > context.now) return refuse('futureTime', field)
  if (context.now - at > FURTHEST_BACK_MS) return refuse('backdateTooFar', field, { hours: 72 })
  if (context.now - at > WITHOUT_PERMISSION_MS && !(mayBackdate ?? context.mayBackdate)) {
    return refuse('backdateForbidden', field, { minutes: 15 })
  }
  return null
}

/** Who owns an order, is offered one or works along is an active account that may work on orders. */
export function refuseWorker(context: DecisionContext, user: string, field: string): Verdict {
  if (!context.isActiveUser(user)) return refuse('unknownUser', field, { user })
  return context.mayWorkOnOrders(user) ? null : refuse('notForOrders', field, { user })
}

/** The subject whose personal data a text about this order is: erased with the customer. */
export function personOf(state: WorkOrderState): string {
  const customer = state.fields['customer']
  return typeof customer === 'string' ? `customer:${customer}` : `workOrder:${state.id}`
}

/** The calendar day of an instant, YYYY-MM-DD. */
export const localDay = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
