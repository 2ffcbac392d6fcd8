import type { WorkOrderState } from '../workOrder/state.ts'
import { boundariesOf, isSolvedRemotely } from './boundaries.ts'
import { isRated, PIECES, type PerceivedLimits, type PieceName, type RatedPiece, type WaitParty } from './pieces.ts'

/** One piece of the customer's time, half-open; `to` null: it runs. */
export interface Piece {
  readonly piece: PieceName
  readonly from: number
  readonly to: number | null
}

/** The customer's time of one order. Pure: nothing here depends on a limit, a zone or the present. */
export interface Perceived {
  readonly outcome: 'open' | 'closed' | 'selfResolved' | 'cancelled' | 'merged'
  /** When it got that outcome; null while it is open. UTC ms. */
  readonly endedAt: number | null
  /** Contiguous from the first contact to the signature, or to a last one that runs; they sum to the total exactly. */
  readonly pieces: readonly Piece[]
  readonly remote: boolean
  /** Replied to at the telephone that registered it: shown as a channel of its own. */
  readonly atCall: boolean
  /** The date of the visit was the customer's own choice. */
  readonly byWish: boolean
}

/** A state never changes: several rows ask for the same, and a command's `before` was the `after` of the last one. */
const known = new WeakMap<WorkOrderState, Perceived>()

export function perceive(state: WorkOrderState): Perceived {
  let perceived = known.get(state)
  if (!perceived) known.set(state, (perceived = perceivedOf(state)))
  return perceived
}

function perceivedOf(state: WorkOrderState): Perceived {
  const outcome = outcomeOf(state)
  const last = state.visits[state.visits.length - 1]
  const remote = isSolvedRemotely(state)
  return {
    outcome,
    endedAt: outcome === 'open' ? null : (state.closedAt ?? last?.leftAt ?? state.registeredAt),
    pieces: outcome === 'cancelled' || outcome === 'merged' ? [] : piecesOf(state, remote),
    remote,
    atCall: state.channel === 'phone' && state.firstRepliedAt !== null && state.firstRepliedAt <= state.firstContactAt,
    byWish: state.customersDate,
  }
}

function outcomeOf({ status, closedHow }: WorkOrderState): Perceived['outcome'] {
  return status === 'closed' && closedHow === 'selfResolved' ? 'selfResolved' : status
}

const EXECUTION = PIECES.indexOf('execution')

/** Running maximum over what was reached; the first boundary that may still come ends the line. */
function piecesOf(state: WorkOrderState, remote: boolean): Piece[] {
  const [begin, ...boundaries] = boundariesOf(state, remote)
  const pieces: Piece[] = []
  let from = begin as number
  let next = 0
  for (const [index, reached] of boundaries.entries()) {
    if (reached === 'absent') continue
    // What was tried between the first conclusion and the remote fix is field work without the field.
    const gap = remote && next === EXECUTION ? 'fieldWork' : 'unknown'
    const piece = index === next ? (PIECES[index] as PieceName) : gap
    if (reached === 'pending') return [...pieces, { piece, from, to: null }]
    const to = Math.max(from, reached)
    pieces.push({ piece, from, to })
    from = to
    next = index + 1
  }
  return pieces
}

/** First contact → signature, ms; null while the order has not been signed or is outside every figure. */
export function totalOf({ pieces }: Perceived): number | null {
  const first = pieces[0]
  const last = pieces[pieces.length - 1]
  return first && last && last.to !== null ? last.to - first.from : null
}

export type Verdict = 'hit' | 'miss' | 'pending' | 'notApplicable'

/**
 * Whether the stage kept its limit as of `now`. Half-open: one that took exactly its limit has missed (METRICS,
 * "Time"). Self-resolved, cancelled and merged orders are outside the rates.
 */
export function verdictOf(perceived: Perceived, stage: RatedPiece, limits: PerceivedLimits, now: number): Verdict {
  const piece = perceived.pieces.find((each) => each.piece === stage)
  if (!piece || (perceived.outcome !== 'open' && perceived.outcome !== 'closed')) return 'notApplicable'
  const isOver = (piece.to ?? now) - piece.from >= limits[stage]
  return isOver ? 'miss' : piece.to === null ? 'pending' : 'hit'
}

/** The stage with a limit that runs now: once its limit has passed it has missed. */
export function runningStage({ outcome, pieces }: Perceived): { readonly stage: RatedPiece; readonly since: number } | null {
  const last = pieces[pieces.length - 1]
  if (outcome !== 'open' || !last || last.to !== null || !isRated(last.piece)) return null
  return { stage: last.piece, since: last.from }
}

/** Every second of a span on the party it waited on; the parts sum to the span exactly. Before any promise it waited on us. */
export function partiesIn(
  { waits, imported }: Pick<WorkOrderState, 'waits' | 'imported'>,
  from: number,
  to: number,
): ReadonlyMap<WaitParty, number> {
  const parts = new Map<WaitParty, number>()
  const add = (party: WaitParty, begin: number, end: number): void => {
    const ms = Math.min(end, to) - Math.max(begin, from)
    if (ms > 0) parts.set(party, (parts.get(party) ?? 0) + ms)
  }
  add(imported === null ? 'us' : 'unknown', -Infinity, waits[0]?.from ?? Infinity)
  for (const [index, wait] of waits.entries()) add(wait.party, wait.from, waits[index + 1]?.from ?? Infinity)
  return parts
}
