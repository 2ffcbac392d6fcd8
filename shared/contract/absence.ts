import * as z from 'zod'
import { defineCommand, defineQuery, defineTopic } from './define.ts'
import { done, id, instant, writtenInstant } from './common.ts'

/** Everybody says when he is away himself; for others it is `user.setAbsence`. */
const use = { action: 'use', subject: 'Session' } as const
const read = { action: 'read', subject: 'User' } as const

export const setOwnAbsence = defineCommand({
  name: 'absence.setOwn',
  summary: 'Notes from when to when the asking user is away and who is called instead.',
  input: z.object({ from: writtenInstant, to: writtenInstant, deputy: id.nullable() }),
  output: done,
  permission: use,
})

export const endOwnAbsence = defineCommand({
  name: 'absence.endOwn',
  summary: 'Notes that the asking user is back, or stays after all.',
  input: z.object({}),
  output: done,
  permission: use,
})

const person = z.object({ id: z.string(), name: z.string() })

const absence = z.object({
  user: person,
  from: instant,
  to: instant,
  deputy: person.nullable(),
  /** Who is called at this moment: the deputy, or the deputy’s; null before it begins, and where nobody is left. */
  standIn: person.nullable(),
  /** Open orders that the person owns. */
  open: z.number().int(),
})
export type Absence = z.infer<typeof absence>

export const listAbsences = defineQuery({
  name: 'absence.list',
  summary: 'Who is away now or will be, and who is called instead.',
  input: z.object({}),
  output: z.object({ now: instant, absences: z.array(absence) }),
  permission: read,
})

export const absencesChanged = defineTopic({
  name: 'absence',
  summary: 'Somebody’s account or absence changed; whoever shows it asks anew.',
  message: z.object({ now: instant, users: z.array(z.string()) }),
  permission: read,
})
