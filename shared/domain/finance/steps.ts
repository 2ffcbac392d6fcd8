import type { WorkOrderState } from '../workOrder/state.ts'
import type { FinanceState } from './fold.ts'

/** The four steps and the archive (DESIGN §2), as far as an order has come. */
export const FINANCE_STEPS = ['fieldDone', 'customerAccepted', 'billed', 'archived'] as const
export type FinanceStep = (typeof FINANCE_STEPS)[number]

/** When the field work was done, UTC ms: the last entry into 客户签字; null: an order that never was there. */
export const fieldDoneAt = ({ visits }: Pick<WorkOrderState, 'visits'>): number | null =>
  visits.findLast(({ stage }) => stage === 'signoff')?.enteredAt ?? null

/** The step that an order whose billing is open has reached; the order itself tells of `fieldDone`. */
export function stepOf({ opened, bill }: FinanceState): FinanceStep | null {
  if (bill?.verified) return 'archived'
  if (bill) return 'billed'
  return opened ? 'customerAccepted' : null
}
