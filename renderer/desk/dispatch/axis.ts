import type { Span } from '#shared/domain/dispatch/problem.ts'

const HOUR = 3_600_000

/** A day or a week as a line of px: stretches of time side by side, what lies between them is folded away. UTC ms. */
export interface Axis {
  readonly stretches: readonly Span[]
  readonly msPerPx: number
  readonly width: number
}

/** @param width px for all stretches together, shared out by their length */
export function axisOf(stretches: readonly Span[], width: number): Axis {
  const length = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  return { stretches, width, msPerPx: length / Math.max(1, width) }
}

/** px from the left; a time that is folded away is at the edge of the stretch after it. */
export function xOf({ stretches, msPerPx }: Axis, at: number): number {
  let before = 0
  for (const { from, to } of stretches) {
    if (at < from) break
    before += Math.min(at, to) - from
  }
  return before / msPerPx
}

/** The time at so many px from the left; beyond the ends it is the end. */
export function timeAt({ stretches, msPerPx }: Axis, x: number): number {
  let left = x * msPerPx
  const first = stretches[0]
  if (!first || left <= 0) return first?.from ?? 0
  for (const { from, to } of stretches) {
    if (left < to - from) return from + left
    left -= to - from
  }
  return stretches.at(-1)?.to ?? 0
}

/** Where a span is drawn; undefined: nothing of it is in sight. */
export function placeOf(axis: Axis, { from, to }: Span): { readonly x: number; readonly width: number } | undefined {
  if (!axis.stretches.some((stretch) => from < stretch.to && stretch.from < to)) return undefined
  const x = xOf(axis, from)
  return { x, width: Math.max(1, xOf(axis, to) - x) }
}

const STEPS_HOURS = [1, 2, 3, 4, 6, 8, 12, 24]

/** Hours apart at which marks have at least `room` px each. */
export const hoursBetween = ({ msPerPx }: Axis, room: number): number => STEPS_HOURS.find((hours) => (hours * HOUR) / msPerPx >= room) ?? 24

/** Times of marks within each stretch, every `hours` from its beginning; a stretch's end has none. */
export const marksOf = ({ stretches }: Axis, hours: number): number[] =>
  stretches.flatMap(({ from, to }) => Array.from({ length: Math.ceil((to - from) / (hours * HOUR)) }, (_, index) => from + index * hours * HOUR))

/**
 * From when to when, ms after a day's begin, anybody has something on one of the days, in whole hours: nights that are
 * empty all week are folded away. Whatever crosses midnight keeps the whole day.
 */
export function busyHours(days: readonly Span[], ...spans: readonly (readonly Span[])[]): { readonly begins: number; readonly ends: number } {
  const length = Math.min(...days.map(({ from, to }) => to - from))
  let [begins, ends] = [8 * HOUR, 18 * HOUR]
  for (const { from, to } of spans.flat()) {
    const day = days.find((each) => each.from <= from && from < each.to)
    if (!day) continue
    if (to > day.to) return { begins: 0, ends: length }
    begins = Math.min(begins, from - day.from)
    ends = Math.max(ends, to - day.from)
  }
  return { begins: Math.floor(begins / HOUR) * HOUR, ends: Math.min(length, Math.ceil(ends / HOUR) * HOUR) }
}

/** Each bar's line within a row, so that bars at the same time stand one below the other; and how many lines that takes. */
export function stack(bars: readonly Span[]): { readonly lines: readonly number[]; readonly count: number } {
  const ends: number[] = []
  const lines = bars.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from)
    const line = free < 0 ? ends.length : free
    ends[line] = to
    return line
  })
  return { lines, count: Math.max(1, ends.length) }
}
