import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, line, text } from './common.ts'
import { PHONE } from '../domain/workOrder/fields.ts'

/** Empty: none is known. */
const phone = text(40).pipe(z.union([z.literal(''), z.string().regex(PHONE)]))

export const customerRow = z.object({
  id,
  name: z.string(),
  contactName: z.string(),
  contactPhone: z.string(),
  address: z.string(),
  provisional: z.boolean(),
  demo: z.boolean(),
  erased: z.boolean(),
  /** Last event: the `base` of the next change. */
  head: z.string(),
})
export type CustomerRow = z.infer<typeof customerRow>

export const registerCustomer = defineCommand({
  name: 'customer.register',
  summary: 'Registers a customer; its id is the id of this command.',
  input: z.object({
    name: line(),
    contactName: text(80).optional(),
    contactPhone: phone.optional(),
    address: text(300).optional(),
    /** Known from a call only; somebody has still to confirm it. */
    provisional: z.literal(true).optional(),
    demo: z.literal(true).optional(),
  }),
  output: done.extend({ id }),
  permission: { action: 'create', subject: 'Customer' },
})

export const renameCustomer = defineCommand({
  name: 'customer.rename',
  summary: 'Changes the name of a customer.',
  input: z.object({ customer: id, name: line(), base: base.optional() }),
  output: done,
  permission: { action: 'change', subject: 'Customer' },
})

export const confirmCustomer = defineCommand({
  name: 'customer.confirm',
  summary: 'Confirms a provisional customer.',
  input: z.object({ customer: id, base: base.optional() }),
  output: done,
  permission: { action: 'change', subject: 'Customer' },
})

export const eraseCustomer = defineCommand({
  name: 'customer.erase',
  summary: 'Deletes the personal data of a customer for good, as the law of personal data bids.',
  input: z.object({ customer: id, reason: line(500), base: base.optional() }),
  output: done,
  permission: { action: 'manage', subject: 'Customer' },
})

export const findCustomers = defineQuery({
  name: 'customer.find',
  summary: 'Customers by a piece of the name or the start of the telephone number.',
  input: z.object({ text: text(80).default(''), limit: z.number().int().min(1).max(100).default(20) }),
  output: z.object({ customers: z.array(customerRow) }),
  permission: { action: 'read', subject: 'Customer' },
})
