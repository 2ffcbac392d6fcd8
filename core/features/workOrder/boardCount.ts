import { LANES, NONE, type LaneBy } from '#shared/contract/board.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { run, type WritableDb } from '../../store/sql.ts'
import { customerOf, engineerOf, isBreached, priorityOf, providerOf } from './row.ts'

/** Counts are kept live for all orders, for each value by which a board is cut, and for each pair of such values. */
export const ALL = 'all'
/** In the order of `LANES`; ids hold no bar. */
export const pairOf = (a: LaneBy, b: LaneBy): string =>
  LANES.indexOf(a) < LANES.indexOf(b) ? `${a}|${b}` : `${b}|${a}`
export const pairValue = (a: LaneBy, valueOfA: string, b: LaneBy, valueOfB: string): string =>
  LANES.indexOf(a) < LANES.indexOf(b) ? `${valueOfA}|${valueOfB}` : `${valueOfB}|${valueOfA}`

interface Share {
  readonly stage: string
  readonly breached: number
  readonly frozen: number
  /** One for each of `LANES`. */
  readonly values: readonly string[]
  readonly defect: string | null
}

const VALUES: Readonly<Record<LaneBy, (state: WorkOrderState) => string | null>> = {
  priority: priorityOf,
  owner: (state) => state.owner,
  engineer: engineerOf,
  customer: customerOf,
  provider: providerOf,
}

function shareOf(state: WorkOrderState | null): Share | null {
  if (!state?.registered || state.status !== 'open') return null
  const values = LANES.map((dimension) => VALUES[dimension](state) ?? NONE)
  return {
    stage: state.stage,
    breached: isBreached(state) ? 1 : 0,
    frozen: state.freeze ? 1 : 0,
    values,
    defect: state.knownDefect,
  }
}

/** Takes the order's old share out of the counts and puts the new one in: a board never counts orders. */
export function writeCounts(db: WritableDb, before: WorkOrderState | null, after: WorkOrderState): void {
  const was = shareOf(before)
  const is = shareOf(after)
  // Most of what happens to an order leaves it where it is counted.
  if (JSON.stringify(was) === JSON.stringify(is)) return
  const deltas = new Map<string, Delta>()
  if (was) add(deltas, was, -1)
  if (is) add(deltas, is, 1)
  for (const delta of deltas.values()) {
    if (delta.open !== 0 || delta.breached !== 0 || delta.frozen !== 0 || delta.both !== 0) change(db, delta)
  }
}

interface Delta {
  readonly dimension: string
  readonly value: string
  readonly stage: string
  open: number
  breached: number
  frozen: number
  both: number
}

function add(deltas: Map<string, Delta>, share: Share, sign: 1 | -1): void {
  const count = (dimension: string, value: string): void => {
    const key = `${dimension}\n${value}\n${share.stage}`
    let delta = deltas.get(key)
    if (!delta) {
      delta = { dimension, value, stage: share.stage, open: 0, breached: 0, frozen: 0, both: 0 }
      deltas.set(key, delta)
    }
    delta.open += sign
    delta.breached += sign * share.breached
    delta.frozen += sign * share.frozen
    delta.both += sign * share.breached * share.frozen
  }
  count(ALL, '')
  if (share.defect !== null) count('known_defect', share.defect)
  for (const [first, a] of LANES.entries()) {
    count(a, share.values[first] as string)
    for (let second = first + 1; second < LANES.length; second++) {
      count(`${a}|${LANES[second]}`, `${share.values[first]}|${share.values[second]}`)
    }
  }
}

const ADD = `
  INSERT INTO board_count (dimension, value, stage, open, breached, frozen, frozen_breached) VALUES (?,?,?,?,?,?,?)
  ON CONFLICT (dimension, value, stage) DO UPDATE SET
    open = open + excluded.open, breached = breached + excluded.breached, frozen = frozen + excluded.frozen,
    frozen_breached = frozen_breached + excluded.frozen_breached`
const DROP_EMPTY = 'DELETE FROM board_count WHERE dimension = ? AND value = ? AND stage = ? AND open = 0'

function change(db: WritableDb, delta: Delta): void {
  const { dimension, value, stage, open, breached, frozen, both } = delta
  run(db, ADD, dimension, value, stage, open, breached, frozen, both)
  // No row stands for nothing, so that a count that came and went leaves the same rows as a rebuild.
  if (open < 0) run(db, DROP_EMPTY, dimension, value, stage)
}
