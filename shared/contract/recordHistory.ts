import * as z from 'zod'
import { instant } from './common.ts'

const entry = z.object({
  event: z.string(),
  type: z.string(),
  at: instant,
  recordedAt: instant,
  actor: z.object({ id: z.string(), name: z.string(), kind: z.enum(['user', 'system', 'import']) }),
  /** Null: there was, or is, none. */
  changes: z.array(z.object({ field: z.string(), old: z.json(), new: z.json() })),
  /** The reason that was given. */
  reason: z.string().nullable(),
  /** The values were deleted by law; that they changed, when and by whom stays. */
  erased: z.boolean(),
})
export type HistoryEntry = z.infer<typeof entry>

/** What became of a record, newest first. */
export const recordHistory = z.object({
  entries: z.array(entry),
  /** Names of the records that the values speak of, by id. */
  names: z.record(z.string(), z.string()),
})
