/** METRICS, "expected completion ETA": at least so many past orders alike. */
export const FEWEST = 30

/** How alike the past orders are that something is expected from. */
export const LIKENESS = ['symptomAndModel', 'symptom', 'all'] as const
export type Likeness = (typeof LIKENESS)[number]

/** One finished stretch of a past order. */
export interface Lesson {
  /** ms. */
  readonly length: number
  /** From the begin of the stretch to the order's closing, ms. */
  readonly rest: number
}

/** Lessons of past orders alike, the most alike first. */
export type Lessons = Readonly<Record<Likeness, readonly Lesson[]>>

export interface Expectation {
  /** From now, ms; never negative. */
  readonly median: number
  readonly p80: number
  readonly mean: number
  /** Past orders that it rests on. */
  readonly orders: number
  readonly likeness: Likeness
  /** Longer than nearly every order before it: expected from the longest of them. */
  readonly beyond: boolean
}

/**
 * What is still to come after `spent` ms in the present stretch: of past orders alike that lasted longer than that,
 * the rest of theirs. The closest kind with 30 of them counts; where even all together have fewer, the 30 longest do.
 * @param of what is asked for: `rest` until the closing, `length` until the end of the stretch
 * @returns null where fewer than 30 orders teach anything
 */
export function expectAfter(lessons: Lessons, spent: number, of: keyof Lesson = 'rest'): Expectation | null {
  for (const likeness of LIKENESS) {
    const left = remaining(lessons[likeness], spent, of)
    if (left.length >= FEWEST) return { ...figures(left), likeness, beyond: false }
  }
  const longest = lessons.all.toSorted((a, b) => b.length - a.length).slice(0, FEWEST)
  const least = longest[FEWEST - 1]
  if (!least) return null
  return { ...figures(longest.map((lesson) => lesson[of] - least.length)), likeness: 'all', beyond: true }
}

const remaining = (lessons: readonly Lesson[], spent: number, of: keyof Lesson): number[] =>
  lessons.filter(({ length }) => length > spent).map((lesson) => lesson[of] - spent)

function figures(left: readonly number[]): Pick<Expectation, 'median' | 'p80' | 'mean' | 'orders'> {
  const sorted = left.map((ms) => Math.max(0, ms)).sort((a, b) => a - b)
  const sum = sorted.reduce((total, ms) => total + ms, 0)
  return { median: quantile(sorted, 0.5), p80: quantile(sorted, 0.8), mean: Math.round(sum / sorted.length), orders: sorted.length }
}

/** The smallest that at least `share` of them do not exceed (nearest rank). */
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
