import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { applyPlan, type acceptPlan as contract } from '#shared/contract/dispatchPlan.ts'
import type { OutputOf } from '#shared/contract/define.ts'
import { slicesOf } from '#shared/domain/dispatch/slices.ts'
import { accept, refuse, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import type { ServiceContext } from '../../kernel/feature.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { keep, planOf, type KnownPlan } from './plans.ts'
import type { KeptChange, PlanContent } from './propose.ts'

type Accepted = OutputOf<typeof contract>

/** Changes decided in one transaction: some 20 ms of the writer, which others wait for. */
const MOST_AT_ONCE = 8

const accepting = new WeakMap<Database.Database, Set<string>>()
export const isBeingAccepted = (db: ReadableDb, plan: string): boolean => accepting.get(db.raw)?.has(plan) ?? false

/**
 * Books what a proposal changes, a part after the other, so that nobody waits for the whole of it. Each change is booked
 * or is not, and the plan knows which after each part: whatever ends it early, what is left can be accepted later.
 */
export async function acceptPlan(context: ServiceContext, id: string, orders: readonly string[] | undefined): Promise<Result<Accepted>> {
  const { db } = context
  if (isBeingAccepted(db, id)) return refuse('planBeingAccepted', 'plan')
  const found = proposal(db, id)
  if (!found.ok) return found
  const chosen = orders && new Set(orders)
  const wanted = found.value.content.changes.filter((change) => isOpenChange(change) && (!chosen || chosen.has(change.order)))
  if (wanted.length === 0) return refuse('nothingToAccept', 'orders')
  const mine = accepting.get(db.raw) ?? new Set()
  accepting.set(db.raw, mine.add(id))
  try {
    return await applySlices(context, found.value, wanted)
  } finally {
    mine.delete(id)
  }
}

async function applySlices({ db, pipeline, principal }: ServiceContext, { id, content }: KnownPlan & { content: PlanContent }, wanted: readonly KeptChange[]): Promise<Result<Accepted>> {
  if (!principal) return refuse('unauthenticated')
  const refused = new Map<string, Refusal>()
  const asked = new Set<string>()
  let failure: Refusal | undefined
  for (const slice of slicesOf(wanted, linksOf(db, wanted), MOST_AT_ONCE)) {
    if (asked.size > 0) await nextTurn()
    // The folder was closed meanwhile: what is booked is booked, and what is not can be accepted anew.
    if (!db.raw.open) return refuse('planNotReady', 'plan', { state: 'ready' })
    const changes = slice.map(({ order, before, after, forced }) => ({ order, before, after, forced }))
    const applied = pipeline.execute({ id: randomUUID(), name: applyPlan.name, input: { changes }, actor: principal.actor })
    if (!applied.ok) failure = applied.refusal
    for (const { order } of slice) {
      asked.add(order)
      if (!applied.ok) refused.set(order, applied.refusal)
    }
    for (const { order, ...refusal } of applied.ok ? (applied.value['refused'] as ({ order: string } & Refusal)[]) : []) refused.set(order, refusal)
    const decided = content.changes.map((change): KeptChange => (asked.has(change.order) ? decidedAs(change, refused.get(change.order)) : change))
    const isWhole = !decided.some(({ kind, accepted }) => kind !== 'same' && accepted === null)
    keep(db, id, isWhole ? 'accepted' : 'ready', { ...content, changes: decided })
  }
  if (failure && refused.size === wanted.length) return { ok: false, refusal: failure }
  const numberOf = (order: string): string => one<{ number: string }>(db, 'SELECT number FROM work_order WHERE id = ?', order)?.number ?? order
  return accept({
    accepted: wanted.length - refused.size,
    refused: [...refused].map(([order, { code, params = {} }]) => ({ order, number: numberOf(order), code, params: { ...params } })),
  })
}

const decidedAs = (change: KeptChange, refusal: Refusal | undefined): KeptChange => ({
  ...change,
  accepted: refusal === undefined,
  refusal: refusal ? { code: refusal.code, params: { ...refusal.params } } : null,
})

const isOpenChange = ({ kind, accepted }: KeptChange): boolean => kind !== 'same' && accepted !== true

function proposal(db: ReadableDb, id: string): Result<KnownPlan & { content: PlanContent }> {
  const plan = planOf(db, id)
  if (!plan) return refuse('unknownPlan', 'plan')
  const { state, content } = plan
  return state === 'ready' && content ? accept({ ...plan, content }) : refuse('planNotReady', 'plan', { state })
}

/** Which of them are done before which. */
const linksOf = (db: ReadableDb, changes: readonly KeptChange[]): (readonly [string, string])[] =>
  all<{ order_id: string; after_id: string }>(
    db,
    'SELECT order_id, after_id FROM visit_after WHERE order_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(changes.map(({ order }) => order)),
  ).map(({ order_id, after_id }) => [after_id, order_id])
