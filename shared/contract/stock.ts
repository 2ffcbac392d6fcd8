import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { done, id, line, text } from './common.ts'

/** Neither may hold the slash that joins them to the id of their stock. */
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,38}$/)
const quantity = z.number().int().min(1).max(1_000_000)

export const stockRow = z.object({
  id: z.string(),
  warehouse: z.string(),
  part: z.string(),
  name: z.string(),
  unit: z.string(),
  onHand: z.number().int(),
  reserved: z.number().int(),
  /** For the order that asked: on hand − what other orders hold. Negative after a count that found too little. */
  available: z.number().int(),
})
export type StockRow = z.infer<typeof stockRow>

const change = { action: 'change', subject: 'Stock' } as const
/** Orders that the pieces thawed, those frozen longest first. */
const thawed = done.extend({ thawed: z.array(z.string()) })

export const describePart = defineCommand({
  name: 'stock.describe',
  summary: 'Names a part as a warehouse keeps it.',
  input: z.object({ warehouse: code, part: code, name: line(120), unit: line(20) }),
  output: done,
  permission: change,
})

export const receiveStock = defineCommand({
  name: 'stock.receive',
  summary: 'Takes pieces into a warehouse and thaws the orders that they suffice for.',
  input: z.object({ warehouse: code, part: code, quantity, document: line(80).optional() }),
  output: thawed,
  permission: change,
})

export const countStock = defineCommand({
  name: 'stock.count',
  summary: 'Sets what somebody counted on the shelf and thaws the orders that it suffices for.',
  input: z.object({ warehouse: code, part: code, counted: z.number().int().min(0).max(1_000_000), reason: line(300) }),
  output: thawed,
  permission: change,
})

export const findStock = defineQuery({
  name: 'stock.find',
  summary: 'Parts by the start of their code or a piece of their name, with what is on hand and available.',
  input: z.object({
    text: text(80).default(''),
    warehouse: code.optional(),
    /** Pieces that this order holds itself count as available to it. */
    order: id.optional(),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  output: z.object({ stock: z.array(stockRow) }),
  permission: { action: 'read', subject: 'Stock' },
})
