import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

/** Whether the appointment of an order stays where it is when a day is planned; the subject has the order's id. */
export interface VisitPinEvents {
  visitPinned: { appointment: string }
  visitUnpinned: object
}
type VisitPinEvent = { [Type in keyof VisitPinEvents]: StoredEvent<Type, VisitPinEvents[Type]> }[keyof VisitPinEvents]

export interface VisitPinState {
  /** The order. */
  readonly id: string
  /** That is held; another one of the same order is not. */
  readonly appointment: string | null
}

export const visitPinFold: SubjectFold<VisitPinState> = {
  initial: (id) => ({ id, appointment: null }),

  evolve(state, stored) {
    const event = stored as VisitPinEvent
    switch (event.type) {
      case 'visitPinned':
        return { ...state, appointment: event.data.appointment }
      case 'visitUnpinned':
        return { ...state, appointment: null }
      default:
        return state
    }
  },
}
