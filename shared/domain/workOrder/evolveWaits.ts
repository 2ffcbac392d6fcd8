import type { Wait, WorkOrderState } from './state.ts'

/**
 * Keeps whom the customer's time waited on since when, as the promises told (METRICS, "Perceived time"). A closed order
 * rests with the customer; an open one without a promise is ours, unless a foreign history left it so.
 */
export function withWait(before: WorkOrderState, after: WorkOrderState, at: number): WorkOrderState {
  if (before.promise === after.promise && before.status === after.status && before.registered === after.registered) return after
  const party = partyOf(after)
  const last = after.waits[after.waits.length - 1]
  if (last?.party === party) return after
  const from = Math.max(at, last?.from ?? at)
  const earlier = last?.from === from ? after.waits.slice(0, -1) : after.waits
  return { ...after, waits: [...earlier, { from, party }] }
}

function partyOf({ promise, status, imported }: WorkOrderState): Wait['party'] {
  if (promise) return promise.waitsOn
  if (status === 'closed') return 'customer'
  return imported === null ? 'us' : 'unknown'
}
