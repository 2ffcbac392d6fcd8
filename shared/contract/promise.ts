import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { card, NONE } from './board.ts'
import { done, id, instant, place } from './common.ts'
import { PARTIES } from '../domain/workOrder/stages.ts'

const read = { action: 'read', subject: 'WorkOrder' } as const

/** Where a promise stands: broken, due before the day ends, later, or nobody promised anything. */
export const DUES = ['broken', 'today', 'later', 'none'] as const
export type Due = (typeof DUES)[number]

export const promiseFilter = z.object({
  owner: z.union([id, z.literal(NONE)]).optional(),
  waitsOn: z.enum(PARTIES).optional(),
  due: z.enum(DUES).optional(),
  /** Offered to this person, who has not answered yet. */
  offeredTo: id.optional(),
})
export type PromiseFilter = z.infer<typeof promiseFilter>

/** Issued by the service center alone, under an id that every desk derives alike: a promise breaks once. */
export const breakPromise = defineCommand({
  name: 'promise.break',
  summary: 'Records that a promise was broken and tells the owner of the order.',
  input: z.object({ order: id, by: instant }),
  output: done,
  permission: { action: 'manage', subject: 'WorkOrder' },
  audience: [],
})

export const listPromises = defineQuery({
  name: 'promise.list',
  summary: 'The promises of open orders: broken ones first, then by when they are due, those without any last.',
  input: z.object({
    filter: promiseFilter.default({}),
    after: place.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    now: instant,
    /** When this day ends in the time zone of the company. */
    dayEnds: instant,
    promises: z.array(card),
    next: z.string().nullable(),
  }),
  permission: read,
})

const counts = { open: z.number().int(), broken: z.number().int(), today: z.number().int() }

/** Of the table `promises` of `output.open`. */
export const promiseTableInput = z.object({ filter: promiseFilter.default({}) })

export const countPromises = defineQuery({
  name: 'promise.counts',
  summary: 'How many promises each owner has open, broken and due today; those of whom most are broken first.',
  input: z.object({}),
  output: z.object({
    now: instant,
    dayEnds: instant,
    ...counts,
    /** Broken ones, by the party that they wait on. */
    brokenBy: z.record(z.enum(PARTIES), z.number().int()),
    /** Null: nobody owns them. */
    owners: z.array(z.object({ owner: z.object({ id: z.string(), name: z.string() }).nullable(), ...counts })),
  }),
  permission: read,
})
export type OwnerPromises = z.infer<typeof countPromises.output>['owners'][number]
