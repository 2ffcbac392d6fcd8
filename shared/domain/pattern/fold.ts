import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'
import type { Condition, Fault } from './traits.ts'

/** What was found, as it stood when it was sent to R&D. Days YYYY-MM-DD, both within. */
export interface PatternDefinition {
  readonly fault: Fault
  readonly conditions: readonly Condition[]
  readonly from: string
  readonly to: string
  readonly cases: number
  readonly orders: number
  readonly note: string
}
export interface PatternEvents {
  /** fact. */
  patternSent: PatternDefinition
  /** decision. `on`: the first day on which the fix is in the field. */
  patternFixed: { on: string; what: string }
  /** decision. Not worth a fix, or explained otherwise. */
  patternDismissed: { reason: string }
}
type PatternEvent = { [Type in keyof PatternEvents]: StoredEvent<Type, PatternEvents[Type]> }[keyof PatternEvents]

export interface PatternState {
  readonly id: string
  readonly definition: PatternDefinition | null
  readonly sentAt: number
  readonly sentBy: string
  readonly fixed: PatternEvents['patternFixed'] | null
  readonly dismissed: { readonly at: number; readonly reason: string } | null
}

export const patternFold: SubjectFold<PatternState> = {
  initial: (id) => ({ id, definition: null, sentAt: 0, sentBy: '', fixed: null, dismissed: null }),

  evolve(state, stored) {
    const event = stored as PatternEvent
    switch (event.type) {
      case 'patternSent':
        return { ...state, definition: { ...event.data }, sentAt: event.at, sentBy: event.actor.id }
      case 'patternFixed':
        return { ...state, fixed: { ...event.data }, dismissed: null }
      case 'patternDismissed':
        return { ...state, dismissed: { at: event.at, reason: event.data.reason } }
      default:
        return state
    }
  },
}
