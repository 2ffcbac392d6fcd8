import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { run, type WritableDb } from '../../store/sql.ts'
import { customerOf, isBreached, priorityOf } from './row.ts'

/** What a board can be filtered by with live counts. */
export type Dimension = 'all' | 'priority' | 'owner' | 'customer'

interface Share {
  readonly stage: string
  readonly breached: number
  readonly frozen: number
  readonly places: readonly (readonly [Dimension, string])[]
}

function shareOf(state: WorkOrderState | null): Share | null {
  if (!state?.registered || state.status !== 'open') return null
  const places: [Dimension, string][] = [
    ['all', ''],
    ['priority', priorityOf(state)],
  ]
  const customer = customerOf(state)
  if (state.owner !== null) places.push(['owner', state.owner])
  if (customer !== null) places.push(['customer', customer])
  return { stage: state.stage, breached: isBreached(state) ? 1 : 0, frozen: state.freeze ? 1 : 0, places }
}

interface Delta {
  readonly dimension: Dimension
  readonly value: string
  readonly stage: string
  open: number
  breached: number
  frozen: number
}

/** Takes the order's old share out of the counts and puts the new one in: a board never counts orders. */
export function writeCounts(db: WritableDb, before: WorkOrderState | null, after: WorkOrderState): void {
  const deltas = new Map<string, Delta>()
  add(deltas, shareOf(before), -1)
  add(deltas, shareOf(after), 1)
  for (const delta of deltas.values()) {
    if (delta.open === 0 && delta.breached === 0 && delta.frozen === 0) continue
    change(db, delta)
  }
}

function add(deltas: Map<string, Delta>, share: Share | null, sign: 1 | -1): void {
  if (!share) return
  for (const [dimension, value] of share.places) {
    const key = `${dimension}\n${value}\n${share.stage}`
    let delta = deltas.get(key)
    if (!delta) deltas.set(key, (delta = { dimension, value, stage: share.stage, open: 0, breached: 0, frozen: 0 }))
    delta.open += sign
    delta.breached += sign * share.breached
    delta.frozen += sign * share.frozen
  }
}

const ADD = `
  INSERT INTO board_count (dimension, value, stage, open, breached, frozen) VALUES (?,?,?,?,?,?)
  ON CONFLICT (dimension, value, stage) DO UPDATE SET
    open = open + excluded.open, breached = breached + excluded.breached, frozen = frozen + excluded.frozen`
const DROP_EMPTY = 'DELETE FROM board_count WHERE dimension = ? AND value = ? AND stage = ? AND open = 0'

function change(db: WritableDb, delta: Delta): void {
  const { dimension, value, stage, open, breached, frozen } = delta
  run(db, ADD, dimension, value, stage, open, breached, frozen)
  // No row stands for nothing, so that a count that came and went leaves the same rows as a rebuild.
  if (open < 0) run(db, DROP_EMPTY, dimension, value, stage)
}
