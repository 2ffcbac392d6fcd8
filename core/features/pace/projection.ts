import { isSolvedRemotely } from '#shared/domain/perceivedTime/boundaries.ts'
import { segmentsOf } from '#shared/domain/pace/segments.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const PACE: Table = { name: 'order_pace', key: ['segment', 'symptom', 'model', 'ended_at', 'order_id', 'from_at'] }

/** All that the rows are made of. */
const READ = [
  'registered',
  'status',
  'visits',
  'timers',
  'appointment',
  'arrivals',
  'signature',
  'firstRepliedAt',
  'firstContactAt',
  'closedAt',
  'closedHow',
  'fields',
] as const satisfies readonly (keyof WorkOrderState)[]

/** What each order teaches about how long things take. */
export const paceRows: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [PACE.name],

  write(db, _id, before, after) {
    if (before !== null && READ.every((part) => before[part] === after[part])) return
    replaceRows(db, PACE, before ? rowsOf(before) : [], rowsOf(after))
  },
}

function rowsOf(state: WorkOrderState): Row[] {
  const { id, fields, closedAt, closedHow } = state
  // Closed by the checklist alone, nobody took any time for it.
  if (closedHow === 'selfResolved') return []
  const text = (field: string): string => (typeof fields[field] === 'string' ? fields[field] : '')
  const remote = isSolvedRemotely(state) ? 1 : 0
  const end = state.status === 'closed' ? closedAt : null
  return segmentsOf(state).map(({ segment, from, to }) => ({
    segment,
    symptom: text('faultSymptom'),
    model: text('model'),
    ended_at: to,
    order_id: id,
    from_at: from,
    rest_ms: end === null ? null : Math.max(0, end - from),
    remote,
  }))
}
