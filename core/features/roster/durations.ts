import type { LearntDuration } from '#shared/domain/roster/types.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

/** So many alike are enough to learn from, the newest of them. */
const FEWEST = 5
const NEWEST = 200
/** Minutes, until anything is known. */
const UNKNOWN: LearntDuration = { medianMin: 120, p80Min: 180, count: 0, basis: 'default' }

const LEVELS = [
  {
    basis: 'symptomAndModel',
    select: 'SELECT minutes FROM visit_duration WHERE symptom = :symptom AND model = :model ORDER BY ended_at DESC LIMIT :most',
  },
  { basis: 'symptom', select: 'SELECT minutes FROM visit_duration WHERE symptom = :symptom ORDER BY ended_at DESC LIMIT :most' },
  { basis: 'all', select: 'SELECT minutes FROM visit_duration ORDER BY ended_at DESC LIMIT :most' },
] as const

/** Each pair of symptom and model is looked up once: ask for a new one where history may have gone on. */
export function durationsOf(db: ReadableDb): (symptom: string, model: string) => LearntDuration {
  const known = new Map<string, LearntDuration>()
  return (symptom, model) => {
    const key = `${symptom}\n${model}`
    let learnt = known.get(key)
    if (!learnt) known.set(key, (learnt = learn(db, symptom, model)))
    return learnt
  }
}

function learn(db: ReadableDb, symptom: string, model: string): LearntDuration {
  for (const { basis, select } of LEVELS) {
    const params = { most: NEWEST, ...(basis !== 'all' && { symptom }), ...(basis === 'symptomAndModel' && { model }) }
    const minutes = all<{ minutes: number }>(db, select, params).map((row) => row.minutes)
    if (minutes.length < FEWEST) continue
    minutes.sort((a, b) => a - b)
    return { medianMin: median(minutes), p80Min: rank(minutes, 0.8), count: minutes.length, basis }
  }
  return UNKNOWN
}

/** Nearest rank: the smallest value that so large a share does not exceed. */
const rank = (sorted: readonly number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0

function median(sorted: readonly number[]): number {
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[half - 1] ?? 0) + upper) / 2)
}
