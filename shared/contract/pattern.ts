import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { day, done, id, instant, line, text } from './common.ts'
import { periodFields, withinReach } from './period.ts'
import { paperSchema } from './paper.ts'
import { paperFile } from './report.ts'
import { FAULT_LEVELS, TRAITS } from '../domain/pattern/traits.ts'

const read = { action: 'read', subject: 'KnownDefect' } as const
const change = { action: 'change', subject: 'KnownDefect' } as const
const count = z.number().int()

const fault = z.object({
  level: z.enum(FAULT_LEVELS),
  category: text(200),
  symptom: text(200),
  /** What was done, or the part put in, where the fault is told by that. */
  solution: line(4000).optional(),
})
const conditions = z
  .array(z.object({ trait: z.enum(TRAITS), value: line(4000), series: z.boolean() }))
  .min(1)
  .max(TRAITS.length)
const period = withinReach(z.object(periodFields))

/** Of all orders (or machines) of the combination, those with the fault; and of the rest. */
const against = z.object({ with: count, of: count, restWith: count, restOf: count })

const found = z.object({
  fault,
  conditions,
  orders: against,
  machines: against,
  /** Null: the rest had none. */
  lift: z.number().nullable(),
  machineLift: z.number().nullable(),
  p: z.number(),
  q: z.number(),
  machineP: z.number(),
  /** Orders with the fault, newest first. */
  cases: z.array(z.object({ order: z.string(), number: z.string() })),
  /** The pattern of the same combination that was sent before. */
  sent: z.string().nullable(),
})
export type FoundPattern = z.infer<typeof found>

export const findPatterns = defineQuery({
  name: 'pattern.find',
  summary: 'Combinations of model, environment, firmware and batch that a fault, by what ended it too, befalls more often than chance.',
  input: period,
  output: z.object({
    now: instant,
    from: day,
    to: day,
    patterns: z.array(found),
    /** Combinations and faults tested, and orders looked at. */
    tests: count,
    orders: count,
    rules: z.object({ falseDiscovery: z.number(), cases: count, machines: count }),
  }),
  permission: read,
})

const record = z.object({
  pattern: z.string(),
  fault,
  conditions,
  from: day,
  to: day,
  cases: count,
  orders: count,
  note: z.string(),
  sentAt: instant,
  sentBy: z.string(),
  state: z.enum(['sent', 'fixed', 'dismissed']),
  fixedOn: day.nullable(),
  /** What was done about it, or why nothing is. */
  words: z.string(),
})

/** Shares before and after the fix; `p`: the chance of a fall like this, had nothing changed. */
const effect = z.object({ before: against.pick({ with: true, of: true }), after: against.pick({ with: true, of: true }), p: z.number() })

export const listPatterns = defineQuery({
  name: 'pattern.list',
  summary: 'Fault patterns that were sent to R&D, newest first.',
  input: z.object({}),
  output: z.object({ now: instant, patterns: z.array(record) }),
  permission: read,
})

export const getPattern = defineQuery({
  name: 'pattern.get',
  summary: 'A fault pattern that was sent: its orders, what was done in them, and its share month by month; null: there is none.',
  input: z.object({ pattern: id }),
  output: z.object({
    now: instant,
    pattern: record
      .extend({
        /** YYYY-MM; orders of the combination, those with the fault, and of all others. */
        months: z.array(against.extend({ month: z.string() })),
        effect: effect.nullable(),
        caseOrders: z.array(z.object({ order: z.string(), number: z.string(), at: instant })),
        /** What helped, and how often the same fault came back on the machine within 30 days. */
        solutions: z.array(z.object({ solution: z.string(), orders: count, again: count })),
      })
      .nullable(),
  }),
  permission: read,
})
export type PatternRecord = NonNullable<z.infer<typeof getPattern.output>['pattern']>

export const patternFile = defineQuery({
  name: 'pattern.file',
  summary: 'A fault pattern that was sent as a PDF for R&D; null: there is none.',
  input: z.object({ pattern: id, language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  output: z.object({ file: paperFile.nullable() }),
  permission: read,
})

export const patternPaper = defineQuery({
  name: 'pattern.paper',
  summary: 'A fault pattern that was sent as the sheet that is printed; null: there is none.',
  input: z.object({ pattern: id, language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  output: z.object({ now: instant, paper: paperSchema.nullable() }),
  permission: read,
})

export const sendPattern = defineCommand({
  name: 'pattern.send',
  summary: 'Sends a fault pattern to R&D, who are told; its share is followed from then on.',
  input: period.extend({ fault, conditions, note: text(500).default('') }),
  output: done.extend({ pattern: id }),
  permission: change,
})

export const fixPattern = defineCommand({
  name: 'pattern.fix',
  summary: 'Notes from which day on the cause is removed in the field, and how.',
  input: z.object({ pattern: id, on: day, what: line(500) }),
  output: done,
  permission: change,
})

export const dismissPattern = defineCommand({
  name: 'pattern.dismiss',
  summary: 'Settles a fault pattern without a fix.',
  input: z.object({ pattern: id, reason: line(500) }),
  output: done,
  permission: change,
})
