import type { Json } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import { openOrderFor, personOf, workflowOf, type DecisionContext, type Verdict } from './decision.ts'
import type { FieldChange, Fields, FieldValue, PartNeed } from './events.ts'
import { fieldOf, isEmpty, PHONE, suits } from './fields.ts'
import { releaseReservations, reserveLines } from './holdings.ts'
import { markDefect } from './knownDefect.ts'
import { freezeOnShortage } from './moves.ts'
import { openLines, partsNeeded } from './parts.ts'
import { emptiedAfterwards } from './requirements.ts'
import type { WorkOrderState } from './state.ts'

export type FieldInput = Readonly<Record<string, FieldValue>>

/** Fields checked and split: what may stand in the hashed text, and what is personal. */
export interface SplitFields {
  /** null clears. */
  readonly plain: Fields
  readonly personal: Record<string, string | null>
}

/** Checks each value against the catalogue; a machine brings its model, serial, firmware and batch along. */
export function readFields(
  context: DecisionContext,
  workflow: WorkflowDefinition,
  input: FieldInput,
  present: Fields,
): Result<SplitFields> {
  const plain: Fields = {}
  const personal: Record<string, string | null> = {}
  for (const [field, given] of Object.entries(input)) {
    const spec = fieldOf(workflow, field)
    if (!spec) return refuse('unknownField', field, { name: field })
    if (spec.copied) return refuse('copiedField', field)
    if (!suits(spec, given)) return refuse('wrongValue', field)
    const value = isEmpty(given) ? null : given
    if (spec.phone && typeof value === 'string' && !PHONE.test(value)) return refuse('wrongPhone', field)
    if (spec.personal) {
      personal[field] = typeof value === 'string' ? value : null
      continue
    }
    plain[field] = value
    if (spec.type === 'customer') {
      const customer = typeof value === 'string' ? context.book.state('customer', value) : null
      if (customer?.exists === false) return refuse('unknownCustomer', field)
      if (customer && customer.mergedInto !== null && present[field] !== value) {
        return refuse('customerMerged', field, { name: customer.name, into: context.book.state('customer', customer.mergedInto).name })
      }
      // As it was when the order was theirs: a customer who moves takes no past figures along.
      if (customer?.region || present['region']) plain['region'] = customer?.region || null
    }
    if (spec.type === 'provider' && typeof value === 'string' && present[field] !== value) {
      const provider = context.book.state('serviceProvider', value)
      if (!provider.exists || !provider.active) return refuse('unknownProvider', field)
    }
    if (spec.type === 'equipment') {
      const copied = copyOf(context, value, { ...present, ...input })
      if (!copied) return refuse('unknownEquipment', field)
      Object.assign(plain, copied)
    }
  }
  return accept({ plain, personal })
}

/** What an order keeps of its machine as it was when it was chosen; undefined: there is no such machine. */
function copyOf(context: DecisionContext, equipment: FieldValue, given: Fields): Fields | undefined {
  if (typeof equipment !== 'string') return { model: null, serial: null }
  const machine = context.book.state('equipment', equipment)
  if (!machine.exists) return undefined
  const { model, serial, firmware, batch } = machine
  return {
    model,
    serial,
    ...(firmware !== null && isEmpty(given['firmware']) && { firmware }),
    ...(batch !== null && isEmpty(given['batch']) && { batch }),
  }
}

export function changeFields(
  context: DecisionContext,
  input: { readonly order: string; readonly base: string; readonly fields: FieldInput },
): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const state = found.value
  const read = readFields(context, workflowOf(context, state), input.fields, state.fields)
  if (!read.ok) return read
  const changes = changesOf(state.fields, read.value.plain)
  const personal: Record<string, Json> = {}
  for (const [field, value] of Object.entries(read.value.personal)) {
    const old = state.personal[field] ?? null
    if (old === value) continue
    personal[field] = { old, new: value }
    changes.push({ field, ...(value === null && { cleared: true as const }) })
  }
  if (changes.length === 0) return null
  const emptied = emptiedAfterwards(context.workflow, state, {
    ...state,
    fields: { ...state.fields, ...read.value.plain },
    personal: personalAfter(state, read.value.personal),
  })
  const required = emptied.find((field) => changes.some((change) => change.field === field))
  if (required !== undefined) return refuse('requiredField', required)
  const partsChange = changes.find((change) => change.field === 'partsNeeded')
  if (partsChange) {
    const refused = giveUpChangedLines(context, state, partsOf(partsChange))
    if (refused) return refused
  }
  context.book.add(
    'workOrder',
    state.id,
    'fieldsChanged',
    { changes },
    Object.keys(personal).length > 0 ? { personal: { of: personOf(state), data: personal } } : {},
  )
  if (partsChange) lookUpStock(context, state.id)
  markDefect(context, state.id)
  return null
}

const personalAfter = ({ personal }: WorkOrderState, given: SplitFields['personal']): WorkOrderState['personal'] =>
  Object.fromEntries(
    Object.entries({ ...personal, ...given }).filter((entry): entry is [string, string] => entry[1] !== null),
  )

/** Old and new of each field that really changes. */
function changesOf(present: Fields, plain: Fields): FieldChange[] {
  const changes: FieldChange[] = []
  for (const [field, value] of Object.entries(plain)) {
    const old = present[field]
    if (isEmpty(value) ? isEmpty(old) : sameValue(old, value)) continue
    changes.push({ field, ...(!isEmpty(old) && { old }), ...(!isEmpty(value) && { new: value }) })
  }
  return changes
}

const sameValue = (a: FieldValue | undefined, b: FieldValue): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

const partsOf = (change: FieldChange): readonly PartNeed[] =>
  Array.isArray(change.new) ? (change.new as readonly PartNeed[]) : []

/** A line that is gone, or names another part or quantity, gives its pieces back. What was issued stays issued. */
function giveUpChangedLines(context: DecisionContext, state: WorkOrderState, next: readonly PartNeed[]): Verdict {
  const now = (need: PartNeed): PartNeed | undefined => next.find((candidate) => candidate.line === need.line)
  const samePart = (need: PartNeed): boolean => now(need)?.part === need.part && now(need)?.warehouse === need.warehouse
  const kept = (need: PartNeed): boolean => samePart(need) && now(need)?.quantity === need.quantity
  const named = partsNeeded(state) ?? []
  if (state.issued.some((issued) => named.some((need) => need.line === issued.line) && !kept(issued))) {
    return refuse('lineIssued', 'partsNeeded')
  }
  const changed = openLines(state).filter((need) => !kept(need))
  const substituted = changed.filter((need) => now(need) && !samePart(need))
  releaseReservations(context, state.id, 'substituted', substituted)
  releaseReservations(context, state.id, 'changed', changed.filter((need) => !substituted.includes(need)))
  return null
}

/** In 备件锁定 the choice of a part tells at once whether it is there: it freezes the order, or thaws it. */
function lookUpStock(context: DecisionContext, order: string): void {
  const state = context.book.state('workOrder', order)
  if (state.stage !== 'partsLock') return
  if (state.freeze) reserveLines(context, order, 'substitute')
  else freezeOnShortage(context, order)
}
