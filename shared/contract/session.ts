import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { done, id, instant } from './common.ts'
import { ROLES } from '../domain/user/fold.ts'

/**
 * Sessions and passwords. They stand beside the log: secrets are local to a desk, never events, never answers that
 * are kept for a repetition.
 */

/** Length alone is checked here; what makes a password acceptable is `passwordProblem`. */
const secret = z.string().min(1).max(256)

const signedInUser = z.object({
  id,
  login: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(ROLES)),
  demo: z.boolean(),
})

export const signIn = defineCommand({
  name: 'session.signIn',
  summary: 'Opens a session for a login and a password.',
  input: z.object({ login: z.string().min(1).max(80), password: secret }),
  output: z.object({
    token: z.string(),
    /** The session ends then at the latest, and after two hours without use. */
    expiresAt: instant,
    user: signedInUser,
    /** Nothing but a new password is accepted before it is changed. */
    mustChangePassword: z.boolean(),
  }),
  permission: 'public',
})

export const signOut = defineCommand({
  name: 'session.signOut',
  summary: 'Ends the session of the caller.',
  input: z.object({}),
  output: z.object({}),
  permission: { action: 'use', subject: 'Session' },
})

export const changePassword = defineCommand({
  name: 'session.changePassword',
  summary: 'Changes the own password and ends every other session of the caller.',
  input: z.object({ current: secret, next: secret }),
  output: done,
  permission: { action: 'use', subject: 'Session' },
})

export const setPassword = defineCommand({
  name: 'session.setPassword',
  summary:
    'Gives a user a first or a new password, to be changed at the next sign-in, and ends the sessions of the user.',
  input: z.object({ user: id, password: secret }),
  output: done,
  permission: { action: 'manage', subject: 'User' },
  audience: ['desk', 'local'],
})

export const revokeSession = defineCommand({
  name: 'session.revoke',
  summary: 'Ends a session of any user.',
  input: z.object({ session: z.string().max(40) }),
  output: z.object({}),
  permission: { action: 'manage', subject: 'User' },
})

export const unlockAccount = defineCommand({
  name: 'session.unlock',
  summary: 'Lets a user who mistyped the password too often try again at once.',
  input: z.object({ user: id }),
  output: z.object({}),
  permission: { action: 'manage', subject: 'User' },
})

export const listSecurity = defineQuery({
  name: 'session.security',
  summary: 'Whether each user can sign in here, and whether the login is locked.',
  input: z.object({}),
  output: z.object({
    users: z.array(
      z.object({
        user: id,
        /** False: nobody gave this user a password on this desk. */
        hasPassword: z.boolean(),
        mustChangePassword: z.boolean(),
        /** UTC ms; null: not locked. */
        lockedUntil: instant.nullable(),
      }),
    ),
  }),
  permission: { action: 'manage', subject: 'User' },
})

export const currentSession = defineQuery({
  name: 'session.current',
  summary: 'Who is signed in, and what the screens may offer.',
  input: z.object({}),
  output: z.object({
    user: signedInUser,
    /** `action:Subject`. */
    allowed: z.array(z.string()),
    mustChangePassword: z.boolean(),
    demo: z.boolean(),
  }),
  permission: { action: 'use', subject: 'Session' },
})

export const listSessions = defineQuery({
  name: 'session.list',
  summary: 'Open sessions, newest first.',
  input: z.object({}),
  output: z.object({
    sessions: z.array(
      z.object({ id: z.string(), user: id, createdAt: instant, usedAt: instant, expiresAt: instant }),
    ),
  }),
  permission: { action: 'manage', subject: 'User' },
  audience: ['desk', 'local'],
})

export const welcome = defineQuery({
  name: 'session.welcome',
  summary: 'What the sign-in screen shows: whether this is a demo, and then which accounts there are.',
  input: z.object({}),
  output: z.object({
    demo: z.boolean(),
    accounts: z.array(signedInUser),
    /** Whose desk it is; an empty name: nobody has said so yet. */
    company: z.object({ name: z.string(), language: z.enum(['zh-CN', 'en']) }),
  }),
  permission: 'public',
})
