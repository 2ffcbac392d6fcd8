import type { RescueMove } from '#shared/contract/rescue.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { ReadableDb } from '../../store/sql.ts'
import type { Risk } from './risks.ts'

/** Something that could be done, and the chance that the limit is missed all the same. */
export type Move = Omit<RescueMove, 'saves'>
export const NOTHING = { engineer: null, crew: [], from: null, to: null, other: null, warehouse: null, share: null }

export interface Situation {
  readonly db: ReadableDb
  readonly now: number
  readonly risk: Risk & { readonly chance: number }
  readonly state: WorkOrderState
  readonly limitMs: number
}
