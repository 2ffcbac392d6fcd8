import { currentSession, listSecurity, listSessions, welcome } from '#shared/contract/session.ts'
import { allowed } from '../../kernel/access.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { readSetting } from '../setting/read.ts'
import { findAccount, listAccounts } from '../user/accounts.ts'
import { followAccount, lockedUntil, readCredential } from './credentials.ts'
import { isDemo } from './demo.ts'
import { sessionServices, signedIn } from './service.ts'
import { liveSessions } from './sessions.ts'

export const session: Feature = {
  name: 'session',
  commands: [],
  services: sessionServices,
  queries: [
    query(currentSession, (_input, { db, principal }) => {
      const { id } = principal.actor
      const user = findAccount(db, id)
      return {
        user: user
          ? signedIn(user)
          : { id, login: id, displayName: id, roles: [...principal.roles], demo: false },
        allowed: allowed(principal),
        mustChangePassword: readCredential(db, id)?.mustChange ?? false,
        demo: isDemo(db),
      }
    }),
    query(listSessions, (_input, { db, now }) => ({ sessions: liveSessions(db, now) })),
    query(listSecurity, (_input, { db, now }) => ({
      users: listAccounts(db).map(({ id }) => {
        const credential = readCredential(db, id)
        const locked = lockedUntil(db, id, now)
        return {
          user: id,
          hasPassword: credential !== undefined,
          mustChangePassword: credential?.mustChange ?? false,
          lockedUntil: locked > 0 ? locked : null,
        }
      }),
    })),
    query(welcome, (_input, { db }) => {
      const demo = isDemo(db)
      return {
        demo,
        accounts: demo
          ? listAccounts(db)
              .filter((user) => user.demo && !user.disabled)
              .map(signedIn)
          : [],
        company: { name: readSetting(db, 'company.name'), language: readSetting(db, 'company.language') },
      }
    }),
  ],
  projections: [],
  reactors: [followAccount],
}
