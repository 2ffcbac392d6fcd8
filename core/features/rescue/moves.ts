import type { RescueMove } from '#shared/contract/rescue.ts'
import { MOVE_KINDS, SAVED_BELOW } from '#shared/domain/chance/moves.ts'
import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import type { PartNeed } from '#shared/domain/workOrder/events.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { awayAt } from '../roster/away.ts'
import { readSetting } from '../setting/read.ts'
import { chanceOfDelay, modelOf, readLateness } from './models.ts'
import { chanceOf, type Risk } from './risks.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** What a visit takes as a rule, and what it takes to get there at the earliest. */
const VISIT = 2 * HOUR
const TRAVEL = HOUR
const STEP = 30 * MINUTE
/** Hours of the day in which engineers can be sent, half-open. */
const FIELD_HOURS = { from: 8, to: 20 }
/** A remote fix that helped fewer than that is not proposed. */
const LEAST_SHARE = 0.1

export type Move = Omit<RescueMove, 'saves'>
const NOTHING = { engineer: null, from: null, to: null, other: null, warehouse: null, share: null }

export interface Situation {
  readonly db: ReadableDb
  readonly now: number
  readonly risk: Risk & { readonly chance: number }
  readonly state: WorkOrderState
  readonly limitMs: number
}

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

interface Slot {
  readonly engineer: string
  readonly from: number
  readonly to: number
}

/** Whether a visit is what the limit waits for. */
const needsVisit = ({ state, risk }: Situation): boolean =>
  state.arrivals.length === 0 &&
  state.fields['serviceMode'] !== 'remote' &&
  state.freeze === null &&
  (state.stage === 'scheduling' || state.stage === 'onsite') &&
  (risk.segment === 'execution' || risk.segment === 'scheduling')

/** The earliest hour before the limit at which somebody who can do it is free. */
function otherEngineer(situation: Situation): Move | null {
  const { db, now, risk, state } = situation
  const lateness = readLateness(db, now)
  if (!needsVisit(situation) || !lateness) return null
  const held = state.appointment
  const slot = earliestSlot(db, state, now, Math.min(risk.due, held?.from ?? Infinity))
  if (!slot) return null
  const after = chanceOfDelay(lateness, risk.due - slot.from)
  return { kind: 'otherEngineer', after: Math.min(after, risk.chance), ...NOTHING, ...slot, engineer: peopleOf(db)(slot.engineer) }
}

function earliestSlot(db: ReadableDb, state: WorkOrderState, now: number, before: number): Slot | null {
  const zone = readSetting(db, 'company.timeZone')
  const engineers = ableEngineers(db, state, now)
  for (let from = Math.ceil((now + TRAVEL) / STEP) * STEP; from < before; from += STEP) {
    const hour = (from - startOf(dayOf(from, zone), zone)) / HOUR
    if (hour < FIELD_HOURS.from || hour >= FIELD_HOURS.to) continue
    const engineer = engineers.find((id) => isFree(db, id, from, from + VISIT))
    if (engineer !== undefined) return { engineer, from, to: from + VISIT }
  }
  return null
}

/** Those with every skill needed, the least busy first. Where nobody's skills are known, everybody. */
function ableEngineers(db: ReadableDb, state: WorkOrderState, now: number): string[] {
  const needed = Array.isArray(state.fields['skillsNeeded']) ? (state.fields['skillsNeeded'] as readonly string[]) : []
  const engineers = all<{ id: string; skills: string }>(
    db,
    `SELECT id, skills FROM user_account
     WHERE disabled = 0 AND instr(roles, '"engineer"') > 0 AND NOT ${awayAt('user_account.id', ':now')}
     ORDER BY (SELECT count(*) FROM engineer_slot WHERE engineer = user_account.id AND from_at >= :now AND from_at < :now + 86400000), id`,
    { now },
  ).map(({ id, skills }) => ({ id, skills: JSON.parse(skills) as string[] }))
  const isKnown = engineers.some(({ skills }) => skills.length > 0)
  return engineers.filter(({ skills }) => !isKnown || needed.every((skill) => skills.includes(skill))).map(({ id }) => id)
}

/** No appointment is longer than a week. */
const LONGEST = 7 * 24 * HOUR
const isFree = (db: ReadableDb, engineer: string, from: number, to: number): boolean =>
  one(
    db,
    'SELECT 1 FROM engineer_slot WHERE engineer = ? AND from_at >= ? AND from_at < ? AND to_at > ? LIMIT 1',
    engineer,
    from - LONGEST,
    to,
    from,
  ) === undefined

interface Visit extends Slot {
  readonly order: string
  readonly number: string
}

/** Two visits change places: the other order keeps its own limit all the same. */
function swap(situation: Situation): Move | null {
  const { db, now, risk, state } = situation
  const held = state.appointment
  const lateness = readLateness(db, now)
  if (!needsVisit(situation) || !held || held.from <= now || !lateness) return null
  const able = ableEngineers(db, state, now)
  const limit = readSetting(db, 'perceived.limits').execution
  const visits = all<Visit>(
    db,
    `SELECT s.engineer, min(s.from_at) AS "from", max(s.to_at) AS "to", w.id AS "order", w.number FROM engineer_slot AS s
     JOIN work_order AS w ON w.id = s.order_id AND w.status = 'open' AND w.frozen = 0 AND w.read_only = 0
     JOIN order_perceived AS p ON p.order_id = w.id AND p.running = 'execution' AND p.running_since + ? > ?
     WHERE s.from_at > ? AND s.from_at < ? AND w.id <> ? GROUP BY s.appointment ORDER BY 2, 4`,
    limit,
    held.from + TRAVEL,
    now + TRAVEL / 2,
    Math.min(risk.due, held.from),
    risk.order,
  )
  const other = visits.find(({ engineer }) => able.includes(engineer))
  if (!other) return null
  const { order, number, engineer, from, to } = other
  const after = Math.min(risk.chance, chanceOfDelay(lateness, risk.due - from))
  return { kind: 'swap', after, ...NOTHING, engineer: peopleOf(db)(engineer), from, to, other: { order, number } }
}

export const asShown = (move: Move, before: number): RescueMove => ({ ...move, saves: move.after < SAVED_BELOW && move.after <= before / 2 })
