import { assertInstant } from './errors.ts'
import type { Pause } from './types.ts'

/** Disjoint, in order, none before the start; an open one ends at Infinity and is the last. */
export interface HeldTime {
  from: number
  to: number
  reason: string
}

/** Time held by several pauses counts once, and for the one that began first. */
export function heldTime(pauses: readonly Pause[] | undefined, start: number): readonly HeldTime[] {
  if (pauses === undefined || pauses.length === 0) return []
  const held: HeldTime[] = []
  let free = start
  for (const pause of [...pauses].sort((a, b) => a.from - b.from)) {
    assertInstant(pause.from, 'pause from')
    if (pause.to !== null) assertInstant(pause.to, 'pause to')
    const from = Math.max(pause.from, free)
    const to = pause.to ?? Infinity
    if (to <= from) continue
    held.push({ from, to, reason: pause.reason })
    free = to
  }
  return held
}
