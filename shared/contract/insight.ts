import * as z from 'zod'
import { DIMENSIONS } from '../domain/insight/facts.ts'
import { PIECES, RATED, WAIT_PARTIES } from '../domain/perceivedTime/pieces.ts'
import { PARTIES, STAGES } from '../domain/workOrder/stages.ts'
import { day, id, instant, line } from './common.ts'
import { defineQuery } from './define.ts'
import { periodFields, withinReach } from './period.ts'

const count = z.number().int()
/** ms. */
const span = z.number().int()
/** A part of a whole, 0 to 1; null: the whole is nothing. */
const share = z.number().nullable()

/** `-`: those without one. A team, a model, a region by name, a service provider by id. */
export const insightFilter = z.object({
  team: line(200).optional(),
  model: line(200).optional(),
  region: line(200).optional(),
  provider: line(200).optional(),
})
export type InsightFilter = z.infer<typeof insightFilter>

const chosen = { ...periodFields, filter: insightFilter.default({}) }

/** METRICS, "Rates". Cancelled and merged orders are outside all of them and counted apart. */
const insightFigures = z.object({
  created: count,
  cancelled: count,
  merged: count,
  /** Of orders created in the period: closed by now, and within 30 days. */
  closedSince: count,
  closedSoon: count,
  closedLoopRate: share,
  closedSoonRate: share,
  /** Of orders created in the period. */
  inquiries: count,
  secondInquiries: share,
  complained: count,
  overtime: count,
  otherCause: count,
  complaintRate: share,
  /** Open at some instant of the period; longer than 48 h in one stage or offered to somebody. */
  open: count,
  stuck: count,
  stuckRate: share,
  /** Closed in the period, ms; median and 80th percentile are exact. */
  closed: count,
  meanCloseMs: z.number().nullable(),
  medianCloseMs: z.number().nullable(),
  p80CloseMs: span.nullable(),
  /** `provisional`: closed less than 30 days ago. */
  fixed: count,
  fixedRate: share,
  remote: count,
  remoteFixed: count,
  provisional: count,
  /** By date of the answer. */
  rated: count,
  promoters: count,
  passives: count,
  detractors: count,
  /** % promoters − % detractors, −100 to 100. */
  nps: z.number().nullable(),
  meanStars: z.number().nullable(),
  /** Closed in the period by an engineer who led them. */
  led: count,
  /** Days on shift by the roster, up to now; null: they cannot be told apart by this filter. */
  engineerDays: count.nullable(),
  perEngineerDay: z.number().nullable(),
  /** From which day of the period on shifts are kept, and what was led since; null: nobody keeps any for the period. */
  rosterFrom: day.nullable(),
  rosterLed: count,
  /** Orders closed in the period; null: nothing was billed. The differences summed by their size, in fen. */
  revenue: z.object({ billed: count, wrong: count, differenceFen: count, rate: share }).nullable(),
})
export type InsightFigures = z.infer<typeof insightFigures>

const permission = { action: 'read', subject: 'WorkOrder' } as const

export const insightSummary = defineQuery({
  name: 'insight.summary',
  summary: 'Every rate of a period of natural days, both included; beside it another period to compare with.',
  input: withinReach(z.object({ ...chosen, compare: withinReach(z.object(periodFields)).optional() })),
  output: z.object({ now: instant, zone: z.string(), figures: insightFigures, compared: insightFigures.nullable() }),
  permission,
})

export const insightTrend = defineQuery({
  name: 'insight.trend',
  summary: 'Day by day or month by month: orders created and closed, and the rates that follow.',
  input: withinReach(z.object({ ...chosen, step: z.enum(['day', 'month']).default('day') })),
  output: z.object({
    now: instant,
    steps: z.array(
      z.object({
        /** The first day of the step. */
        from: day,
        created: count,
        closed: count,
        closedLoopRate: share,
        meanCloseMs: z.number().nullable(),
        fixedRate: share,
        nps: z.number().nullable(),
        rated: count,
        complaintRate: share,
      }),
    ),
  }),
  permission,
})

export const insightBreakdown = defineQuery({
  name: 'insight.breakdown',
  summary: 'The rates of a period by team, model, region or service provider.',
  input: withinReach(z.object({ ...chosen, by: z.enum(DIMENSIONS) })),
  output: z.object({
    now: instant,
    rows: z.array(
      z.object({
        /** What to filter by. */
        value: z.string(),
        name: z.string(),
        created: count,
        closed: count,
        closedLoopRate: share,
        meanCloseMs: z.number().nullable(),
        fixedRate: share,
        complaintRate: share,
        rated: count,
        nps: z.number().nullable(),
      }),
    ),
  }),
  permission,
})

export const insightBreaches = defineQuery({
  name: 'insight.breaches',
  summary: 'Limits of stages that passed in a period, by stage and by hour of the day.',
  input: withinReach(z.object(chosen)),
  output: z.object({
    now: instant,
    total: count,
    cells: z.array(z.object({ stage: z.enum(STAGES), hour: count, orders: count })),
  }),
  permission,
})

/** Upper edges of the ages of open orders, days, each outside; the last class has none. */
export const AGES = [1, 3, 7, 14, 30] as const

export const insightAgeing = defineQuery({
  name: 'insight.ageing',
  summary: 'Open orders as they stand now, by stage and by days since the first contact.',
  input: z.object({ filter: insightFilter.default({}) }),
  output: z.object({
    now: instant,
    open: count,
    /** One count for each of the classes that the edges 1, 3, 7, 14 and 30 days make. */
    stages: z.array(z.object({ stage: z.enum(STAGES), ages: z.array(count) })),
  }),
  permission,
})

const wait = z.object({ piece: z.enum([...PIECES, 'unknown']), party: z.enum(WAIT_PARTIES), ms: span })

export const insightWaits = defineQuery({
  name: 'insight.waits',
  summary: 'Where the time of closed orders went, each second on whom it waited: of a period, or of the orders named.',
  input: withinReach(z.object({ ...chosen, orders: z.array(id).max(500).optional() })),
  output: z.object({
    now: instant,
    orders: count,
    /** All waits sum to it exactly. */
    totalMs: span,
    /** Longest first. */
    waits: z.array(wait.extend({ orders: count })),
  }),
  permission,
})

export const DRILLS = [
  'created',
  'cancelled',
  'merged',
  'closedSince',
  'notClosedSince',
  'closedSoon',
  'inquired',
  'complained',
  'overtime',
  'otherCause',
  'open',
  'stuck',
  'closed',
  'fixed',
  'notFixed',
  'remote',
  'provisional',
  'rated',
  'promoters',
  'passives',
  'detractors',
  'led',
  'billed',
  'revenueWrong',
  'breached',
  'ageing',
  'hit',
  'missed',
  'pending',
  'atCall',
  'byWish',
  'allFourHit',
  'allFourMissed',
  'selfResolved',
  'endedCancelled',
  'endedMerged',
  'waited',
  'owned',
  'ownedBroken',
  'visitedToday',
] as const
export type Drill = (typeof DRILLS)[number]

export const insightOrders = defineQuery({
  name: 'insight.orders',
  summary: 'The orders behind a figure, as many as it counts; longest or newest first.',
  input: withinReach(z.object({
    ...chosen,
    figure: z.enum(DRILLS),
    /** `breached` and `ageing`: of this stage. */
    stage: z.enum(STAGES).optional(),
    /** `breached`: at this hour. */
    hour: z.number().int().min(0).max(23).optional(),
    /** `ageing`: of this class of age, from 0. */
    age: z.number().int().min(0).max(AGES.length).optional(),
    /** `hit`, `missed`, `pending`: of this stage of perceived time. */
    perceived: z.enum(RATED).optional(),
    /** `owned`, `ownedBroken`, `visitedToday`: his, as things stand now. */
    person: id.optional(),
    /** `waited`: this wait. */
    wait: wait.omit({ ms: true }).optional(),
    limit: z.number().int().min(1).max(500).default(100),
  })),
  output: z.object({
    now: instant,
    total: count,
    orders: z.array(
      z.object({
        id,
        number: z.string(),
        customer: z.string().nullable(),
        model: z.string(),
        symptom: z.string(),
        status: z.string(),
        /** Why it stands where it stands: its stage, whom it waits on, and whether a part is missing. */
        stage: z.enum(STAGES),
        waitsOn: z.enum(PARTIES).nullable(),
        frozen: z.boolean(),
        createdAt: instant,
        closedAt: instant.nullable(),
        /** What the figure measures of this order: ms, stars or a count; null: it only counts it. */
        measure: z.number().nullable(),
      }),
    ),
  }),
  permission,
})

const values = z.array(z.object({ value: z.string(), name: z.string() }))

export const insightValues = defineQuery({
  name: 'insight.values',
  summary: 'What figures can be told apart by: teams, models, regions and service providers that orders name.',
  input: z.object({}),
  output: z.object({ team: values, model: values, region: values, provider: values }),
  permission,
})
