import type { VisitPinState } from '#shared/domain/dispatch/pinFold.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const ARRIVAL: Table = { name: 'order_arrival', key: ['order_id', 'ordinal'] }
const CLOSING: Table = { name: 'order_closing', key: ['order_id'] }
const PIN: Table = { name: 'visit_pin', key: ['order_id'] }

const textOf = (state: WorkOrderState, field: string): string | null => {
  const value = state.fields[field]
  return typeof value === 'string' && value !== '' ? value : null
}

const arrivalRows = (state: WorkOrderState | null): Row[] =>
  state?.registered
    ? state.arrivals.map(({ at, engineer }, ordinal) => ({
        order_id: state.id,
        ordinal,
        engineer,
        arrived_at: at,
        equipment: textOf(state, 'equipment'),
        model: textOf(state, 'model') ?? '',
      }))
    : []

/** Of a remote fix nobody was there: it is whoever owns the order's. */
function closingRows(state: WorkOrderState | null): Row[] {
  if (!state?.registered || state.status !== 'closed' || state.closedAt === null) return []
  const engineer = state.arrivals.at(-1)?.engineer ?? state.appointment?.engineer ?? state.owner
  if (engineer === null) return []
  const skills = state.fields['skillsNeeded']
  return [
    {
      order_id: state.id,
      engineer,
      closed_at: state.closedAt,
      arrivals: state.arrivals.length,
      reopened: state.reopenCount,
      equipment: textOf(state, 'equipment'),
      symptom: textOf(state, 'faultSymptom') ?? '',
      skills: JSON.stringify(Array.isArray(skills) ? skills : []),
    },
  ]
}

/** All that the rows are made of. */
const READ = ['registered', 'status', 'closedAt', 'arrivals', 'fields', 'appointment', 'owner', 'reopenCount'] as const satisfies readonly (keyof WorkOrderState)[]

export const visitRows: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [ARRIVAL.name, CLOSING.name],

  write(db, _id, before, after) {
    if (before !== null && READ.every((part) => before[part] === after[part])) return
    replaceRows(db, ARRIVAL, arrivalRows(before), arrivalRows(after))
    replaceRows(db, CLOSING, closingRows(before), closingRows(after))
  },
}

const pinRows = (state: VisitPinState | null): Row[] =>
  state?.appointment ? [{ order_id: state.id, appointment: state.appointment }] : []

export const pinProjection: Projection<VisitPinState> = {
  kind: 'visitPin',
  version: 1,
  tables: [PIN.name],
  write: (db, _id, before, after) => replaceRows(db, PIN, pinRows(before), pinRows(after)),
}
