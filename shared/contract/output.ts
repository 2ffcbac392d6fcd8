import * as z from 'zod'
import { defineCommand } from './define.ts'

/** A file of rows is made while it is read: nothing of it lies on the disk of the service center. */
const permission = { action: 'use', subject: 'Session' } as const
const job = z.string().regex(/^[A-Za-z0-9_-]{16,40}$/)

export const openOutput = defineCommand({
  name: 'output.open',
  summary: 'Begins to write a table of rows as a file; its pieces are then read one after the other.',
  input: z.object({
    /** `orders`, `audit` …; each has an input and a permission of its own. */
    table: z.string().regex(/^[a-z][A-Za-z]{1,40}$/),
    /** What the table is asked for, such as filter and columns. */
    input: z.json().default({}),
    format: z.enum(['csv', 'xlsx']),
    language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  }),
  output: z.object({
    job,
    fileName: z.string(),
    mime: z.string(),
    /** Rows that there will be; null where they are too many to have been counted. */
    total: z.number().int().nullable(),
  }),
  permission,
  audience: ['desk', 'local'],
})

export const readOutput = defineCommand({
  name: 'output.read',
  summary: 'The next piece of a file; the same piece again as long as no later one was asked for.',
  input: z.object({ job, piece: z.number().int().min(0) }),
  output: z.object({
    /** Base64. */
    bytes: z.string(),
    /** Rows written so far. */
    rows: z.number().int(),
    done: z.boolean(),
  }),
  permission,
  audience: ['desk', 'local'],
})

export const closeOutput = defineCommand({
  name: 'output.close',
  summary: 'Gives up a file that is being written.',
  input: z.object({ job }),
  output: z.object({}),
  permission,
  audience: ['desk', 'local'],
})
