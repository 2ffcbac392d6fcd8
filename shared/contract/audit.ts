import * as z from 'zod'
import { defineQuery } from './define.ts'
import { cursor, id, instant } from './common.ts'
import { folds } from '../domain/folds.ts'
import type { SubjectKind } from '../domain/kernel/event.ts'

const kinds = Object.keys(folds) as [SubjectKind, ...SubjectKind[]]

export const auditFilter = z.object({
  /** When a desk wrote it down, UTC ms; `to` is not in the period any more. */
  from: instant.optional(),
  to: instant.optional(),
  /** User id, or the id of a source of imports. */
  actor: id.optional(),
  kind: z.enum(kinds).optional(),
  /** One subject alone, whatever its kind: all that ever happened to it. */
  subject: z.object({ kind: z.enum(kinds), id }).optional(),
  /** Order number in full. */
  number: z.string().trim().max(60).optional(),
  type: z.string().regex(/^[a-z][A-Za-z]{1,60}$/).optional(),
  only: z.enum(['backdated', 'imported', 'conflict']).optional(),
})
export type AuditFilter = z.infer<typeof auditFilter>

export const auditRow = z.object({
  id: z.string(),
  /** Place in its chain. */
  origin: z.string(),
  seq: z.number().int(),
  /** SHA-256 over the canonical text, hex. */
  hash: z.string(),
  at: instant,
  recordedAt: instant,
  subject: z.object({
    kind: z.string(),
    id: z.string(),
    /** Number, name or serial; the id where nothing is known of it. */
    label: z.string(),
  }),
  type: z.string(),
  actor: z.object({ id: z.string(), name: z.string(), kind: z.enum(['user', 'system', 'import']) }),
  /** Recorded more than 15 minutes after it happened, by a person (METRICS, "Time"). */
  backdated: z.boolean(),
  /** Refusal code that this decision met because another was earlier; null: it holds. */
  lost: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  /** Personal part: null where it was erased by law, absent where there never was one. */
  personal: z.record(z.string(), z.unknown()).nullable().optional(),
  /** There is a personal part, and it is not for the one who asks. */
  hidden: z.boolean(),
})
export type AuditRow = z.infer<typeof auditRow>

export const listAudit = defineQuery({
  name: 'audit.list',
  summary: 'Events of the log, newest first, with who, when, and old and new values.',
  input: z.object({ filter: auditFilter.default({}), after: cursor.optional(), limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({
    rows: z.array(auditRow),
    /** Null: the beginning of the log was reached. A page may hold fewer rows than wanted and still go on. */
    next: z.string().nullable(),
    /** Every event recorded after this was looked at, UTC ms; null: all were. */
    searchedTo: instant.nullable(),
    /** What the people and things are called whose ids the rows hold. */
    names: z.record(z.string(), z.string()),
  }),
  permission: { action: 'read', subject: 'Audit' },
  audience: ['desk', 'local'],
})
