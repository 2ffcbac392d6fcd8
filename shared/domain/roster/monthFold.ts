import type { StoredEvent } from '../kernel/event.ts'
import type { Conflict, SubjectFold } from '../kernel/fold.ts'
import { overlaps } from './rotation.ts'
import type { Span } from './types.ts'

/** The single shifts of an engineer that begin in one month, a contested subject: none overlaps another. */
export interface ShiftMonthEvents {
  /** decision. Loses where the time is taken by then. `day`: on which it begins, in the company's zone of that time. */
  shiftAdded: { shift: string; day: string; from: number; to: number }
  /** decision. */
  shiftMoved: { shift: string; day: string; from: number; to: number; old: Span }
  shiftRemoved: { shift: string }
  /** The rotations' shifts of this day are not worked, or are again. */
  rotationDaySkipped: { day: string; skip: boolean }
}
type ShiftMonthEvent = {
  [Type in keyof ShiftMonthEvents]: StoredEvent<Type, ShiftMonthEvents[Type]>
}[keyof ShiftMonthEvents]

interface SingleShift extends Span {
  readonly id: string
  readonly day: string
}

export interface ShiftMonthState {
  /** `engineer/YYYY-MM`. */
  readonly id: string
  readonly engineer: string
  readonly shifts: readonly SingleShift[]
  readonly skipped: readonly string[]
  /** Decisions that came too late, with the shift that each was about. */
  readonly lost: readonly (Conflict & { readonly shift: string } & Span)[]
}

export const shiftMonthFold: SubjectFold<ShiftMonthState> = {
  initial: (id) => ({ id, engineer: id.slice(0, id.lastIndexOf('/')), shifts: [], skipped: [], lost: [] }),

  evolve(state, stored) {
    const event = stored as ShiftMonthEvent
    switch (event.type) {
      case 'shiftAdded':
      case 'shiftMoved': {
        const { shift: id, day, from, to } = event.data
        const others = state.shifts.filter((shift) => shift.id !== id)
        if (others.some((shift) => overlaps(shift, { from, to }))) {
          const { id: lost, type, at, actor } = event
          const loser = { event: lost, type, at, actor: actor.id, code: 'shiftOverlap', shift: id, from, to }
          return { ...state, lost: [...state.lost, loser] }
        }
        return { ...state, shifts: [...others, { id, day, from, to }].sort((a, b) => a.from - b.from) }
      }
      case 'shiftRemoved':
        return { ...state, shifts: state.shifts.filter(({ id }) => id !== event.data.shift) }
      case 'rotationDaySkipped': {
        const { day, skip } = event.data
        const others = state.skipped.filter((each) => each !== day)
        return { ...state, skipped: skip ? [...others, day].sort() : others }
      }
      default:
        return state
    }
  },
}

export const shiftMonthId = (engineer: string, day: string): string => `${engineer}/${day.slice(0, 7)}`
