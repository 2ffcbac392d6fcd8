import { NONE, type BoardFilter, type LaneBy } from '#shared/contract/board.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { ALL, pairOf, pairValue } from '../workOrder/boardCount.ts'
import { conditionsOf, valuesOf, type Found } from './filter.ts'

export interface Counts {
  readonly open: number
  readonly breached: number
  readonly frozen: number
}
export type ColumnCounts = ReadonlyMap<StageId, Counts>

interface Row extends Counts {
  readonly stage: StageId
  readonly both: number
}

const NOTHING: Counts = { open: 0, breached: 0, frozen: 0 }
export const countsAt = (counts: ColumnCounts | undefined, stage: StageId): Counts => counts?.get(stage) ?? NOTHING

const LIVE = 'SELECT stage, open, breached, frozen, frozen_breached AS both FROM board_count'
const SUMS = `count(*) AS open, coalesce(sum(w.breached), 0) AS breached, coalesce(sum(w.frozen), 0) AS frozen,
  coalesce(sum(w.breached AND w.frozen), 0) AS both`

/**
 * Every column's counts under a filter. Those under none, one or two values are kept live and only looked up; under
 * more, or a text, the orders that match are counted along the index of the fewest.
 */
export function countColumns(db: ReadableDb, filter: BoardFilter, found: Found): ColumnCounts {
  if (found.tooMany) return new Map()
  const chosen = valuesOf(filter)
  const [first, second] = chosen
  if (found.ids || chosen.length > 2) {
    const { where, params } = conditionsOf(db, filter, found)
    return collect(all<Row>(db, `SELECT w.stage, ${SUMS} FROM work_order AS w WHERE ${where} GROUP BY w.stage`, ...params), filter)
  }
  const key = !first ? [ALL, ''] : !second ? first : [pairOf(first[0], second[0]), pairValue(...first, ...second)]
  return collect(all<Row>(db, `${LIVE} WHERE dimension = ? AND value = ?`, ...key), filter)
}

/** The lanes that hold orders under the filter, with their counts by column. */
export function countLanes(db: ReadableDb, by: LaneBy, filter: BoardFilter, found: Found): Map<string, ColumnCounts> {
  const lanes = new Map<string, Row[]>()
  if (!found.tooMany) {
    for (const row of laneRows(db, by, filter, found)) {
      const lane = lanes.get(row.lane)
      if (lane) lane.push(row)
      else lanes.set(row.lane, [row])
    }
  }
  const counted = [...lanes].map(([lane, rows]) => [lane, collect(rows, filter)] as const)
  return new Map(counted.filter(([, columns]) => [...columns.values()].some(({ open }) => open > 0)))
}

type LaneRow = Row & { readonly lane: string }

function laneRows(db: ReadableDb, by: LaneBy, filter: BoardFilter, found: Found): LaneRow[] {
  const { [by]: own, ...others } = filter
  const chosen = valuesOf(others)
  if (found.ids || chosen.length > 1) {
    const { where, params } = conditionsOf(db, filter, found)
    const lane = `coalesce(w.${by}, '${NONE}')`
    return all<LaneRow>(db, `SELECT ${lane} AS lane, w.stage, ${SUMS} FROM work_order AS w WHERE ${where} GROUP BY 1, 2`, ...params)
  }
  const [other] = chosen
  if (own !== undefined) {
    return [...rawRows(db, by, own, other)].map((row) => ({ ...row, lane: own }))
  }
  if (!other) {
    return all<LaneRow>(db, `SELECT value AS lane, stage, open, breached, frozen, frozen_breached AS both FROM board_count WHERE dimension = ?`, by)
  }
  return lanesOf(db, by).flatMap((lane) => rawRows(db, by, lane, other).map((row) => ({ ...row, lane })))
}

const rawRows = (db: ReadableDb, by: LaneBy, lane: string, other: readonly [LaneBy, string] | undefined): Row[] =>
  all<Row>(
    db,
    `${LIVE} WHERE dimension = ? AND value = ?`,
    ...(other ? [pairOf(by, other[0]), pairValue(by, lane, ...other)] : [by, lane]),
  )

const lanesOf = (db: ReadableDb, by: LaneBy): string[] =>
  all<{ value: string }>(db, 'SELECT DISTINCT value FROM board_count WHERE dimension = ?', by).map(({ value }) => value)

/** Under one of the marks, the orders that bear it are all that is open. */
function collect(rows: readonly Row[], { breached, frozen }: BoardFilter): ColumnCounts {
  const counts = new Map<StageId, Counts>()
  for (const row of rows) {
    if (breached && frozen) counts.set(row.stage, { open: row.both, breached: row.both, frozen: row.both })
    else if (breached) counts.set(row.stage, { open: row.breached, breached: row.breached, frozen: row.both })
    else if (frozen) counts.set(row.stage, { open: row.frozen, breached: row.both, frozen: row.frozen })
    else counts.set(row.stage, { open: row.open, breached: row.breached, frozen: row.frozen })
  }
  return counts
}

const NAMES: Partial<Record<LaneBy, string>> = {
  owner: 'SELECT display_name AS name FROM user_account WHERE id = ?',
  engineer: 'SELECT display_name AS name FROM user_account WHERE id = ?',
  customer: 'SELECT name FROM customer WHERE id = ?',
  provider: 'SELECT name FROM service_provider WHERE id = ?',
}

/** The name of who or what a lane is of; a priority and none at all are named by the screen. */
export function laneName(db: ReadableDb, by: LaneBy, value: string): string {
  const select = NAMES[by]
  if (!select || value === NONE) return ''
  return one<{ name: string }>(db, select, value)?.name ?? value
}
