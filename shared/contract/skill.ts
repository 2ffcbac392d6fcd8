import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, line } from './common.ts'

const change = { action: 'change', subject: 'User' } as const

const skillRow = z.object({
  id,
  name: z.string(),
  active: z.boolean(),
  demo: z.boolean(),
  /** Engineers who hold it today, at any level. */
  engineers: z.number().int(),
  /** Last event: the `base` of the next change. */
  head: z.string(),
})
export type SkillRow = z.infer<typeof skillRow>

export const registerSkill = defineCommand({
  name: 'skill.register',
  summary: 'Adds a skill to the catalogue; its id is the id of this command.',
  input: z.object({ name: line(40), demo: z.literal(true).optional() }),
  output: done.extend({ id }),
  permission: change,
})

export const changeSkill = defineCommand({
  name: 'skill.change',
  summary: 'Renames a skill, or says whether it is offered any more.',
  input: z.object({ skill: id, name: line(40).optional(), active: z.boolean().optional(), base: base.optional() }),
  output: done,
  permission: change,
})

export const listSkills = defineQuery({
  name: 'skill.list',
  summary: 'The catalogue of skills by name, with how many engineers hold each today.',
  input: z.object({ activeOnly: z.boolean().default(false) }),
  output: z.object({ skills: z.array(skillRow) }),
  permission: { action: 'read', subject: 'Appointment' },
})
