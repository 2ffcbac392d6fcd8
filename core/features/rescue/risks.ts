import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { RATED, type RatedPiece } from '#shared/domain/perceivedTime/pieces.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'
import { chanceOfDelay, limitsOf, modelOf, readLateness, type AskedSegment } from './models.ts'

/** A limit that an open order may miss. */
export interface Limit {
  readonly order: string
  /** `stage`: the team's timer; `customer`: the customer's clock (METRICS, "Perceived time"). */
  readonly clock: 'stage' | 'customer'
  readonly segment: AskedSegment
  /** UTC ms. */
  readonly from: number
  readonly due: number
}

export interface Risk extends Limit {
  readonly symptom: string
  readonly model: string
  readonly stage: StageId
  readonly frozenSince: number | null
  readonly appointment: { readonly engineer: string; readonly from: number; readonly to: number } | null
  /** That it is missed; null: history has fewer than 30 alike. */
  readonly chance: number | null
}

interface OrderRow {
  readonly id: string
  readonly symptom: string
  readonly model: string
  readonly stage: StageId
  readonly entered: number
  readonly frozen: number
  readonly engineer: string | null
  readonly slotFrom: number | null
  readonly slotTo: number | null
  readonly since: number | null
}

/** Orders looked at in one question; more than a desk breaks in a day. */
const MOST = 2000

const ORDER = `w.id, w.symptom, w.model, w.stage, w.entered_at AS entered, w.frozen,
  s.engineer, s.from_at AS slotFrom, s.to_at AS slotTo, (SELECT min(since) FROM order_shortage WHERE order_id = w.id) AS since`
const SLOT = `LEFT JOIN engineer_slot AS s ON s.order_id = w.id AND s.from_at = (SELECT max(from_at) FROM engineer_slot WHERE order_id = w.id)`

const TIMERS = `
  SELECT ${ORDER}, t.key, t.due_at AS due, t.limit_ms AS limitMs FROM stage_timer AS t
  JOIN work_order AS w ON w.id = t.order_id AND w.status = 'open' ${SLOT}
  WHERE t.settled IS NULL AND t.due_at > ? AND t.due_at < ? AND t.fired = 0 ORDER BY t.due_at, t.order_id LIMIT ${MOST}`

const RUNNING = `
  SELECT ${ORDER}, p.running_since AS begun FROM order_perceived AS p
  JOIN work_order AS w ON w.id = p.order_id AND w.status = 'open' ${SLOT}
  WHERE p.running = ? AND p.running_since > ? AND p.running_since < ? ORDER BY p.running_since, p.order_id LIMIT ${MOST}`

/** The end of the natural day of the company, UTC ms. */
export function endOfToday(db: ReadableDb, now: number): number {
  const zone = readSetting(db, 'company.timeZone')
  return startOf(dayOf(now, zone) + 1, zone)
}

/**
 * Every limit of an open order that passes between `now` and `until` (UTC ms), with the chance that it is missed at the
 * present pace; of several limits of one order the most endangered. Gives others their turn between kinds.
 */
export async function readRisks(db: ReadableDb, now: number, until: number): Promise<Risk[]> {
  const limits = limitsOf(db)
  const lateness = readLateness(db, now)
  const perceived = readSetting(db, 'perceived.limits')
  const found: { readonly limit: Limit; readonly row: OrderRow }[] = []
  for (const row of all<OrderRow & { key: string; due: number; limitMs: number }>(db, TIMERS, now, until)) {
    const segment = row.key === 'firstReply' ? 'response' : row.stage
    // A pause put the deadline off: what ran before it counts as much as the limit says.
    const from = Math.max(row.entered, row.due - row.limitMs)
    found.push({ limit: { order: row.id, clock: 'stage', segment, from, due: row.due }, row })
  }
  for (const piece of RATED) {
    for (const row of runningOf(db, piece, now - perceived[piece], until - perceived[piece])) {
      found.push({ limit: { order: row.id, clock: 'customer', segment: piece, from: row.begun, due: row.begun + perceived[piece] }, row })
    }
  }
  const worst = new Map<string, Risk>()
  let kind: AskedSegment | undefined
  for (const { limit, row } of found.sort((a, b) => (a.limit.segment < b.limit.segment ? -1 : 1))) {
    if (limit.segment !== kind) {
      kind = limit.segment
      await new Promise((resolve) => setImmediate(resolve))
    }
    const risk = judge(db, limit, row, { now, limitMs: limits(limit.segment), lateness })
    const known = worst.get(limit.order)
    if (!known || (risk.chance ?? -1) > (known.chance ?? -1)) worst.set(limit.order, risk)
  }
  return [...worst.values()].sort((a, b) => (b.chance ?? 0) - (a.chance ?? 0) || a.due - b.due || (a.order < b.order ? -1 : 1))
}

const runningOf = (db: ReadableDb, piece: RatedPiece, from: number, to: number) =>
  all<OrderRow & { begun: number }>(db, RUNNING, piece, from, to)

interface Known {
  readonly now: number
  readonly limitMs: number
  readonly lateness: readonly number[] | null
}

function judge(db: ReadableDb, limit: Limit, row: OrderRow, known: Known): Risk {
  const { symptom, model, stage, engineer, slotFrom, slotTo } = row
  const appointment = engineer !== null && slotFrom !== null && slotTo !== null ? { engineer, from: slotFrom, to: slotTo } : null
  const frozenSince = row.frozen === 1 ? (row.since ?? row.entered) : null
  const risk = { ...limit, symptom, model, stage, appointment, frozenSince }
  return { ...risk, chance: chanceOf(db, risk, known) }
}

/** An agreed hour says more than the pace of others; a freeze has to end before anything else can. */
export function chanceOf(
  db: ReadableDb,
  risk: Omit<Risk, 'chance' | 'order' | 'clock'>,
  { now, limitMs, lateness }: Known,
): number | null {
  const { segment, symptom, model, from, due, appointment, frozenSince } = risk
  const arrivesIn = segment === 'execution' && appointment !== null && appointment.to > now ? appointment : null
  if (arrivesIn && lateness) return chanceOfDelay(lateness, due - arrivesIn.from)
  const usual = modelOf(db, segment, limitMs, now)?.chance({ symptom, model, from, now, due }) ?? null
  const isHeld = frozenSince !== null && (segment === 'execution' || segment === 'partsLock')
  const thaw = isHeld ? modelOf(db, 'frozen', limitMs, now)?.chance({ symptom, model, from: frozenSince, now, due }) : undefined
  return thaw === undefined ? usual : Math.max(usual ?? 0, thaw)
}

