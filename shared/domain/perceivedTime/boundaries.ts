import { isSigned } from '../workOrder/requirements.ts'
import { STAGES, type StageId } from '../workOrder/stages.ts'
import type { StageVisit, WorkOrderState } from '../workOrder/state.ts'

/** When a boundary was reached (UTC ms), that it may still come, or that it lacks for good. */
export type Reached = number | 'pending' | 'absent'

const place = (stage: StageId): number => STAGES.indexOf(stage)
const DIAGNOSIS = place('diagnosis')
const ONSITE = place('onsite')

/**
 * The seven boundaries of an order, `remote` where it was solved so, as recorded, in their order and before the running maximum. What can no longer come
 * is absent: an imported history lacks what it did not record, a remote fix has no arrival.
 */
export function boundariesOf(state: WorkOrderState, remote: boolean): readonly Reached[] {
  const { visits, arrivals, firstRepliedAt } = state
  const isImported = state.imported !== null
  const isClosed = state.status === 'closed'
  const last = visits[visits.length - 1]
  const at = last ? place(last.stage) : 0
  const isDone = last?.stage === 'signoff'
  const missing = (cannotCome: boolean): Reached => (cannotCome || isClosed ? 'absent' : 'pending')

  const arrival = arrivals.length > 0 ? Math.min(...arrivals.map((each) => each.at)) : null
  const signature = signatureOf(state)
  const workDone = isDone ? last.enteredAt : missing(false)
  // A person stood before the customer, or solved it with the customer: the latest moment that was a reply.
  const answered = [arrival, remote && isDone ? last.enteredAt : null, typeof signature === 'number' ? signature : null]
  const firstAnswer = Math.min(...answered.map((each) => each ?? Infinity))
  const reply = firstRepliedAt ?? (isImported ? 'absent' : firstAnswer < Infinity ? firstAnswer : missing(false))

  return [
    state.firstContactAt,
    reply,
    visits.find(({ stage }) => stage === 'diagnosis')?.enteredAt ?? missing(at > DIAGNOSIS),
    concludedAt(visits, isClosed) ?? missing(at > DIAGNOSIS),
    arrival ?? missing(remote || isDone || (isImported && at >= ONSITE)),
    workDone,
    signature,
  ]
}

/** Diagnosis was left for a later stage, or for good. */
function concludedAt(visits: readonly StageVisit[], isClosed: boolean): number | null {
  for (const [index, visit] of visits.entries()) {
    if (visit.stage !== 'diagnosis' || visit.leftAt === null) continue
    const next = visits[index + 1]
    if (next ? next.how === 'reopened' || place(next.stage) > DIAGNOSIS : isClosed) return visit.leftAt
  }
  return null
}

/** Signed and, where it is closed without a signature (a self-resolved order, an imported one), the closing. */
function signatureOf(state: WorkOrderState): Reached {
  const isSignedNow = isSigned(state) && state.visits[state.visits.length - 1]?.stage === 'signoff'
  if (isSignedNow && state.signature) return state.signature.at
  return state.status === 'closed' ? (state.closedAt ?? 'absent') : 'pending'
}

/** METRICS: a remote fix has no ③. Where somebody travelled all the same, the journey counts. */
export function isSolvedRemotely({ visits, arrivals }: WorkOrderState): boolean {
  const last = visits[visits.length - 1]
  return last?.stage === 'signoff' && last.how === 'remoteFix' && arrivals.length === 0
}
