import * as z from 'zod'
import { SAYINGS } from '../domain/dispatch/say.ts'

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

export const say = z.object({ code: z.enum(SAYINGS), params, against: z.boolean().optional() })
export type Say = z.infer<typeof say>

/** Hard ones cannot be saved; soft ones are shown and may be accepted. */
export const visitConflict = say.extend({ hard: z.boolean(), engineer: z.string().nullable() })
export type VisitConflict = z.infer<typeof visitConflict>
