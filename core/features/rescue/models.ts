import type Database from 'better-sqlite3'
import { learnChance, type ChanceModel, type Past } from '#shared/domain/chance/model.ts'
import { FEWEST } from '#shared/domain/pace/expect.ts'
import type { SegmentName } from '#shared/domain/pace/segments.ts'
import { RATED } from '#shared/domain/perceivedTime/pieces.ts'
import { DEFAULT, slaOf } from '../configuration/config.ts'
import { readState } from '../../kernel/readState.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'

const HOUR = 3_600_000
const YEAR = 366 * 24 * HOUR
/** The latest of each kind: a fit of them stays within a slice of the writer's time. */
const MOST = 1000
/** What is learnt holds for an hour. */
const FRESH = HOUR

/** Stretches that questions are asked about. */
export type AskedSegment = Exclude<SegmentName, 'arrival'>

const PAST = `SELECT symptom, model, from_at AS "from", ended_at AS "to" FROM order_pace INDEXED BY order_pace_lately
  WHERE segment = ? AND ended_at > ? AND ended_at <= ? ORDER BY ended_at DESC, order_id, from_at LIMIT ${MOST}`

/** Finished stretches as known at `now`, UTC ms, the latest first. */
export const readPast = (db: ReadableDb, segment: SegmentName, now: number): Past[] => all<Past>(db, PAST, segment, now - YEAR, now)

interface Learnt {
  readonly at: number
  readonly model: ChanceModel | null
}
const memories = new WeakMap<Database.Database, Map<string, Learnt>>()

/** What history teaches of a stretch; null: fewer than 30 have ended. Learnt anew every hour. */
export function modelOf(db: ReadableDb, segment: AskedSegment, limitMs: number, now: number): ChanceModel | null {
  let memory = memories.get(db.raw)
  if (!memory) memories.set(db.raw, (memory = new Map()))
  const key = `${segment} ${limitMs}`
  const known = memory.get(key)
  if (known && known.at <= now && now < known.at + FRESH) return known.model
  const model = learnChance(readPast(db, segment, now), { zone: readSetting(db, 'company.timeZone'), limitMs, until: now })
  memory.set(key, { at: now, model })
  return model
}

/** What the limit of a stretch usually is, ms: by METRICS for the customer's time, by today's policy for a stage. */
export function limitsOf(db: ReadableDb): (segment: AskedSegment) => number {
  const perceived = readSetting(db, 'perceived.limits')
  const policies = readState(db, 'slaPolicy', DEFAULT).state
  const timers = policies.current === 0 ? [] : slaOf({ load: (kind, id) => readState(db, kind, id) }).policy.timers
  const stage = (name: string): number | undefined => timers.find((timer) => timer.stage === name && timer.when !== 'untilFirstReply')?.levels[0]?.afterMs
  return (segment) => {
    const piece = RATED.find((each) => each === segment)
    if (piece) return perceived[piece]
    return stage(segment === 'frozen' ? 'partsLock' : segment) ?? perceived.execution
  }
}

/** How late engineers come to what they agreed, ms, the latest thousand; sorted. null: fewer than 30 came. */
export function readLateness(db: ReadableDb, now: number): readonly number[] | null {
  const late = all<{ late: number }>(
    db,
    `SELECT ended_at - from_at AS late FROM order_pace INDEXED BY order_pace_lately
     WHERE segment = 'arrival' AND ended_at > ? AND ended_at <= ? ORDER BY ended_at DESC LIMIT ${MOST}`,
    now - YEAR,
    now,
  ).map((row) => row.late)
  return late.length < FEWEST ? null : late.sort((a, b) => a - b)
}

/** The chance to come `margin` ms or more after the hour agreed. */
export function chanceOfDelay(lateness: readonly number[], margin: number): number {
  const over = lateness.filter((late) => late >= margin).length
  return (over + 0.5) / (lateness.length + 1)
}
