import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { App } from '../app.ts'
import { readCredential } from '../features/session/credentials.ts'
import { isDemo } from '../features/session/demo.ts'
import { findSession } from '../features/session/sessions.ts'
import { findAccount } from '../features/user/accounts.ts'
import { findWall, isWallToken } from '../features/wall/tokens.ts'
import type { Principal } from '../kernel/access.ts'

export interface Caller {
  readonly principal: Principal
  readonly mustChangePassword: boolean
}

/** Who a session token belongs to, as the account stands now: a changed role counts at once. Or which wall display it is. */
export function identify(
  app: App,
  call: { readonly token?: string | undefined; readonly exposed?: boolean | undefined },
): Result<Caller> {
  if (call.token === undefined || call.token.length > 100) return refuse('unauthenticated')
  if (isWallToken(call.token)) {
    const principal = findWall(app.db, call.token, app.clock())
    return principal ? accept({ principal, mustChangePassword: false }) : refuse('unauthenticated')
  }
  const session = findSession(app.db, call.token, app.clock())
  const account = session && findAccount(app.db, session.user)
  if (!account || account.disabled) return refuse('unauthenticated')
  if (account.demo && (call.exposed === true || !isDemo(app.db))) return refuse('demoAccountRefused')
  return accept({
    principal: { actor: { kind: 'user', id: account.id }, roles: account.roles, local: false },
    mustChangePassword: readCredential(app.db, account.id)?.mustChange ?? false,
  })
}

/** Who may work here at all: signed in, with a password of their own. */
export function admit(
  app: App,
  call: {
    readonly token?: string | undefined
    readonly principal?: Principal | undefined
    readonly exposed?: boolean | undefined
  },
): Result<Principal> {
  if (call.principal) return accept(call.principal)
  const caller = identify(app, call)
  if (!caller.ok) return caller
  return caller.value.mustChangePassword ? refuse('passwordChangeRequired') : accept(caller.value.principal)
}
