import type { EngineerDayState } from '#shared/domain/engineerDay/fold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { CONFLICT, conflictRows } from '../conflict.ts'

const SLOT: Table = { name: 'engineer_slot', key: ['day', 'appointment'] }

const slotRows = (state: EngineerDayState | null): readonly Row[] =>
  (state?.slots ?? []).map((slot) => ({
    day: state?.id ?? '',
    appointment: slot.appointment,
    engineer: state?.engineer ?? '',
    order_id: slot.order,
    from_at: slot.from,
    to_at: slot.to,
  }))

export const engineerDayProjection: Projection<EngineerDayState> = {
  kind: 'engineerDay',
  version: 1,
  tables: [SLOT.name, CONFLICT.name],

  write(db, id, before, after) {
    if (before?.slots !== after.slots) replaceRows(db, SLOT, slotRows(before), slotRows(after))
    if (before?.conflicts !== after.conflicts) {
      const subject = `engineerDay:${id}`
      replaceRows(db, CONFLICT, conflictRows(subject, before?.conflicts ?? []), conflictRows(subject, after.conflicts))
    }
  },
}
