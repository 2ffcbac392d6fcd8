import type { FieldValue } from '#shared/domain/workOrder/events.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { customerOf } from '../workOrder/row.ts'
import { Tokens } from './tokens.ts'

/** Ids and codes: the subjects that they name have words of their own. */
const NO_WORDS: ReadonlySet<string> = new Set(['customer', 'equipment', 'provider', 'priority', 'serviceMode'])
const SPOKEN: ReadonlySet<string> = new Set(['faultCategory', 'faultSymptom'])

/** What an order can be found by, its own words and those of whom it belongs to. */
export function orderWords(state: WorkOrderState): string {
  const tokens = new Tokens().text(state.number)
  for (const [field, value] of inOrder(state.fields)) {
    if (NO_WORDS.has(field)) continue
    for (const text of textsOf(value)) {
      if (SPOKEN.has(field)) tokens.spoken(text)
      else tokens.text(text)
    }
  }
  for (const [field, value] of inOrder(state.personal)) {
    if (field === 'contactName') tokens.name(value)
    else tokens.text(value)
  }
  tokens.belongs('customer', customerOf(state))
  const machine = state.fields['equipment']
  if (typeof machine === 'string') tokens.belongs('machine', machine)
  tokens.belongs('person', state.owner)
  if (state.appointment) tokens.belongs('person', state.appointment.engineer)
  // The newest first: of very much writing the index keeps what was written last.
  return tokens.text(state.written.toReversed().join('\n')).toString()
}

/** By name: an event just decided has its fields in the order in which they were typed, one read from the log has not. */
const inOrder = <Value>(fields: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))

/** Words of a field's value: texts, skills, numbers of parts. */
export function textsOf(value: FieldValue): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (!Array.isArray(value)) return []
  return value.map((item: unknown) => (typeof item === 'string' ? item : String((item as { part: unknown }).part)))
}

/** Whether an order has to be found by other words, or stands elsewhere, than before. */
export function isFoundOtherwise(before: WorkOrderState, after: WorkOrderState): boolean {
  return (
    before.registered !== after.registered ||
    before.number !== after.number ||
    before.fields !== after.fields ||
    before.personal !== after.personal ||
    before.written !== after.written ||
    before.owner !== after.owner ||
    before.appointment?.engineer !== after.appointment?.engineer ||
    before.firstContactAt !== after.firstContactAt ||
    (before.status === 'open') !== (after.status === 'open')
  )
}
