import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { done, id, instant } from './common.ts'
import { STAGES } from '../domain/workOrder/stages.ts'

const visit = z.string().min(1).max(80)
const timer = z.string().min(1).max(60)
const level = z.number().int().min(1).max(9)

/** Issued by the scheduler alone, under an id that every desk derives alike: a level is recorded once. */
export const fireTimer = defineCommand({
  name: 'escalation.fire',
  summary: 'Records that a level of a stage timer fired and calls whom the policy names.',
  input: z.object({ order: id, visit, timer, level }),
  output: done,
  permission: { action: 'manage', subject: 'WorkOrder' },
  audience: [],
})

const openEscalation = z.object({
  order: id,
  number: z.string(),
  visit: z.string(),
  timer: z.string(),
  stage: z.enum(STAGES),
  customer: z.string().nullable(),
  model: z.string(),
  serial: z.string(),
  owner: z.string().nullable(),
  nextStep: z.string().nullable(),
  nextStepKey: z.string().nullable(),
  enteredAt: instant,
  firstFiredAt: instant,
  levelsFired: z.number().int(),
  frozen: z.boolean(),
})

export const openEscalations = defineQuery({
  name: 'escalation.open',
  summary: 'Orders of the daily upgrade-warning report: escalated as far as the policy says and still in that stage.',
  input: z.object({ stage: z.enum(STAGES).optional(), limit: z.number().int().min(1).max(5000).default(500) }),
  output: z.object({ now: instant, total: z.number().int(), orders: z.array(openEscalation) }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
export type OpenEscalation = z.infer<typeof openEscalation>

const piece = z.object({
  from: instant,
  to: instant,
  kind: z.enum(['run', 'closed', 'paused']),
  reason: z.string().optional(),
  assumed: z.boolean().optional(),
})

const ladderStep = z.object({
  level,
  /** Level 1: the limit on the timer's clock. Higher: wall time since the level below fired. */
  afterMs: z.number().int(),
  role: z.string(),
  channels: z.array(z.string()),
  unlessActed: z.boolean(),
  dailyReport: z.boolean(),
  firedAt: instant.nullable(),
})

const explainedTimer = z.object({
  visit: z.string(),
  timer: z.string(),
  stage: z.enum(STAGES),
  /** The level that is armed; it has no meaning once the timer is settled. */
  level,
  settled: z.object({ at: instant, why: z.enum(['left', 'replied', 'acted', 'done']) }).nullable(),
  slaVersion: z.number().int(),
  deadline: z.object({
    start: instant,
    limitMs: z.number().int(),
    clock: z.enum(['wall', 'working']),
    calendarId: z.string().optional(),
    calendarVersion: z.number().int().optional(),
    /** Null while an open pause holds the clock. */
    dueAt: instant.nullable(),
    /** Contiguous from the start to the deadline, or to the open pause; the run pieces sum to `usedMs`. */
    pieces: z.array(piece),
    usedMs: z.number().int(),
    openPause: z.object({ from: instant, reason: z.string() }).optional(),
  }),
  ladder: z.array(ladderStep),
})

export const explainDeadline = defineQuery({
  name: 'workOrder.explainDeadline',
  summary: 'How each deadline of an order came about: start, calendar pieces, pauses, result, and who is called next.',
  input: z.object({ order: id, visit: visit.optional() }),
  output: z.object({ now: instant, timers: z.array(explainedTimer) }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
