import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, instant, line, place, text, writtenDay } from './common.ts'
import { recordHistory } from './recordHistory.ts'
import { CONTRACT_KINDS, COVERAGES } from '../domain/contract/fold.ts'
import { COVER_STATES } from '../domain/contract/cover.ts'

const number = line(60)
const kind = z.enum(CONTRACT_KINDS)
const coverage = z.enum(COVERAGES)
/** null: all machines of the customer. */
const machines = z.array(id).min(1).max(500).nullable()
const responseHours = z.number().int().min(1).max(999).nullable()
const notes = text(2000)

export const contractRow = z.object({
  id,
  number: z.string(),
  customer: z.object({ id, name: z.string() }),
  kind,
  /** How many are listed; null: all of the customer's. */
  machines: z.number().int().nullable(),
  from: z.string(),
  to: z.string(),
  coverage,
  responseHours: z.number().int().nullable(),
  notes: z.string(),
  active: z.boolean(),
  demo: z.boolean(),
  /** Last event: the `base` of the next change. */
  head: z.string(),
})
export type ContractRow = z.infer<typeof contractRow>

/** Who pays for work on a machine on a day, and by what. */
export const cover = z.object({
  state: z.enum(COVER_STATES),
  /** Last day of it; null where nothing covers. */
  until: z.string().nullable(),
  daysLeft: z.number().int().nullable(),
  contract: z
    .object({ id, number: z.string(), kind, coverage, responseHours: z.number().int().nullable() })
    .nullable(),
})
export type Cover = z.infer<typeof cover>

export const registerContract = defineCommand({
  name: 'contract.register',
  summary: 'Registers a service contract of a customer; its id is the id of this command.',
  input: z.object({
    customer: id,
    number,
    kind,
    machines: machines.default(null),
    from: writtenDay,
    to: writtenDay,
    coverage,
    responseHours: responseHours.default(null),
    notes: notes.default(''),
    demo: z.literal(true).optional(),
  }),
  output: done.extend({ id }),
  permission: { action: 'create', subject: 'Contract' },
})

export const changeContract = defineCommand({
  name: 'contract.change',
  summary: 'Changes the terms of a service contract, or says that it holds no more.',
  input: z.object({
    contract: id,
    number: number.optional(),
    kind: kind.optional(),
    machines: machines.optional(),
    from: writtenDay.optional(),
    to: writtenDay.optional(),
    coverage: coverage.optional(),
    responseHours: responseHours.optional(),
    notes: notes.optional(),
    active: z.boolean().optional(),
    base: base.optional(),
  }),
  output: done,
  permission: { action: 'change', subject: 'Contract' },
})

const show = z.enum(['current', 'ending', 'ended', 'all']).default('current')

export const listContracts = defineQuery({
  name: 'contract.list',
  summary: 'Service contracts: those that hold, ending soonest first, or those that ended.',
  input: z.object({
    /** Start of the number, or a piece of the customer's name. */
    text: text(80).default(''),
    customer: id.optional(),
    show,
    after: place.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ today: z.string(), contracts: z.array(contractRow), next: z.string().nullable() }),
  permission: { action: 'read', subject: 'Contract' },
})

/** Of the table `contracts` of `output.open`. */
export const contractTableInput = z.object({ show, text: text(80).default('') })

export const getContract = defineQuery({
  name: 'contract.get',
  summary: 'A service contract with the machines that it lists; null where there is none.',
  input: z.object({ contract: id }),
  output: z.object({
    now: instant,
    today: z.string(),
    contract: contractRow.nullable(),
    machines: z.array(z.object({ id, model: z.string(), serial: z.string() })),
  }),
  permission: { action: 'read', subject: 'Contract' },
})

export const contractHistory = defineQuery({
  name: 'contract.history',
  summary: 'Every change of a service contract, old and new, newest first.',
  input: z.object({ contract: id }),
  output: recordHistory,
  permission: { action: 'read', subject: 'Contract' },
})
