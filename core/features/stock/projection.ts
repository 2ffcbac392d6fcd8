import type { StockState } from '#shared/domain/stock/fold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { CONFLICT, conflictRows } from '../conflict.ts'

const STOCK: Table = { name: 'part_stock', key: ['id'] }
const RESERVATION: Table = { name: 'part_reservation', key: ['stock', 'order_id', 'line'] }

const stockRow = (state: StockState): Row => ({
  id: state.id,
  warehouse: state.warehouse,
  part: state.part,
  name: state.name,
  unit: state.unit,
  on_hand: state.onHand,
  reserved: state.reservations.reduce((sum, held) => sum + held.quantity, 0),
})

const reservationRows = (state: StockState | null): readonly Row[] =>
  (state?.reservations ?? []).map((held) => ({
    stock: state?.id ?? '',
    order_id: held.order,
    line: held.line,
    quantity: held.quantity,
    reserved_at: held.reservedAt,
  }))

export const stockProjection: Projection<StockState> = {
  kind: 'stock',
  version: 1,
  tables: [STOCK.name, RESERVATION.name, CONFLICT.name],

  write(db, id, before, after) {
    replaceRows(db, STOCK, before ? [stockRow(before)] : [], [stockRow(after)])
    if (before?.reservations !== after.reservations) {
      replaceRows(db, RESERVATION, reservationRows(before), reservationRows(after))
    }
    if (before?.conflicts !== after.conflicts) {
      const subject = `stock:${id}`
      replaceRows(db, CONFLICT, conflictRows(subject, before?.conflicts ?? []), conflictRows(subject, after.conflicts))
    }
  },
}
