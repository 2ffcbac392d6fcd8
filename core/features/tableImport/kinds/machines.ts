import { machineKey } from '../known.ts'
import { codeKey } from '#shared/domain/tableImport/normal.ts'
import { differences, given, isEmptyObject, Issues, valuesOf, type Planner, type Step } from '../plan.ts'
import { customerNamed, isRefused, tellSpelling, type Reference } from './references.ts'

const FIELDS = ['firmware', 'batch', 'deliveredOn', 'warrantyUntil', 'location'] as const

export const machines: Planner = {
  key(row) {
    const { text } = valuesOf(row)
    const [serial, model] = [text('serial'), text('model')]
    return serial === undefined || model === undefined ? null : machineKey(serial, model)
  },

  plan(row, context) {
    const { known, load, options, job } = context
    const issues = new Issues(row.line)
    const { text } = valuesOf(row)
    const [serial = '', model = '', customerName] = [text('serial'), text('model'), text('customer')]
    const fields = Object.fromEntries(FIELDS.map((field) => [field, text(field)])) as Record<(typeof FIELDS)[number], string | undefined>
    const id = known.machines.get(machineKey(serial, model))
    let customer: Reference | undefined
    if (customerName !== undefined) {
      const found = customerNamed(customerName, issues, context)
      if (isRefused(found)) return found
      customer = found
    }
    const first = customer?.step ? [customer.step] : []

    if (id === undefined) {
      const [other] = known.machinesBySerial.get(codeKey(serial)) ?? []
      if (other !== undefined && load('equipment', other).exists) issues.warn('model', 'otherModel', { model: load('equipment', other).model })
      const input = { customer: customer?.id ?? null, model, serial, ...given(fields) }
      const step: Step = { id: `imp.${job}.${row.line}`, name: 'equipment.register', input }
      const note = (): void => {
        customer?.note?.()
        known.addMachine(step.id, serial, model)
      }
      return { action: 'create', steps: [...first, step], issues: issues.list, note }
    }
    const state = load('equipment', id)
    tellSpelling(known, load, issues, id, serial)
    const steps: Step[] = []
    if (state.provisional) steps.push({ id: `imp.${job}.${row.line}.confirm`, name: 'equipment.confirm', input: { equipment: id } })
    const changed = differences({ ...fields, customer: customer?.id }, state)
    if (!isEmptyObject(changed)) steps.push({ id: `imp.${job}.${row.line}`, name: 'equipment.change', input: { equipment: id, ...changed } })
    if (options.existing === 'keep' || steps.length === 0) return { action: 'skip', steps: [], issues: issues.list }
    return { action: 'update', steps: [...first, ...steps], issues: issues.list, ...(customer?.note && { note: customer.note }) }
  },
}
