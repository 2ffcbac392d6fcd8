import { stockId } from '#shared/domain/stock/fold.ts'
import { codeKey } from '#shared/domain/tableImport/normal.ts'
import { tableTexts } from '#shared/i18n/tableColumns.ts'
import { Issues, valuesOf, type Planner, type Step } from '../plan.ts'

/** As the contract of stock wants codes: neither may hold the slash that joins them. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,38}$/
const USUAL_WAREHOUSE = 'MAIN'

export const parts: Planner = {
  key(row) {
    const { text } = valuesOf(row)
    const part = text('part')
    return part === undefined ? null : `${codeKey(text('warehouse') ?? USUAL_WAREHOUSE)}\n${codeKey(part)}`
  },

  plan(row, { load, options, job }) {
    const issues = new Issues(row.line)
    const { text, number } = valuesOf(row)
    const [part = '', warehouse = USUAL_WAREHOUSE, name = ''] = [text('part'), text('warehouse'), text('name')]
    if (!CODE.test(part)) return issues.refuse('part', 'wrongCode', { value: part })
    if (!CODE.test(warehouse)) return issues.refuse('warehouse', 'wrongCode', { value: warehouse })
    if (text('warehouse') === undefined) issues.warn('warehouse', 'warehouseDefault', { warehouse })
    const state = load('stock', stockId(warehouse, part))
    const isNew = state.unit === ''
    const unit = text('unit') ?? (isNew ? tableTexts.piece : state.unit)
    const counted = number('quantity')
    const steps: Step[] = []
    if (state.name !== name || state.unit !== unit) {
      steps.push({ id: `imp.${job}.${row.line}.name`, name: 'stock.describe', input: { warehouse, part, name, unit } })
    }
    if (counted !== undefined && counted !== state.onHand) {
      steps.push({ id: `imp.${job}.${row.line}`, name: 'stock.count', input: { warehouse, part, counted, reason: tableTexts.openingStock } })
    }
    if (steps.length === 0 || (!isNew && options.existing === 'keep')) return { action: 'skip', steps: [], issues: issues.list }
    return { action: isNew ? 'create' : 'update', steps, issues: issues.list }
  },
}
