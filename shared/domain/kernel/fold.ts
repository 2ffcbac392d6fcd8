import type { StoredEvent } from './event.ts'

/**
 * A kind of subject: how its events fold into a state. `evolve` reads nothing but the state and the event, so
 * that every desk, whatever it received first, arrives at the same rows. It returns a new state and never throws.
 */
export interface SubjectFold<State> {
  initial(id: string): State
  evolve(state: State, event: StoredEvent): State
}

/** A fold of whatever state: for the code that only carries states from a fold to its projections. */
export interface AnyFold {
  initial(id: string): object
  evolve(state: never, event: StoredEvent): object
}

/** A decision that lost against an earlier one, kept and shown with both sides (DESIGN §4). */
export interface Conflict {
  /** The losing event. */
  readonly event: string
  readonly type: string
  readonly at: number
  readonly actor: string
  /** Refusal code that the loser would have met, had its author seen the winner. */
  readonly code: string
}
