/**
 * The names of perceived time (METRICS, "Perceived time: a partition that sums"). Boundaries: first contact → first reply
 * → diagnosis entered → diagnosis first concluded → first arrival → last field work done → signature. A piece stands
 * between two of them; four of the pieces are stages with a limit.
 */
/** Each from the boundary of its index to the next, in that order. */
export const PIECES = ['response', 'triage', 'decision', 'execution', 'fieldWork', 'confirmation'] as const
/** `unknown`: the time between two boundaries where one between them was never recorded (imports). */
export type PieceName = (typeof PIECES)[number] | 'unknown'
export const isPiece = (name: string): name is PieceName => name === 'unknown' || (PIECES as readonly string[]).includes(name)

/** The four stages with a limit: ① response, ② decision, ③ execution, ④ confirmation. */
export const RATED = ['response', 'decision', 'execution', 'confirmation'] as const
export type RatedPiece = (typeof RATED)[number]
export const isRated = (piece: PieceName): piece is RatedPiece => (RATED as readonly string[]).includes(piece)

/** Limits in ms, as set for the service center (`perceived.limits`). */
export type PerceivedLimits = Readonly<Record<RatedPiece, number>>

/** Whom a second of the customer's time waited on; `unknown`: an imported history does not say. */
export const WAIT_PARTIES = ['us', 'customer', 'supplier', 'erp', 'unknown'] as const
export type WaitParty = (typeof WAIT_PARTIES)[number]
export const isWaitParty = (name: string): name is WaitParty => (WAIT_PARTIES as readonly string[]).includes(name)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Upper edges of the histogram, ms, each outside its bucket. A limit is one of them, so that hits are exact sums of
 * buckets whatever limit is set.
 */
export const EDGES: readonly number[] = [
  ...[1, 2, 3, 5, 10, 15, 20, 30, 45].map((n) => n * MINUTE),
  ...[1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20].map((n) => n * HOUR),
  ...[1, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90].map((n) => n * DAY),
]

/** The bucket of a duration: 0 is below the first edge, `EDGES.length` from the last one on. */
export function bucketOf(ms: number): number {
  let low = 0
  let high = EDGES.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((EDGES[middle] as number) <= ms) low = middle + 1
    else high = middle
  }
  return low
}

/** The last bucket whose every duration is below `limit`; a limit that is no edge counts as the edge below it. */
export const lastBucketUnder = (limit: number): number => EDGES.findLastIndex((edge) => edge <= limit)
