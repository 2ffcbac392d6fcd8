import * as z from 'zod'
import { defineCommand, defineQuery, defineTopic } from './define.ts'
import { base, cursor, day, done, id, instant, line, text } from './common.ts'
import { read, change, count, ms, person, span, place, skillNeed, when } from './dispatchParts.ts'
import { say, visitConflict } from './dispatchWords.ts'
import { PRIORITIES, STAGES, STATUSES } from '../domain/workOrder/stages.ts'

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
