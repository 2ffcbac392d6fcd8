import type { LedgerEntry, LedgerState } from '#shared/domain/ledger/fold.ts'
import { monthOf } from '#shared/domain/month/months.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { zoneOfRows } from '../perceivedTime/zone.ts'

const ENTRY: Table = { name: 'ledger_entry', key: ['event'] }

const rowsOf = (state: LedgerState | null, zone: string): readonly Row[] =>
  (state?.entries ?? []).map((entry) => rowOf(state?.id ?? '', entry, zone))

const rowOf = (order: string, { posting, part, ...entry }: LedgerEntry, zone: string): Row => ({
  event: entry.event,
  order_id: order,
  key: entry.key,
  kind: entry.kind,
  source: entry.source,
  at: entry.at,
  month: monthOf(entry.at, zone),
  origin: entry.origin,
  seq: entry.seq,
  receivable: posting.receivable ?? 0,
  bank: posting.bank ?? 0,
  deferred: posting.deferred ?? 0,
  revenue: posting.revenue ?? 0,
  vat: posting.vat ?? 0,
  parts_cost: posting.partsCost ?? 0,
  inventory: posting.inventory ?? 0,
  part: part?.part ?? null,
  warehouse: part?.warehouse ?? null,
  quantity: part?.quantity ?? null,
  corrects: entry.corrects,
  reason: entry.reason,
})

/** The ledger, entry by entry. An entry that was booked stays as it is; its place may be an earlier chain's. */
export const ledgerProjection: Projection<LedgerState> = {
  kind: 'ledger',
  version: 1,
  tables: [ENTRY.name],
  variant: zoneOfRows,
  write(db, _id, before, after) {
    const zone = zoneOfRows(db)
    replaceRows(db, ENTRY, rowsOf(before, zone), rowsOf(after, zone))
  },
}
