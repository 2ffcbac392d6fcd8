import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

/** Why an order of a shift could not be answered any more: it ended, or somebody else has it. */
export type Missed = 'ended' | 'changedHands'

export interface ShiftHandoverEvents {
  /** The orders of a person, offered to another as one; each of them says so by an event of its own. */
  shiftOffered: { from: string; to: string; note?: string; orders: ShiftOrder[] }
  /** fact. What became of some of the orders. `missed`: what was asked for and was not to be had any more. */
  shiftAnswered: { accepted: string[]; declined: string[]; missed: MissedOrder[]; note?: string }
  /** fact. Orders that are offered no more. */
  shiftWithdrawn: { orders: string[] }
}

export interface ShiftOrder {
  readonly order: string
  readonly number: string
}
export interface MissedOrder extends ShiftOrder {
  readonly why: Missed
}

/** One offer of many orders. Who owns an order is told by the order alone; this is the envelope around them. */
export interface ShiftHandoverState {
  readonly id: string
  readonly exists: boolean
  readonly from: string
  readonly to: string
  /** Who made the offer: the owner, or a supervisor for somebody who cannot. */
  readonly by: string
  readonly note: string
  readonly offeredAt: number
  readonly orders: readonly ShiftOrder[]
  readonly answers: Readonly<Record<string, 'accepted' | 'declined' | 'withdrawn' | Missed>>
}

export const shiftHandoverFold: SubjectFold<ShiftHandoverState> = {
  initial: (id) => ({ id, exists: false, from: '', to: '', by: '', note: '', offeredAt: 0, orders: [], answers: {} }),
  evolve(state, stored) {
    switch (stored.type) {
      case 'shiftOffered': {
        const { data, actor, at } = stored as StoredEvent<'shiftOffered', ShiftHandoverEvents['shiftOffered']>
        const { from, to, note = '', orders } = data
        return { ...state, exists: true, from, to, by: actor.id, note, offeredAt: at, orders }
      }
      case 'shiftAnswered': {
        const { accepted, declined, missed } = stored.data as ShiftHandoverEvents['shiftAnswered']
        return {
          ...state,
          answers: {
            ...state.answers,
            ...Object.fromEntries(missed.map(({ order, why }) => [order, why])),
            ...all(accepted, 'accepted' as const),
            ...all(declined, 'declined' as const),
          },
        }
      }
      case 'shiftWithdrawn': {
        const { orders } = stored.data as ShiftHandoverEvents['shiftWithdrawn']
        return { ...state, answers: { ...state.answers, ...all(orders, 'withdrawn' as const) } }
      }
      default:
        return state
    }
  },
}

const all = <Answer>(orders: readonly string[], answer: Answer): Record<string, Answer> =>
  Object.fromEntries(orders.map((order) => [order, answer]))
