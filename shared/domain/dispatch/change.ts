import { CHANGE_TOLERANCE_MS, type Placement, type Problem, type Solution } from './problem.ts'

/** Whether a job is not where it was: other engineers, or a begin that slips by more than the tolerance. */
export function changed(before: Placement, start: number, engineers: ReadonlySet<string>): boolean {
  return (
    start > before.from + CHANGE_TOLERANCE_MS ||
    start < before.from - CHANGE_TOLERANCE_MS ||
    before.engineers.length !== engineers.size ||
    before.engineers.some((id) => !engineers.has(id))
  )
}

export interface Stability {
  /** Jobs that had a place and have it still. */
  readonly kept: readonly string[]
  /** Jobs that had a place and have another, or none. */
  readonly changed: readonly string[]
}

/** What a plan leaves of the places that jobs had. */
export function stability(problem: Problem, { rounds }: Solution): Stability {
  const now = new Map<string, { start: number; engineers: Set<string> }>()
  for (const { engineer, stops } of rounds) {
    for (const { job, start } of stops) {
      const seen = now.get(job) ?? { start, engineers: new Set<string>() }
      seen.engineers.add(engineer)
      now.set(job, seen)
    }
  }
  const kept: string[] = []
  const moved: string[] = []
  for (const { id, current } of problem.jobs) {
    if (!current) continue
    const place = now.get(id)
    if (place && !changed(current, place.start, place.engineers)) kept.push(id)
    else moved.push(id)
  }
  return { kept, changed: moved }
}
