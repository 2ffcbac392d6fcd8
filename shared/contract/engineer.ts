import * as z from 'zod'
import { defineQuery } from './define.ts'
import { id, instant } from './common.ts'

export const listEngineers = defineQuery({
  name: 'engineer.list',
  summary: 'Engineers by name, with what they are booked for in a span of time.',
  input: z.object({ from: instant.optional(), to: instant.optional() }),
  output: z.object({
    engineers: z.array(
      z.object({
        id,
        name: z.string(),
        /** Away at `from`, or now. */
        absent: z.boolean(),
        slots: z.array(z.object({ appointment: z.string(), order: z.string(), from: instant, to: instant })),
      }),
    ),
  }),
  permission: { action: 'read', subject: 'Appointment' },
})
