/** What the boxes about a visit accept; the service center has the last word, by the same limits. */
export const LEAST_MINUTES = 5
export const MOST_MINUTES = 10_080
export const MOST_CREW = 10
export const MOST_AFTER = 20
export const MOST_WINDOWS = 50

/** A window as far as it is typed, UTC ms. */
export interface TypedWindow {
  from?: number | undefined
  to?: number | undefined
}

export const isWhole = (text: string, least: number, most: number): boolean => /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most

interface WindowProblem {
  readonly code: 'windowEmpty' | 'windowTurned' | 'windowPast' | 'windowOverlap'
  /** Index of the other window; its own where there is none. */
  readonly with: number
}

/** What is wrong with a window among the others; undefined: nothing. */
export function windowProblem(windows: readonly TypedWindow[], index: number, now: number): WindowProblem | undefined {
  const { from, to } = windows[index] ?? {}
  if (from === undefined || to === undefined) return { code: 'windowEmpty', with: index }
  if (to <= from) return { code: 'windowTurned', with: index }
  if (to <= now) return { code: 'windowPast', with: index }
  const other = windows.findIndex((each, at) => at < index && each.from !== undefined && each.to !== undefined && each.from < to && from < each.to)
  return other < 0 ? undefined : { code: 'windowOverlap', with: other }
}
