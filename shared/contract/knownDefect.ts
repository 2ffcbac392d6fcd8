import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, instant, line, text } from './common.ts'
import { card } from './board.ts'
import { recordHistory } from './recordHistory.ts'

const title = line(120)
const model = line(60)
const symptoms = z.array(line(60)).max(20)
const firmware = line(40).nullable()
const advice = line(2000)

export const defectRow = z.object({
  id,
  title: z.string(),
  model: z.string(),
  symptoms: z.array(z.string()),
  firmware: z.string().nullable(),
  advice: z.string(),
  active: z.boolean(),
  demo: z.boolean(),
  openOrders: z.number().int(),
  /** Last event: the `base` of the next change. */
  head: z.string(),
})
export type DefectRow = z.infer<typeof defectRow>

export const registerDefect = defineCommand({
  name: 'knownDefect.register',
  summary: 'Names a known defect by the signs it shows and says what is to be done; open orders that show it are marked.',
  input: z.object({
    title,
    model,
    symptoms: symptoms.default([]),
    firmware: firmware.default(null),
    advice,
    demo: z.literal(true).optional(),
  }),
  output: done.extend({ id }),
  permission: { action: 'create', subject: 'KnownDefect' },
})

export const changeDefect = defineCommand({
  name: 'knownDefect.change',
  summary: 'Changes a known defect, or says that it is known no more; open orders are marked anew.',
  input: z.object({
    defect: id,
    title: title.optional(),
    model: model.optional(),
    symptoms: symptoms.optional(),
    firmware: firmware.optional(),
    advice: advice.optional(),
    active: z.boolean().optional(),
    base: base.optional(),
  }),
  output: done,
  permission: { action: 'change', subject: 'KnownDefect' },
})

export const markOrder = defineCommand({
  name: 'knownDefect.mark',
  summary: 'Marks an order with the known defect that its report shows now.',
  input: z.object({ order: id }),
  output: done,
  permission: { action: 'change', subject: 'WorkOrder' },
  audience: [],
})

export const listDefects = defineQuery({
  name: 'knownDefect.list',
  summary: 'Known defects, the active ones first.',
  input: z.object({ text: text(80).default(''), activeOnly: z.boolean().default(false) }),
  output: z.object({ defects: z.array(defectRow) }),
  permission: { action: 'read', subject: 'KnownDefect' },
})

export const recogniseDefect = defineQuery({
  name: 'knownDefect.recognise',
  summary: 'The known defect that a report shows, with its advice; null: none.',
  input: z.object({ model: text(80), symptom: text(200).default(''), firmware: text(80).default('') }),
  output: z.object({ defect: defectRow.nullable() }),
  permission: { action: 'read', subject: 'KnownDefect' },
})

export const getDefect = defineQuery({
  name: 'knownDefect.get',
  summary: 'A known defect and the orders marked with it, open ones first; null where there is none.',
  input: z.object({ defect: id, orders: z.number().int().min(1).max(100).default(20) }),
  output: z.object({ now: instant, defect: defectRow.nullable(), orders: z.array(card) }),
  permission: { action: 'read', subject: 'KnownDefect' },
})

export const defectHistory = defineQuery({
  name: 'knownDefect.history',
  summary: 'Every change of a known defect, old and new, newest first.',
  input: z.object({ defect: id }),
  output: recordHistory,
  permission: { action: 'read', subject: 'KnownDefect' },
})
