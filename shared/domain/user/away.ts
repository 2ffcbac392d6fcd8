/** Why somebody does not work, whatever the roster says: leave, a closed account, or another role than engineer. */
type AwayWhy = 'leave' | 'disabled' | 'otherRole'

/** UTC ms, half-open; nobody knows an end: `FOREVER`. */
export interface Away {
  readonly why: AwayWhy
  readonly from: number
  readonly to: number
}

/** Later than any instant. */
export const FOREVER = 9_000_000_000_000_000

/** It ends at `at`; what had not begun by then never was. */
export const ended = (away: readonly Away[], why: AwayWhy, at: number): Away[] =>
  away.flatMap((span) => {
    if (span.why !== why || span.to <= at) return [span]
    return span.from >= at ? [] : [{ ...span, to: at }]
  })

/** A new span takes the place of what still went on or lay ahead. */
export const begun = (away: readonly Away[], why: AwayWhy, at: number, { from, to }: { readonly from: number; readonly to: number }): Away[] => [
  ...ended(away, why, at),
  { why, from, to },
]
