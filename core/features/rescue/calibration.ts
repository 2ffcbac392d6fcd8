import type { OutputOf } from '#shared/contract/define.ts'
import type { rescueCalibration } from '#shared/contract/rescue.ts'
import { replayChance } from '#shared/domain/chance/calibration.ts'
import { FEWEST } from '#shared/domain/pace/expect.ts'
import { SEGMENTS } from '#shared/domain/pace/segments.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'
import { chanceOfDelay, limitsOf, readPast } from './models.ts'
import { shareSolvedRemotely } from './moves.ts'

type Answer = OutputOf<typeof rescueCalibration>

const MINUTE = 60_000
/** What of history is kept apart: the model does not see it. */
const HELD_OUT = 0.25
/** An engineer sent with so much time left. */
const MARGINS = [-10, 0, 10, 20, 30].map((n) => n * MINUTE)
const ASKED = SEGMENTS.filter((segment) => segment !== 'arrival')

/** Replays the latest quarter of what had ended by `now`, UTC ms. Gives others their turn between kinds. */
export async function readCalibration(db: ReadableDb, now: number): Promise<Omit<Answer, 'now'>> {
  const zone = readSetting(db, 'company.timeZone')
  const limits = limitsOf(db)
  const segments: Answer['segments'] = []
  for (const segment of ASKED) {
    await new Promise((resolve) => setImmediate(resolve))
    const past = readPast(db, segment, now)
    const cut = cutOf(past.map(({ from }) => from))
    const found = cut === null ? null : replayChance(past, { zone, limitMs: limits(segment), until: now }, cut)
    segments.push({ segment, past: past.length, calibration: found && { ...found, bins: [...found.bins] } })
  }
  return { segments, moves: [replayRemote(db, now), replayVisits(db, now)].filter((replay) => replay !== null) }
}

function cutOf(begins: readonly number[]): number | null {
  const sorted = begins.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * (1 - HELD_OUT))] ?? null
}

type Replay = Answer['moves'][number]

/** Orders of the quarter at the end of their diagnosis: how many were not solved from afar, said and seen. */
function replayRemote(db: ReadableDb, now: number): Replay | null {
  const solved = all<{ symptom: string; at: number; remote: number }>(
    db,
    `SELECT symptom, ended_at AS at, remote FROM order_pace INDEXED BY order_pace_lately
     WHERE segment = 'signoff' AND rest_ms IS NOT NULL AND ended_at <= ? ORDER BY ended_at DESC LIMIT 1000`,
    now,
  )
  const cut = cutOf(solved.map(({ at }) => at))
  if (cut === null || solved.length < 2 * FEWEST) return null
  const held = solved.filter(({ at }) => at >= cut)
  const shares = new Map<string, number>()
  for (const { symptom } of held) if (!shares.has(symptom)) shares.set(symptom, shareSolvedRemotely(db, symptom, cut - 1))
  return {
    kind: 'remoteFix',
    made: held.length,
    given: mean(held.map(({ symptom }) => 1 - (shares.get(symptom) ?? 0))),
    came: mean(held.map(({ remote }) => 1 - remote)),
  }
}

/** Visits of the quarter: how often an engineer was said to come too late for several margins, and how often one did. */
function replayVisits(db: ReadableDb, now: number): Replay | null {
  const visits = readPast(db, 'arrival', now).map(({ from, to }) => ({ from, late: to - from }))
  const cut = cutOf(visits.map(({ from }) => from))
  const known = visits.filter(({ from }) => cut !== null && from < cut).map(({ late }) => late)
  const held = visits.filter(({ from }) => cut !== null && from >= cut)
  if (known.length < FEWEST || held.length === 0) return null
  return {
    kind: 'otherEngineer',
    made: held.length,
    given: mean(MARGINS.map((margin) => chanceOfDelay(known, margin))),
    came: mean(MARGINS.flatMap((margin) => held.map(({ late }) => (late >= margin ? 1 : 0)))),
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
