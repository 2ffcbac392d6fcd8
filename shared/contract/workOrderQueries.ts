import * as z from 'zod'
import { defineQuery } from './define.ts'
import { id, instant, place, text } from './common.ts'
import { card, NONE } from './board.ts'
import { workflowSchema } from '../domain/workflow/definition.ts'
import { CHANNELS, PARTIES, PRIORITIES, STAGES, STATUSES } from '../domain/workOrder/stages.ts'

const read = { action: 'read', subject: 'WorkOrder' } as const

const person = z.object({ id: z.string(), name: z.string() })
/** Whatever the log holds of a field: text, number, list, part needs. */
const value = z.json()

const visit = z.object({
  id: z.string(),
  stage: z.enum(STAGES),
  enteredAt: instant,
  leftAt: instant.nullable(),
  how: z.string(),
  reason: z.string().nullable(),
})

const timer = z.object({
  visit: z.string(),
  key: z.string(),
  stage: z.enum(STAGES),
  level: z.number().int(),
  startAt: instant,
  limitMs: z.number(),
  /** Null while paused. */
  dueAt: instant.nullable(),
  paused: z.boolean(),
  settled: z.string().nullable(),
  fired: z.array(z.object({ level: z.number().int(), at: instant, dailyReport: z.boolean() })),
})

export const orderDetails = z.object({
  card,
  channel: z.enum(CHANNELS),
  registeredAt: instant,
  firstRepliedAt: instant.nullable(),
  firstClosedAt: instant.nullable(),
  /** Null while it is not closed, and where an imported history closed it. */
  closedHow: z.enum(['signature', 'remoteConfirmed', 'selfResolved']).nullable(),
  fields: z.record(z.string(), value),
  /** Values of persons; one that was erased by law is absent and named in `erased`. */
  personal: z.record(z.string(), z.string()),
  erased: z.array(z.string()),
  /** Fields still to be filled before the order may leave its stage forward. */
  missing: z.array(z.string()),
  /** Where the order may go from its stage, under the workflow that it entered it with; empty once it is closed. */
  moves: z.array(z.object({ to: z.enum(STAGES), how: z.enum(['forward', 'sendBack', 'remoteFix']) })),
  /** What each stage shows, under the workflow that the order was in it with, or would enter it with now. */
  stageFields: z.record(z.enum(STAGES), z.array(z.string())),
  /** Fields that an administrator added, as those versions of the workflow name them. */
  customFields: workflowSchema.shape.customFields,
  /** Names of the parts that the order needs, by part number. */
  partNames: z.record(z.string(), z.string()),
  visits: z.array(visit),
  timers: z.array(timer),
  promise: z
    .object({
      step: z.string(),
      key: z.string().nullable(),
      waitsOn: z.enum(PARTIES),
      who: z.string().nullable(),
      by: instant.nullable(),
    })
    .nullable(),
  /** `by`: who offered it. `shift`: the hand-over of a whole shift that it is part of. */
  handover: z
    .object({
      from: person.nullable(),
      to: person,
      by: person.nullable(),
      note: z.string().nullable(),
      shift: z.string().nullable(),
      offeredAt: instant,
    })
    .nullable(),
  collaborators: z.array(person),
  freeze: z
    .object({
      since: instant,
      shortages: z.array(
        z.object({
          line: z.string(),
          part: z.string(),
          warehouse: z.string(),
          needed: z.number(),
          available: z.number(),
        }),
      ),
    })
    .nullable(),
  released: z.boolean(),
  /** Pieces that the order holds, from the stock's own rows. */
  reservations: z.array(
    z.object({
      line: z.string(),
      part: z.string(),
      warehouse: z.string(),
      name: z.string(),
      quantity: z.number().int(),
      reservedAt: instant,
    }),
  ),
  appointment: z.object({ id: z.string(), engineer: person, crew: z.array(person), from: instant, to: instant }).nullable(),
  arrivals: z.array(z.object({ at: instant, engineer: person })),
  attachments: z.array(
    z.object({
      blob: z.string(),
      name: z.string(),
      size: z.number(),
      mime: z.string(),
      kind: z.string(),
      addedAt: instant,
      addedBy: person,
    }),
  ),
  signature: z.object({ blob: z.string(), at: instant, kind: z.string() }).nullable(),
  links: z.array(
    z.object({ to: z.string(), number: z.string(), kind: z.string(), status: z.enum(STATUSES).nullable() }),
  ),
  mergedInto: z.object({ id: z.string(), number: z.string() }).nullable(),
  reopenCount: z.number().int(),
  inquiries: z.number().int(),
  complaints: z.number().int(),
  notes: z.number().int(),
  /** What the customer thought, oldest first; its words are absent once they are erased by law. */
  ratings: z.array(
    z.object({
      at: instant,
      stars: z.number().int(),
      recommend: z.number().int().nullable(),
      channel: z.enum(CHANNELS),
      text: z.string().nullable(),
    }),
  ),
  /** When the customer was last asked for a rating. */
  surveyedAt: instant.nullable(),
  /** Decisions that came too late, with the side that lost; `subject` says where they lost. */
  conflicts: z.array(
    z.object({ subject: z.string(), event: z.string(), type: z.string(), at: instant, actor: person, code: z.string() }),
  ),
})
export type OrderDetails = z.infer<typeof orderDetails>

export const getWorkOrder = defineQuery({
  name: 'workOrder.get',
  summary: 'Everything about one order; null where there is none.',
  input: z.object({ order: id }),
  output: z.object({ now: instant, order: orderDetails.nullable() }),
  permission: read,
})

export const timelineEntry = z.object({
  event: z.string(),
  type: z.string(),
  at: instant,
  recordedAt: instant,
  /** Recorded more than 15 minutes after it happened (METRICS, "Time"); imports are marked as such instead. */
  backdated: z.boolean(),
  imported: z.boolean(),
  actor: person.extend({ kind: z.enum(['user', 'system', 'import']) }),
  data: z.record(z.string(), value),
  /** Null where it was erased by law, absent where there never was any. */
  personal: z.record(z.string(), value).nullable().optional(),
  /** The refusal that a decision met which came too late. */
  lost: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

export const workOrderTimeline = defineQuery({
  name: 'workOrder.timeline',
  summary: 'What happened to an order, in the order of truth.',
  input: z.object({ order: id }),
  output: z.object({ entries: z.array(timelineEntry) }),
  permission: read,
})

export const auditEntry = z.object({
  event: z.string(),
  type: z.string(),
  at: instant,
  recordedAt: instant,
  backdated: z.boolean(),
  actor: person.extend({ kind: z.enum(['user', 'system', 'import']) }),
  field: z.string(),
  /** Null: there was, or is, none. */
  old: value,
  new: value,
  /** The values were deleted by law; that they changed, when and by whom stays. */
  erased: z.boolean(),
})
/** Customers, machines and providers that the changes speak of, by id. */
export const auditNames = z.record(z.string(), z.string())
export type AuditEntry = z.infer<typeof auditEntry>

export const workOrderAudit = defineQuery({
  name: 'workOrder.audit',
  summary: 'Every change of a field of an order: who, when, old and new.',
  input: z.object({ order: id }),
  output: z.object({ entries: z.array(auditEntry), names: auditNames }),
  permission: read,
})

const idOrNone = z.union([id, z.literal(NONE)])
export const orderFilter = z.object({
  stage: z.enum(STAGES).optional(),
  status: z.enum(STATUSES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  channel: z.enum(CHANNELS).optional(),
  owner: idOrNone.optional(),
  customer: id.optional(),
  provider: idOrNone.optional(),
  frozen: z.literal(true).optional(),
  /** The timer of the present stage has fired. */
  breached: z.literal(true).optional(),
  /** First contact at or after, and before. */
  from: instant.optional(),
  to: instant.optional(),
  /** Words, pinyin and pieces of numbers, of the order, its customer, machine, owner or engineer. */
  text: text(80).optional(),
})
export type OrderFilter = z.infer<typeof orderFilter>

/** By what a list can be sorted. Without a wish: what a text finds, open ones first; otherwise by first contact. */
export const ORDER_SORTS = [
  'firstContact',
  'number',
  'due',
  'closed',
  'entered',
  'promise',
  'status',
  'stage',
  'priority',
  'customer',
  'model',
  'serial',
  'owner',
  'provider',
  'channel',
] as const
export const orderSort = z.object({ by: z.enum(ORDER_SORTS), descending: z.boolean() })
export type OrderSort = z.infer<typeof orderSort>

export const listWorkOrders = defineQuery({
  name: 'workOrder.list',
  summary: 'Orders by filter, newest first contact first unless sorted otherwise.',
  input: z.object({
    filter: orderFilter.default({}),
    sort: orderSort.optional(),
    after: place.optional(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  output: z.object({
    now: instant,
    orders: z.array(card),
    /** Where to go on; a page may be short, even empty, and still not be the last: few of those looked at fitted. */
    next: z.string().nullable(),
    /** More orders than can be sorted so: they come by first contact, or as the text finds them. */
    tooManyToSort: z.boolean(),
  }),
  permission: read,
  audience: ['desk', 'local'],
})

export const countWorkOrders = defineQuery({
  name: 'workOrder.count',
  summary: 'How many orders a filter leaves, counted as far as that is quick.',
  input: z.object({ filter: orderFilter.default({}) }),
  output: z.object({
    count: z.number().int(),
    /** There are more than were counted. */
    more: z.boolean(),
  }),
  permission: read,
})

export const matchingWorkOrders = defineQuery({
  name: 'workOrder.matching',
  summary: 'All orders that a filter leaves, for one thing to be done to them; the newest where they are too many.',
  input: z.object({ filter: orderFilter.default({}), sort: orderSort.optional() }),
  output: z.object({ orders: z.array(card), more: z.boolean() }),
  permission: read,
})

export const workOrderTimers = defineQuery({
  name: 'workOrder.timers',
  summary: 'Escalations of an order that fired: level, when, who was called.',
  input: z.object({ order: id }),
  output: z.object({
    firings: z.array(
      z.object({
        visit: z.string(),
        stage: z.enum(STAGES).nullable(),
        timer: z.string(),
        level: z.number().int(),
        dueAt: instant,
        firedAt: instant,
        recordedAt: instant,
        role: z.string(),
        called: z.array(z.object({ user: person, insteadOf: person.nullable() })),
        dailyReport: z.boolean(),
      }),
    ),
  }),
  permission: read,
})
