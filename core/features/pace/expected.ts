import type { Expected } from '#shared/contract/pace.ts'
import { expectAfter } from '#shared/domain/pace/expect.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { readLessons } from './lessons.ts'

/**
 * METRICS, "expected completion ETA": when the signature of an open order is expected, given its stage and the time
 * already spent there; of a frozen one also the part. Never in the past. null: fewer than 30 past orders tell.
 * @param now UTC ms
 */
export function expectedOf(db: ReadableDb, state: WorkOrderState, now: number): Expected | null {
  const visit = state.visits[state.visits.length - 1]
  if (state.status !== 'open' || !visit) return null
  const kind = { symptom: textOf(state, 'faultSymptom'), model: textOf(state, 'model') }
  const since = state.freeze?.since
  const frozen = since === undefined ? null : readLessons(db, { segment: 'frozen', ...kind }, now)
  const spent = Math.max(0, now - (since ?? visit.enteredAt))
  const inStage = (): ReturnType<typeof expectAfter> =>
    expectAfter(readLessons(db, { segment: visit.stage, ...kind }, now), Math.max(0, now - visit.enteredAt))
  const found = (frozen && expectAfter(frozen, spent)) ?? inStage()
  if (!found) return null
  const { median, p80, mean, orders, likeness, beyond } = found
  const part = since === undefined ? null : partOf(state, now, frozen && expectAfter(frozen, spent, 'length')?.median)
  return { at: now + median, p80: now + p80, mean: now + mean, orders, likeness, beyond, part }
}

/** A supplier's promise that still holds says more than how long others waited. */
function partOf({ promise }: WorkOrderState, now: number, median: number | null | undefined): Expected['part'] {
  if (promise && promise.by !== null && promise.by > now && promise.waitsOn !== 'us') return { at: promise.by, by: 'promise' }
  return median === null || median === undefined ? null : { at: now + median, by: 'history' }
}

const textOf = ({ fields }: WorkOrderState, field: string): string => {
  const value = fields[field]
  return typeof value === 'string' ? value : ''
}
