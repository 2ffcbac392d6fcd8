import { randomUUID } from 'node:crypto'
import { refuseInput } from '../kernel/pipeline.ts'
import type { Audience, CommandContract, QueryContract } from '#shared/contract/define.ts'
import { commands, queries } from '#shared/contract/registry.ts'
import { accept, refuse, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import { refusalMessage, type Locale } from '#shared/i18n/refusalMessage.ts'
import type { App } from '../app.ts'
import { features } from '../features/index.ts'
import { isWallToken } from '../features/wall/tokens.ts'
import { may, type Principal } from '../kernel/access.ts'
import type { Upkeep } from '../kernel/feature.ts'
import { troubleOf } from '../store/errors.ts'
import { newestBackup } from '../store/open.ts'
import { identify } from './identify.ts'
import { logger } from './logger.ts'
import { isShallow } from './shape.ts'
import { checkCommand, refuseDemo } from './admission.ts'

/** One call of the contract, whichever way it came in: HTTP, IPC, command line. */
export interface Call {
  readonly kind: 'command' | 'query'
  readonly name: string
  readonly input: unknown
  /** UUID of a command; a repetition under it gets the first answer again. Absent: one is made. */
  readonly id?: string | undefined
  /** When it happened, UTC ms. Absent: now. */
  readonly at?: number | undefined
  /** Session token. */
  readonly token?: string | undefined
  /** Known to the caller already: the program itself on its own data folder. */
  readonly principal?: Principal | undefined
  readonly audience: Audience
  readonly locale?: Locale | undefined
  /** Others than this machine reach the listener: demo accounts are refused. */
  readonly exposed?: boolean | undefined
}

export interface ErrorBody {
  readonly error: Refusal & { readonly message: string }
}

export interface Reply {
  readonly status: number
  readonly body: object
}

const services = new Map(
  features.flatMap((feature) => feature.services ?? []).map((service) => [service.contract.name, service]),
)
/** Outputs are checked against the contract wherever a wrong one should be found early; users are spared the time. */
const checksOutput = process.env['VITEST'] !== undefined || process.env['LOOPDESK_CHECK_OUTPUT'] === '1'

/** The only way in from outside: name, session, permission, input; then the handler. Never throws. */
export async function dispatch(app: App, call: Call): Promise<Reply> {
  const locale = call.locale ?? 'zh-CN'
  try {
    const result = await answer(app, call)
    return result.ok ? { status: 200, body: result.value } : refusalReply(result.refusal, locale)
  } catch (error) {
    // Folder trouble (full disk, damage) says what to do; anything else is a bug and tells only where to look.
    if (error instanceof Error && 'refusal' in error) return refusalReply(error.refusal as Refusal, locale)
    const trouble = troubleOf(error, app.folder)
    if (trouble !== undefined) {
      const params = { folder: app.folder, backup: newestBackup(app.folder) ?? '-' }
      return refusalReply({ code: trouble, params }, locale)
    }
    const reference = randomUUID().slice(0, 8)
    logger.error({ err: error, reference, name: call.name }, 'a call failed')
    return refusalReply({ code: 'internal', params: { reference } }, locale)
  }
}

export function refusalReply(refusal: Refusal, locale: Locale): Reply & { readonly body: ErrorBody } {
  return {
    status: statusOf(refusal.code),
    body: { error: { ...refusal, message: refusalMessage(refusal, locale) } },
  }
}

async function answer(app: App, call: Call): Promise<Result<object>> {
  const contract = call.kind === 'command' ? commands.get(call.name) : queries.get(call.name)
  // Whichever door it came to: a wall display reaches what is meant for one.
  const audience = call.principal === undefined && isWallToken(call.token) ? 'wall' : call.audience
  if (!contract || !reaches(audience, contract)) {
    return refuse(call.kind === 'command' ? 'unknownCommand' : 'unknownQuery', 'name', {
      name: call.name.slice(0, 80),
    })
  }
  const caller = admit(app, call, contract)
  if (!caller.ok) return caller
  if (!isShallow(call.input)) return refuse('invalidInput', 'input', { reason: 'nested too deep' })
  const result = await (contract.kind === 'command'
    ? runCommand(app, call, contract, caller.value)
    : runQuery(app, call, contract, caller.value))
  if (checksOutput && result.ok) contract.output.parse(result.value)
  return result
}

/** What this machine's owner does on the own data folder goes beyond every audience but the program's own. */
function reaches(audience: Audience, contract: CommandContract | QueryContract): boolean {
  return audience === 'local' ? contract.audience.length > 0 : contract.audience.includes(audience)
}

function admit(app: App, call: Call, contract: CommandContract | QueryContract): Result<Principal | null> {
  const caller = call.principal
    ? accept({ principal: call.principal, mustChangePassword: false })
    : identify(app, call)
  if (contract.permission === 'public') return accept(caller.ok ? caller.value.principal : null)
  if (!caller.ok) return caller
  if (caller.value.mustChangePassword && !call.name.startsWith('session.'))
    return refuse('passwordChangeRequired')
  if (!may(caller.value.principal, contract.permission))
    return refuse('forbidden', undefined, { ...contract.permission })
  return accept(caller.value.principal)
}

async function runCommand(
  app: App,
  call: Call,
  contract: CommandContract,
  principal: Principal | null,
): Promise<Result<object>> {
  const service = services.get(contract.name)
  if (service) {
    const parsed = contract.input.safeParse(call.input)
    if (!parsed.success) return refuseInput(parsed.error)
    const { db, pipeline, clock, ask } = app
    const { token, exposed = false } = call
    return service.handle(parsed.data as never, {
      db,
      pipeline,
      clock,
      ask,
      principal,
      token,
      exposed,
      upkeep: upkeepOf(app),
      bulletin: app.bulletin,
      center: app,
    })
  }
  if (!principal) return refuse('unauthenticated')
  const { name, input } = call
  const marked = refuseDemo(app, input, principal)
  if (!marked.ok) return marked
  // One UUID however it is written.
  const id = call.id?.toLowerCase()
  const when = checkCommand(app, { id, at: call.at }, principal)
  if (!when.ok) return when
  return app.pipeline.execute({
    id: id ?? randomUUID(),
    name,
    input,
    actor: principal.actor,
    ...(call.at !== undefined && { at: call.at }),
  })
}

function upkeepOf({ maintenance, subjects }: App): Upkeep {
  return {
    verify: (anchors) => maintenance.verify(anchors),
    backup: (out) => maintenance.backup(out),
    backUpNow: () => maintenance.backUpNow(),
    async rebuild() {
      await maintenance.rebuild()
      return { events: subjects.rebuiltEvents }
    },
    async doctor() {
      const { ok, findings } = await maintenance.doctor()
      return { ok, findings: [...findings] }
    },
  }
}

async function runQuery(
  app: App,
  call: Call,
  contract: QueryContract,
  principal: Principal | null,
): Promise<Result<object>> {
  if (!app.queries.has(contract.name)) return refuse('unknownQuery', 'name', { name: contract.name })
  const parsed = contract.input.safeParse(call.input)
  if (!parsed.success) return refuseInput(parsed.error)
  return accept((await app.ask(contract, parsed.data as never, principal ?? NOBODY)) as object)
}

const NOBODY: Principal = { actor: { kind: 'user', id: 'nobody' }, roles: [], local: false }

/** Codes that say "somebody or something was first": the caller looks again and decides anew. */
const CONFLICTS: ReadonlySet<string> = new Set([
  'stale',
  'commandIdReused',
  'alreadyDone',
  'definitionStale',
  'settingStale',
  'loginTaken',
  'lastAdmin',
  'slotTaken',
  'orderExists',
  'customerExists',
  'equipmentExists',
  'alreadyOwner',
  'alreadyReplied',
  'surveyAnswered',
])
const STATUS: Readonly<Record<string, number>> = {
  unauthenticated: 401,
  wrongCredentials: 401,
  forbidden: 403,
  passwordChangeRequired: 403,
  accountDisabled: 403,
  demoAccountRefused: 403,
  demoDeskOnly: 403,
  backdateForbidden: 403,
  bookForbidden: 403,
  originRefused: 403,
  unknownCommand: 404,
  unknownQuery: 404,
  notFound: 404,
  malformedJson: 400,
  badRequest: 400,
  hostRefused: 421,
  tooLarge: 413,
  unsupportedMediaType: 415,
  accountLocked: 429,
  tooManyRequests: 429,
  internal: 500,
  diskFull: 507,
  folderReadOnly: 507,
  folderDamaged: 500,
}

function statusOf(code: string): number {
  return STATUS[code] ?? (CONFLICTS.has(code) ? 409 : 422)
}
