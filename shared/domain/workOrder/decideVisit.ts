import { overlaps } from '../engineerDay/fold.ts'
import { changesOf } from '../kernel/changes.ts'
import { refuseFarAhead } from '../kernel/dates.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import type { BookingConflict, SoftConflict, VisitNeeds } from '../roster/types.ts'
import { openOrderFor, type DecisionContext, type Verdict } from './decision.ts'
import { crewOf } from './appointment.ts'
import { daysAround, daysOf, releaseAppointment } from './holdings.ts'

interface Booking {
  readonly order: string
  readonly base: string
  /** The lead. */
  readonly engineer: string
  readonly crew?: readonly string[] | undefined
  readonly from: number
  readonly to: number
  readonly customersDate?: boolean | undefined
}

const LONGEST_WINDOW_MS = 7 * 86_400_000

/**
 * Books engineers for a window, half-open, all of them or none. Over its whole duration it overlaps no other appointment
 * of any of them, on any day that it touches, whichever desk made it. An order has one appointment: a new one takes the
 * place of the old. Refuses `bookForbidden` where it is not the author's to book, and with the first hard conflict of
 * `judgeBooking`; answers the soft ones.
 */
export function bookVisit(
  context: DecisionContext,
  input: Booking,
): Result<readonly BookingConflict<SoftConflict>[]> {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const { book, commandId: appointment } = context
  const { engineer, crew = [], from, to, order } = input
  const engineers = [engineer, ...crew]
  if (to <= from) return refuse('invalidPeriod', 'to')
  if (to - from > LONGEST_WINDOW_MS) return refuse('windowTooLong', 'to', { days: LONGEST_WINDOW_MS / 86_400_000 })
  if (to <= context.at) return refuse('windowInPast', 'from')
  const far = refuseFarAhead(from, context.at, 'from')
  if (far) return far
  if (new Set(engineers).size < engineers.length) return refuse('engineerTwice', 'crew')
  const stranger = engineers.find((each) => !context.isEngineer(each))
  if (stranger !== undefined) return refuse('notEngineer', stranger === engineer ? 'engineer' : 'crew', { user: stranger })
  // Of a visit that is over nobody is deprived.
  const held = found.value.appointment && found.value.appointment.to > context.at ? found.value.appointment : null
  if (!context.mayBook([...engineers, ...(held ? crewOf(held) : [])])) return refuse('bookForbidden', 'engineer')
  const verdict = context.judgeVisit({ order, engineers, from, to })
  releaseAppointment(context, order, 'rebooked')
  for (const each of engineers) {
    for (const day of daysAround(context, each, from, to)) {
      const taken = book.state('engineerDay', day).slots.find((slot) => overlaps(slot, { from, to }))
      if (!taken) continue
      const number = book.state('workOrder', taken.order).number
      return refuse('slotTaken', 'from', { engineer: each, from: taken.from, to: taken.to, number })
    }
  }
  // Whose time it is was looked at above, in the light of what this command itself gave back.
  const conflict = verdict.hard.find(({ code }) => code !== 'slotTaken')
  if (conflict) return refuse(conflict.code, FIELDS[conflict.code] ?? 'from', conflict.params)
  for (const each of engineers) {
    for (const day of daysOf(context, each, from, to)) book.add('engineerDay', day, 'slotBooked', { appointment, order, from, to })
  }
  book.add('workOrder', order, 'appointmentBooked', {
    appointment,
    engineer,
    ...(crew.length > 0 && { crew: [...crew] }),
    from,
    to,
    ...(input.customersDate === true && { customersDate: true as const }),
  })
  return accept(verdict.soft)
}

/** The input that a conflict is about, where it is not the time. */
const FIELDS: Readonly<Record<string, string>> = { notQualified: 'engineer', noProfile: 'engineer', certificateExpired: 'engineer' }

const VISIT_FIELDS = ['minutes', 'crew', 'after', 'windows'] as const

/**
 * Says what the visit for an order asks. Refuses `unknownOrder`, `visitRing` (field `after`: the orders would wait for
 * each other), `invalidPeriod` (field `windows`).
 */
export function planVisit(
  context: DecisionContext,
  input: { readonly order: string; readonly base: string } & { readonly [Field in keyof VisitNeeds]?: VisitNeeds[Field] | undefined },
): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const { order, after, windows } = input
  for (const other of after ?? []) {
    if (!context.book.state('workOrder', other).registered) return refuse('unknownOrder', 'after')
    if (waitsFor(context, other, order)) return refuse('visitRing', 'after', { number: context.book.state('workOrder', other).number })
  }
  if (windows?.some(({ from, to }) => to <= from)) return refuse('invalidPeriod', 'windows')
  const far = refuseFarAhead(Math.max(...(windows ?? []).map(({ to }) => to)), context.at, 'windows')
  if (far) return far
  const changes = changesOf(VISIT_FIELDS, found.value.visitNeeds, {
    minutes: input.minutes,
    crew: input.crew,
    after: after && [...new Set(after)].sort(),
    windows: windows && [...windows].sort((a, b) => a.from - b.from),
  })
  if (changes.length > 0) context.book.add('workOrder', order, 'visitPlanned', { changes })
  return null
}

/** Whether `order` is `goal`, or waits for it over however many others; a ring that two desks made ends the walk. */
function waitsFor({ book }: DecisionContext, order: string, goal: string): boolean {
  const seen = new Set<string>()
  const open = [order]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === goal) return true
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...book.state('workOrder', next).visitNeeds.after)
  }
  return false
}
