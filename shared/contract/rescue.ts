import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, instant } from './common.ts'
import { MOVE_KINDS } from '../domain/chance/moves.ts'
import { SEGMENTS } from '../domain/pace/segments.ts'
import { STAGES } from '../domain/workOrder/stages.ts'

const read = { action: 'read', subject: 'WorkOrder' } as const
const count = z.number().int()
const chance = z.number().min(0).max(1)
const person = z.object({ id: z.string(), name: z.string() })

const move = z.object({
  kind: z.enum(MOVE_KINDS),
  /** The chance that the limit is missed once it is done. */
  after: chance,
  /** Likely saves the order. */
  saves: z.boolean(),
  /** Whom it sends, and when. */
  engineer: person.nullable(),
  /** Who comes along, where one does not suffice. */
  crew: z.array(person),
  from: instant.nullable(),
  to: instant.nullable(),
  /** The order that the visit changes places with, and when that one would be visited then. */
  other: z.object({ order: z.string(), number: z.string(), from: instant, to: instant }).nullable(),
  warehouse: z.string().nullable(),
  /** Share of past orders alike that it solved, where that is what the chance rests on. */
  share: chance.nullable(),
})
export type RescueMove = z.infer<typeof move>

const endangered = z.object({
  order: z.string(),
  number: z.string(),
  customer: z.string().nullable(),
  model: z.string(),
  symptom: z.string(),
  stage: z.enum(STAGES),
  owner: person.nullable(),
  frozen: z.boolean(),
  /** The last event, for what is done about it. */
  head: z.string(),
  clock: z.enum(['stage', 'customer']),
  segment: z.enum(SEGMENTS),
  due: instant,
  /** That it misses at its present pace. */
  chance,
  /** The cheapest that saves it first; none: nothing known helps. */
  moves: z.array(move),
})
export type Endangered = z.infer<typeof endangered>

export const rescueBoard = defineQuery({
  name: 'rescue.board',
  summary: 'Open orders likely to miss a limit today, and for each what would save it: the chance before and after.',
  input: z.object({
    /** Least chance that is shown. */
    from: chance.default(0.2),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    now: instant,
    /** The end of the natural day. */
    until: instant,
    limitsToday: count,
    /** Limits today that history says nothing about. */
    unknown: count,
    orders: z.array(endangered),
    more: count,
  }),
  permission: read,
})

export const rescueOrder = defineQuery({
  name: 'rescue.order',
  summary: 'The limit of today that one order most likely misses, and what would save it; null: none is known.',
  input: z.object({ order: id }),
  output: z.object({ now: instant, order: endangered.nullable() }),
  permission: read,
})

const calibration = z.object({
  forecasts: count,
  brier: z.number(),
  blindBrier: z.number(),
  error: z.number(),
  bins: z.array(z.object({ from: chance, forecasts: count, given: chance, came: chance })),
})

export const rescueCalibration = defineQuery({
  name: 'rescue.calibration',
  summary: 'How far the chances can be trusted: the latest quarter of history, replayed with what was known before it.',
  input: z.object({}),
  output: z.object({
    now: instant,
    segments: z.array(z.object({ segment: z.enum(SEGMENTS), past: count, calibration: calibration.nullable() })),
    /** Moves that were made in that quarter: how often they were said to fail, and how often they did. */
    moves: z.array(z.object({ kind: z.enum(['remoteFix', 'otherEngineer']), made: count, given: chance, came: chance })),
  }),
  permission: read,
})

export const applyMove = defineCommand({
  name: 'rescue.apply',
  summary: 'Does what saves an order: all of it, or nothing where things have changed.',
  input: z.object({ order: id, base, kind: z.enum(MOVE_KINDS) }),
  output: done,
  permission: { action: 'decide', subject: 'WorkOrder' },
})
