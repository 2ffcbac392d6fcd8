import type { Conflict } from '#shared/domain/kernel/fold.ts'
import type { Row, Table } from '../kernel/rows.ts'

/** Decisions that lost, wherever they lost; joined to their order when read. Each subject writes only its own. */
export const CONFLICT: Table = { name: 'order_conflict', key: ['order_id', 'subject', 'event'] }

export function conflictRows(subject: string, lost: readonly (Conflict & { readonly order: string })[]): readonly Row[] {
  return lost.map(({ order, event, type, at, actor, code }) => ({
    order_id: order,
    subject,
    event,
    type,
    at,
    actor,
    code,
  }))
}
