import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { done, instant } from './common.ts'

const fen = z.number().int()
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

export const MONTH_SHEETS = ['revenue', 'parts', 'receivables', 'differences', 'accounts'] as const
export type MonthSheet = (typeof MONTH_SHEETS)[number]

export const lockMonth = defineCommand({
  name: 'monthEnd.lock',
  summary: 'Locks a month that is over: whatever arrives for it later posts to the next open month.',
  input: z.object({ month }),
  output: done,
  permission: { action: 'release', subject: 'Finance' },
})

export const monthRow = z.object({
  month,
  entries: z.number().int(),
  /** Net fen recognised, billed with VAT, and received. */
  revenueFen: fen,
  billedFen: fen,
  receivedFen: fen,
  over: z.boolean(),
  locked: z
    .object({
      at: instant,
      by: z.object({ id: z.string(), name: z.string() }),
      event: z.string(),
      /** The month still says what it said when it was locked, to the fen. */
      intact: z.boolean(),
      origins: z.number().int(),
    })
    .nullable(),
})
export type MonthRow = z.infer<typeof monthRow>

export const listMonths = defineQuery({
  name: 'monthEnd.list',
  summary: 'The months of the ledger, newest first.',
  input: z.object({ limit: z.number().int().min(1).max(120).default(24) }),
  output: z.object({ now: instant, months: z.array(monthRow) }),
  permission: { action: 'read', subject: 'Finance' },
})

export const monthAccounts = defineQuery({
  name: 'monthEnd.accounts',
  summary: 'Opening balance, movement and closing balance of each account of the ledger in a month.',
  input: z.object({ month }),
  output: z.object({
    now: instant,
    month,
    accounts: z.array(z.object({ account: z.string(), opening: fen, debit: fen, credit: fen, closing: fen })),
    /** Entries of an earlier, locked month that count in this one. */
    late: z.number().int(),
    orders: z.number().int(),
  }),
  permission: { action: 'read', subject: 'Finance' },
})
