import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, instant, line, text } from './common.ts'
import { card } from './board.ts'
import { recordHistory } from './recordHistory.ts'

export const providerRow = z.object({
  id,
  name: z.string(),
  parent: z.object({ id, name: z.string() }).nullable(),
  active: z.boolean(),
  demo: z.boolean(),
  /** Its own open orders, those of the providers beneath it not counted. */
  openOrders: z.number().int(),
  /** Last event: the `base` of the next change. */
  head: z.string(),
})
export type ProviderRow = z.infer<typeof providerRow>

export const registerProvider = defineCommand({
  name: 'provider.register',
  summary: 'Registers a service provider, beneath another one or at the top; its id is the id of this command.',
  input: z.object({ name: line(120), parent: id.nullable().default(null), demo: z.literal(true).optional() }),
  output: done.extend({ id }),
  permission: { action: 'create', subject: 'Provider' },
})

export const changeProvider = defineCommand({
  name: 'provider.change',
  summary: 'Renames a service provider, moves it in the tree, or says whether it takes orders.',
  input: z.object({
    provider: id,
    name: line(120).optional(),
    parent: id.nullable().optional(),
    active: z.boolean().optional(),
    base: base.optional(),
  }),
  output: done,
  permission: { action: 'change', subject: 'Provider' },
})

export const findProviders = defineQuery({
  name: 'provider.find',
  summary: 'Service providers by a piece of the name; with nothing to look for, all of them.',
  input: z.object({
    text: text(80).default(''),
    activeOnly: z.boolean().default(false),
    limit: z.number().int().min(1).max(500).default(200),
  }),
  output: z.object({ providers: z.array(providerRow) }),
  permission: { action: 'read', subject: 'Provider' },
})

export const getProvider = defineQuery({
  name: 'provider.get',
  summary: 'A service provider, those directly beneath it, and its orders, open ones first; null where there is none.',
  input: z.object({ provider: id, orders: z.number().int().min(1).max(100).default(20) }),
  output: z.object({
    now: instant,
    provider: providerRow.nullable(),
    beneath: z.array(providerRow),
    orders: z.array(card),
  }),
  permission: { action: 'read', subject: 'Provider' },
})

export const providerHistory = defineQuery({
  name: 'provider.history',
  summary: 'Every change of a service provider, old and new, newest first.',
  input: z.object({ provider: id }),
  output: recordHistory,
  permission: { action: 'read', subject: 'Provider' },
})
