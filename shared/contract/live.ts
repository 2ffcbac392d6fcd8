import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { instant, line } from './common.ts'
import { LIVE_STEPS, LIVE_TASKS } from '../domain/live/steps.ts'

/** 上线向导: from the first start to real orders. */
const manage = { permission: { action: 'manage', subject: 'Desk' }, audience: ['desk', 'local'] } as const

const step = z.enum(LIVE_STEPS)
const count = z.number().int().min(0)
const login = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)

export const liveState = defineQuery({
  name: 'live.state',
  summary: 'How far this service center is on its way to real orders.',
  input: z.object({}),
  output: z.object({
    mode: z.enum(['demo', 'real']),
    /** Nothing but accounts: the choice between demo and real is still open. */
    empty: z.boolean(),
    /** Why this desk cannot change from demo to real or back; null: it can. */
    fixed: z.string().nullable(),
    folder: z.string(),
    step,
    visited: z.array(step),
    finishedAt: instant.nullable(),
    /** Of each at most 10,000. */
    counts: z.object({ orders: count, customers: count, machines: count, parts: count, engineers: count, users: count }),
    /** On a demo desk, what was not made up: it goes with the rest. */
    own: z.object({ orders: count, customers: count, accounts: count, definitions: count, settings: count }),
    /** A successor of this folder is being laid out: part done. */
    preparing: z.number().min(0).max(1).nullable(),
  }),
  ...manage,
})
export type LiveState = z.infer<typeof liveState.output>

export const visitStep = defineCommand({
  name: 'live.visit',
  summary: 'Notes which step of the way is looked at, so that it can be gone on with later.',
  input: z.object({ step }),
  output: z.object({}),
  ...manage,
})

export const finishLive = defineCommand({
  name: 'live.finish',
  summary: 'Notes that the way is gone to its end; the list of what is left stays.',
  input: z.object({}),
  output: z.object({}),
  ...manage,
})

export const goReal = defineCommand({
  name: 'live.goReal',
  summary: 'Throws the demo data away: this desk begins anew, empty, with an administrator of its own.',
  input: z.object({
    admin: z.object({ login, displayName: line(80), password: z.string().min(1).max(256) }),
    companyName: z.string().trim().max(80).default(''),
    /** Workflows, SLA policies, calendars and settings as they are now. */
    keepConfiguration: z.boolean().default(true),
    /** Accounts that are no demo accounts, with their passwords. */
    keepAccounts: z.boolean().default(true),
    /** What becomes of the folder of the demo. */
    demoFolder: z.enum(['keep', 'delete']),
    /** Typed by hand: `CONFIRMATION` of `shared/domain/live/steps.ts`. */
    confirmation: z.string().max(80),
  }),
  output: z.object({}),
  ...manage,
})

export const goDemo = defineCommand({
  name: 'live.goDemo',
  summary: 'Fills an empty desk with demo data.',
  input: z.object({}),
  output: z.object({}),
  ...manage,
})

const task = z.object({
  id: z.enum(LIVE_TASKS),
  done: z.boolean(),
  /** Values for its words; never personal data beyond names of colleagues. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const liveTasks = defineQuery({
  name: 'live.tasks',
  summary: 'What is left to do before the desk can be relied on, each told by the facts.',
  input: z.object({}),
  output: z.object({ now: instant, tasks: z.array(task) }),
  ...manage,
})
export type LiveTask = z.infer<typeof task>
