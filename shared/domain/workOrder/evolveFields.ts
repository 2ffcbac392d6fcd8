import type { StoredEvent } from '../kernel/event.ts'
import type { FieldChange, Fields } from './events.ts'
import type { WorkOrderState } from './state.ts'

export function withChanges(fields: Fields, changes: readonly FieldChange[]): Fields {
  const next = { ...fields }
  for (const change of changes) {
    if (change.new === undefined) delete next[change.field]
    else next[change.field] = change.new
  }
  return next
}

/** Personal values of an event: plain `field: text` when registered, `field: {old, new}` when changed. */
export function withPersonal(state: WorkOrderState, event: StoredEvent): WorkOrderState {
  if (event.personal === undefined) return state
  if (event.personal === null) {
    return { ...state, personal: {}, erased: [...new Set([...state.erased, ...Object.keys(state.personal)])].sort() }
  }
  const personal: Record<string, string> = { ...state.personal }
  for (const [field, value] of Object.entries(event.personal)) {
    const now = typeof value === 'object' && value !== null ? (value as { new?: unknown }).new : value
    if (typeof now === 'string') personal[field] = now
    else delete personal[field]
  }
  return { ...state, personal }
}
