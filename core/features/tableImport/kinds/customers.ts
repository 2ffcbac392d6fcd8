import { nameKey, phoneKey } from '#shared/domain/tableImport/normal.ts'
import { differences, given, isEmptyObject, Issues, valuesOf, type Planner, type Step } from '../plan.ts'

const FIELDS = ['contactName', 'contactPhone', 'address'] as const

export const customers: Planner = {
  key: (row) => nameKey(valuesOf(row).text('name') ?? '') || null,

  plan(row, { known, load, options, job }) {
    const issues = new Issues(row.line)
    const { text } = valuesOf(row)
    const name = text('name') ?? ''
    const found = Object.fromEntries(FIELDS.map((field) => [field, text(field)])) as Record<(typeof FIELDS)[number], string | undefined>
    const { contactPhone } = found
    const id = known.customers.get(nameKey(name))
    const sharer = contactPhone === undefined ? undefined : known.customerPhones.get(phoneKey(contactPhone))
    if (sharer !== undefined && sharer.id !== id) issues.warn('contactPhone', 'samePhone', { name: sharer.name })

    if (id === undefined) {
      const step: Step = { id: `imp.${job}.${row.line}`, name: 'customer.register', input: { name, ...given(found) } }
      return { action: 'create', steps: [step], issues: issues.list, note: () => known.addCustomer(step.id, name, contactPhone) }
    }
    const state = load('customer', id)
    if (state.name !== name) issues.warn('name', 'otherSpelling', { name: state.name })
    const steps: Step[] = []
    if (state.provisional) steps.push({ id: `imp.${job}.${row.line}.confirm`, name: 'customer.confirm', input: { customer: id } })
    const changed = state.erased ? {} : differences(found, state)
    if (!isEmptyObject(changed)) steps.push({ id: `imp.${job}.${row.line}`, name: 'customer.change', input: { customer: id, ...changed } })
    if (options.existing === 'keep' || steps.length === 0) return { action: 'skip', steps: [], issues: issues.list }
    return { action: 'update', steps, issues: issues.list }
  },
}
