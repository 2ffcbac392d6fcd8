import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { App } from '../app.ts'
import { isDemo } from '../features/session/demo.ts'
import { may, type Principal } from '../kernel/access.ts'
import { one } from '../store/sql.ts'

/** METRICS, "Time". */
const FREE_MS = 15 * 60_000
const FURTHEST_MS = 72 * 3_600_000
/** Two clocks in one office. */
const SKEW_MS = 2 * 60_000

/** Only UUIDs: the program's own commands have names, and nobody may take one of those beforehand. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Invented customers, machines, orders and people belong on a demo desk, where every screen says that they are. */
export function refuseDemo(app: App, input: unknown, principal: Principal): Result<null> {
  const marked = typeof input === 'object' && input !== null && 'demo' in input && input.demo === true
  return marked && !principal.local && !isDemo(app.db) ? refuse('demoDeskOnly', 'demo') : accept(null)
}

/** Whether a command's id is one that callers may choose, and the caller may say that it happened `at`. */
export function checkCommand(
  app: App,
  { id, at }: { readonly id?: string | undefined; readonly at?: number | undefined },
  principal: Principal,
): Result<null> {
  if (id !== undefined && !UUID.test(id)) return refuse('invalidInput', 'id', { reason: 'not a UUID' })
  if (at === undefined) return accept(null)
  if (!Number.isSafeInteger(at)) return refuse('invalidInput', 'at', { reason: 'not UTC milliseconds' })
  const age = app.clock() - at
  if (age < -SKEW_MS) return refuse('futureTime', 'at')
  if (age <= FREE_MS) return accept(null)
  // A repetition of what was accepted in time is answered as it was then.
  if (id !== undefined && one(app.db, 'SELECT 1 AS found FROM command_answer WHERE id = ?', id))
    return accept(null)
  if (age > FURTHEST_MS) return refuse('backdateTooFar', 'at', { hours: FURTHEST_MS / 3_600_000 })
  return may(principal, { action: 'backdate', subject: 'WorkOrder' })
    ? accept(null)
    : refuse('backdateForbidden', 'at', { minutes: FREE_MS / 60_000 })
}
