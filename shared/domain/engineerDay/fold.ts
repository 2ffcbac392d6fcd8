import type { StoredEvent } from '../kernel/event.ts'
import type { Conflict, SubjectFold } from '../kernel/fold.ts'

/** One engineer's calendar day, a contested subject: over its whole duration an appointment overlaps no other. */
export interface EngineerDayEvents {
  /** decision. Loses where the time is taken by then. Half-open, UTC ms. */
  slotBooked: { appointment: string; order: string; from: number; to: number }
  /** fact. */
  slotReleased: { appointment: string; reason: string }
}
export type EngineerDayEvent = {
  [Type in keyof EngineerDayEvents]: StoredEvent<Type, EngineerDayEvents[Type]>
}[keyof EngineerDayEvents]

export interface Slot {
  readonly appointment: string
  readonly order: string
  readonly from: number
  readonly to: number
}

export interface EngineerDayState {
  /** `engineer/YYYY-MM-DD` in the desk's zone. */
  readonly id: string
  readonly engineer: string
  readonly date: string
  readonly slots: readonly Slot[]
  readonly conflicts: readonly (Conflict & { readonly order: string })[]
}

export const overlaps = (a: { from: number; to: number }, b: { from: number; to: number }): boolean =>
  a.from < b.to && b.from < a.to

export const engineerDayFold: SubjectFold<EngineerDayState> = {
  initial(id) {
    const slash = id.lastIndexOf('/')
    return { id, engineer: id.slice(0, slash), date: id.slice(slash + 1), slots: [], conflicts: [] }
  },

  evolve(state, stored) {
    const event = stored as EngineerDayEvent
    switch (event.type) {
      case 'slotBooked': {
        const slot = { ...event.data }
        const others = state.slots.filter((held) => held.appointment !== slot.appointment)
        if (others.some((held) => overlaps(held, slot))) {
          const loser = { event: event.id, type: event.type, at: event.at, actor: event.actor.id, code: 'overlap', order: slot.order }
          return { ...state, conflicts: [...state.conflicts, loser] }
        }
        return { ...state, slots: [...others, slot].sort((a, b) => a.from - b.from) }
      }
      case 'slotReleased':
        return { ...state, slots: state.slots.filter((slot) => slot.appointment !== event.data.appointment) }
      default:
        return state
    }
  },
}
