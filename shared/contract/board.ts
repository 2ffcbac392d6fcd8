import * as z from 'zod'
import { defineQuery, defineTopic } from './define.ts'
import { cursor, id, instant, text } from './common.ts'
import { CHANNELS, PARTIES, PRIORITIES, STAGES, STATUSES } from '../domain/workOrder/stages.ts'

const stage = z.enum(STAGES)

/** A card, the same in the column, the list, the search result and on the wall (LOOK, "The card"). */
export const card = z.object({
  id,
  number: z.string(),
  channel: z.enum(CHANNELS),
  status: z.enum(STATUSES),
  stage,
  priority: z.enum(PRIORITIES),
  customer: z.object({ id, name: z.string() }).nullable(),
  model: z.string(),
  serial: z.string(),
  faultCategory: z.string(),
  symptom: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Whose window is booked; null: nobody's. */
  engineer: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The service provider that does the work; null: our own people. */
  provider: z.object({ id, name: z.string() }).nullable(),
  handoverTo: z.string().nullable(),
  nextStep: z.string().nullable(),
  /** The workflow's own step, for words in another language; null where somebody wrote the next step. */
  nextStepKey: z.string().nullable(),
  waitsOn: z.enum(PARTIES).nullable(),
  /** `user:…` or `role:…`, where it waits on somebody of us who is named. */
  waitsWho: z.string().nullable(),
  promiseBy: instant.nullable(),
  firstContactAt: instant,
  enteredAt: instant,
  closedAt: instant.nullable(),
  /** The promise of this stage; null while paused or where no timer runs. */
  dueAt: instant.nullable(),
  limitMs: z.number().nullable(),
  /** The timer of this stage has fired; it stays true until the stage is left. */
  breached: z.boolean(),
  frozen: z.boolean(),
  paused: z.boolean(),
  /** The known defect that it shows. */
  knownDefect: z.object({ id, title: z.string() }).nullable(),
  imported: z.boolean(),
  demo: z.boolean(),
  conflicts: z.number().int(),
  readOnly: z.boolean(),
  /** Last event: the `base` of the next decision. */
  head: z.string(),
})
export type Card = z.infer<typeof card>

/** What a board can be cut into lanes by. */
export const LANES = ['priority', 'owner', 'engineer', 'customer', 'provider'] as const
export type LaneBy = (typeof LANES)[number]
/** Stands for orders that have none: nobody owns them, no engineer is booked. No id begins like it. */
export const NONE = '-'
const idOrNone = z.union([id, z.literal(NONE)])

export const boardFilter = z.object({
  priority: z.enum(PRIORITIES).optional(),
  owner: idOrNone.optional(),
  /** Of the order's appointment. */
  engineer: idOrNone.optional(),
  customer: idOrNone.optional(),
  provider: idOrNone.optional(),
  frozen: z.literal(true).optional(),
  /** The timer of the present stage has fired. */
  breached: z.literal(true).optional(),
  /** Found as the search finds orders: words, pinyin, pieces of numbers. */
  text: text(80).optional(),
})
export type BoardFilter = z.infer<typeof boardFilter>

const counts = { open: z.number().int(), breached: z.number().int(), frozen: z.number().int() }
export const column = z.object({
  stage,
  ...counts,
  /** Open without any filter: what a work-in-progress limit is held against. */
  whole: z.number().int(),
  cards: z.array(card),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
})
const columnCounts = z.object({ stage, ...counts })
/** A text that more orders match than can be counted: the page holds none, and the person is asked for more letters. */
const tooMany = z.boolean()

export const boardPage = defineQuery({
  name: 'board.page',
  summary: 'Columns with live counts and the first cards of each, most urgent first.',
  input: z.object({ filter: boardFilter.default({}), perColumn: z.number().int().min(1).max(100).default(30) }),
  output: z.object({ now: instant, columns: z.array(column), tooMany }),
  permission: { action: 'read', subject: 'WorkOrder' },
})

export const boardColumn = defineQuery({
  name: 'board.column',
  summary: 'More cards of one column.',
  input: z.object({
    stage,
    filter: boardFilter.default({}),
    after: cursor.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ now: instant, column }),
  permission: { action: 'read', subject: 'WorkOrder' },
})

export const boardCounts = defineQuery({
  name: 'board.counts',
  summary: 'Live counts of every column and, where it is cut into lanes, of every lane, those with most broken promises first.',
  input: z.object({
    filter: boardFilter.default({}),
    by: z.enum(LANES).nullable().default(null),
    /** So many lanes at most. */
    lanes: z.number().int().min(1).max(1000).default(60),
  }),
  output: z.object({
    now: instant,
    columns: z.array(columnCounts.extend({ whole: column.shape.whole })),
    lanes: z.array(z.object({ value: z.string(), name: z.string(), columns: z.array(columnCounts) })),
    /** How many lanes there are. */
    laneCount: z.number().int(),
    tooMany,
  }),
  permission: { action: 'read', subject: 'WorkOrder' },
})

export const boardChanged = defineTopic({
  name: 'board',
  summary: 'Cards that changed, as they now stand.',
  message: z.object({ now: instant, cards: z.array(card) }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
