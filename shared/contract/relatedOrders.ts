import * as z from 'zod'
import { defineQuery } from './define.ts'
import { card } from './board.ts'
import { id, instant } from './common.ts'

const LINKS = ['duplicate', 'related', 'followUp'] as const

const relatedOrder = z.object({
  card,
  /** By what it is related: the same machine tells more than the same customer. */
  same: z.enum(['machine', 'customer']),
  /** How it is linked with the order already. */
  link: z.enum(LINKS).nullable(),
})
export type RelatedOrder = z.infer<typeof relatedOrder>

export const relatedOrders = defineQuery({
  name: 'workOrder.related',
  summary: 'Other orders of the same machine, open ones first, then the newest; and open ones of the same customer.',
  input: z.object({ order: id }),
  output: z.object({
    now: instant,
    /** Open orders of the same machine: this one may be a duplicate of them. */
    duplicates: z.number().int(),
    orders: z.array(relatedOrder),
  }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
