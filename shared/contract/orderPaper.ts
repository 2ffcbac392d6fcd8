import * as z from 'zod'
import { defineQuery } from './define.ts'
import { id, instant } from './common.ts'
import { auditEntry, auditNames, orderDetails, timelineEntry } from './workOrderQueries.ts'

export const orderPaper = defineQuery({
  name: 'workOrder.paper',
  summary: 'All that the printed sheet of an order says, as of one moment, with the head of the chain that proves it.',
  input: z.object({ order: id }),
  output: z.object({
    now: instant,
    company: z.string(),
    order: orderDetails.nullable(),
    timeline: z.array(timelineEntry),
    audit: z.array(auditEntry),
    names: auditNames,
    /** The last event of this desk: an anchor outside the database (DESIGN §4). */
    chain: z.object({ origin: z.string(), seq: z.number().int(), hash: z.string() }).nullable(),
  }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
