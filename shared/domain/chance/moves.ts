/** What can be done for an order about to miss a limit, the cheapest first. */
export const MOVE_KINDS = ['callCustomer', 'remoteFix', 'substitute', 'otherEngineer', 'swap'] as const
export type MoveKind = (typeof MOVE_KINDS)[number]

/** From this chance on a limit is likely missed; below it a move has saved the order. */
export const SAVED_BELOW = 0.5

export interface Weighed {
  readonly kind: MoveKind
  /** That the limit is missed all the same. */
  readonly after: number
}

/**
 * Those that save the order, the cheapest first; then those that only help, the best first. What helps by less than five
 * in a hundred is no move.
 */
export function rankMoves<Move extends Weighed>(before: number, moves: readonly Move[]): Move[] {
  const cost = ({ kind }: Weighed): number => MOVE_KINDS.indexOf(kind)
  const helpful = moves.filter(({ after }) => before - after >= 0.05)
  const saving = helpful.filter(({ after }) => after < SAVED_BELOW && after <= before / 2).sort((a, b) => cost(a) - cost(b) || a.after - b.after)
  const rest = helpful.filter((move) => !saving.includes(move)).sort((a, b) => a.after - b.after || cost(a) - cost(b))
  return [...saving, ...rest]
}
