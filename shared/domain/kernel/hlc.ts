/**
 * Hybrid logical clock in one safe integer: milliseconds × 2048 + counter. It orders, it does not date: a clock
 * set back never makes an event precede the log it follows.
 */
export const HLC_COUNTERS = 2048

export function nextHlc(last: number, nowMs: number): number {
  return Math.max(last + 1, nowMs * HLC_COUNTERS)
}
