import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { CONFLICT, conflictRows } from '../conflict.ts'
import { writeCounts } from './boardCount.ts'
import { blobRows, shortageRows, timerRows, visitRows, workOrderRow } from './row.ts'

const ORDER: Table = { name: 'work_order', key: ['id'] }
const VISIT: Table = { name: 'stage_visit', key: ['order_id', 'ordinal'] }
const TIMER: Table = { name: 'stage_timer', key: ['order_id', 'visit', 'key'] }
const BLOB: Table = { name: 'order_blob', key: ['blob', 'order_id'] }
const SHORTAGE: Table = { name: 'order_shortage', key: ['stock', 'since', 'order_id', 'line'] }

/** Rows of one order and its share of the board's counts. */
export const workOrderProjection: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 4,
  tables: [ORDER.name, VISIT.name, TIMER.name, SHORTAGE.name, BLOB.name, CONFLICT.name, 'board_count'],

  write(db, id, before, after, head) {
    replaceRows(db, ORDER, workOrderRow(before, ''), workOrderRow(after, head))
    writeCounts(db, before, after)
    // What the fold handed on untouched needs no second look; a registration may reveal what came before it.
    const revealed = before?.registered !== true || !after.registered
    const changed = (part: keyof WorkOrderState): boolean => revealed || before[part] !== after[part]
    if (changed('visits')) replaceRows(db, VISIT, visitRows(before), visitRows(after))
    if (changed('timers') || changed('visits') || changed('status')) {
      replaceRows(db, TIMER, timerRows(before), timerRows(after))
    }
    if (changed('attachments') || changed('signature')) replaceRows(db, BLOB, blobRows(before), blobRows(after))
    if (changed('freeze') || changed('status')) replaceRows(db, SHORTAGE, shortageRows(before), shortageRows(after))
    if (changed('conflicts')) {
      const own = (state: WorkOrderState | null) =>
        conflictRows(`workOrder:${id}`, state?.registered ? state.conflicts.map((lost) => ({ ...lost, order: id })) : [])
      replaceRows(db, CONFLICT, own(before), own(after))
    }
  },
}
