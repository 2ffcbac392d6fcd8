import { boardColumn, boardCounts, boardPage, NONE, type BoardFilter, type LaneBy } from '#shared/contract/board.ts'
import { PRIORITIES, STAGES } from '#shared/domain/workOrder/stages.ts'
import { query } from '../../kernel/feature.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { askBoard, readColumn } from './columns.ts'
import { countLanes, countsAt, laneName, type ColumnCounts } from './counts.ts'
import type { Found } from './filter.ts'

export const boardQueries = [
  query(boardPage, ({ filter, perColumn }, { db, now }) => {
    const asked = askBoard(db, filter)
    return { now, columns: STAGES.map((stage) => readColumn(db, stage, asked, perColumn)), tooMany: asked.found.tooMany }
  }),
  query(boardColumn, ({ stage, filter, after, limit }, { db, now }) => ({
    now,
    column: readColumn(db, stage, askBoard(db, filter), limit, after),
  })),
  query(boardCounts, ({ filter, by, lanes }, { db, now }) => {
    const { found, counts, whole } = askBoard(db, filter)
    const all = by === null ? [] : lanesBy(db, by, filter, found)
    return {
      now,
      columns: STAGES.map((stage) => ({ stage, ...countsAt(counts, stage), whole: countsAt(whole, stage).open })),
      lanes: all.slice(0, lanes).map(({ value, columns }) => ({
        value,
        name: laneName(db, by as LaneBy, value),
        columns: STAGES.map((stage) => ({ stage, ...countsAt(columns, stage) })),
      })),
      laneCount: all.length,
      tooMany: found.tooMany,
    }
  }),
]

interface Lane {
  readonly value: string
  readonly columns: ColumnCounts
  readonly breached: number
  readonly open: number
}

/** Priorities from the highest; else those with most broken promises first, then the fullest. Orders without one come last. */
function lanesBy(db: ReadableDb, by: LaneBy, filter: BoardFilter, found: Found): Lane[] {
  const lanes = [...countLanes(db, by, filter, found)].map(([value, columns]) => {
    const counts = [...columns.values()]
    const sum = (count: 'open' | 'breached'): number => counts.reduce((total, each) => total + each[count], 0)
    return { value, columns, breached: sum('breached'), open: sum('open') }
  })
  const rank = (value: string): number => PRIORITIES.findIndex((priority) => priority === value)
  return lanes.sort((a, b) =>
    by === 'priority'
      ? rank(b.value) - rank(a.value)
      : Number(a.value === NONE) - Number(b.value === NONE) ||
        b.breached - a.breached ||
        b.open - a.open ||
        (a.value < b.value ? -1 : 1),
  )
}
