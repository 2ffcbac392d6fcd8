import type { Span } from '#shared/domain/dispatch/problem.ts'

/** By how much a bar jumps while it is drawn or pushed by a key, ms. */
export const SNAP_MS = 15 * 60_000
/** With Shift held. */
export const FINE_MS = 5 * 60_000

export type Grip = 'whole' | 'begin' | 'end'

export const snapped = (at: number, snap: number = SNAP_MS): number => Math.round(at / snap) * snap

/**
 * Where a bar is once its grip was drawn to `at`. The whole keeps its length and where the hand holds it
 * (`heldAt`: ms after its begin); an end stays at least one step away from the other.
 */
export function drawn(bar: Span, grip: Grip, at: number, heldAt = 0, snap: number = SNAP_MS): Span {
  if (grip === 'whole') {
    const from = snapped(at - heldAt, snap)
    return { from, to: from + bar.to - bar.from }
  }
  if (grip === 'begin') return { from: Math.min(snapped(at, snap), bar.to - snap), to: bar.to }
  return { from: bar.from, to: Math.max(snapped(at, snap), bar.from + snap) }
}

/** By keys: later or earlier, longer or shorter; never shorter than a step. */
export function pushed(bar: Span, grip: Exclude<Grip, 'begin'>, byMs: number, least: number = SNAP_MS): Span {
  const to = grip === 'whole' ? bar.to + byMs : Math.max(bar.to + byMs, bar.from + least)
  return { from: grip === 'whole' ? bar.from + byMs : bar.from, to }
}

/** A press that does not move so far is a click, px. */
export const CLICK_PX = 4
/** So close to the edge, the timeline scrolls by itself. */
const EDGE_PX = 36
const FASTEST_PX = 18

/** How far to scroll in this frame, px; 0 away from both edges. */
export function edgePull(at: number, start: number, end: number): number {
  const near = (distance: number): number => (Math.min(EDGE_PX, Math.max(0, EDGE_PX - distance)) / EDGE_PX) * FASTEST_PX
  const pull = near(end - at) - near(at - start)
  return Math.round(pull)
}
