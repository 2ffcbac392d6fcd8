import { armTimers, fireTimer, settleTimers, withTimerUpdates } from './evolveTimers.ts'
import { withPersonal } from './evolveFields.ts'
import type { StageEntry, WorkOrderEvent } from './events.ts'
import type { StageVisit, WorkOrderState } from './state.ts'
import type { StageId } from './stages.ts'

/**
 * Stages, closing and freezing: the decisions that can lose. A decision taken on a sight that an earlier event has
 * overtaken (another desk was first) changes nothing and is kept as a conflict. undefined: not an event of this part.
 */
export function evolveStages(state: WorkOrderState, event: WorkOrderEvent): WorkOrderState | undefined {
  switch (event.type) {
    case 'orderRegistered': {
      if (state.registered) return conflict(state, event, 'alreadyRegistered')
      const { number, fields, firstContactAt, channel, entered, owner, promise } = event.data
      const registered: WorkOrderState = withPersonal(
        {
          ...state,
          registered: true,
          number,
          fields: { ...fields, ...state.fields },
          firstContactAt,
          channel,
          registeredAt: event.at,
          owner: state.owner ?? owner,
          promise: state.promise ?? promise,
          imported: event.data.imported?.source ?? null,
          demo: event.data.demo === true,
          knownDefect: state.knownDefect ?? event.data.knownDefect ?? null,
        },
        event,
      )
      return entered ? enter(registered, entered, event.at, 'registered') : registered
    }
    case 'stageChanged': {
      const { from, how, reason, entered, promise } = event.data
      if (state.status !== 'open' || state.stage !== from) return conflict(state, event, 'stageMovedOn')
      const left = leave(state, event.at)
      return enter({ ...left, promise: promise ?? left.promise }, entered, event.at, how, reason)
    }
    case 'orderClosed': {
      if (state.status !== 'open' || state.stage !== event.data.from) return conflict(state, event, 'stageMovedOn')
      const left = leave(state, event.at)
      // Said to be earlier than the stage was entered: closed when it was entered, no boundary before the last.
      const closed = close(left, left.visits[left.visits.length - 1]?.leftAt ?? event.at)
      return { ...closed, closedHow: event.data.how, issued: [...state.issued, ...(event.data.issued ?? [])] }
    }
    case 'orderCancelled':
      if (state.status !== 'open') return conflict(state, event, 'notOpen')
      return { ...leave(state, event.at), status: 'cancelled', promise: null, handover: null }
    case 'orderMerged':
      if (state.status !== 'open') return conflict(state, event, 'notOpen')
      return {
        ...leave(state, event.at),
        status: 'merged',
        promise: null,
        handover: null,
        mergedInto: { id: event.data.into, number: event.data.number },
      }
    case 'orderReopened': {
      if (state.status !== 'closed') return conflict(state, event, 'notClosed')
      const open: WorkOrderState = {
        ...state,
        status: 'open',
        closedAt: null,
        closedHow: null,
        signature: null,
        reopenCount: state.reopenCount + 1,
        promise: event.data.promise ?? null,
      }
      return enter(open, event.data.entered, event.at, 'reopened', event.data.reason)
    }
    case 'orderFrozen': {
      if (state.status !== 'open' || state.stage !== 'partsLock') return conflict(state, event, 'stageMovedOn')
      const frozen = { ...state, freeze: { since: state.freeze?.since ?? event.at, shortages: event.data.shortages } }
      return withTimerUpdates(frozen, event.data.timers, event.at, true, 'frozen')
    }
    case 'orderThawed': {
      if (state.freeze === null) return conflict(state, event, 'notFrozen')
      const thawed = { ...state, freeze: null, released: state.released || event.data.by === 'release' }
      return withTimerUpdates(thawed, event.data.timers, event.at, false, 'frozen')
    }
    case 'timerFired':
      return fireTimer(state, event.at, event.data)
    case 'historyRecorded':
      return history(state, event)
    default:
      return undefined
  }
}

export function conflict(state: WorkOrderState, event: WorkOrderEvent, code: string): WorkOrderState {
  const loser = { event: event.id, type: event.type, at: event.at, actor: event.actor.id, code }
  return { ...state, conflicts: [...state.conflicts, loser] }
}

function leave(state: WorkOrderState, at: number): WorkOrderState {
  const left = settleTimers({ ...state, freeze: null, released: false }, at, 'left', () => true)
  return { ...left, visits: endLast(left.visits, at) }
}

function endLast(visits: readonly StageVisit[], at: number): readonly StageVisit[] {
  return visits.map((visit, index) =>
    index === visits.length - 1 && visit.leftAt === null ? { ...visit, leftAt: Math.max(at, visit.enteredAt) } : visit,
  )
}

function enter(
  state: WorkOrderState,
  entry: StageEntry,
  at: number,
  how: StageVisit['how'],
  reason?: string,
): WorkOrderState {
  const before = state.visits[state.visits.length - 1]
  const visit: StageVisit = {
    id: entry.visit,
    stage: entry.stage,
    // A move that was said to be earlier than the last one follows it without a gap or an overlap.
    enteredAt: Math.max(at, before?.leftAt ?? at),
    leftAt: null,
    how,
    ...(reason !== undefined && { reason }),
    workflowVersion: entry.workflowVersion,
    slaPolicy: entry.slaPolicy,
    slaVersion: entry.slaVersion,
  }
  return { ...state, stage: entry.stage, visits: [...state.visits, visit], timers: armTimers(state, entry) }
}

function close(state: WorkOrderState, at: number): WorkOrderState {
  return { ...state, status: 'closed', closedAt: at, firstClosedAt: state.firstClosedAt ?? at, promise: null, handover: null }
}

/**
 * A foreign history is recorded as it happened, row by row, so the last row says where the order stands: a row after
 * a Closed one opens it again, and the last Closed closes (METRICS, "Several Closed rows").
 */
function history(state: WorkOrderState, event: Extract<WorkOrderEvent, { type: 'historyRecorded' }>): WorkOrderState {
  const { to, fields, owner, reopened } = event.data
  const noted: WorkOrderState = {
    ...state,
    ...(fields && { fields: { ...state.fields, ...fields } }),
    ...(owner !== undefined && { owner }),
    ...(reopened && { reopenCount: state.reopenCount + 1 }),
  }
  if (to === null) return noted
  if (to === 'closed') return close({ ...noted, visits: endLast(noted.visits, event.at) }, event.at)
  if (noted.status === 'open' && to === noted.stage && noted.visits.length > 0) return noted
  return historyVisit({ ...noted, status: 'open', closedAt: null, closedHow: null }, to, event)
}

function historyVisit(state: WorkOrderState, stage: StageId, event: WorkOrderEvent): WorkOrderState {
  const visit: StageVisit = {
    id: `h${state.visits.length + 1}`,
    stage,
    enteredAt: event.at,
    leftAt: null,
    how: 'imported',
    workflowVersion: 0,
    slaPolicy: '',
    slaVersion: 0,
  }
  return { ...state, stage, visits: [...endLast(state.visits, event.at), visit] }
}
