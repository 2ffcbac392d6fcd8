import { randomUUID } from 'node:crypto'
import * as contract from '#shared/contract/session.ts'
import { notePassword, type UserRow } from '#shared/contract/user.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { LOCAL } from '../../kernel/access.ts'
import { service, type ServiceContext } from '../../kernel/feature.ts'
import { findAccount } from '../user/accounts.ts'
import { countFailure, forgiveFailures, lockedUntil, readCredential, withSecret } from './credentials.ts'
import { isDemo } from './demo.ts'
import { hashPassword, passwordProblem, verifyPassword } from './password.ts'
import { closeSession, openSession, revokeSession } from './sessions.ts'

export const sessionServices = [
  service(contract.signIn, async (input, context) => {
    const { db, clock } = context
    const login = input.login.trim().toLowerCase()
    const locked = lockedUntil(db, login, clock())
    if (locked > 0) return refuse('accountLocked', 'login', { seconds: Math.ceil((locked - clock()) / 1000) })
    countFailure(db, login, clock())
    const account = findAccount(db, login)
    const credential = account && readCredential(db, account.id)
    const right = await verifyPassword(input.password, credential)
    // Looked up again: the account may have been disabled while the password was hashed.
    const user = right ? findAccount(db, login) : undefined
    if (!user || !credential) return refuse('wrongCredentials', 'password')
    if (!readCredential(db, user.id)?.hash.equals(credential.hash))
      return refuse('wrongCredentials', 'password')
    forgiveFailures(db, login)
    if (user.disabled) return refuse('accountDisabled', 'login')
    if (user.demo && (context.exposed || !isDemo(db))) return refuse('demoAccountRefused', 'login')
    const { token, expiresAt } = openSession(db, user.id, clock())
    return accept({ token, expiresAt, user: signedIn(user), mustChangePassword: credential.mustChange })
  }),

  service(contract.signOut, (_input, { db, token }) => {
    if (token !== undefined) closeSession(db, token)
    return accept({})
  }),

  service(contract.changePassword, async (input, context) => {
    const { db, principal, clock } = context
    const user = principal?.actor.kind === 'user' ? findAccount(db, principal.actor.id) : undefined
    if (!user) return refuse('unauthenticated')
    if (user.demo) return refuse('demoAccountRefused')
    const locked = lockedUntil(db, user.id, clock())
    if (locked > 0)
      return refuse('accountLocked', 'current', { seconds: Math.ceil((locked - clock()) / 1000) })
    countFailure(db, user.id, clock())
    if (!(await verifyPassword(input.current, readCredential(db, user.id))))
      return refuse('wrongCredentials', 'current')
    forgiveFailures(db, user.id)
    const problem =
      input.next === input.current ? 'passwordUnchanged' : passwordProblem(input.next, user.login)
    if (problem !== undefined) return refuse(problem, 'next')
    return storePassword(context, user, input.next, 'self')
  }),

  service(contract.setPassword, async (input, context) => {
    const user = findAccount(context.db, input.user)
    if (!user) return refuse('unknownUser', 'user', { user: input.user })
    const problem = passwordProblem(input.password, user.login)
    if (problem !== undefined) return refuse(problem, 'password')
    return storePassword(context, user, input.password, 'admin')
  }),

  service(contract.unlockAccount, (input, { db }) => {
    if (!findAccount(db, input.user)) return refuse('unknownUser', 'user', { user: input.user })
    forgiveFailures(db, input.user)
    return accept({})
  }),

  service(contract.revokeSession, (input, { db }) =>
    revokeSession(db, input.session) ? accept({}) : refuse('unknownSession', 'session'),
  ),
]

/** Hashes, then appends the event and stores the hash in one transaction; all sessions but the caller's own end. */
async function storePassword(
  { db, pipeline, principal, token }: ServiceContext,
  user: UserRow,
  password: string,
  by: 'self' | 'admin',
): Promise<Result<{ heads: Readonly<Record<string, string>> }>> {
  const credential = { ...(await hashPassword(password)), mustChange: by === 'admin' }
  const id = randomUUID()
  const actor = principal?.actor ?? LOCAL.actor
  const secret = { user: user.id, credential, ...(by === 'self' && token !== undefined && { keep: token }) }
  const noted = withSecret(db, id, secret, () =>
    pipeline.execute({ id, name: notePassword.name, input: { user: user.id, by }, actor }),
  )
  return noted.ok ? accept({ heads: noted.value.heads }) : noted
}

export function signedIn(user: UserRow) {
  const { id, login, displayName, roles, demo } = user
  return { id, login, displayName, roles, demo }
}
