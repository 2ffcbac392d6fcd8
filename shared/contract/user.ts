import * as z from 'zod'
import { ACTIONS, defineCommand, defineQuery, PERMISSION_SUBJECTS } from './define.ts'
import { base, done, id, instant, line, phone, text, writtenInstant } from './common.ts'
import { ROLES } from '../domain/user/fold.ts'

const manage = { action: 'manage', subject: 'User' } as const

/** Lower case, so that no two people differ by a capital; it is the user's id on every desk. */
const login = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)
const roles = z
  .array(z.enum(ROLES))
  .min(1)
  .max(ROLES.length)
  .refine((list) => new Set(list).size === list.length, { message: 'a role is named twice' })

export const userRow = z.object({
  id,
  login: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(ROLES)),
  disabled: z.boolean(),
  demo: z.boolean(),
  absence: z.object({ from: instant, to: instant, deputy: id.nullable() }).nullable(),
  phone: z.string(),
  skills: z.array(z.string()),
  /** By which figures are told apart; empty: none. */
  team: z.string(),
  /** Last event: the `base` of the next change. */
  head: z.string(),
})
export type UserRow = z.infer<typeof userRow>

export const addUser = defineCommand({
  name: 'user.add',
  summary: 'Adds a user; session.setPassword then lets the user sign in.',
  input: z.object({ login, displayName: line(80), roles, demo: z.literal(true).optional() }),
  output: done.extend({ id }),
  permission: manage,
  audience: ['desk', 'local'],
})

export const changeRoles = defineCommand({
  name: 'user.changeRoles',
  summary: 'Replaces the roles of a user.',
  input: z.object({ user: id, roles, base: base.optional() }),
  output: done,
  permission: manage,
  audience: ['desk', 'local'],
})

export const renameUser = defineCommand({
  name: 'user.rename',
  summary: 'Changes the name that others see.',
  input: z.object({ user: id, displayName: line(80), base: base.optional() }),
  output: done,
  permission: manage,
})

export const changeProfile = defineCommand({
  name: 'user.changeProfile',
  summary: 'Changes the telephone number, the skills or the team of a user; empty: none is known.',
  input: z.object({
    user: id,
    phone: phone.optional(),
    skills: z.array(line(40)).max(40).optional(),
    team: text(40).optional(),
    base: base.optional(),
  }),
  output: done,
  permission: manage,
  audience: ['desk', 'local'],
})

export const disableUser = defineCommand({
  name: 'user.disable',
  summary: 'Ends every session of a user and lets no new one open.',
  input: z.object({ user: id, reason: line(500), base: base.optional() }),
  output: done,
  permission: manage,
  audience: ['desk', 'local'],
})

export const enableUser = defineCommand({
  name: 'user.enable',
  summary: 'Lets a disabled user sign in again.',
  input: z.object({ user: id, base: base.optional() }),
  output: done,
  permission: manage,
  audience: ['desk', 'local'],
})

export const setAbsence = defineCommand({
  name: 'user.setAbsence',
  summary: 'Notes from when to when a user is away and who is called instead.',
  input: z.object({ user: id, from: writtenInstant, to: writtenInstant, deputy: id.nullable(), base: base.optional() }),
  output: done,
  permission: { action: 'change', subject: 'User' },
})

export const endAbsence = defineCommand({
  name: 'user.endAbsence',
  summary: 'Notes that a user is back.',
  input: z.object({ user: id, base: base.optional() }),
  output: done,
  permission: { action: 'change', subject: 'User' },
})

export const notePassword = defineCommand({
  name: 'user.notePassword',
  summary: 'Notes in the log that a password was changed; the sessions service issues it.',
  input: z.object({ user: id, by: z.enum(['self', 'admin']) }),
  output: done,
  permission: manage,
  audience: [],
})

export const listUsers = defineQuery({
  name: 'user.list',
  summary: 'The people of the service center, by name.',
  input: z.object({ role: z.enum(ROLES).optional(), disabled: z.boolean().default(false) }),
  output: z.object({ users: z.array(userRow) }),
  permission: { action: 'read', subject: 'User' },
  audience: ['desk', 'local'],
})

export const listPermissions = defineQuery({
  name: 'user.permissions',
  summary: 'What each role may do, as the service center decides it.',
  input: z.object({}),
  output: z.object({
    roles: z.array(z.object({ role: z.enum(ROLES), allowed: z.array(z.object({ action: z.enum(ACTIONS), subject: z.enum(PERMISSION_SUBJECTS) })) })),
  }),
  permission: { action: 'read', subject: 'Configuration' },
})
