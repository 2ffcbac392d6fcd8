import * as z from 'zod'
import { defineCommand } from './define.ts'
import { id, line } from './common.ts'
import { change, decision, fields, note, promiseInput, reason, stage } from './workOrder.ts'

/** What can be done to many orders at once; each is accepted or refused alone. */
const bulkAction = z.discriminatedUnion('name', [
  z.object({ name: z.literal('advance'), to: stage.optional() }),
  z.object({ name: z.literal('sendBack'), to: stage.optional(), reason }),
  z.object({ name: z.literal('cancel'), reason }),
  z.object({ name: z.literal('lockParts') }),
  z.object({ name: z.literal('close') }),
  z.object({ name: z.literal('release'), reason }),
  z.object({ name: z.literal('reassign'), owner: id, reason: reason.optional() }),
  z.object({ name: z.literal('offerHandover'), to: id, note: line(500).optional() }),
  z.object({ name: z.literal('setPromise'), promise: promiseInput }),
  z.object({ name: z.literal('changeFields'), fields }),
  z.object({ name: z.literal('addNote'), kind: z.enum(['internal', 'reply']), text: note }),
])

const bulkRefusal = z.object({
  code: z.string(),
  field: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()).readonly()])).optional(),
})

export const previewBulk = defineCommand({
  name: 'workOrder.previewBulk',
  summary: 'What one thing done to many orders would mean for each, in the order given; nothing is done.',
  input: z.object({ orders: z.array(decision).min(1).max(200), action: bulkAction }),
  output: z.object({
    results: z.array(
      z.object({
        order: id,
        ok: z.boolean(),
        /** What would happen to the order, as its timeline would tell it. */
        events: z.array(z.object({ type: z.string(), data: z.record(z.string(), z.json()) })),
        refusal: bulkRefusal.optional(),
      }),
    ),
  }),
  permission: change,
})

export const bulkOrders = defineCommand({
  name: 'workOrder.bulk',
  summary: 'Does one thing to many orders, each as a command of its own; answers for each in the order given.',
  input: z.object({
    /** Names the commands that it stands for: a repetition under it changes nothing. */
    id: z.uuid().toLowerCase().optional(),
    orders: z.array(decision).min(1).max(200),
    action: bulkAction,
  }),
  output: z.object({
    results: z.array(
      z.object({
        order: id,
        ok: z.boolean(),
        heads: z.record(z.string(), z.string()).optional(),
        refusal: bulkRefusal.optional(),
      }),
    ),
  }),
  permission: change,
})
