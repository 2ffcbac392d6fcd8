import type { Conflict } from '../kernel/fold.ts'
import type { VisitNeeds } from '../roster/types.ts'
import type { Channel, Party, StageId, Status } from './stages.ts'
import type { Closing, Fields, Move, PartNeed, PromiseState, Shortage, Stars, TimerArmed } from './events.ts'

/** One stay of an order in a stage. */
export interface StageVisit {
  readonly id: string
  readonly stage: StageId
  readonly enteredAt: number
  readonly leftAt: number | null
  readonly how: Move | 'registered' | 'reopened' | 'imported'
  readonly reason?: string
  readonly workflowVersion: number
  readonly slaPolicy: string
  readonly slaVersion: number
}

export interface PauseSpan {
  readonly from: number
  readonly to: number | null
  readonly reason: 'frozen' | 'waitingOnCustomer'
}

/** A stage timer of one visit with its ladder: exactly one level is armed at a time. */
export interface StageTimer extends TimerArmed {
  readonly visit: string
  readonly stage: StageId
  readonly pauses: readonly PauseSpan[]
  readonly fired: readonly { readonly level: number; readonly at: number; readonly dailyReport: boolean }[]
  /** Why nothing more will fire: the stage was left, the first reply came, somebody acted after a firing. */
  readonly settled: { readonly at: number; readonly why: 'left' | 'replied' | 'acted' | 'done' } | null
  /** The armed level once one has fired: wall time from that firing. Absent while the first level runs. */
  readonly step?: { readonly startAt: number; readonly limitMs: number; readonly evenIfActed: boolean }
}

/** Whom the customer's time waits on from an instant to the next one; `unknown`: a foreign history does not say. */
export interface Wait {
  readonly from: number
  readonly party: Party | 'unknown'
}

export interface Attachment {
  readonly blob: string
  readonly name: string
  readonly size: number
  readonly mime: string
  readonly kind: 'evidence' | 'document'
  readonly addedAt: number
  readonly addedBy: string
}

export interface Appointment {
  readonly id: string
  /** The lead. */
  readonly engineer: string
  /** Who comes along. */
  readonly crew: readonly string[]
  readonly from: number
  readonly to: number
}

/** An order offered to somebody, who does not own it until he accepts. */
export interface Handover {
  /** The owner at that time. */
  readonly from: string | null
  readonly to: string
  readonly offeredAt: number
  /** Who offered it. */
  readonly by?: string
  readonly note?: string
  /** The hand-over of a whole shift that it is part of. */
  readonly shift?: string
}

export interface Rating {
  readonly at: number
  readonly stars: Stars
  readonly channel: Channel
  /** 0 to 10. */
  readonly recommend?: number
  readonly text?: string
}

export interface WorkOrderState {
  readonly id: string
  /** False until orderRegistered was folded: events that arrive before it wait for it. */
  readonly registered: boolean
  readonly number: string
  readonly status: Status
  readonly stage: StageId
  readonly fields: Fields
  /** Personal values; a field erased by law is absent and named in `erased`. */
  readonly personal: Readonly<Record<string, string>>
  readonly erased: readonly string[]
  readonly channel: Channel
  readonly firstContactAt: number
  readonly registeredAt: number
  readonly firstRepliedAt: number | null
  readonly visits: readonly StageVisit[]
  readonly timers: readonly StageTimer[]
  readonly owner: string | null
  readonly handover: Handover | null
  /** Offers that have ended, however they did, in the order of their ends. */
  readonly handovers: readonly { readonly from: number; readonly to: number }[]
  readonly collaborators: readonly string[]
  readonly promise: PromiseState | null
  /** In the order of time. */
  readonly waits: readonly Wait[]
  /** The first visit was booked for a later date that the customer chose. */
  readonly customersDate: boolean
  readonly freeze: { readonly since: number; readonly shortages: readonly Shortage[] } | null
  /** A supervisor released the freeze in this visit: the shortage no longer blocks. */
  readonly released: boolean
  /** Lines of 所需备件 whose parts were issued when the order closed: they are neither reserved nor issued again. */
  readonly issued: readonly PartNeed[]
  readonly appointment: Appointment | null
  readonly visitNeeds: VisitNeeds
  readonly arrivals: readonly { readonly at: number; readonly engineer: string }[]
  readonly attachments: readonly Attachment[]
  readonly signature: { readonly blob: string; readonly at: number; readonly kind: 'signature' | 'remoteConfirmation' } | null
  readonly links: readonly { readonly to: string; readonly number: string; readonly kind: 'duplicate' | 'related' | 'followUp' }[]
  readonly mergedInto: { readonly id: string; readonly number: string } | null
  readonly firstClosedAt: number | null
  readonly closedAt: number | null
  /** Null while it is not closed, and where an imported history closed it. */
  readonly closedHow: Closing | null
  readonly reopenCount: number
  readonly inquiries: number
  readonly complaints: number
  /** Of those, by what caused them. */
  readonly complaintCauses: Readonly<Record<'overtime' | 'other', number>>
  readonly ratings: readonly Rating[]
  /** The customer was asked, in the order of time; `link`: the digest of what opens the page. */
  readonly surveys: readonly { readonly at: number; readonly link: string }[]
  readonly notes: number
  /** What people wrote and said about the order, oldest first: notes, inquiries, complaints. Erased ones are absent. */
  readonly written: readonly string[]
  readonly lastActAt: number | null
  readonly imported: string | null
  readonly demo: boolean
  /** The known defect that this order shows, as the desk last recognised it. */
  readonly knownDefect: string | null
  readonly conflicts: readonly Conflict[]
  /** A newer desk wrote an event that this program does not know: read-only here (DESIGN §4). */
  readonly readOnly: boolean
}
