import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
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

const JOBS = ['backup', 'verify', 'doctor'] as const
const message = z.object({ 'zh-CN': z.string(), en: z.string() })

const job = z.object({
  state: z.enum(['running', 'done', 'failed']),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** What it found, or why it could not be done; empty while it runs. */
  findings: z.array(z.object({ level: z.enum(['ok', 'warning', 'bad']), message })),
})
export type UpkeepJob = z.infer<typeof job>

export const startUpkeep = defineCommand({
  name: 'system.startUpkeep',
  summary: 'Begins a backup or a check of the data folder; system.status tells how it goes.',
  input: z.object({ job: z.enum(JOBS) }),
  output: z.object({}),
  permission: upkeep.permission,
})

export const deskStatus = defineQuery({
  name: 'system.status',
  summary: 'The program, the data folder and its backups, and what was last checked.',
  input: z.object({}),
  output: z.object({
    version: z.string(),
    folder: z.string(),
    /** Of the database, without files; bytes. */
    size: z.number().int(),
    schema: z.number().int(),
    origin: z.string(),
    events: z.number().int(),
    chains: z.number().int(),
    head: z.object({ seq: z.number().int(), hash: z.string() }),
    backup: z.object({
      at: instant.nullable(),
      file: z.string().nullable(),
      failure: z.object({ at: instant, message: z.string() }).nullable(),
    }),
    jobs: z.object({ backup: job.nullable(), verify: job.nullable(), doctor: job.nullable() }),
  }),
  permission: upkeep.permission,
  audience: ['desk', 'local'],
})
export type DeskStatus = z.infer<typeof deskStatus.output>
