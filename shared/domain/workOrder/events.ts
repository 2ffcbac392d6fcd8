import type { StoredEvent } from '../kernel/event.ts'
import type { Change } from '../kernel/changes.ts'
import type { VisitNeeds } from '../roster/types.ts'
import type { ClockPiece } from '../sla/types.ts'
import type { Channel, Party, StageId } from './stages.ts'

/**
 * Every event of a work order, its data as written to the log. Additive only: new optional fields, new types.
 * Personal values (contact name, telephone, address, what people wrote about them) travel in the personal part
 * under the same field names. "fact" folds in any state; "decision" can lose against an earlier one.
 */
export interface WorkOrderEvents {
  /**
   * fact. The first event; `entered` is the visit of the first stage. personal: contactName, contactPhone, siteAddress,
   * those given by name in `personalFields`, which tells of them when the values are erased.
   */
  orderRegistered: {
    number: string
    fields: Fields
    personalFields?: string[]
    firstContactAt: number
    channel: Channel
    entered: StageEntry | null
    owner: string | null
    promise: PromiseState | null
    demo?: true
    /** The known defect that the desk recognised. */
    knownDefect?: string
    /** An imported history says so: no guard and no timer of today's workflow judges it. */
    imported?: { source: string }
  }
  /**
   * fact. Old and new of each field. A personal one is named alone, or as `cleared`; its values are in the personal part
   * only, keyed `field` → {old, new}.
   */
  fieldsChanged: { changes: FieldChange[] }
  /** fact. By a person; the customer was answered (METRICS: an automatic message is none). */
  firstReplied: { by: 'call' | 'note' | 'message' }
  /** decision on `from`. Leaves a stage and enters the next; `promise` is the default of the stage entered. */
  stageChanged: { from: StageId; how: Move; reason?: string; entered: StageEntry; promise?: PromiseState }
  /** decision. `issued`: the lines whose parts left the store with this closing; `reason`: what helped, by itself. */
  orderClosed: { how: Closing; from: StageId; issued?: PartNeed[]; reason?: string }
  orderCancelled: { reason: string; from: StageId }
  orderMerged: { into: string; number: string; from: StageId }
  orderReopened: { reason: string; entered: StageEntry; promise?: PromiseState }
  /** decision on being in partsLock. `timers`: deadlines as the pause leaves them. */
  orderFrozen: { shortages: Shortage[]; timers: TimerUpdate[] }
  orderThawed: { by: 'stock' | 'substitute' | 'release' | 'moved'; reason?: string; timers: TimerUpdate[] }
  /** fact. The next step, whom it waits on and by when; waiting on the customer pauses what the policy says. */
  promiseSet: { promise: PromiseState; timers: TimerUpdate[] }
  /** `shift`: the hand-over of a whole shift that it is part of. */
  handoverOffered: { to: string; note?: string; shift?: string }
  /** `offeredBy`: who is told of the answer; of a shift, the shift itself tells. `formerOwner`: who owned it till then. */
  handoverAnswered: { accepted: boolean; note?: string; shift?: string; offeredBy?: string; formerOwner?: string }
  handoverWithdrawn: { shift?: string }
  /** decision. A supervisor names the owner outright. */
  ownerAssigned: { owner: string; reason?: string; formerOwner?: string }
  collaboratorsChanged: { added: string[]; removed: string[] }
  /** fact. personal: text. */
  noteAdded: { kind: 'internal' | 'reply'; mentions: string[]; length: number }
  /** fact. personal: text. */
  inquiryReceived: { channel: Channel }
  /** fact. personal: text. */
  complaintReceived: { cause: 'overtime' | 'other'; channel: Channel }
  /** fact. The customer's rating of the finished work, 1 to 5 stars. personal: text. */
  surveyAnswered: { stars: Stars; channel: Channel; recommend?: number }
  /** fact. The customer was asked for a rating; `link`: SHA-256 of what opens the page, which is nowhere in the log. */
  surveySent: { link: string; how: 'message' | 'byHand' }
  /** fact, once per (visit, timer, level). `called`: users reached, deputies in place of those on leave. */
  timerFired: {
    visit: string
    timer: string
    level: number
    dueAt: number
    called: { user: string; insteadOf?: string }[]
    role: string
    /** Nobody holds the role: the next one above was called. */
    fellUpTo?: string
    channels?: string[]
    dailyReport?: true
    /** The next level's deadline, if it has one: `limitMs` of wall time after this firing, less pauses. */
    next?: NextLevel
  }
  /** fact, once per promise: the instant `by` passed. `called`: the owner, or who stands in; where nobody owns it, dispatchers. */
  promiseBroken: { by: number; owner: string | null; called: { user: string; insteadOf?: string }[] }
  escalationAcknowledged: { visit: string; timer: string }
  orderLinked: { to: string; number: string; kind: 'duplicate' | 'related' | 'followUp' }
  orderUnlinked: { to: string }
  /** fact. The blob is stored by content hash before the event. */
  attachmentAdded: { blob: string; name: string; size: number; mime: string; kind: 'evidence' | 'document' }
  attachmentRemoved: { blob: string; reason: string }
  /** decision. The engineer's day is the contested subject; `customersDate`: the customer chose a later date than ours. */
  appointmentBooked: {
    appointment: string
    engineer: string
    /** Who comes along; each has the time in his own day. */
    crew?: string[]
    from: number
    to: number
    customersDate?: true
  }
  appointmentCancelled: { appointment: string; reason: string }
  /** What a visit asks: how long, how many, after which, when the customer lets somebody in. */
  visitPlanned: { changes: Change<keyof VisitNeeds, unknown>[] }
  /** fact. */
  arrivalRecorded: { arrivedAt: number; engineer: string }
  /** fact. personal: signer. */
  signatureCaptured: { blob: string; signedAt: number; kind: 'signature' | 'remoteConfirmation' }
  /** fact. The desk recognised a known defect in what is known of the order, another one, or none any more. */
  knownDefectMarked: { defect: string | null; old: string | null }
  /** fact. One row of a foreign history as it happened; `to` null keeps the stage. */
  historyRecorded: { to: StageId | 'closed' | null; sourceState?: string; reopened?: true; fields?: Fields; owner?: string | null }
}
export type WorkOrderEventType = keyof WorkOrderEvents

/** A known event of a work order, its data typed by its name. */
export type WorkOrderEvent = {
  [Type in WorkOrderEventType]: StoredEvent<Type, WorkOrderEvents[Type]>
}[WorkOrderEventType]

export type Fields = Record<string, FieldValue>
export type FieldValue = string | number | boolean | null | readonly string[] | readonly PartNeed[]
export interface FieldChange {
  field: string
  old?: FieldValue
  new?: FieldValue
  /** A personal field that is empty now. */
  cleared?: true
}

/** METRICS, "NPS": 5 is a promoter, 4 passive, 1 to 3 a detractor. */
export type Stars = 1 | 2 | 3 | 4 | 5

/** One line of 所需备件. */
export interface PartNeed {
  readonly line: string
  readonly part: string
  readonly warehouse: string
  readonly quantity: number
}
export interface Shortage {
  readonly line: string
  readonly part: string
  readonly warehouse: string
  readonly needed: number
  readonly available: number
}

export type Closing = 'signature' | 'remoteConfirmed' | 'selfResolved'
export type Move = 'forward' | 'sendBack' | 'remoteFix' | 'automatic'

/** What entering a stage fixes: the versions it is judged by and the deadlines that follow (DESIGN §4). */
export interface StageEntry {
  readonly visit: string
  readonly stage: StageId
  readonly workflowVersion: number
  readonly slaPolicy: string
  readonly slaVersion: number
  readonly timers: readonly TimerArmed[]
}

export interface TimerArmed {
  readonly key: string
  readonly until: 'firstReply' | 'left'
  readonly clock: 'wall' | 'working'
  readonly calendar?: string
  readonly calendarVersion?: number
  readonly startAt: number
  readonly limitMs: number
  readonly level: number
  readonly dueAt: number | null
  readonly pausesOn: readonly ('frozen' | 'waitingOnCustomer')[]
}
/** A deadline moved by a pause or its end; `pieces` only where the calendar shaped it. */
export interface TimerUpdate {
  readonly visit: string
  readonly key: string
  readonly dueAt: number | null
  readonly pieces?: readonly ClockPiece[]
}

/** The level above a firing, as armed by it. */
export interface NextLevel {
  readonly level: number
  readonly limitMs: number
  /** Null: a pause that began before the firing was recorded holds it. */
  readonly dueAt: number | null
  /** The policy calls this level whatever was done since. */
  readonly evenIfActed?: true
}

export type StepKey = `${StageId}.${'nextStep' | 'frozenStep'}`
/** `step` is text; `key` is there where it is the workflow's own step, whatever language its text is in. */
export interface PromiseState {
  readonly step: string
  readonly key?: StepKey
  readonly waitsOn: Party
  /** A named person (`user:…`) or role (`role:…`) where the party is us. */
  readonly who?: string
  readonly by: number | null
}

