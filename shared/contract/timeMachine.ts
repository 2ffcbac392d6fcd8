import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { instant } from './common.ts'

const read = { action: 'read', subject: 'Audit' } as const
const count = z.number().int()
const moment = z.string().regex(/^[A-Za-z0-9_-]{16,40}$/)

export const openMoment = defineCommand({
  name: 'timeMachine.open',
  summary: 'Begins to set up, from the log alone, how everything stood at a past moment, to be looked at and never changed.',
  input: z.object({
    at: instant,
    /** Orders that ended so many days before it are there too, for the figures of that time; all that were open are. */
    days: z.number().int().min(0).max(3660).default(31),
    /** `known`: as this service center knew it then; `happened`: as it was, by all that is known today (imports). */
    basis: z.enum(['known', 'happened']).default('known'),
  }),
  output: z.object({ moment, at: instant, orders: count, openUntil: instant }),
  permission: read,
})

export const momentProgress = defineQuery({
  name: 'timeMachine.progress',
  summary: 'How far a moment is set up; closing it gives it up.',
  input: z.object({ moment }),
  output: z.object({
    state: z.enum(['building', 'ready', 'failed']),
    done: count,
    orders: count,
    /** Once it is ready. */
    events: count,
    /** Why it failed: the code of a refusal. */
    code: z.string().nullable(),
  }),
  permission: read,
})

export const askMoment = defineQuery({
  name: 'timeMachine.ask',
  summary: 'Answers another query as of a moment that was opened, once that is set up: board, order, dashboards.',
  input: z.object({ moment, query: z.string().max(80), input: z.json().default({}) }),
  output: z.object({ at: instant, answer: z.json() }),
  permission: read,
})

export const closeMoment = defineCommand({
  name: 'timeMachine.close',
  summary: 'Gives up a moment that was opened.',
  input: z.object({ moment }),
  output: z.object({}),
  permission: read,
})
