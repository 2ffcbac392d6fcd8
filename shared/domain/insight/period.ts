/** Natural days `2026-11-22`, both included. */
interface Period {
  readonly from: string
  readonly to: string
}

/** Ten years: a desk keeps no more at hand, and a trend is told day by day. */
export const MOST_DAYS = 3660
/** The day after the last one would have a year of five digits. */
const BEYOND = '9999'

const lengthOf = ({ from, to }: Period): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1

/** Why nothing can be asked of such days, as the code of a refusal; null: it can. Days to come are merely empty. */
export function periodProblem(period: Period): 'periodBackwards' | 'periodTooLong' | 'periodTooFar' | null {
  if (period.to < period.from) return 'periodBackwards'
  if (period.to >= BEYOND) return 'periodTooFar'
  return lengthOf(period) > MOST_DAYS ? 'periodTooLong' : null
}
