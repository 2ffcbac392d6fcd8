import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, instant, line, place, text, writtenDay } from './common.ts'
import { unitFen, vatRate } from './priceList.ts'
import { COVERAGES, CONTRACT_KINDS } from '../domain/contract/fold.ts'
import { COVER_STATES } from '../domain/contract/cover.ts'
import { FINANCE_STEPS } from '../domain/finance/steps.ts'
import { ENTRY_KINDS } from '../domain/ledger/fold.ts'

const read = { action: 'read', subject: 'Finance' } as const
const decide = { action: 'decide', subject: 'Finance' } as const
const create = { action: 'create', subject: 'Finance' } as const

/** Last event of the order's finance that the author had seen; null: there was none. */
const seen = base.nullable()
const currency = z.string().regex(/^[A-Z]{3}$/).default('CNY')
/** Fen. */
const amount = z.number().int().min(1).max(1_000_000_000_000)
const fen = z.number().int()
const coverage = z.enum(COVERAGES)
const reference = line(80)
const reason = line(200)

export const billOrder = defineCommand({
  name: 'finance.bill',
  summary: 'Writes the bill of a closed order under a contract, with lines from the price list or agreed ones.',
  input: z.object({
    order: id,
    base: seen,
    contract: id,
    coverage,
    /** Why nothing is charged; needed where the total is zero. */
    reason: text(200).default(''),
    currency,
    lines: z
      .array(
        z.object({
          item: id.optional(),
          text: line(120).optional(),
          /** Thousandths of the unit. */
          quantity: z.number().int().min(1).max(1_000_000_000),
          unitFen: unitFen.optional(),
          vatRate: vatRate.optional(),
        }),
      )
      .max(200),
  }),
  output: done,
  permission: decide,
})

export const issueInvoice = defineCommand({
  name: 'finance.issueInvoice',
  summary: 'Says that the invoice of a bill was issued, by its number.',
  input: z.object({ order: id, number: line(40), day: writtenDay }),
  output: done,
  permission: create,
})

export const waiveInvoice = defineCommand({
  name: 'finance.waiveInvoice',
  summary: 'Says that a bill of nothing needs no invoice.',
  input: z.object({ order: id }),
  output: done,
  permission: create,
})

export const receivePayment = defineCommand({
  name: 'finance.receivePayment',
  summary: 'Records money that came in for an order; part payments add up.',
  input: z.object({ order: id, day: writtenDay, amount, reference, currency }),
  output: done,
  permission: create,
})

export const voidPayment = defineCommand({
  name: 'finance.voidPayment',
  summary: 'Takes back a payment that was entered by mistake, before verification.',
  input: z.object({ order: id, payment: id, reason }),
  output: done,
  permission: create,
})

export const payRefund = defineCommand({
  name: 'finance.payRefund',
  summary: 'Records money that went back to the customer.',
  input: z.object({ order: id, day: writtenDay, amount, reference, reason, currency }),
  output: done,
  permission: create,
})

export const verifyOrder = defineCommand({
  name: 'finance.verify',
  summary: 'Verifies a bill whose steps are all there; the order is archived and its revenue recognised.',
  input: z.object({ order: id, base: seen }),
  output: done,
  permission: decide,
})

export const reverseBill = defineCommand({
  name: 'finance.reverse',
  summary: 'Takes a bill back, whole or, once it was verified, in part.',
  input: z.object({
    order: id,
    base: seen,
    reason,
    redInvoice: line(40).optional(),
    /** Net fen by line; absent: all that is left. */
    lines: z.array(z.object({ line: z.string().max(4), net: z.number().int().min(1) })).min(1).max(200).optional(),
  }),
  output: done,
  permission: decide,
})

export const openBilling = defineCommand({
  name: 'finance.open',
  summary: 'Opens the billing of a closed order of an imported history, or from before there was any.',
  input: z.object({ order: id }),
  output: done,
  permission: create,
})

export const bookAgain = defineCommand({
  name: 'finance.bookAgain',
  summary: 'Puts what an order lacks in the ledger on its way there again.',
  input: z.object({ order: id }),
  output: z.object({ queued: z.number().int() }),
  permission: create,
})

export const correctEntry = defineCommand({
  name: 'finance.correct',
  summary: 'Meets a ledger entry that nothing stands behind any more by its opposite.',
  input: z.object({ order: id, entry: z.string().max(40), reason }),
  output: done,
  permission: decide,
})

export const postEntry = defineCommand({
  name: 'ledger.post',
  summary: 'Books what an event of an order comes to; the key is booked once.',
  input: z.object({
    order: id,
    key: z.string().max(200),
    kind: z.enum(ENTRY_KINDS).exclude(['correction']),
    source: z.string().max(60),
    at: instant,
    voucher: z.string().max(200),
    /** Fen by account. */
    posting: z.record(z.string(), fen),
    part: z.object({ line: z.string(), part: z.string(), warehouse: z.string(), quantity: z.number().int() }).optional(),
  }),
  output: done,
  permission: decide,
  audience: [],
})

export const financeRow = z.object({
  order: id,
  number: z.string(),
  status: z.enum(['open', 'closed', 'cancelled', 'merged']),
  customer: z.object({ id, name: z.string() }).nullable(),
  model: z.string(),
  step: z.enum(FINANCE_STEPS),
  /** When it reached the step. */
  since: instant,
  contract: z.string().nullable(),
  coverage: coverage.nullable(),
  grossFen: fen,
  reversedFen: fen,
  paidFen: fen,
  /** What the bill still asks for; below zero: what the customer has to get back. */
  dueFen: fen,
  invoice: z.string().nullable(),
  waived: z.boolean(),
  /** Reopened since it was accepted, or in conflict: somebody should look. */
  attention: z.boolean(),
})
export type FinanceRow = z.infer<typeof financeRow>

export const listFinance = defineQuery({
  name: 'finance.list',
  summary: 'Orders of a finance step, those that have waited longest first; archived ones newest first.',
  input: z.object({
    step: z.enum(FINANCE_STEPS),
    /** Start of the number, or a piece of the customer’s name. */
    text: text(80).default(''),
    after: place.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    now: instant,
    orders: z.array(financeRow),
    next: z.string().nullable(),
    counts: z.array(z.object({ step: z.enum(FINANCE_STEPS), orders: z.number().int(), dueFen: fen })),
  }),
  permission: read,
})

const amounts = { net: fen, vat: fen, gross: fen }
const mark = { event: z.string(), at: instant, by: z.object({ id: z.string(), name: z.string() }) }
const billLine = z.object({
  line: z.string(),
  item: z.string().nullable(),
  text: z.string(),
  quantity: z.number().int(),
  unitFen: fen,
  vatRate: z.number().int(),
  listFen: fen.nullable(),
  ...amounts,
  /** Net fen that no reversal took back. */
  left: fen,
})
const billSheet = z.object({
  ...mark,
  ...amounts,
  bill: z.string(),
  contractNumber: z.string(),
  coverage,
  reason: z.string(),
  lines: z.array(billLine),
  invoice: z.object({ number: z.string(), day: z.string() }).nullable(),
  waived: z.boolean(),
  verified: z.object({ ...mark, ...amounts }).nullable(),
  reversedFen: fen,
  reversals: z.array(z.object({ ...mark, ...amounts, reason: z.string(), redInvoice: z.string().nullable(), ofRevenue: z.boolean() })),
})

/** A difference between what happened and what the ledger holds. */
export const difference = z.object({
  order: id,
  number: z.string(),
  key: z.string(),
  why: z.enum(['notBooked', 'bookedWithoutCause', 'amountDiffers', 'quantityDiffers']),
  /** Fen of receivable, revenue or parts that differ most. */
  fen,
  /** The event that made it, to be found in the audit. */
  event: z.string(),
  at: instant,
  /** The entry that can be met by its opposite. */
  entry: z.string().nullable(),
  /** How often booking was tried, and what came of it. */
  attempts: z.number().int(),
  lastError: z.string().nullable(),
})
export type Difference = z.infer<typeof difference>

export const getFinance = defineQuery({
  name: 'finance.order',
  summary: 'The money of one order: steps, bill, payments, reversals, ledger, and what a bill could be written from.',
  input: z.object({ order: id }),
  output: z.object({
    now: instant,
    today: z.string(),
    order: z
      .object({
        order: id,
        number: z.string(),
        status: z.enum(['open', 'closed', 'cancelled', 'merged']),
        customer: z.object({ id, name: z.string() }).nullable(),
        model: z.string(),
        serial: z.string(),
        symptom: z.string(),
        step: z.enum(FINANCE_STEPS).nullable(),
        fieldDoneAt: instant.nullable(),
        acceptedAt: instant.nullable(),
        /** What verification still waits for. */
        missing: z.array(z.enum(['fieldDone', 'customerAccepted', 'invoice', 'payment'])),
        paidFen: fen,
        dueFen: fen,
        bill: billSheet.nullable(),
        past: z.array(billSheet),
        payments: z.array(
          z.object({ ...mark, id: z.string(), day: z.string(), amount: fen, reference: z.string(), voided: z.string().nullable() }),
        ),
        refunds: z.array(z.object({ ...mark, id: z.string(), day: z.string(), amount: fen, reference: z.string(), reason: z.string() })),
        conflicts: z.array(z.object({ event: z.string(), type: z.string(), at: instant, code: z.string() })),
        entries: z.array(
          z.object({
            event: z.string(),
            at: instant,
            kind: z.enum(ENTRY_KINDS),
            source: z.string(),
            /** Month that it counts in. */
            month: z.string(),
            posting: z.record(z.string(), fen),
            part: z.string().nullable(),
            quantity: z.number().int().nullable(),
          }),
        ),
        differences: z.array(difference),
      })
      .nullable(),
    /** What a bill could be written from; null once there is one, or before the order is accepted. */
    proposal: z
      .object({
        cover: z.object({ state: z.enum(COVER_STATES), until: z.string().nullable() }),
        coverage,
        contracts: z.array(z.object({ id, number: z.string(), kind: z.enum(CONTRACT_KINDS), coverage, inForce: z.boolean() })),
        lines: z.array(
          z.object({
            item: z.string(),
            text: z.string(),
            unit: z.string(),
            quantity: z.number().int(),
            /** null: the price list has none for it. */
            unitFen: fen.nullable(),
            vatRate: z.number().int().nullable(),
          }),
        ),
      })
      .nullable(),
    /** Last event of the order's finance: the `base` of the next decision. */
    head: z.string().nullable(),
  }),
  permission: read,
})

export const reconcile = defineQuery({
  name: 'finance.reconcile',
  summary: 'Every difference between what happened to the orders and what the ledger holds.',
  input: z.object({ limit: z.number().int().min(1).max(500).default(200) }),
  output: z.object({
    now: instant,
    differences: z.array(difference),
    more: z.boolean(),
    /** Being booked right now, or waiting for the books to answer. */
    underWay: z.number().int(),
    /** Fen by account, over all orders and months. */
    balances: z.record(z.string(), fen),
    /** What the orders say that the customers owe, fen; equal to the account where nothing differs. */
    owedFen: fen,
  }),
  permission: read,
})
