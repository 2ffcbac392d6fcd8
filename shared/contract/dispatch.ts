import * as z from 'zod'
import { defineCommand, defineQuery, defineTopic } from './define.ts'
import { base, cursor, day, done, id, instant, line, text } from './common.ts'
import { say, visitConflict } from './dispatchWords.ts'
import { PRIORITIES, STAGES, STATUSES } from '../domain/workOrder/stages.ts'

const read = { action: 'read', subject: 'Appointment' } as const
const change = { action: 'change', subject: 'Appointment' } as const

const count = z.number().int()
/** Length of time, whole ms. */
const ms = z.number().int()
const person = z.object({ id, name: z.string() })
const span = z.object({ from: instant, to: instant })
/** WGS-84 degrees; null: nobody knows where. */
const place = z.object({ lat: z.number(), lon: z.number() }).nullable()
const skillNeed = z.object({ skill: z.string(), name: z.string(), level: count })

/** An appointment, the same in every view. `id` is the appointment's; an order has at most one that lies ahead. */
export const visit = z.object({
  id,
  order: id,
  number: z.string(),
  customer: person.nullable(),
  /** Machine as people call it: model and serial. */
  machine: z.string(),
  symptom: z.string(),
  priority: z.enum(PRIORITIES),
  status: z.enum(STATUSES),
  stage: z.enum(STAGES),
  place,
  engineers: z.array(person),
  from: instant,
  to: instant,
  skills: z.array(skillNeed),
  /** Stays when a day is planned. */
  pinned: z.boolean(),
  /** The work is under way or done: it is moved no more. */
  begun: z.boolean(),
  dueAt: instant.nullable(),
  /** What is not right with it as it stands, hard and soft. */
  conflicts: z.array(visitConflict),
  /** Last event of the order: the `base` of the next decision. */
  head: z.string(),
})
export type Visit = z.infer<typeof visit>

const waiting = z.object({
  order: id,
  number: z.string(),
  customer: person.nullable(),
  machine: z.string(),
  symptom: z.string(),
  priority: z.enum(PRIORITIES),
  stage: z.enum(STAGES),
  place,
  skills: z.array(skillNeed),
  /** How long it takes as learnt from orders alike, or as somebody said. */
  durationMs: ms,
  crew: count,
  /** When the customer can receive us; none: at any time. */
  windows: z.array(span),
  /** Orders that are finished before. */
  after: z.array(z.object({ order: id, number: z.string() })),
  dueAt: instant.nullable(),
  /** Why it cannot be planned as it is, such as no engineer has the skill; empty: it can. */
  hindrances: z.array(say),
  head: z.string(),
})
export type WaitingOrder = z.infer<typeof waiting>

export const waitingOrders = defineQuery({
  name: 'dispatch.waiting',
  summary: 'Open orders that wait for an appointment, most urgent first.',
  input: z.object({ text: text(80).default(''), after: cursor.optional(), limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({ now: instant, total: count, orders: z.array(waiting), next: z.string().nullable() }),
  permission: read,
})

const engineerRow = z.object({
  id,
  name: z.string(),
  territory: z.string(),
  base: place,
  skills: z.array(skillNeed.extend({ /** First ms at which the certificate no longer holds. */ until: instant.nullable() })),
  /** Within the asked span and beyond where they cross its edges. */
  shifts: z.array(span),
  /** When lunch may lie, and how long it is. */
  lunches: z.array(span.extend({ durationMs: ms })),
  leave: z.array(span),
  /** Ways between his visits; `to` is when he is there. */
  travel: z.array(span.extend({ toVisit: id.nullable() })),
  /** Ids in `visits`, by time. */
  visits: z.array(id),
  workMs: ms,
  travelMs: ms,
  shiftMs: ms,
  overtimeMs: ms,
  /** What is odd in his master data: overlapping shifts, an unknown skill. */
  remarks: z.array(say),
})
export type DispatchEngineer = z.infer<typeof engineerRow>

const timeline = {
  now: instant,
  zone: z.string(),
  /** The span shown: whole days of the zone, 23 to 25 hours each. */
  from: instant,
  to: instant,
  engineers: z.array(engineerRow),
  visits: z.array(visit),
  /** Where a tile server is set: `https://…/{z}/{x}/{y}.png`; empty: the map is drawn without one. */
  tileUrl: z.string(),
}
const engineerFilter = {
  /** Of name, territory or skill. */
  text: text(80).default(''),
  engineers: z.array(id).max(1000).optional(),
}

export const dispatchDay = defineQuery({
  name: 'dispatch.day',
  summary: 'A day of the panel: engineers with shifts, leave, travel and appointments.',
  input: z.object({ day, ...engineerFilter }),
  output: z.object({ ...timeline, day }),
  permission: read,
})

export const dispatchWeek = defineQuery({
  name: 'dispatch.week',
  summary: 'Seven days of the panel from a day on; travel is left out.',
  input: z.object({ day, ...engineerFilter }),
  output: z.object({ ...timeline, days: z.array(z.object({ day, from: instant, to: instant })) }),
  permission: read,
})

/** When a job is put: the same for booking, moving and trying out. */
const when = { engineers: z.array(id).min(1).max(20), from: instant, to: instant }

const judged = { conflicts: z.array(visitConflict) }

export const tryBooking = defineQuery({
  name: 'dispatch.tryOut',
  summary: 'What speaks against an appointment, hard and soft, without booking it.',
  input: z.object({ order: id, ...when }),
  output: z.object({
    ...judged,
    /** Nothing hard: it would be booked. */
    possible: z.boolean(),
    /** The way to it and from it to the next, of the first engineer; null where a place is unknown. */
    travelBeforeMs: ms.nullable(),
    travelAfterMs: ms.nullable(),
  }),
  permission: read,
})

/**
 * `accepted`: codes of the soft conflicts that the person saw; another one is refused as `softConflict`, to be shown
 * first. Absent: soft ones are told in the answer alone.
 */
const accepted = { accepted: z.array(z.string().max(40)).max(20).optional() }

export const book = defineCommand({
  name: 'dispatch.book',
  summary: 'Books engineers for an order; in place of its appointment, if it has one.',
  input: z.object({ order: id, base, ...when, customersDate: z.boolean().optional(), ...accepted }),
  output: done.extend(judged),
  permission: change,
})

export const move = defineCommand({
  name: 'dispatch.move',
  summary: 'Moves an appointment to another begin or other engineers; its length stays.',
  input: z.object({ order: id, base, from: instant.optional(), engineers: when.engineers.optional(), ...accepted }),
  output: done.extend(judged),
  permission: change,
})

export const resize = defineCommand({
  name: 'dispatch.resize',
  summary: 'Makes an appointment longer or shorter.',
  input: z.object({ order: id, base, to: instant, from: instant.optional(), ...accepted }),
  output: done.extend(judged),
  permission: change,
})

export const unbook = defineCommand({
  name: 'dispatch.unbook',
  summary: 'Takes an appointment off the plan; the order waits again.',
  input: z.object({ order: id, base, reason: line(500) }),
  output: done,
  permission: change,
})

export const pin = defineCommand({
  name: 'dispatch.pin',
  summary: 'Holds appointments where they are when a day is planned.',
  input: z.object({ orders: z.array(id).min(1).max(500) }),
  output: done,
  permission: change,
})

export const unpin = defineCommand({
  name: 'dispatch.unpin',
  summary: 'Lets the planner move appointments again.',
  input: z.object({ orders: z.array(id).min(1).max(500) }),
  output: done,
  permission: change,
})

const option = z.object({
  engineer: person,
  /** Others of the crew, where more than one is needed. */
  with: z.array(person),
  from: instant,
  to: instant,
  travelMs: ms.nullable(),
  /** Cost in minutes of travel, by the weights that are set; the order of the list. */
  cost: z.number(),
  /** Plain reasons for it, the weightiest first; soft conflicts among them have `against` set. */
  reasons: z.array(say),
  conflicts: z.array(visitConflict),
})
export type SuggestOption = z.infer<typeof option>

export const suggest = defineQuery({
  name: 'dispatch.suggest',
  summary: 'Engineers and windows for an order, best first, with reasons; and why each other engineer is left out.',
  input: z.object({
    order: id,
    /** Absent: from now. */
    from: instant.optional(),
    /** Absent: seven days on. */
    to: instant.optional(),
    durationMs: z.number().int().min(60_000).max(7 * 86_400_000).optional(),
    limit: z.number().int().min(1).max(50).default(10),
  }),
  output: z.object({
    now: instant,
    /** Null: there is none. */
    order: waiting.nullable(),
    options: z.array(option),
    /** Everyone who is not among the candidates, with the reason that weighs most first. */
    leftOut: z.array(z.object({ engineer: person, reasons: z.array(say) })),
    /** Candidates beyond `limit`. */
    more: count,
  }),
  permission: read,
})

export const startPlan = defineCommand({
  name: 'dispatch.startPlan',
  summary: 'Plans a day: all open orders on all engineers; runs on its own and ends in a proposal.',
  input: z.object({
    day,
    /** How many days from it, the first included. */
    days: z.number().int().min(1).max(7).default(1),
    seconds: z.number().int().min(1).max(300).default(10),
    /** Absent: everyone. */
    engineers: z.array(id).max(1000).optional(),
    /** Whether appointments that are not pinned may be moved. */
    moveBooked: z.boolean().default(true),
    /** The same seed and iterations give the same plan. */
    seed: z.number().int().min(1).max(2_147_483_647).default(1),
    iterations: z.number().int().min(1).max(10_000_000).optional(),
  }),
  output: z.object({ plan: id }),
  permission: change,
})

export const replan = defineCommand({
  name: 'dispatch.replan',
  summary: 'Makes good what happened, changing as little as possible; ends in a proposal.',
  input: z.object({
    day,
    event: z.discriminatedUnion('kind', [
      /** Away from `from`; until `to`, or the end of the day. Nothing is written to his absence by this. */
      z.object({ kind: z.literal('ill'), engineer: id, from: instant, to: instant.optional() }),
      /** The job of an order takes until `to`. */
      z.object({ kind: z.literal('overrun'), order: id, to: instant }),
      /** An order that has to be reached by `by`. */
      z.object({ kind: z.literal('emergency'), order: id, by: instant.optional() }),
    ]),
    seconds: z.number().int().min(1).max(120).default(5),
    seed: z.number().int().min(1).max(2_147_483_647).default(1),
    iterations: z.number().int().min(1).max(10_000_000).optional(),
  }),
  output: z.object({ plan: id }),
  permission: change,
})

export const cancelPlan = defineCommand({
  name: 'dispatch.cancelPlan',
  summary: 'Ends a running plan; with `keep` its best so far becomes the proposal.',
  input: z.object({ plan: id, keep: z.boolean().default(false) }),
  output: z.object({}),
  permission: change,
})

const PLAN_STATES = ['running', 'ready', 'cancelled', 'failed', 'accepted', 'discarded'] as const
const progress = { /** 0 to 1. */ used: z.number(), iterations: count, unserved: count, cost: z.number() }

const placement = z.object({ engineers: z.array(person), from: instant, to: instant })
const CHANGES = ['added', 'moved', 'removed', 'same'] as const
const planChange = z.object({
  order: id,
  number: z.string(),
  customer: person.nullable(),
  symptom: z.string(),
  priority: z.enum(PRIORITIES),
  kind: z.enum(CHANGES),
  before: placement.nullable(),
  after: placement.nullable(),
  /** Moved or removed: whether it had to change, or was changed for the better. */
  forced: z.boolean(),
  /** Null: not asked yet; else whether it was accepted, with the reason of a refusal. */
  accepted: z.boolean().nullable(),
  refusal: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
})
export type PlanChange = z.infer<typeof planChange>

const figures = z.object({
  served: count,
  unserved: count,
  travelMs: ms,
  workMs: ms,
  overtimeMs: ms,
  /** Jobs begun after their deadline, and by how long in all. */
  late: count,
  lateMs: ms,
  /** Worked share of the busiest and of the idlest who is on shift, 0 to 1. */
  busiest: z.number(),
  idlest: z.number(),
})
export type PlanFigures = z.infer<typeof figures>

export const getProposal = defineQuery({
  name: 'dispatch.proposal',
  summary: 'A plan as far as it is: progress, and when it is ready what changes from before to after.',
  input: z.object({ plan: id }),
  output: z.object({
    plan: z
      .object({
        id,
        kind: z.enum(['day', 'ill', 'overrun', 'emergency']),
        state: z.enum(PLAN_STATES),
        day,
        days: count,
        by: person,
        startedAt: instant,
        progress: z.object(progress),
        before: figures.nullable(),
        after: figures.nullable(),
        changes: z.array(planChange),
        unserved: z.array(z.object({ order: id, number: z.string(), reason: say })),
        /** Bad input that was named and left aside. */
        remarks: z.array(say),
        /** Jobs changed, and how many of these had to. */
        stability: z.object({ changed: count, forced: count, kept: count }).nullable(),
      })
      .nullable(),
  }),
  permission: read,
})
export type Proposal = NonNullable<z.infer<typeof getProposal.output>['plan']>

export const listPlans = defineQuery({
  name: 'dispatch.plans',
  summary: 'Plans of this desk that run or wait to be accepted, newest first.',
  input: z.object({ day: day.optional() }),
  output: z.object({
    plans: z.array(
      z.object({ id, kind: z.string(), state: z.enum(PLAN_STATES), day, days: count, by: person, startedAt: instant }),
    ),
  }),
  permission: read,
})

export const acceptPlan = defineCommand({
  name: 'dispatch.acceptPlan',
  summary: 'Books what a proposal changes, whole or in part, each one checked anew; what is refused says why.',
  input: z.object({ plan: id, /** Absent: all. */ orders: z.array(id).min(1).max(5000).optional() }),
  output: z.object({
    accepted: count,
    refused: z.array(
      z.object({ order: id, number: z.string(), code: z.string(), params: z.record(z.string(), z.unknown()) }),
    ),
  }),
  permission: change,
})

/** Issued by `dispatch.acceptPlan` alone: a part of what is accepted of a plan, in one transaction. */
export const applyPlan = defineCommand({
  name: 'dispatch.applyPlan',
  summary: 'Books, moves and takes off appointments as a plan says; those that are refused leave the others as they are.',
  input: z.object({
    changes: z
      .array(
        z.object({
          order: id,
          /** As the planner found it; another one meanwhile is refused as `planStale`. */
          before: z.object(when).nullable(),
          /** Null: taken off the plan. */
          after: z.object(when).nullable(),
          /** It cannot stay as it is: neither a pin nor an arrival holds it. */
          forced: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(5000),
  }),
  output: done.extend({
    refused: z.array(z.object({ order: id, code: z.string(), params: z.record(z.string(), z.unknown()) })),
  }),
  permission: change,
  audience: [],
})

export const discardPlan = defineCommand({
  name: 'dispatch.discard',
  summary: 'Puts a proposal away; nothing is booked.',
  input: z.object({ plan: id }),
  output: z.object({}),
  permission: change,
})

const legPlace = z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })

export const setWays = defineCommand({
  name: 'dispatch.setWays',
  summary: 'Takes over how long ways are, as a routing service tells them; what it does not name is reckoned from the bee line.',
  input: z.object({
    legs: z.array(z.object({ from: legPlace, to: legPlace, minutes: z.number().min(0).max(10_080) })).max(10_000),
    /** Forgets all that was known before. */
    replace: z.boolean().default(false),
  }),
  output: z.object({ legs: count }),
  permission: { action: 'change', subject: 'Configuration' },
})

const share = z.number().nullable()
const numberRow = {
  /** Paid shift time, leave taken out. */
  shiftMs: ms,
  workMs: ms,
  travelMs: ms,
  overtimeMs: ms,
  jobs: count,
  /** (work + travel) ÷ shift. */
  utilisation: share,
  /** travel ÷ (work + travel). */
  travelShare: share,
  /** Arrivals no later than the appointment's begin + 15 min ÷ arrivals at an appointment. */
  onTime: share,
  arrivals: count,
  /** METRICS, "first-time fix", by lead engineer; younger than 30 days is provisional. */
  firstTimeFix: share,
  closed: count,
  provisional: count,
}

export const dispatchNumbers = defineQuery({
  name: 'dispatch.numbers',
  summary: 'Utilisation, travel, punctuality, first-time fix and overtime by engineer, and hours short by skill.',
  input: z.object({ from: day, to: day }),
  output: z.object({
    now: instant,
    total: z.object(numberRow),
    engineers: z.array(z.object({ engineer: person, ...numberRow })),
    /** Week by week what is asked for a skill and level against who has it, hours; `shortHours` > 0 is a gap. */
    gaps: z.array(
      z.object({
        skill: z.string(),
        name: z.string(),
        level: count,
        engineers: count,
        neededHoursPerWeek: z.number(),
        availableHoursPerWeek: z.number(),
        shortHoursPerWeek: z.number(),
      }),
    ),
  }),
  permission: read,
})
export type DispatchNumbers = z.infer<typeof dispatchNumbers.output>

export const myDay = defineQuery({
  name: 'dispatch.myDay',
  summary: 'What an engineer does on a day, in order; his own, or another’s for who may change appointments.',
  input: z.object({ day: day.optional(), engineer: id.optional() }),
  output: z.object({
    now: instant,
    zone: z.string(),
    day,
    engineer: person,
    shifts: z.array(span),
    lunches: z.array(span.extend({ durationMs: ms })),
    leave: z.array(span),
    visits: z.array(
      visit.extend({
        address: z.string(),
        contactName: z.string(),
        contactPhone: z.string(),
        /** Null: a place is unknown. */
        travelMs: ms.nullable(),
        leaveBy: instant.nullable(),
        /** To take along. */
        parts: z.array(z.object({ part: z.string(), name: z.string(), quantity: count })),
      }),
    ),
    /** Changes of his plan that he was told of since yesterday, newest first. */
    changes: z.array(z.object({ at: instant, /** Null: of his shifts or leave. */ order: id.nullable(), number: z.string(), what: say })),
  }),
  permission: { action: 'use', subject: 'Session' },
})

export const dispatchChanged = defineTopic({
  name: 'dispatch',
  summary: 'Appointments, shifts, absences or orders that wait changed; whoever shows these days asks anew.',
  message: z.object({ now: instant, engineers: z.array(z.string()), orders: z.array(z.string()) }),
  permission: read,
})

export const planProgress = defineTopic({
  name: 'dispatchPlan',
  summary: 'How far a plan is, and when it ends.',
  message: z.object({ plan: z.string(), state: z.enum(PLAN_STATES), ...progress }),
  permission: read,
})
