import type { ShiftHandoverState } from '#shared/domain/shiftHandover/fold.ts'
import { replaceRows, type Row } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const SHIFT = { name: 'shift_handover', key: ['id'] }
const ORDER = { name: 'shift_handover_order', key: ['shift', 'order_id'] }

const shiftRows = (state: ShiftHandoverState | null): Row[] => {
  if (!state?.exists) return []
  const { id, from, to, by, note, offeredAt } = state
  return [{ id, from_user: from, to_user: to, by_user: by, note, offered_at: offeredAt }]
}

const orderRows = (state: ShiftHandoverState | null): Row[] =>
  state?.exists ? state.orders.map(({ order }) => ({ shift: state.id, order_id: order, answer: state.answers[order] ?? null })) : []

export const shiftHandoverProjection: Projection<ShiftHandoverState> = {
  kind: 'shiftHandover',
  version: 1,
  tables: [SHIFT.name, ORDER.name],
  write(db, _id, before, after) {
    replaceRows(db, SHIFT, shiftRows(before), shiftRows(after))
    replaceRows(db, ORDER, orderRows(before), orderRows(after))
  },
}
