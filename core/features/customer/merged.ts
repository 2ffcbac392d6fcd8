import { refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/pipeline.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'

/**
 * The customer that a customer became: itself, where it was never merged. Two desks that heard nothing of each other
 * may have merged a ring; of a ring, the smallest id stays.
 */
export function stayingOf(db: ReadableDb, customer: string): string {
  const passed = [customer]
  for (;;) {
    const next = one<{ stays: string }>(db, 'SELECT stays FROM customer_merged WHERE id = ?', passed.at(-1) ?? customer)?.stays
    if (next === undefined) return passed.at(-1) ?? customer
    const ring = passed.indexOf(next)
    if (ring >= 0) return passed.slice(ring).reduce((least, id) => (id < least ? id : least))
    passed.push(next)
  }
}

/** Every customer that became this one, directly or through others. */
export const mergedInto = (db: ReadableDb, customer: string): string[] =>
  all<{ id: string }>(
    db,
    `WITH RECURSIVE former (id) AS (
       SELECT id FROM customer_merged WHERE stays = :customer
       UNION SELECT merged.id FROM customer_merged AS merged JOIN former ON merged.stays = former.id)
     SELECT id FROM former WHERE id <> :customer ORDER BY id`,
    { customer },
  ).map(({ id }) => id)

/** Only a customer that is there, and stands for itself, takes anything new. */
export function refuseCustomer({ load, db }: CommandContext, customer: string, field = 'customer'): Extract<Result<never>, { ok: false }> | null {
  const { state } = load('customer', customer)
  if (!state.exists) return refuse('unknownCustomer', field)
  if (state.mergedInto === null) return null
  return refuse('customerMerged', field, { name: state.name, into: load('customer', stayingOf(db, customer)).state.name })
}
