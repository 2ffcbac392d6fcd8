import * as contract from '#shared/contract/dispatch.ts'
import type { VisitPinEvents } from '#shared/domain/dispatch/pinFold.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { crewOf, hasBegun } from '#shared/domain/workOrder/appointment.ts'
import { bookVisit } from '#shared/domain/workOrder/decideVisit.ts'
import { cancelAppointment } from '#shared/domain/workOrder/decideWork.ts'
import type { Appointment } from '#shared/domain/workOrder/state.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { decisionOf } from '../workOrder/decision.ts'
import { applyChanges } from './applyPlan.ts'
import { conflictWords, skillNames } from './words.ts'

interface Booking {
  readonly order: string
  readonly base: string
  readonly engineers: readonly string[]
  readonly from: number
  readonly to: number
  readonly customersDate?: boolean | undefined
  readonly accepted?: readonly string[] | undefined
}

function booked(context: CommandContext, { engineers, accepted, ...input }: Booking): HandlerResult<object> {
  const decision = decisionOf(context)
  const [engineer = '', ...crew] = engineers
  const result = bookVisit(decision, { ...input, engineer, crew })
  if (!result.ok) return result
  const unseen = accepted && result.value.find(({ code }) => !accepted.includes(code))
  if (unseen) return refuse('softConflict', 'accepted', { code: unseen.code })
  const conflicts = conflictWords({ hard: [], soft: result.value }, skillNames(context.db))
  return accept({ events: decision.book.drafts, answer: { conflicts } })
}

const appointmentOf = ({ load }: CommandContext, order: string): Appointment | null => load('workOrder', order).state.appointment
const noAppointment = ({ load }: CommandContext, order: string) => refuse('noAppointment', 'order', { number: load('workOrder', order).state.number })

const isPast = ({ load, now }: CommandContext, order: string, held: Appointment): boolean => hasBegun(load('workOrder', order).state.arrivals, held, now)
const begun = ({ load }: CommandContext, order: string) => refuse('visitBegun', 'order', { number: load('workOrder', order).state.number })

function pinOf<Type extends keyof VisitPinEvents>(order: string, type: Type, data: VisitPinEvents[Type]): EventDraft {
  return { subject: { kind: 'visitPin', id: order }, type, version: 1, data }
}

export const dispatchCommands = [
  handler(contract.book, (input, context) => booked(context, input)),

  handler(contract.move, ({ from, engineers, ...input }, context) => {
    const held = appointmentOf(context, input.order)
    if (!held) return noAppointment(context, input.order)
    if (isPast(context, input.order, held)) return begun(context, input.order)
    const begin = from ?? held.from
    return booked(context, { ...input, engineers: engineers ?? crewOf(held), from: begin, to: begin + held.to - held.from })
  }),

  handler(contract.resize, ({ from, to, ...input }, context) => {
    const held = appointmentOf(context, input.order)
    if (!held) return noAppointment(context, input.order)
    // What is under way may last longer; where it began and what is over stands.
    const stays = from === undefined || from === held.from
    if (held.to <= context.now || (!stays && isPast(context, input.order, held))) return begun(context, input.order)
    return booked(context, { ...input, engineers: crewOf(held), from: from ?? held.from, to })
  }),

  handler(contract.unbook, (input, context) => {
    const decision = decisionOf(context)
    return cancelAppointment(decision, input) ?? accept({ events: decision.book.drafts, answer: {} })
  }),

  handler(contract.pin, ({ orders }, context) => {
    const events: EventDraft[] = []
    for (const order of new Set(orders)) {
      const held = appointmentOf(context, order)
      if (!held) return noAppointment(context, order)
      const { appointment } = context.load('visitPin', order).state
      if (appointment !== held.id) events.push(pinOf(order, 'visitPinned', { appointment: held.id }))
    }
    return accept({ events, answer: {} })
  }),

  handler(contract.unpin, ({ orders }, context) => {
    const pinned = [...new Set(orders)].filter((order) => context.load('visitPin', order).state.appointment !== null)
    return accept({ events: pinned.map((order) => pinOf(order, 'visitUnpinned', {})), answer: {} })
  }),

  handler(contract.applyPlan, ({ changes }, context) => {
    const { drafts, refused } = applyChanges(context, changes)
    return accept({ events: drafts, answer: { refused } })
  }),
]
