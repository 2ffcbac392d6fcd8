import { perceive, runningStage, totalOf, type Perceived } from '#shared/domain/perceivedTime/perceive.ts'
import type { PieceName } from '#shared/domain/perceivedTime/pieces.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { sharesOf, writeShares, type Share } from './rollup.ts'
import { zoneOfRows } from './zone.ts'

const ORDER: Table = { name: 'order_perceived', key: ['order_id'] }

/** All that the rows are made of; of anything else an event may change they know nothing. */
const READ = [
  'registered',
  'status',
  'closedHow',
  'closedAt',
  'firstContactAt',
  'firstRepliedAt',
  'visits',
  'arrivals',
  'signature',
  'waits',
  'customersDate',
] as const satisfies readonly (keyof WorkOrderState)[]

/** Perceived time of each order, and its share of the days' sums. */
export const perceivedRows: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [ORDER.name, 'perceived_day'],
  variant: zoneOfRows,

  write(db, _id, before, after) {
    if (before !== null && READ.every((part) => before[part] === after[part])) return
    const zone = zoneOfRows(db)
    const was = before?.registered ? perceive(before) : null
    const is = after.registered ? perceive(after) : null
    replaceRows(db, ORDER, was && before ? [rowOf(before, was)] : [], is ? [rowOf(after, is)] : [])
    const shares = (state: WorkOrderState | null, perceived: Perceived | null): Share[] =>
      state && perceived ? sharesOf(state, perceived, zone) : []
    writeShares(db, shares(before, was), shares(after, is))
  },
}

function rowOf(state: WorkOrderState, perceived: Perceived): Row {
  const lengths = new Map<PieceName, number>()
  for (const { piece, from, to } of perceived.pieces) {
    if (to !== null) lengths.set(piece, (lengths.get(piece) ?? 0) + to - from)
  }
  const ms = (piece: PieceName): number | null => lengths.get(piece) ?? null
  const running = runningStage(perceived)
  return {
    order_id: state.id,
    outcome: perceived.outcome,
    ended_at: perceived.endedAt,
    first_contact_at: state.firstContactAt,
    response_ms: ms('response'),
    triage_ms: ms('triage'),
    decision_ms: ms('decision'),
    execution_ms: ms('execution'),
    field_work_ms: ms('fieldWork'),
    confirmation_ms: ms('confirmation'),
    unknown_ms: ms('unknown'),
    total_ms: totalOf(perceived),
    running: running?.stage ?? null,
    running_since: running?.since ?? null,
    remote: perceived.remote ? 1 : 0,
    at_call: perceived.atCall ? 1 : 0,
    by_wish: perceived.byWish ? 1 : 0,
  }
}
