import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

/** What a person has read of what he was told, on whichever desk: one subject a person. */
export interface ReadingEvents {
  /** fact. Notices by their ids, which are those of event and person and the same on every desk. */
  noticesRead: { ids: string[] }
  /** fact. Everything that this desk had told: up to where it knew each chain. What it did not know stays unread. */
  noticesSeen: { heads: Record<string, number> }
}
export type ReadingEvent = {
  [Type in keyof ReadingEvents]: StoredEvent<Type, ReadingEvents[Type]>
}[keyof ReadingEvents]

/** So many single ones are remembered for events that arrive after it was said that they were read. */
const REMEMBERED = 1000

export interface ReadingState {
  readonly id: string
  /** By chain, the last event whose notices are read. */
  readonly heads: Readonly<Record<string, number>>
  readonly ids: readonly string[]
}

export const readingFold: SubjectFold<ReadingState> = {
  initial: (id) => ({ id, heads: {}, ids: [] }),
  evolve(state, stored) {
    const event = stored as ReadingEvent
    switch (event.type) {
      case 'noticesRead':
        return { ...state, ids: [...new Set([...state.ids, ...event.data.ids])].slice(-REMEMBERED) }
      case 'noticesSeen': {
        const heads = { ...state.heads }
        for (const [origin, seq] of Object.entries(event.data.heads)) heads[origin] = Math.max(heads[origin] ?? 0, seq)
        return { ...state, heads }
      }
      default:
        return state
    }
  },
}
