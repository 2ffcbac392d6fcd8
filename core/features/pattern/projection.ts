import { patternKey } from '#shared/domain/pattern/traits.ts'
import type { PatternState } from '#shared/domain/pattern/fold.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const TRAITS: Table = { name: 'order_traits', key: ['order_id'] }
const PATTERN: Table = { name: 'fault_pattern', key: ['id'] }

/** By what each order is told apart. */
export const traitRows: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 2,
  tables: [TRAITS.name],
  write(db, _id, before, after) {
    if (before?.registered === after.registered && before.fields === after.fields && before.issued === after.issued && before.status === after.status) return
    replaceRows(db, TRAITS, traitsOf(before), traitsOf(after))
  },
}

function traitsOf(state: WorkOrderState | null): Row[] {
  if (!state?.registered || state.status === 'cancelled' || state.status === 'merged') return []
  const text = (field: string): string => (typeof state.fields[field] === 'string' ? state.fields[field].trim() : '')
  return [
    {
      order_id: state.id,
      first_contact_at: state.firstContactAt,
      machine: text('equipment') || null,
      category: text('faultCategory'),
      symptom: text('faultSymptom'),
      model: text('model'),
      environment: text('environment'),
      firmware: text('firmware'),
      batch: text('batch'),
      solution: text('solution'),
      parts: [...new Set(state.issued.map(({ part }) => part))].sort().join('\n'),
    },
  ]
}

export const patternRows: Projection<PatternState> = {
  kind: 'faultPattern',
  version: 1,
  tables: [PATTERN.name],
  write: (db, _id, before, after) => replaceRows(db, PATTERN, rowOf(before), rowOf(after)),
}

function rowOf(state: PatternState | null): Row[] {
  if (!state?.definition) return []
  const { id, definition, sentAt, sentBy, fixed, dismissed } = state
  return [
    {
      id,
      key: patternKey(definition.fault, definition.conditions),
      definition: JSON.stringify(definition),
      sent_at: sentAt,
      sent_by: sentBy,
      fixed_on: fixed?.on ?? null,
      fix: fixed?.what ?? '',
      dismissed_at: dismissed?.at ?? null,
      reason: dismissed?.reason ?? '',
    },
  ]
}
