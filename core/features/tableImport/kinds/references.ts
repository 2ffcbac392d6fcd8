import { createHash } from 'node:crypto'
import { codeKey, nameKey } from '#shared/domain/tableImport/normal.ts'
import { machineKey } from '../known.ts'
import type { Issues, PlanContext, RowPlan, Step } from '../plan.ts'

/** What a row refers to: known, or to be registered provisionally by `step` first. */
export interface Reference {
  readonly id: string
  readonly step?: Step
  readonly note?: () => void
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16).replaceAll('-', '.')

/** A customer by the name that a row gives. */
export function customerNamed(
  name: string,
  issues: Issues,
  { known, load, options, job }: PlanContext,
  contact: Readonly<Record<string, string>> = {},
): Reference | RowPlan {
  const id = known.customers.get(nameKey(name))
  if (id !== undefined) {
    const spelt = load('customer', id)
    if (spelt.exists && spelt.name !== name) issues.warn('customer', 'otherSpelling', { name: spelt.name })
    return { id }
  }
  if (options.unknown === 'error') return issues.refuse('customer', 'unknownCustomer', { name })
  issues.warn('customer', 'provisionalCustomer', { name })
  // Named after the customer, not the row: the second row that names it finds it made.
  const own = `imp.${job}.c${digest(nameKey(name))}`
  const step: Step = { id: own, name: 'customer.register', input: { name, provisional: true, ...contact } }
  return { id: own, step, note: () => known.addCustomer(own, name) }
}

/** What the desk spells otherwise is told; what it keeps twice, too: by hand somebody may have registered `Sn-1` and `SN-1`. */
export function tellSpelling(known: PlanContext['known'], load: PlanContext['load'], issues: Issues, id: string, serial: string): void {
  const machine = load('equipment', id)
  if (!machine.exists) return
  if (machine.serial !== serial) issues.warn('serial', 'otherSpelling', { name: machine.serial })
  const twin = (known.machinesBySerial.get(codeKey(serial)) ?? []).find(
    (other) => other !== id && codeKey(load('equipment', other).model) === codeKey(machine.model),
  )
  if (twin !== undefined) issues.warn('serial', 'machineTwice', { name: `${machine.model} ${machine.serial}`, other: load('equipment', twin).serial })
}

/** A machine by serial, and model where it is given. */
export function machineWith(
  machine: { readonly serial: string; readonly model: string | undefined; readonly customer: string | null },
  issues: Issues,
  { known, load, options, job }: PlanContext,
): Reference | RowPlan {
  const { serial, model, customer } = machine
  const candidates = known.machinesBySerial.get(codeKey(serial)) ?? []
  const id = model === undefined ? candidates[0] : known.machines.get(machineKey(serial, model))
  if (model === undefined && candidates.length > 1) return issues.refuse('model', 'severalMachines', { serial })
  if (id !== undefined) {
    tellSpelling(known, load, issues, id, serial)
    const owner = load('equipment', id).customer
    if (owner !== null && customer !== null && owner !== customer) issues.warn('serial', 'machineOfOther', { name: load('customer', owner).name })
    return { id }
  }
  if (options.unknown === 'error') return issues.refuse('serial', 'unknownMachine', { serial })
  if (model === undefined) return issues.refuse('model', 'machineNeedsModel', { serial })
  const [other] = candidates
  if (other !== undefined && load('equipment', other).exists) issues.warn('model', 'otherModel', { model: load('equipment', other).model })
  issues.warn('serial', 'provisionalMachine', { serial })
  const own = `imp.${job}.m${digest(machineKey(serial, model))}`
  const step: Step = { id: own, name: 'equipment.register', input: { customer, model, serial, provisional: true } }
  return { id: own, step, note: () => known.addMachine(own, serial, model) }
}

export const isRefused = (found: Reference | RowPlan): found is RowPlan => 'action' in found
