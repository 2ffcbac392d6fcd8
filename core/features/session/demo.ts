import { DEMO_PASSWORD } from '#shared/domain/user/demo.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { LOCAL } from '../../kernel/access.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import { all, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import { findAccount, listAccounts } from '../user/accounts.ts'
import { readCredential, writeCredential } from './credentials.ts'
import { hashPassword } from './password.ts'

const PEOPLE: readonly { login: string; displayName: string; role: Role }[] = [
  { login: 'dispatcher', displayName: '周敏', role: 'dispatcher' },
  { login: 'lead', displayName: '韩志远', role: 'technicalLead' },
  { login: 'supervisor', displayName: '沈岚', role: 'supervisor' },
  { login: 'director', displayName: '顾建国', role: 'director' },
  { login: 'engineer', displayName: '陈立', role: 'engineer' },
  { login: 'parts', displayName: '吴桂芳', role: 'partsKeeper' },
  { login: 'finance', displayName: '许婷', role: 'finance' },
  { login: 'rnd', displayName: '方晨', role: 'rnd' },
  { login: 'admin', displayName: '管理员', role: 'admin' },
]

export const isDemo = (db: ReadableDb): boolean => readSetting<boolean>(db, 'demo') === true

/**
 * Makes the desk a demo desk: one account a role, and a known password for every account marked as demo. False, and
 * nothing done: people work here already, to whom a known password would be an open door.
 */
export async function makeDemo(app: {
  db: WritableDb
  pipeline: Pipeline
  clock: () => number
}): Promise<boolean> {
  const isReal = listAccounts(app.db).some((user) => !user.demo && readCredential(app.db, user.id))
  if (isReal && !isDemo(app.db)) return false
  writeSetting(app.db, 'demo', true)
  const missing = PEOPLE.filter(({ login }) => !findAccount(app.db, login))
  app.pipeline.executeAll(
    missing.map(({ login, displayName, role }) => ({
      id: `demo-account-${login}`,
      name: 'user.add',
      input: { login, displayName, roles: [role], demo: true },
      actor: LOCAL.actor,
    })),
  )
  await giveDemoPasswords(app)
  return true
}

/** Every demo account without a password gets the known one; one hash serves all, for it protects nothing. */
async function giveDemoPasswords(app: { db: WritableDb; clock: () => number }): Promise<void> {
  const without = demoLogins(app.db).filter((login) => !readCredential(app.db, login))
  if (without.length === 0) return
  const hash = await hashPassword(DEMO_PASSWORD)
  app.db.raw.transaction(() => {
    for (const login of without) writeCredential(app.db, login, { ...hash, mustChange: false }, app.clock())
  })()
}

const demoLogins = (db: ReadableDb): string[] =>
  all<{ id: string }>(db, 'SELECT id FROM user_account WHERE demo = 1 ORDER BY id').map(({ id }) => id)
