import { randomUUID } from 'node:crypto'
import type { InputOf } from '#shared/contract/define.ts'
import type { goReal } from '#shared/contract/live.ts'
import type { Published } from '#shared/domain/configuration/fold.ts'
import { LOCAL } from '../../kernel/access.ts'
import type { DeskBeside } from '../../kernel/feature.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { publishDefaults } from '../configuration/publishDefaults.ts'
import { readCredential, withSecret, writeCredential, type Credential } from '../session/credentials.ts'
import { hashPassword } from '../session/password.ts'
import { listAccounts } from '../user/accounts.ts'
import { writeProgress } from './progress.ts'

type Wish = InputOf<typeof goReal>

/** What the new desk takes over from the one that it succeeds; read before the old folder is closed. */
export interface Baggage {
  readonly definitions: readonly { readonly kind: 'calendar' | 'slaPolicy' | 'workflow'; readonly id: string; readonly content: Readonly<Record<string, unknown>> }[]
  readonly settings: readonly { readonly name: string; readonly value: unknown }[]
  readonly accounts: readonly { readonly login: string; readonly displayName: string; readonly roles: readonly string[]; readonly phone: string; readonly skills: readonly string[]; readonly credential: Credential | undefined }[]
  readonly local: Readonly<Record<string, unknown>>
}

/** Settings of the folder itself that mean the same in another one. */
const LOCAL_SETTINGS = ['backup']

export const packBaggage = (db: ReadableDb, { keepConfiguration, keepAccounts }: Pick<Wish, 'keepConfiguration' | 'keepAccounts'>): Baggage => ({
  definitions: keepConfiguration ? newestDefinitions(db) : [],
  settings: keepConfiguration
    ? all<{ name: string; value: string }>(db, 'SELECT name, value FROM center_setting ORDER BY name').map(({ name, value }) => ({ name, value: JSON.parse(value) as unknown }))
    : [],
  accounts: keepAccounts ? realAccounts(db) : [],
  local: keepConfiguration ? Object.fromEntries(LOCAL_SETTINGS.map((name) => [name, readSetting(db, name)])) : {},
})

/** Calendars before the policy that names them. */
const newestDefinitions = (db: ReadableDb): Baggage['definitions'] =>
  all<{ kind: 'calendar' | 'slaPolicy' | 'workflow'; id: string; content: string }>(
    db,
    `SELECT kind, id, content FROM definition AS d
     WHERE version = (SELECT max(version) FROM definition WHERE kind = d.kind AND id = d.id) ORDER BY kind, id`,
  ).map((row) => ({ ...row, content: JSON.parse(row.content) as Record<string, unknown> }))

const realAccounts = (db: ReadableDb): Baggage['accounts'] =>
  listAccounts(db)
    .filter(({ demo, disabled }) => !demo && !disabled)
    .map(({ id, login, displayName, roles, phone, skills }) => ({ login, displayName, roles, phone, skills, credential: readCredential(db, id) }))

/** Lays out the new desk: shipped configuration, what was taken over, its first administrator. Closed when it returns. */
export async function layOutReal(open: () => DeskBeside, wish: Wish, baggage: Baggage): Promise<void> {
  const credential: Credential = { ...(await hashPassword(wish.admin.password)), mustChange: false }
  const spine = open()
  try {
    publishDefaults(spine)
    unpack(spine, baggage)
    const { login, displayName } = wish.admin
    const known = baggage.accounts.find((account) => account.login === login)
    if (!known) local(spine, 'user.add', { login, displayName, roles: ['admin'] })
    else if (!known.roles.includes('admin')) local(spine, 'user.changeRoles', { user: login, roles: [...known.roles, 'admin'] })
    const id = randomUUID()
    withSecret(spine.db, id, { user: login, credential }, () => local(spine, 'user.notePassword', { user: login, by: 'self' }, id))
    if (wish.companyName !== '') local(spine, 'setting.change', { name: 'company.name', value: wish.companyName })
    writeProgress(spine.db, { step: 'company', visited: ['choose'], finishedAt: null })
  } finally {
    spine.close()
  }
}

function unpack(spine: DeskBeside, { definitions, settings, accounts, local: own }: Baggage): void {
  for (const { kind, id, content } of definitions) {
    const state = spine.subjects.load<Published<Readonly<Record<string, unknown>>>>({ kind, id }).state
    const shipped = state.versions[state.current]
    const version = state.current + 1
    if (shipped && sameBut(shipped, content)) continue
    local(spine, `configuration.publish${kind === 'calendar' ? 'Calendar' : kind === 'workflow' ? 'Workflow' : 'SlaPolicy'}`, { definition: { ...content, version } })
  }
  for (const { name, value } of settings) local(spine, 'setting.change', { name, value })
  for (const { login, displayName, roles, phone, skills, credential } of accounts) {
    local(spine, 'user.add', { login, displayName, roles })
    if (phone !== '' || skills.length > 0) local(spine, 'user.changeProfile', { user: login, phone, skills })
    if (credential) writeCredential(spine.db, login, credential, spine.clock())
  }
  for (const [name, value] of Object.entries(own)) if (value !== null) writeSetting(spine.db, name, value)
}

/** The number of the version is the desk's own. */
const sameBut = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean =>
  JSON.stringify({ ...one, version: 0 }, sorted) === JSON.stringify({ ...other, version: 0 }, sorted)

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

function local(spine: DeskBeside, name: string, input: object, id: string = randomUUID()): void {
  const result = spine.pipeline.execute({ id, name, input, actor: LOCAL.actor })
  // What the old desk held was accepted there: anything else is a bug.
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
}
