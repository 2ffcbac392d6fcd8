import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { day, instant, text } from './common.ts'
import { expected } from './pace.ts'
import { paperSchema } from './paper.ts'
import { SEGMENTS } from '../domain/pace/segments.ts'
import { STAGES } from '../domain/workOrder/stages.ts'

const read = { action: 'read', subject: 'WorkOrder' } as const
const count = z.number().int()
/** ms. */
const span = z.number().int()
const number = text(40)

/** Why the deadline was what it was. */
const why = z.object({
  start: instant,
  limitMs: span,
  clock: z.enum(['wall', 'working']),
  calendar: z.string().nullable(),
  /** Outside of working time, and held, before the deadline. */
  closedMs: span,
  pausedMs: span,
  dueAt: instant.nullable(),
})

const order = z.object({
  order: z.string(),
  number: z.string(),
  customer: z.string().nullable(),
  model: z.string(),
  serial: z.string(),
  symptom: z.string(),
  stage: z.enum(STAGES),
  owner: z.string().nullable(),
})

const escalated = order.extend({
  timer: z.string(),
  enteredAt: instant,
  /** When it came onto the report. */
  reportedAt: instant,
  /** Since the report of the day before. */
  fresh: z.boolean(),
  levels: count,
  called: z.array(z.string()),
  nextStep: z.string().nullable(),
  nextStepKey: z.string().nullable(),
  promiseBy: instant.nullable(),
  frozen: z.boolean(),
  why,
  expected: expected.nullable(),
})

const resolved = order.extend({ reportedAt: instant, leftAt: instant, to: z.enum([...STAGES, 'closed', 'cancelled', 'merged']) })

const threatened = order.extend({
  clock: z.enum(['stage', 'customer']),
  segment: z.enum(SEGMENTS),
  due: instant,
  chance: z.number(),
})

export const reportContent = z.object({
  number: z.string(),
  day,
  madeAt: instant,
  madeBy: z.object({ id: z.string(), name: z.string() }),
  company: z.string(),
  zone: z.string(),
  /** New and resolved are counted since then. */
  since: instant,
  open: z.array(escalated),
  resolved: z.array(resolved),
  /** Who holds what for how long, longest first; null: nobody. */
  holders: z.array(z.object({ name: z.string().nullable(), orders: count, fresh: count, longestMs: span, numbers: z.array(z.string()) })),
  /** Limits that pass today and are missed with a chance of a half or more, at the present pace. */
  threatened: z.array(threatened),
  /** Limits that pass today in all, and how many of them history says nothing about. */
  limitsToday: count,
  unknown: count,
  /** More than the report shows were left out. */
  leftOut: z.object({ open: count, threatened: count }),
  heads: z.array(z.object({ origin: z.string(), seq: count, hash: z.string() })),
})
export type ReportContent = z.infer<typeof reportContent>

export const makeReport = defineCommand({
  name: 'report.make',
  summary: 'Makes the daily upgrade-warning report as things stand now.',
  input: z.object({}),
  output: z.object({ number: z.string() }),
  permission: { action: 'release', subject: 'WorkOrder' },
  audience: ['desk', 'local'],
})

export const previewReport = defineQuery({
  name: 'report.preview',
  summary: 'What a daily report made now would say; it is not kept.',
  input: z.object({}),
  output: reportContent.omit({ number: true, madeBy: true }),
  permission: { action: 'release', subject: 'WorkOrder' },
  audience: ['desk', 'local'],
})

export const listReports = defineQuery({
  name: 'report.list',
  summary: 'Daily upgrade-warning reports that this desk has made, newest first.',
  input: z.object({ limit: z.number().int().min(1).max(400).default(60) }),
  output: z.object({
    now: instant,
    /** When the next one is made, HH:MM of the company’s zone. */
    at: z.string(),
    reports: z.array(z.object({ number: z.string(), day, madeAt: instant, madeBy: z.string(), open: count, threatened: count })),
  }),
  permission: read,
  audience: ['desk', 'local'],
})

export const getReport = defineQuery({
  name: 'report.get',
  summary: 'What a daily report says; without a number, the newest. Null: there is none.',
  input: z.object({ number: number.optional() }),
  output: z.object({ now: instant, report: reportContent.nullable() }),
  permission: read,
  audience: ['desk', 'local'],
})

const language = z.enum(['zh-CN', 'en']).default('zh-CN')
/** A file as it travels; base64. */
export const paperFile = z.object({ fileName: z.string(), mime: z.string(), bytes: z.string() })

export const reportFile = defineQuery({
  name: 'report.file',
  summary: 'A daily report as a PDF for printing, A4 in black and white; without a number, the newest. Null: there is none.',
  input: z.object({ number: number.optional(), language }),
  output: z.object({ file: paperFile.nullable() }),
  permission: read,
  audience: ['desk', 'local'],
})

export const reportPaper = defineQuery({
  name: 'report.paper',
  summary: 'A daily report as the sheet that is printed; without a number, the newest. Null: there is none.',
  input: z.object({ number: number.optional(), language }),
  output: z.object({ now: instant, number: z.string().nullable(), paper: paperSchema.nullable() }),
  permission: read,
})
