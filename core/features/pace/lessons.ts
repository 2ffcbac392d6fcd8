import type { Lesson, Lessons } from '#shared/domain/pace/expect.ts'
import type { SegmentName } from '#shared/domain/pace/segments.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

/** What was longer ago teaches little about today. */
const YEAR = 366 * 86_400_000
const MOST = 2000

const OF_CLOSED = 'rest_ms IS NOT NULL AND'
const COLUMNS = 'ended_at - from_at AS length, rest_ms AS rest'

export interface Asked {
  readonly segment: SegmentName
  readonly symptom: string
  readonly model: string
}

/** Stretches that had ended, of orders that had closed, in the year before `now`; the latest 2000 of each likeness. */
export function readLessons(db: ReadableDb, { segment, symptom, model }: Asked, now: number): Lessons {
  const from = now - YEAR
  const known = `${OF_CLOSED} ended_at >= ? AND from_at + rest_ms <= ?`
  const alike = all<Lesson>(
    db,
    `SELECT ${COLUMNS} FROM order_pace WHERE segment = ? AND symptom = ? AND model = ? AND ${known}
     ORDER BY ended_at DESC LIMIT ${MOST}`,
    segment,
    symptom,
    model,
    from,
    now,
  )
  const symptomAlike = all<Lesson>(
    db,
    `SELECT ${COLUMNS} FROM order_pace WHERE segment = ? AND symptom = ? AND ${known} LIMIT ${MOST}`,
    segment,
    symptom,
    from,
    now,
  )
  return {
    symptomAndModel: symptom === '' || model === '' ? [] : alike,
    symptom: symptom === '' ? [] : symptomAlike,
    all: all<Lesson>(
      db,
      `SELECT ${COLUMNS} FROM order_pace INDEXED BY order_pace_lately WHERE segment = ? AND ${known}
       ORDER BY ended_at DESC LIMIT ${MOST}`,
      segment,
      from,
      now,
    ),
  }
}
