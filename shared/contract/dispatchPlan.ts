import * as z from 'zod'
import { defineCommand, defineQuery, defineTopic } from './define.ts'
import { day, done, id, instant, writtenInstant } from './common.ts'
import { read, change, count, ms, person, when } from './dispatchParts.ts'
import { say } from './dispatchWords.ts'
import { PRIORITIES } from '../domain/workOrder/stages.ts'

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
      z.object({ kind: z.literal('ill'), engineer: id, from: writtenInstant, to: writtenInstant.optional() }),
      /** The job of an order takes until `to`. */
      z.object({ kind: z.literal('overrun'), order: id, to: writtenInstant }),
      /** An order that has to be reached by `by`. */
      z.object({ kind: z.literal('emergency'), order: id, by: writtenInstant.optional() }),
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

export const planProgress = defineTopic({
  name: 'dispatchPlan',
  summary: 'How far a plan is, and when it ends.',
  message: z.object({ plan: z.string(), state: z.enum(PLAN_STATES), ...progress }),
  permission: read,
})
