import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { done, id, instant, line, place, text } from './common.ts'

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
  summary: 'Parts by a piece of their code or name, also by pinyin, with what is on hand and available.',
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

const stockLine = stockRow.extend({
  /** Orders that are frozen because pieces of it are short, and how many pieces they want. */
  waitingOrders: z.number().int(),
  waitingPieces: z.number().int(),
})
export type StockLine = z.infer<typeof stockLine>

const show = z.enum(['all', 'short', 'reserved']).default('all')

export const listStock = defineQuery({
  name: 'stock.list',
  summary: 'Parts by warehouse: on hand, reserved, available, and the orders that wait for pieces.',
  input: z.object({
    text: text(80).default(''),
    warehouse: code.optional(),
    show,
    after: place.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ stock: z.array(stockLine), warehouses: z.array(z.string()), next: z.string().nullable() }),
  permission: { action: 'read', subject: 'Stock' },
})

/** Of the table `stock` of `output.open`. */
export const stockTableInput = z.object({ text: text(80).default(''), warehouse: code.optional(), show })

const stockOrder = z.object({
  order: z.string(),
  number: z.string(),
  customer: z.string().nullable(),
  line: z.string(),
  quantity: z.number().int(),
  /** When it was reserved, or since when the order is frozen. */
  since: instant,
})

export const getStock = defineQuery({
  name: 'stock.get',
  summary: 'One part in one warehouse: the orders that hold pieces and those that wait for some, frozen longest first.',
  input: z.object({ stock: z.string().max(80) }),
  output: z.object({
    now: instant,
    stock: stockLine.nullable(),
    held: z.array(stockOrder),
    waiting: z.array(stockOrder),
    /** The same part in other warehouses. */
    elsewhere: z.array(stockRow),
  }),
  permission: { action: 'read', subject: 'Stock' },
})

const movement = z.object({
  event: z.string(),
  type: z.string(),
  at: instant,
  actor: z.object({ id: z.string(), name: z.string(), kind: z.enum(['user', 'system', 'import']) }),
  /** Pieces that came in, or went out where it is below 0; null where none moved. */
  moved: z.number().int().nullable(),
  /** Pieces that were reserved, or that a count found; null where the event says none. */
  quantity: z.number().int().nullable(),
  order: z.object({ id: z.string(), number: z.string() }).nullable(),
  /** Delivery note, or the reason that was given. */
  note: z.string().nullable(),
})
export type StockMovement = z.infer<typeof movement>

export const stockHistory = defineQuery({
  name: 'stock.history',
  summary: 'What came in, was counted, reserved, given back and issued of a part in a warehouse, newest first.',
  input: z.object({ stock: z.string().max(80), after: place.optional(), limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({ movements: z.array(movement), next: z.string().nullable() }),
  permission: { action: 'read', subject: 'Stock' },
})
