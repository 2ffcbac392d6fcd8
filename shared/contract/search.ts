import * as z from 'zod'
import { card } from './board.ts'
import { id, instant, line } from './common.ts'
import { defineQuery } from './define.ts'

/** A text and what of it matched: ranges [from, to) in UTF-16 units, in order, none overlapping. */
export const markedText = z.object({
  text: z.string(),
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
})
export type MarkedText = z.infer<typeof markedText>

const orderHit = z.object({
  card,
  /** Where it matched, most telling first: a field of the order, `customer`, `contact`, `machine`, `owner` or `note`. */
  matched: z.array(markedText.extend({ field: z.string() })),
})
export type OrderHit = z.infer<typeof orderHit>

const hit = z.object({
  id,
  title: markedText,
  /** What tells it from others of its name: contact and telephone, model and customer, warehouse, login. */
  detail: markedText,
})
export type SearchHit = z.infer<typeof hit>

const group = <Hit extends z.ZodType>(of: Hit) =>
  z.object({
    hits: z.array(of),
    /** There are more than were asked for. */
    more: z.boolean(),
  })

export const searchEverything = defineQuery({
  name: 'search.everything',
  summary: 'Orders, customers, machines, parts, people, contracts, known defects and service providers by Chinese words, pinyin or pieces of numbers.',
  input: z.object({
    text: line(80),
    /** Hits of each group. */
    limit: z.number().int().min(1).max(50).default(6),
  }),
  output: z.object({
    now: instant,
    /** False while the index is being written anew: some subjects are not found yet. */
    complete: z.boolean(),
    orders: group(orderHit),
    customers: group(hit),
    machines: group(hit),
    parts: group(hit),
    people: group(hit),
    contracts: group(hit),
    knownDefects: group(hit),
    providers: group(hit),
  }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
