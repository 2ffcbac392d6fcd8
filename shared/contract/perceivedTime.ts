import * as z from 'zod'
import { PIECES, RATED, WAIT_PARTIES } from '../domain/perceivedTime/pieces.ts'
import { id, instant } from './common.ts'
import { defineQuery } from './define.ts'
import { periodFields, withinReach } from './period.ts'
import { insightFilter } from './insight.ts'

/** A natural day of the company's zone. */
export const day = z.iso.date()
const count = z.number().int()
/** ms. */
const span = z.number().int()
const pieceName = z.enum([...PIECES, 'unknown'])

/** A histogram: durations from the bucket below up to `below`, ms, which itself is outside; null: all longer ones. */
const buckets = z.array(z.object({ below: span.nullable(), orders: count }))

const rate = z.object({
  hits: count,
  /** `openMisses` among them: still running, their limit passed in the period. */
  misses: count,
  openMisses: count,
  /** Hits ÷ (hits + misses); null: nothing counts yet. */
  rate: z.number().nullable(),
})

const stageFigures = rate.extend({
  stage: z.enum(RATED),
  limitMs: span,
  /** Running inside the limit now, in neither; whatever the period. */
  pending: count,
  /** Ended in the period: mean and the edge below which half and four fifths of them lie. */
  meanMs: z.number().nullable(),
  medianBelowMs: span.nullable(),
  p80BelowMs: span.nullable(),
  buckets,
  /** Misses of ③ where the customer chose a later date. */
  byWish: count,
  /** Hits of ① that were replied to at the telephone. */
  atCall: count,
})

const dayFigures = z.object({
  day,
  stages: z.array(rate.extend({ stage: z.enum(RATED) })),
  closed: count,
})

export const perceivedSummary = defineQuery({
  name: 'perceivedTime.summary',
  summary: 'Perceived time of a period of natural days, both included: rates of the four stages, the total, and where the time went.',
  input: withinReach(
    z.object({
      ...periodFields,
      /** Also day by day, for a trend. */
      byDay: z.boolean().default(false),
      /** Only of these orders. */
      filter: insightFilter.default({}),
    }),
  ),
  output: z.object({
    now: instant,
    zone: z.string(),
    from: day,
    to: day,
    stages: z.array(stageFigures),
    /** Orders closed in the period whose every applicable stage hit. */
    allFour: z.object({ hits: count, orders: count, rate: z.number().nullable() }),
    /** First contact → signature of orders closed in the period; it has a distribution and no limit. */
    total: z.object({
      orders: count,
      sumMs: span,
      meanMs: z.number().nullable(),
      medianBelowMs: span.nullable(),
      p80BelowMs: span.nullable(),
      buckets,
    }),
    /** Of orders closed in the period, every second by piece and by whom it waited on: sums to `total.sumMs`. */
    waits: z.array(z.object({ piece: pieceName, party: z.enum(WAIT_PARTIES), ms: span })),
    /** Ended in the period; only `closed` counts in the rates, `remote` among them. */
    outcomes: z.object({ closed: count, remote: count, selfResolved: count, cancelled: count, merged: count }),
    days: z.array(dayFigures),
  }),
  permission: { action: 'read', subject: 'Wall' },
  audience: ['desk', 'wall'],
})

export const perceivedOrder = defineQuery({
  name: 'perceivedTime.order',
  summary: 'The customer’s time of one order, piece by piece, and whom each waited on; null where there is no such order.',
  input: z.object({ order: id }),
  output: z.object({
    now: instant,
    order: z
      .object({
        outcome: z.enum(['open', 'closed', 'selfResolved', 'cancelled', 'merged']),
        remote: z.boolean(),
        atCall: z.boolean(),
        byWish: z.boolean(),
        /** First contact → signature; while it runs, up to now. The pieces sum to it. */
        totalMs: span,
        running: z.boolean(),
        pieces: z.array(
          z.object({
            piece: pieceName,
            from: instant,
            to: instant.nullable(),
            ms: span,
            waits: z.array(z.object({ party: z.enum(WAIT_PARTIES), ms: span })),
          }),
        ),
        stages: z.array(
          z.object({
            stage: z.enum(RATED),
            limitMs: span,
            verdict: z.enum(['hit', 'miss', 'pending', 'notApplicable']),
          }),
        ),
      })
      .nullable(),
  }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
