import * as z from 'zod'
import { defineCommand } from './define.ts'
import { instant } from './common.ts'

/** Upkeep of the data folder, for its owner on this machine: paths are those of the running service center. */
const upkeep = { permission: { action: 'manage', subject: 'Desk' }, audience: ['local'] } as const

const path = z.string().min(1).max(4096)
const bad = z.object({ origin: z.string(), seq: z.number().int(), reason: z.string() })

export const verifyDesk = defineCommand({
  name: 'system.verify',
  summary: 'Checks every event, chain, head and signature, and against anchors kept elsewhere.',
  input: z.object({ anchors: z.array(path).max(20).default([]) }),
  output: z.object({
    ok: z.boolean(),
    events: z.number().int(),
    chains: z.number().int(),
    /** The first of each chain. */
    bad: z.array(bad),
    firstBad: bad.nullable(),
    /** Up to which event a change would be noticed, by whom. */
    protectedUpTo: z.array(
      z.object({
        origin: z.string(),
        seq: z.number().int(),
        outside: z.number().int(),
        inside: z.number().int(),
        signed: z.number().int(),
      }),
    ),
    notes: z.array(z.string()),
  }),
  ...upkeep,
})

export const rebuildDesk = defineCommand({
  name: 'system.rebuild',
  summary: 'Writes every table anew from the log while the service goes on.',
  input: z.object({}),
  output: z.object({ events: z.number().int() }),
  ...upkeep,
})

export const backUpDesk = defineCommand({
  name: 'system.backup',
  summary: 'Writes a backup into a file while the service goes on.',
  input: z.object({ out: path }),
  output: z.object({
    file: z.string(),
    size: z.number().int(),
    events: z.number().int(),
    blobs: z.number().int(),
    at: instant,
  }),
  ...upkeep,
})

export const examineDesk = defineCommand({
  name: 'system.doctor',
  summary: 'Looks the data folder over: disk, clock, backups, files, schema, signatures, tables.',
  input: z.object({}),
  output: z.object({
    ok: z.boolean(),
    findings: z.array(
      z.object({
        code: z.string(),
        level: z.enum(['ok', 'warning', 'bad']),
        params: z.record(z.string(), z.union([z.string(), z.number()])),
        message: z.object({ 'zh-CN': z.string(), en: z.string() }),
      }),
    ),
  }),
  ...upkeep,
})
