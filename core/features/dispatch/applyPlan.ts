import type { EventDraft } from '#shared/domain/kernel/event.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { crewOf, hasArrived } from '#shared/domain/workOrder/appointment.ts'
import { bookVisit } from '#shared/domain/workOrder/decideVisit.ts'
import { openOrderFor, type DecisionContext } from '#shared/domain/workOrder/decision.ts'
import { releaseAppointment } from '#shared/domain/workOrder/holdings.ts'
import type { Appointment } from '#shared/domain/workOrder/state.ts'
import type { CommandContext } from '../../kernel/pipeline.ts'
import { judgeVisit } from '../roster/judge.ts'
import { decisionOf } from '../workOrder/decision.ts'

interface Placement {
  readonly engineers: readonly string[]
  readonly from: number
  readonly to: number
}
export interface PlanMove {
  readonly order: string
  readonly before: Placement | null
  readonly after: Placement | null
  /** It cannot stay as it is: a pin or an arrival does not hold it. */
  readonly forced?: boolean | undefined
}
interface RefusedMove {
  readonly order: string
  readonly code: string
  readonly params: NonNullable<Refusal['params']>
}

/**
 * All that may move gives its time back, then each is booked and judged anew. One that is refused keeps its old time,
 * and the others are judged again beside it, until all that are left can be: they are one decision.
 */
export function applyChanges(context: CommandContext, changes: readonly PlanMove[]): { drafts: EventDraft[]; refused: RefusedMove[] } {
  const refused: RefusedMove[] = []
  // Who comes before another is judged before it.
  let left = [...changes].sort((a, b) => beginOf(a) - beginOf(b) || (a.order < b.order ? -1 : 1))
  for (;;) {
    const { drafts, failed } = attempt(context, left)
    if (failed.length === 0) return { drafts, refused }
    refused.push(...failed)
    const gone = new Set(failed.map(({ order }) => order))
    left = left.filter(({ order }) => !gone.has(order))
  }
}

const beginOf = ({ before, after }: PlanMove): number => after?.from ?? before?.from ?? 0

function attempt(context: CommandContext, moves: readonly PlanMove[]): { drafts: EventDraft[]; failed: RefusedMove[] } {
  const plain = decisionOf(context)
  const { book } = plain
  const stateOf = (order: string) => book.state('workOrder', order)
  // What comes before and after is seen as it stands after the moves so far.
  const decision: DecisionContext = { ...plain, judgeVisit: (visit) => judgeVisit(context.db, context.now, stateOf, visit) }
  const failed: RefusedMove[] = []
  const fail = (order: string, { code, params = {} }: Refusal): void => void failed.push({ order, code, params })
  const released: PlanMove[] = []
  for (const move of moves) {
    const found = openOrderFor(decision, move.order)
    if (!found.ok) {
      fail(move.order, found.refusal)
      continue
    }
    const { appointment, arrivals, number } = found.value
    // Accepted before, by whom the answer did not reach.
    if (isNow(appointment, move.after)) continue
    // A visit that is over holds nothing any more.
    const held = appointment && appointment.to > context.now && !move.forced ? appointment : null
    if (!isAsPlanned(appointment, move.before, context.now)) fail(move.order, { code: 'planStale', params: { number } })
    else if (held && context.load('visitPin', move.order).state.appointment === held.id) fail(move.order, { code: 'visitPinned', params: { number } })
    else if (held && hasArrived(arrivals, held)) fail(move.order, { code: 'visitBegun', params: { number } })
    else {
      releaseAppointment(decision, move.order, 'replanned')
      released.push(move)
    }
  }
  for (const [index, { order, after }] of released.entries()) {
    if (!after) continue
    const [engineer = '', ...crew] = after.engineers
    const base = plain.head(order) ?? ''
    const booked = bookVisit({ ...decision, commandId: `${context.commandId}.${index}` }, { order, base, engineer, crew, from: after.from, to: after.to })
    if (!booked.ok) fail(order, booked.refusal)
  }
  return { drafts: book.drafts, failed }
}

/** Whether the appointment is still the one that the planner saw; one that is past is none. */
const isAsPlanned = (held: Appointment | null, before: Placement | null, now: number): boolean =>
  isNow(held, before) || (before === null && held !== null && held.to <= now)

function isNow(held: Appointment | null, place: Placement | null): boolean {
  if (!held || !place) return held === place
  const crew = crewOf(held)
  const sameTime = held.from === place.from && held.to === place.to
  return sameTime && crew.length === place.engineers.length && crew.every((each) => place.engineers.includes(each))
}
