import { withChanges as withPlain } from '../kernel/changes.ts'
import type { SubjectFold } from '../kernel/fold.ts'
import { PLAIN_VISIT } from '../roster/types.ts'
import { conflict, evolveStages } from './evolveStages.ts'
import { endedByAct, settleTimers, withTimerUpdates } from './evolveTimers.ts'
import { ratingOf, withChanges, withPersonal, withWritten } from './evolveFields.ts'
import { withWait } from './evolveWaits.ts'
import type { WorkOrderEvent } from './events.ts'
import type { WorkOrderState } from './state.ts'

export const workOrderFold: SubjectFold<WorkOrderState> = {
  initial: (id) => ({
    id,
    registered: false,
    number: '',
    status: 'open',
    stage: 'intakeReview',
    fields: {},
    personal: {},
    erased: [],
    channel: 'other',
    firstContactAt: 0,
    registeredAt: 0,
    firstRepliedAt: null,
    visits: [],
    timers: [],
    owner: null,
    handover: null,
    handovers: [],
    collaborators: [],
    promise: null,
    waits: [],
    customersDate: false,
    freeze: null,
    released: false,
    issued: [],
    appointment: null,
    visitNeeds: PLAIN_VISIT,
    arrivals: [],
    attachments: [],
    signature: null,
    links: [],
    mergedInto: null,
    firstClosedAt: null,
    closedAt: null,
    closedHow: null,
    reopenCount: 0,
    inquiries: 0,
    complaints: 0,
    complaintCauses: { overtime: 0, other: 0 },
    ratings: [],
    surveys: [],
    notes: 0,
    written: [],
    lastActAt: null,
    imported: null,
    demo: false,
    knownDefect: null,
    conflicts: [],
    readOnly: false,
  }),

  evolve(state, stored) {
    const event = stored as WorkOrderEvent
    const evolved = withHandover(state, evolveStages(state, event) ?? evolveFacts(state, event), event.at)
    const next = withWait(state, evolved, event.at)
    return event.actor.kind === 'user' && isAct(event) ? acted(next, event.at) : next
  },
}

/** A whole shift that is offered, taken back or declined changes none of its orders: nobody has acted on them. */
function isAct(event: WorkOrderEvent): boolean {
  switch (event.type) {
    case 'orderRegistered':
      return false
    case 'handoverOffered':
    case 'handoverWithdrawn':
      return event.data.shift === undefined
    case 'handoverAnswered':
      return event.data.shift === undefined || event.data.accepted
    default:
      return true
  }
}

/** Acknowledging, writing a note or changing the order is acting; looking leaves no event (METRICS, the ladder). */
function acted(state: WorkOrderState, at: number): WorkOrderState {
  return {
    ...settleTimers(state, at, 'acted', (timer) => endedByAct(timer, at)),
    lastActAt: Math.max(state.lastActAt ?? 0, at),
  }
}

const oneMore = ({ complaintCauses }: WorkOrderState, cause: 'overtime' | 'other'): WorkOrderState['complaintCauses'] => ({
  ...complaintCauses,
  [cause]: complaintCauses[cause] + 1,
})

/** How long an offer stood: another one in its place ends it too. */
function withHandover(before: WorkOrderState, after: WorkOrderState, at: number): WorkOrderState {
  if (before.handover === null || before.handover === after.handover) return after
  const { offeredAt: from } = before.handover
  return { ...after, handovers: [...after.handovers, { from, to: Math.max(from, at) }] }
}

/** Facts of the world fold in any state (DESIGN §4). */
function evolveFacts(state: WorkOrderState, event: WorkOrderEvent): WorkOrderState {
  switch (event.type) {
    case 'fieldsChanged':
      return withPersonal({ ...state, fields: withChanges(state.fields, event.data.changes) }, event)
    case 'firstReplied':
      if (state.firstRepliedAt !== null) return state
      return settleTimers({ ...state, firstRepliedAt: event.at }, event.at, 'replied', (timer) => timer.until === 'firstReply')
    case 'promiseSet':
      return withTimerUpdates(
        { ...state, promise: event.data.promise },
        event.data.timers,
        event.at,
        event.data.promise.waitsOn === 'customer',
        'waitingOnCustomer',
      )
    case 'handoverOffered':
      return { ...state, handover: { from: state.owner, ...event.data, offeredAt: event.at, by: event.actor.id } }
    case 'handoverAnswered':
      // Taken back, or offered to somebody else, by an earlier decision of another desk: nobody owns what he never took.
      if (state.handover?.to !== event.actor.id) return conflict(state, event, 'noHandover')
      return { ...state, owner: event.data.accepted ? state.handover.to : state.owner, handover: null }
    case 'handoverWithdrawn':
      // Taken meanwhile: whoever took it keeps it.
      return state.handover ? { ...state, handover: null } : conflict(state, event, 'noHandover')
    case 'ownerAssigned':
      return { ...state, owner: event.data.owner, handover: null }
    case 'collaboratorsChanged': {
      const kept = state.collaborators.filter((user) => !event.data.removed.includes(user))
      return { ...state, collaborators: [...new Set([...kept, ...event.data.added])].sort() }
    }
    case 'noteAdded':
      return withWritten({ ...state, notes: state.notes + 1 }, event)
    case 'inquiryReceived':
      return withWritten({ ...state, inquiries: state.inquiries + 1 }, event)
    case 'complaintReceived':
      return withWritten({ ...state, complaints: state.complaints + 1, complaintCauses: oneMore(state, event.data.cause) }, event)
    case 'surveyAnswered':
      return withWritten({ ...state, ratings: [...state.ratings, ratingOf(event)] }, event)
    case 'surveySent':
      return { ...state, surveys: [...state.surveys, { at: event.at, link: event.data.link }] }
    case 'knownDefectMarked':
      return { ...state, knownDefect: event.data.defect }
    case 'promiseBroken':
    case 'escalationAcknowledged':
      return state
    case 'orderLinked': {
      const others = state.links.filter((link) => link.to !== event.data.to)
      return { ...state, links: [...others, { ...event.data }] }
    }
    case 'orderUnlinked':
      return { ...state, links: state.links.filter((link) => link.to !== event.data.to) }
    case 'attachmentAdded': {
      const others = state.attachments.filter((attachment) => attachment.blob !== event.data.blob)
      return { ...state, attachments: [...others, { ...event.data, addedAt: event.at, addedBy: event.actor.id }] }
    }
    case 'attachmentRemoved':
      return { ...state, attachments: state.attachments.filter((attachment) => attachment.blob !== event.data.blob) }
    case 'appointmentBooked': {
      const { appointment, engineer, crew = [], from, to } = event.data
      const customersDate = state.arrivals.length === 0 ? event.data.customersDate === true : state.customersDate
      return { ...state, appointment: { id: appointment, engineer, crew, from, to }, customersDate }
    }
    case 'appointmentCancelled':
      return state.appointment?.id === event.data.appointment ? { ...state, appointment: null } : state
    case 'visitPlanned':
      return { ...state, visitNeeds: withPlain(state.visitNeeds, event.data.changes) }
    case 'arrivalRecorded':
      return { ...state, arrivals: [...state.arrivals, { at: event.data.arrivedAt, engineer: event.data.engineer }] }
    case 'signatureCaptured': {
      const { blob, signedAt, kind } = event.data
      return withPersonal({ ...state, signature: { blob, at: signedAt, kind } }, event)
    }
    default:
      // Stored and passed on; the order is read-only until this program is updated (DESIGN §4).
      return { ...state, readOnly: true }
  }
}
