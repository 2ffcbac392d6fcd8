import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, instant, line, place, text } from './common.ts'
import { card } from './board.ts'
import { coordinates } from './roster.ts'
import { contractRow } from './contract.ts'
import { recordHistory } from './recordHistory.ts'
import { PHONE } from '../domain/workOrder/fields.ts'

/** Empty: none is known. */
const phone = text(40).pipe(z.union([z.literal(''), z.string().regex(PHONE)]))

export const customerRow = z.object({
  id,
  name: z.string(),
  contactName: z.string(),
  contactPhone: z.string(),
  address: z.string(),
  /** Where its site is; null: nobody said. */
  place: coordinates.nullable(),
  /** By which figures are told apart; empty: none is known. */
  region: z.string(),
  provisional: z.boolean(),
  /** Offered for new orders. */
  active: z.boolean(),
  machines: z.number().int(),
  openOrders: z.number().int(),
  demo: z.boolean(),
  erased: z.boolean(),
  /** The customer that it was merged into; null: it stands for itself. */
  mergedInto: z.object({ id, name: z.string() }).nullable(),
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
    region: text(40).optional(),
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

export const changeCustomer = defineCommand({
  name: 'customer.change',
  summary: 'Changes what is known of a customer, or says whether it is still served; empty text clears.',
  input: z.object({
    customer: id,
    name: line().optional(),
    contactName: text(80).optional(),
    contactPhone: phone.optional(),
    address: text(300).optional(),
    region: text(40).optional(),
    active: z.boolean().optional(),
    base: base.optional(),
  }),
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

export const locateCustomer = defineCommand({
  name: 'customer.locate',
  summary: 'Says where the site of a customer is; null: nobody knows.',
  input: z.object({ customer: id, place: coordinates.nullable(), base: base.optional() }),
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

export const mergeCustomer = defineCommand({
  name: 'customer.merge',
  summary: 'Merges a customer that was registered twice into the one that stays, with its machines, contracts and open orders.',
  input: z.object({ customer: id, into: id, base: base.optional(), intoBase: base.optional() }),
  output: done.extend({ machines: z.number().int(), contracts: z.number().int(), orders: z.number().int() }),
  permission: { action: 'end', subject: 'Customer' },
})

export const previewMerge = defineQuery({
  name: 'customer.mergePreview',
  summary: 'What would move if a customer were merged into another one; null where one of them is not there.',
  input: z.object({ customer: id, into: id }),
  output: z.object({
    preview: z
      .object({
        customer: customerRow,
        into: customerRow,
        machines: z.number().int(),
        contracts: z.number().int(),
        openOrders: z.number().int(),
        /** Ended orders keep the name that they were signed under, and are listed with the one that stays. */
        endedOrders: z.number().int(),
        /** What the one that stays lacks and the other one has. */
        filled: z.array(z.enum(['contactName', 'contactPhone', 'address', 'region', 'place'])),
      })
      .nullable(),
  }),
  permission: { action: 'end', subject: 'Customer' },
})

export const findCustomers = defineQuery({
  name: 'customer.find',
  summary: 'Customers by a piece of name, contact, telephone or address, also by pinyin.',
  input: z.object({ text: text(80).default(''), limit: z.number().int().min(1).max(100).default(20) }),
  output: z.object({ customers: z.array(customerRow) }),
  permission: { action: 'read', subject: 'Customer' },
})

const show = z.enum(['active', 'provisional', 'inactive', 'all']).default('active')

export const listCustomers = defineQuery({
  name: 'customer.list',
  summary: 'Customers by name; those still to be confirmed, or those not served any more, on demand.',
  input: z.object({
    show,
    after: place.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ customers: z.array(customerRow), next: z.string().nullable() }),
  permission: { action: 'read', subject: 'Customer' },
})

/** Of the table `customers` of `output.open`. */
export const customerTableInput = z.object({ show, text: text(80).default('') })

export const getCustomer = defineQuery({
  name: 'customer.get',
  summary: 'A customer with its contracts and its orders, open ones first; null where there is none.',
  input: z.object({ customer: id, orders: z.number().int().min(1).max(100).default(20) }),
  output: z.object({
    now: instant,
    customer: customerRow.nullable(),
    /** Those that were merged into it. */
    merged: z.array(z.object({ id, name: z.string() })),
    contracts: z.array(contractRow),
    orders: z.array(card),
  }),
  permission: { action: 'read', subject: 'Customer' },
})

export const customerHistory = defineQuery({
  name: 'customer.history',
  summary: 'Every change of a customer, old and new, newest first.',
  input: z.object({ customer: id }),
  output: recordHistory,
  permission: { action: 'read', subject: 'Customer' },
})
