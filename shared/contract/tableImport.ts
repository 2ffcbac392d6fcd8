import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { done, id, instant, line, sha256, text } from './common.ts'
import { CHANNELS, PARTIES, STAGES } from '../domain/workOrder/stages.ts'
import { MOST_COLUMNS, ROW_ACTIONS, TABLE_KINDS } from '../domain/tableImport/kinds.ts'

/**
 * Customers, machines, parts, people and open orders from a spreadsheet. Who may bring which kind follows from what
 * that person may do by hand, and is looked at by kind.
 */
const use = { permission: { action: 'use', subject: 'Session' }, audience: ['desk', 'local'] } as const

const kind = z.enum(TABLE_KINDS)
const importId = z.string().regex(/^[a-z0-9]{12}$/)
const fileName = text(200)
const optionsShape = z.object({
  unknown: z.enum(['provisional', 'error']).default('provisional'),
  existing: z.enum(['update', 'keep']).default('update'),
  dayOrder: z.enum(['dayFirst', 'monthFirst']).nullable().default(null),
})
const columns = z.array(z.string().max(40).nullable()).max(MOST_COLUMNS)
const count = z.number().int().min(0)

export const TABLE_STATES = ['reading', 'matching', 'checking', 'checked', 'applying', 'done', 'stopped', 'failed'] as const
export type TableState = (typeof TABLE_STATES)[number]

const tableImport = z.object({
  id: importId,
  kind,
  file: z.string(),
  by: z.string(),
  createdAt: instant,
  endedAt: instant.nullable(),
  state: z.enum(TABLE_STATES),
  head: z
    .object({
      headings: z.array(z.string()),
      headingRow: count,
      rows: count,
      format: z.enum(['csv', 'xlsx']),
      encoding: z.string().optional(),
      delimiter: z.string().optional(),
      sheet: z.string().optional(),
      sample: z.array(z.array(z.string())),
    })
    .nullable(),
  columns,
  options: optionsShape,
  counts: z.object({ create: count, update: count, skip: count, error: count, warning: count }),
  /** Rows dealt with in the present state, of all. */
  done: count,
  total: count,
  /** Why it failed or stopped. */
  refusal: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }).nullable(),
})
export type TableImport = z.infer<typeof tableImport>

const issue = z.object({
  line: count,
  column: z.string().nullable(),
  code: z.string(),
  level: z.enum(['error', 'warning']),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
const one = z.object({ id: importId })
const started = z.object({ id: importId })

export const beginTable = defineCommand({
  name: 'tableImport.begin',
  summary: 'Begins to read a spreadsheet that was uploaded; the file is taken out of the store of attachments.',
  input: z.object({ kind, blob: sha256, name: fileName }),
  output: started,
  ...use,
})

export const beginTableFile = defineCommand({
  name: 'tableImport.beginFile',
  summary: 'Begins to read a spreadsheet on the disk of the service center.',
  input: z.object({ kind, path: z.string().min(1).max(4096) }),
  output: started,
  permission: { action: 'manage', subject: 'Desk' },
  audience: ['local'],
})

export const checkTable = defineCommand({
  name: 'tableImport.check',
  summary: 'Says which column is which and begins the dry run: every row is judged by the rules, nothing is written.',
  input: z.object({ id: importId, columns: columns.optional(), options: optionsShape.prefault({}) }),
  output: started,
  ...use,
})

export const applyTable = defineCommand({
  name: 'tableImport.apply',
  summary: 'Begins to take in the rows that the dry run found no fault with, or goes on where it was stopped.',
  input: one,
  output: started,
  ...use,
})

export const cancelTable = defineCommand({
  name: 'tableImport.cancel',
  summary: 'Stops between two rows; what was taken in stays.',
  input: one,
  output: started,
  ...use,
})

export const dropTable = defineCommand({
  name: 'tableImport.drop',
  summary: 'Deletes the rows and the findings of an import; what was taken in stays.',
  input: one,
  output: z.object({}),
  ...use,
})

export const getTable = defineQuery({
  name: 'tableImport.get',
  summary: 'Where an import stands.',
  input: one,
  output: z.object({ import: tableImport.nullable() }),
  ...use,
})

export const listTables = defineQuery({
  name: 'tableImport.list',
  summary: 'Imports, newest first.',
  input: z.object({ kind: kind.optional(), limit: z.number().int().min(1).max(100).default(20) }),
  output: z.object({ imports: z.array(tableImport) }),
  ...use,
})

export const tableIssues = defineQuery({
  name: 'tableImport.issues',
  summary: 'What is wrong, by row and column, in the order of the rows.',
  input: z.object({
    id: importId,
    level: z.enum(['error', 'warning']).optional(),
    /** Issues to pass over. */
    offset: count.default(0),
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  output: z.object({ issues: z.array(issue), more: z.boolean() }),
  ...use,
})

export const tableRows = defineQuery({
  name: 'tableImport.rows',
  summary: 'What becomes of the first rows.',
  input: one,
  output: z.object({ rows: z.array(z.object({ line: count, action: z.enum(ROW_ACTIONS), cells: z.array(z.string()) })) }),
  ...use,
})

export const tableTemplate = defineQuery({
  name: 'tableImport.template',
  summary: 'An empty spreadsheet with the headings of a kind and an example, as base64.',
  input: z.object({ kind, format: z.enum(['xlsx', 'csv']), language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  output: z.object({ name: z.string(), type: z.string(), content: z.string() }),
  ...use,
})

const field = z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])

export const takeOverOrder = defineCommand({
  name: 'tableImport.takeOver',
  summary: 'Registers an open order of another system in the stage where it stands; the import issues it.',
  input: z.object({
    number: line(40).optional(),
    customer: id,
    equipment: id.nullable(),
    fields: z.record(z.string().max(40), field),
    stage: z.enum(STAGES),
    channel: z.enum(CHANNELS),
    firstContactAt: instant,
    enteredAt: instant.optional(),
    firstReplyAt: instant.optional(),
    owner: id,
    promise: z.object({ step: line(300).optional(), waitsOn: z.enum(PARTIES).optional(), by: instant.optional() }).optional(),
  }),
  output: done,
  permission: { action: 'manage', subject: 'Desk' },
  audience: [],
})
