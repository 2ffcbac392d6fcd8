import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, line, place, text } from './common.ts'
import { recordHistory } from './recordHistory.ts'
import { VAT_RATES } from '../domain/finance/money.ts'
import { PRICE_KINDS } from '../domain/priceList/fold.ts'

/** Fen, without VAT. */
export const unitFen = z.number().int().min(0).max(100_000_000_000)
/** Basis points: 600 is 6 %. */
export const vatRate = z
  .number()
  .int()
  .refine((rate) => VAT_RATES.some((known) => known === rate), { message: 'no rate of VAT' })
const kind = z.enum(PRICE_KINDS)
const unit = line(12)
const costFen = unitFen.nullable()

export const priceRow = z.object({
  /** Code; of a part, the code of the part. */
  item: id,
  name: z.string(),
  kind,
  unit: z.string(),
  unitFen: z.number().int(),
  vatRate: z.number().int(),
  costFen: z.number().int().nullable(),
  active: z.boolean(),
  demo: z.boolean(),
  head: z.string(),
})
export type PriceRow = z.infer<typeof priceRow>

export const registerPrice = defineCommand({
  name: 'priceList.register',
  summary: 'Adds a line to the price list, by a code that it has not got yet.',
  input: z.object({
    item: id,
    name: line(120),
    kind,
    unit,
    unitFen,
    vatRate,
    costFen: costFen.default(null),
    demo: z.literal(true).optional(),
  }),
  output: done,
  permission: { action: 'change', subject: 'Finance' },
})

export const changePrice = defineCommand({
  name: 'priceList.change',
  summary: 'Changes a line of the price list; bills that were written keep the price that they were written with.',
  input: z.object({
    item: id,
    name: line(120).optional(),
    kind: kind.optional(),
    unit: unit.optional(),
    unitFen: unitFen.optional(),
    vatRate: vatRate.optional(),
    costFen: costFen.optional(),
    active: z.boolean().optional(),
    base: base.optional(),
  }),
  output: done,
  permission: { action: 'change', subject: 'Finance' },
})

export const listPrices = defineQuery({
  name: 'priceList.list',
  summary: 'The price list by code.',
  input: z.object({
    /** A piece of the code or of the name. */
    text: text(80).default(''),
    show: z.enum(['active', 'all']).default('active'),
    after: place.optional(),
    limit: z.number().int().min(1).max(200).default(100),
  }),
  output: z.object({ prices: z.array(priceRow), next: z.string().nullable() }),
  permission: { action: 'read', subject: 'Finance' },
})

export const priceHistory = defineQuery({
  name: 'priceList.history',
  summary: 'Every change of a line of the price list, old and new, newest first.',
  input: z.object({ item: id }),
  output: recordHistory,
  permission: { action: 'read', subject: 'Finance' },
})
