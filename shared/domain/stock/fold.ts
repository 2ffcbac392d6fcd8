import type { StoredEvent } from '../kernel/event.ts'
import type { Conflict, SubjectFold } from '../kernel/fold.ts'

/** One part in one warehouse, a contested subject of its own: nobody reserves the same last piece twice. */
export interface StockEvents {
  /** fact. Name and unit of the part as this warehouse keeps it. */
  partDescribed: { name: string; unit: string }
  /** fact. Somebody counted: absolute, old and new. */
  stockCounted: { old: number; new: number; reason: string }
  /** fact. */
  stockReceived: { quantity: number; document?: string }
  /** decision. Loses where the pieces are gone by then. */
  partReserved: { order: string; line: string; quantity: number }
  /** fact. */
  reservationReleased: {
    order: string
    line: string
    reason: 'cancelled' | 'merged' | 'sentBack' | 'substituted' | 'changed' | 'selfResolved'
  }
  /** fact. Takes the pieces and ends the reservation of that line. */
  partIssued: { order: string; line: string; quantity: number }
}

export type StockEvent = { [Type in keyof StockEvents]: StoredEvent<Type, StockEvents[Type]> }[keyof StockEvents]

export interface Reservation {
  readonly order: string
  readonly line: string
  readonly quantity: number
  readonly reservedAt: number
}

export interface StockState {
  /** `warehouse/part`. */
  readonly id: string
  readonly warehouse: string
  readonly part: string
  readonly name: string
  readonly unit: string
  readonly onHand: number
  readonly reservations: readonly Reservation[]
  readonly conflicts: readonly (Conflict & { readonly order: string })[]
}

export const stockId = (warehouse: string, part: string): string => `${warehouse}/${part}`

/** On hand − what other orders hold (METRICS). May be negative after a count. */
export function availableFor(state: StockState, order: string): number {
  return state.reservations.reduce((left, held) => (held.order === order ? left : left - held.quantity), state.onHand)
}

export const stockFold: SubjectFold<StockState> = {
  initial(id) {
    const slash = id.indexOf('/')
    const part = id.slice(slash + 1)
    return { id, warehouse: id.slice(0, slash), part, name: part, unit: '', onHand: 0, reservations: [], conflicts: [] }
  },

  evolve(state, stored) {
    const event = stored as StockEvent
    switch (event.type) {
      case 'partDescribed':
        return { ...state, name: event.data.name, unit: event.data.unit }
      case 'stockCounted':
        return { ...state, onHand: event.data.new }
      case 'stockReceived':
        return { ...state, onHand: state.onHand + event.data.quantity }
      case 'partReserved': {
        const { order, line, quantity } = event.data
        const others = state.reservations.filter((held) => held.order !== order || held.line !== line)
        if (others.reduce((left, held) => left - held.quantity, state.onHand) < quantity) {
          const loser = { event: event.id, type: event.type, at: event.at, actor: event.actor.id, code: 'notAvailable', order }
          return { ...state, conflicts: [...state.conflicts, loser] }
        }
        return { ...state, reservations: [...others, { order, line, quantity, reservedAt: event.at }] }
      }
      case 'reservationReleased':
        return { ...state, reservations: without(state.reservations, event.data) }
      case 'partIssued':
        return {
          ...state,
          onHand: state.onHand - event.data.quantity,
          reservations: without(state.reservations, event.data),
        }
      default:
        return state
    }
  },
}

const without = (held: readonly Reservation[], of: { order: string; line: string }): readonly Reservation[] =>
  held.filter((reservation) => reservation.order !== of.order || reservation.line !== of.line)
