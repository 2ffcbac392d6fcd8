import { dayOf } from '#shared/domain/perceivedTime/days.ts'
import { partiesIn, totalOf, type Perceived } from '#shared/domain/perceivedTime/perceive.ts'
import { bucketOf, isRated, RATED } from '#shared/domain/perceivedTime/pieces.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { run, type WritableDb } from '../../store/sql.ts'

/** What an order adds to one row of `perceived_day`. */
export interface Share {
  readonly day: number
  /** A stage, `total`, `atCall`, `byWish`, `all`, `outcome.…` or `wait.<piece>.<party>`. */
  readonly figure: string
  readonly slot: number
  readonly ms: number
}

/** Four slots of one closed order in one number; this one: the stage does not apply. */
export const NOT_APPLICABLE = 63
const SLOTS = 64

export const joinSlots = (slots: readonly number[]): number => slots.reduce((joined, slot) => joined * SLOTS + slot, 0)

export function splitSlots(joined: number): number[] {
  const slots: number[] = []
  for (let rest = joined; slots.length < RATED.length; rest = Math.floor(rest / SLOTS)) slots.unshift(rest % SLOTS)
  return slots
}

/**
 * A stage counts on the day it ended; closing figures on the day of the closing. What runs counts nowhere here: it
 * misses as time passes and is asked for by index.
 */
export function sharesOf(state: WorkOrderState, perceived: Perceived, zone: string): Share[] {
  const { outcome, endedAt, pieces } = perceived
  const shares: Share[] = []
  const add = (at: number, figure: string, slot = 0, ms = 0): void => {
    shares.push({ day: dayOf(at, zone), figure, slot, ms })
  }
  if (outcome !== 'open' && outcome !== 'closed') {
    if (endedAt !== null) add(endedAt, `outcome.${outcome}`)
    return shares
  }
  const slots = new Map<string, number>()
  for (const { piece, from, to } of pieces) {
    if (to === null || !isRated(piece)) continue
    const slot = bucketOf(to - from)
    slots.set(piece, slot)
    add(to, piece, slot, to - from)
    if (piece === 'response' && perceived.atCall) add(to, 'atCall', slot)
    if (piece === 'execution' && perceived.byWish) add(to, 'byWish', slot)
  }
  if (outcome !== 'closed' || endedAt === null) return shares
  add(endedAt, 'outcome.closed')
  const total = totalOf(perceived)
  if (total === null) return shares
  if (perceived.remote) add(endedAt, 'outcome.remote')
  add(endedAt, 'total', bucketOf(total), total)
  if (slots.size > 0) add(endedAt, 'all', joinSlots(RATED.map((stage) => slots.get(stage) ?? NOT_APPLICABLE)))
  for (const { piece, from, to } of pieces) {
    for (const [party, ms] of partiesIn(state, from, to ?? from)) add(endedAt, `wait.${piece}.${party}`, 0, ms)
  }
  return shares
}

const ADD = `
  INSERT INTO perceived_day (day, figure, slot, orders, ms) VALUES (?,?,?,?,?)
  ON CONFLICT (day, figure, slot) DO UPDATE SET orders = orders + excluded.orders, ms = ms + excluded.ms`
const DROP_EMPTY = 'DELETE FROM perceived_day WHERE day = ? AND figure = ? AND slot = ? AND orders = 0'

const isSame = (a: Share, b: Share | undefined): boolean =>
  b !== undefined && a.day === b.day && a.slot === b.slot && a.ms === b.ms && a.figure === b.figure

/** Takes the order's old shares out and puts the new ones in; no row stands for nothing. */
export function writeShares(db: WritableDb, was: readonly Share[], is: readonly Share[]): void {
  // Pieces come in their order: what had ended before stays as it was.
  let kept = 0
  for (const share of was) {
    if (!isSame(share, is[kept])) break
    kept += 1
  }
  const before = was.slice(kept)
  const after = is.slice(kept)
  const deltas = new Map<string, { share: Share; orders: number; ms: number }>()
  const add = (share: Share, sign: 1 | -1): void => {
    const key = `${share.day} ${share.figure} ${share.slot}`
    const delta = deltas.get(key) ?? { share, orders: 0, ms: 0 }
    deltas.set(key, { share, orders: delta.orders + sign, ms: delta.ms + sign * share.ms })
  }
  for (const share of before) add(share, -1)
  for (const share of after) add(share, 1)
  for (const { share, orders, ms } of deltas.values()) {
    if (orders === 0 && ms === 0) continue
    const { day, figure, slot } = share
    run(db, ADD, day, figure, slot, orders, ms)
    if (orders < 0) run(db, DROP_EMPTY, day, figure, slot)
  }
}
