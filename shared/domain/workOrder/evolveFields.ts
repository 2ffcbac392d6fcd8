import type { FieldChange, Fields, WorkOrderEvent } from './events.ts'
import { BUILT_IN_FIELDS } from './fields.ts'
import type { Rating, WorkOrderState } from './state.ts'

export function withChanges(fields: Fields, changes: readonly FieldChange[]): Fields {
  const next = { ...fields }
  for (const change of changes) {
    if (change.new === undefined) delete next[change.field]
    else next[change.field] = change.new
  }
  return next
}

const PERSONAL = BUILT_IN_FIELDS.filter((spec) => spec.personal).map((spec) => spec.id)

/**
 * Personal values of an event: plain `field: text` when registered, `field: {old, new}` when changed. Where the law
 * erased them, the event itself tells which fields they were: those alone are erased, whoever the others are of.
 */
export function withPersonal(state: WorkOrderState, event: WorkOrderEvent): WorkOrderState {
  if (event.personal === undefined) return state
  const personal: Record<string, string> = { ...state.personal }
  const erased = new Set(state.erased)
  if (event.personal === null) {
    for (const { field, cleared } of personalFieldsOf(event)) {
      delete personal[field]
      if (cleared) erased.delete(field)
      else erased.add(field)
    }
  } else {
    for (const [field, value] of Object.entries(event.personal)) {
      const now = typeof value === 'object' && value !== null ? (value as { new?: unknown }).new : value
      if (typeof now === 'string') personal[field] = now
      else delete personal[field]
      erased.delete(field)
    }
  }
  return { ...state, personal, erased: [...erased].sort() }
}

/** The text of a note, an inquiry or a complaint, as long as the law has not erased it. */
export function withWritten(state: WorkOrderState, event: WorkOrderEvent): WorkOrderState {
  const text = event.personal?.['text']
  return typeof text === 'string' && text !== '' ? { ...state, written: [...state.written, text] } : state
}

/** Without the part. A registration that does not name its fields is taken to have had them all. */
function personalFieldsOf(event: WorkOrderEvent): readonly FieldChange[] {
  switch (event.type) {
    case 'orderRegistered':
      return (event.data.personalFields ?? PERSONAL).map((field) => ({ field }))
    case 'fieldsChanged':
      return event.data.changes.filter((change) => change.old === undefined && change.new === undefined)
    case 'signatureCaptured':
      return [{ field: 'signer' }]
    default:
      return []
  }
}

/** Its words are absent where there were none or the law erased them. */
export function ratingOf({ at, data, personal }: Extract<WorkOrderEvent, { type: 'surveyAnswered' }>): Rating {
  const { stars, channel, recommend } = data
  const text = personal?.['text']
  return {
    at,
    stars,
    channel,
    ...(recommend !== undefined && { recommend }),
    ...(typeof text === 'string' && text !== '' && { text }),
  }
}
