import type { RescueMove } from '#shared/contract/rescue.ts'
import { MOVE_KINDS, SAVED_BELOW } from '#shared/domain/chance/moves.ts'
import type { PartNeed } from '#shared/domain/workOrder/events.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { modelOf, readLateness } from './models.ts'
import { NOTHING, type Move, type Situation } from './move.ts'
import { chanceOf } from './risks.ts'
import { otherEngineer, swap } from './visitMoves.ts'

/** A remote fix that helped fewer than that is not proposed. */
const LEAST_SHARE = 0.1

/** Everything known that could be done, with the chance that the limit is missed all the same. */
export const movesFor = (situation: Situation): Move[] => MOVE_KINDS.flatMap((kind) => FIND[kind](situation) ?? [])

const FIND: Readonly<Record<RescueMove['kind'], (situation: Situation) => Move | null>> = {
  callCustomer: call,
  remoteFix: fixRemotely,
  substitute,
  otherEngineer,
  swap,
}

/** A first reply is the call itself; a signature is as far off as where the work has just been done. */
function call({ db, now, risk, limitMs, state }: Situation): Move | null {
  if (risk.segment === 'response') return { kind: 'callCustomer', after: 0, ...NOTHING }
  const isTheirs = risk.segment === 'signoff' || risk.segment === 'confirmation' || state.promise?.waitsOn === 'customer'
  if (!isTheirs || risk.frozenSince !== null) return null
  const { symptom, model, segment, due } = risk
  const after = modelOf(db, segment, limitMs, now)?.chance({ symptom, model, from: now, now, due })
  return after === undefined ? null : { kind: 'callCustomer', after: Math.min(after, risk.chance), ...NOTHING }
}

/** Of past orders of the symptom so many were solved from afar; where it is, nobody has to travel. */
function fixRemotely({ db, now, risk, state }: Situation): Move | null {
  if (state.stage !== 'diagnosis' || state.fields['serviceMode'] === 'remote') return null
  const share = shareSolvedRemotely(db, risk.symptom, now)
  return share < LEAST_SHARE ? null : { kind: 'remoteFix', after: risk.chance * (1 - share), ...NOTHING, share }
}

/** Drawn towards the share of all orders where few of the symptom tell. */
export function shareSolvedRemotely(db: ReadableDb, symptom: string, now: number): number {
  const shares = one<{ n: number; remote: number | null; own: number | null; ownRemote: number | null }>(
    db,
    `SELECT count(*) AS n, sum(remote) AS remote, sum(symptom = :symptom) AS own, sum(remote * (symptom = :symptom)) AS ownRemote FROM (
       SELECT symptom, remote FROM order_pace INDEXED BY order_pace_lately
       WHERE segment = 'signoff' AND rest_ms IS NOT NULL AND ended_at <= :now ORDER BY ended_at DESC LIMIT 2000)`,
    { symptom, now },
  )
  const overall = shares && shares.n > 0 ? (shares.remote ?? 0) / shares.n : 0
  return ((shares?.ownRemote ?? 0) + 10 * overall) / ((shares?.own ?? 0) + 10)
}

/** The same part from another store room thaws the order at once. */
function substitute(situation: Situation): Move | null {
  const { db, now, risk, state, limitMs } = situation
  const needs = partsFromElsewhere(db, state)
  if (!state.freeze || !needs) return null
  const lateness = readLateness(db, now)
  const after = chanceOf(db, { ...risk, frozenSince: null }, { now, limitMs, lateness })
  const warehouse = needs.find((need, index) => need.warehouse !== linesOf(state)[index]?.warehouse)?.warehouse ?? null
  return after === null ? null : { kind: 'substitute', after: Math.min(after, risk.chance), ...NOTHING, warehouse }
}

const linesOf = ({ fields }: WorkOrderState): readonly PartNeed[] =>
  Array.isArray(fields['partsNeeded']) ? (fields['partsNeeded'] as readonly PartNeed[]) : []

/** 所需备件 with every missing line from a store room that has it; null where one is to be had nowhere. */
export function partsFromElsewhere(db: ReadableDb, state: WorkOrderState): PartNeed[] | null {
  const short = new Map(state.freeze?.shortages.map((shortage) => [shortage.line, shortage]))
  const moved: PartNeed[] = []
  for (const need of linesOf(state)) {
    const shelf = short.has(need.line)
      ? one<{ warehouse: string }>(
          db,
          `SELECT warehouse FROM part_stock WHERE part = ? AND warehouse <> ? AND on_hand - reserved >= ?
           ORDER BY on_hand - reserved DESC, warehouse LIMIT 1`,
          need.part,
          need.warehouse,
          need.quantity,
        )
      : { warehouse: need.warehouse }
    if (!shelf) return null
    moved.push({ ...need, warehouse: shelf.warehouse })
  }
  return moved.length > 0 ? moved : null
}

export const asShown = (move: Move, before: number): RescueMove => ({ ...move, saves: move.after < SAVED_BELOW && move.after <= before / 2 })
