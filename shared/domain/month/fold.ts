import type { StoredEvent } from '../kernel/event.ts'
import type { Conflict, SubjectFold } from '../kernel/fold.ts'
import { ACCOUNTS, type Account } from '../ledger/accounts.ts'

/** A month of the ledger; the subject's id is `2026-10`. */
export interface MonthEvents {
  /**
   * decision: it is not locked yet. `heads`: where each desk's chain stood; what lies beyond posts to the next open
   * month. money: the movement of each account, which a sheet made later must still have.
   */
  monthLocked: { heads: Record<string, number>; entries: number }
}
export type MonthEvent = { [Type in keyof MonthEvents]: StoredEvent<Type, MonthEvents[Type]> }[keyof MonthEvents]

export interface MonthState {
  readonly id: string
  readonly locked: {
    readonly event: string
    readonly at: number
    readonly by: string
    /** Last event of each origin that counts. */
    readonly heads: Readonly<Record<string, number>>
    readonly entries: number
    /** Fen by account. */
    readonly moved: Readonly<Record<Account, number>>
  } | null
  readonly conflicts: readonly Conflict[]
}

export const monthFold: SubjectFold<MonthState> = {
  initial: (id) => ({ id, locked: null, conflicts: [] }),

  evolve(state, stored) {
    const event = stored as MonthEvent
    if (event.type !== 'monthLocked') return state
    if (state.locked) {
      const loser = { event: event.id, type: event.type, at: event.at, actor: event.actor.id, code: 'monthLocked' }
      return { ...state, conflicts: [...state.conflicts, loser] }
    }
    const { heads, entries } = event.data
    const moved = Object.fromEntries(
      ACCOUNTS.map((account) => {
        const fen = event.money?.[account]
        return [account, typeof fen === 'number' ? fen : 0]
      }),
    ) as Record<Account, number>
    return { ...state, locked: { event: event.id, at: event.at, by: event.actor.id, heads, entries, moved } }
  },
}
