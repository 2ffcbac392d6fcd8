import * as z from 'zod'
import { defineTopic } from './define.ts'
import { instant } from './common.ts'

/** An order's bill and payments, what the ledger holds of it, and the months that close over it. */
export const MONEY = ['finance', 'ledger', 'month'] as const
/** What has a page with its history: whoever shows one asks anew when it changes. */
export const RECORD_KINDS = ['customer', 'equipment', 'serviceContract', 'serviceProvider', 'knownDefect', 'stock', 'engineerProfile', ...MONEY, 'price'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

const record = z.object({ kind: z.enum(RECORD_KINDS), id: z.string() })
export type RecordRef = z.infer<typeof record>

export const recordsChanged = defineTopic({
  name: 'record',
  summary: 'Records changed, from customers to the money of an order: whoever shows them asks anew.',
  /** `records` null: so many that they are not named. */
  message: z.object({ now: instant, records: z.array(record).nullable() }),
  permission: { action: 'read', subject: 'Customer' },
})
