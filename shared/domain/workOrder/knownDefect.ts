import type { Report } from '../knownDefect/match.ts'
import type { DecisionContext } from './decision.ts'
import type { Fields } from './events.ts'

/** What of an order tells a known defect. */
export function reportOf(fields: Fields): Report {
  const text = (field: string): string => {
    const value = fields[field]
    return typeof value === 'string' ? value : ''
  }
  return { model: text('model'), symptom: text('faultSymptom'), firmware: text('firmware') || null }
}

/**
 * Which defect an order shows is decided here and recorded, as every reading of configuration is (DESIGN §4): what was
 * recognised, and when, can be looked up, and lists may be filtered by it. Again where the order's report changes, and
 * for every open order where a defect becomes known, changes or is known no more.
 */
export function markDefect(context: DecisionContext, order: string): void {
  const { fields, knownDefect: old } = context.book.state('workOrder', order)
  const defect = context.defectIn(reportOf(fields))
  if (defect !== old) context.book.add('workOrder', order, 'knownDefectMarked', { defect, old })
}
