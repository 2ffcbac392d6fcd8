import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { card } from './board.ts'
import { done, id, instant, line } from './common.ts'
import { MOST_ORDERS } from '../domain/shiftHandover/decide.ts'

const decide = { action: 'decide', subject: 'WorkOrder' } as const
const change = { action: 'change', subject: 'WorkOrder' } as const

const missed = z.array(z.object({ order: id, number: z.string(), why: z.enum(['ended', 'changedHands']) }))

export const offerShift = defineCommand({
  name: 'shiftHandover.offer',
  summary: 'Offers all or some open orders of a person to another as one; their owner stays until it is accepted.',
  input: z.object({
    to: id,
    /** Absent: the asking user. Somebody else’s orders are for who may name owners. */
    from: id.optional(),
    /** Absent: all that are open. */
    orders: z.array(id).min(1).max(MOST_ORDERS).optional(),
    note: line(500).optional(),
  }),
  output: done.extend({ shift: id, offered: z.number().int(), leftOut: missed }),
  permission: decide,
})

export const answerShift = defineCommand({
  name: 'shiftHandover.answer',
  summary: 'Accepts or declines a shift, whole or order by order; names the orders that changed hands meanwhile.',
  input: z.object({
    shift: id,
    accepted: z.boolean(),
    /** Absent: all that are not answered yet. */
    orders: z.array(id).min(1).max(MOST_ORDERS).optional(),
    note: line(500).optional(),
  }),
  output: done.extend({ answered: z.number().int(), missed }),
  permission: change,
})

export const withdrawShift = defineCommand({
  name: 'shiftHandover.withdraw',
  summary: 'Takes back what of a shift was not answered yet.',
  input: z.object({ shift: id }),
  output: done,
  permission: decide,
})

const person = z.object({ id: z.string(), name: z.string() })
const STANDINGS = ['pending', 'accepted', 'declined', 'withdrawn', 'changedHands', 'ended'] as const
export type Standing = (typeof STANDINGS)[number]

const offer = z.object({
  /** Null: one order, offered alone. */
  shift: id.nullable(),
  from: person.nullable(),
  to: person,
  /** Who offered it, where that is not its owner. */
  by: person.nullable(),
  note: z.string(),
  offeredAt: instant.nullable(),
  pending: z.number().int(),
  orders: z.array(z.object({ card, standing: z.enum(STANDINGS) })),
})
export type Offer = z.infer<typeof offer>

export const listOffers = defineQuery({
  name: 'shiftHandover.list',
  summary: 'What the asking user is offered and has not answered; what the user offered and waits for, or was answered lately.',
  input: z.object({}),
  output: z.object({ now: instant, toMe: z.array(offer), byMe: z.array(offer) }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
