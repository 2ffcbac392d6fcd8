import { randomUUID } from 'node:crypto'
import { LOCAL } from '../../kernel/access.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import type { WritableDb } from '../../store/sql.ts'
import { listAccounts } from '../user/accounts.ts'
import { readCredential, withSecret } from './credentials.ts'
import { hashPassword } from './password.ts'

interface Desk {
  readonly db: WritableDb
  readonly pipeline: Pipeline
}

/**
 * Gives a desk on which nobody can sign in its first administrator, login `admin`, with a password that has to be
 * changed at once. False: somebody can already, and nothing was done.
 */
export async function firstAdmin(desk: Desk, password: string): Promise<boolean> {
  const known = listAccounts(desk.db)
  if (known.some((account) => !account.demo && readCredential(desk.db, account.id))) return false
  if (!known.some(({ id }) => id === 'admin')) {
    const input = { login: 'admin', displayName: '管理员', roles: ['admin'] }
    desk.pipeline.execute({ id: randomUUID(), name: 'user.add', input, actor: LOCAL.actor })
  }
  const credential = { ...(await hashPassword(password)), mustChange: true }
  const id = randomUUID()
  const noted = withSecret(desk.db, id, { user: 'admin', credential }, () =>
    desk.pipeline.execute({
      id,
      name: 'user.notePassword',
      input: { user: 'admin', by: 'admin' },
      actor: LOCAL.actor,
    }),
  )
  return noted.ok
}
