import type { BoardFilter, Card } from '#shared/contract/board.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import type { Dimension } from '../workOrder/boardCount.ts'
import { NEVER } from '../workOrder/row.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { readCards } from './cards.ts'

export interface Column {
  stage: StageId
  open: number
  breached: number
  frozen: number
  cards: Card[]
  next: string | null
}

/** A column's counts and its cards after a place, most urgent first. */
export function readColumn(
  db: ReadableDb,
  stage: StageId,
  filter: BoardFilter,
  limit: number,
  after?: string,
): Column {
  const { where, params } = conditions(stage, filter)
  const place = after === undefined ? undefined : parsePlace(after)
  const cards = readCards(
    db,
    `WHERE ${where} ${place ? 'AND (w.urgency, w.entered_at, w.id) > (?, ?, ?)' : ''}
     ORDER BY w.urgency, w.entered_at, w.id LIMIT ?`,
    ...params,
    ...(place ?? []),
    limit + 1,
  )
  const more = cards.length > limit
  if (more) cards.pop()
  const last = cards[cards.length - 1]
  return { stage, ...readCounts(db, stage, filter), cards, next: more && last ? placeOf(last) : null }
}

const placeOf = (card: Card): string => `${card.dueAt ?? NEVER}.${card.enteredAt}.${card.id}`

/** The contract's schema has checked the form. */
function parsePlace(place: string): [number, number, string] {
  const [urgency = '', enteredAt = '', ...id] = place.split('.')
  return [Number(urgency), Number(enteredAt), id.join('.')]
}

interface Counts {
  open: number
  breached: number
  frozen: number
}

/** One filter is kept live; of several, the orders that match are counted along an index. */
function readCounts(db: ReadableDb, stage: StageId, filter: BoardFilter): Counts {
  const [first, second] = dimensions(filter)
  const none = { open: 0, breached: 0, frozen: 0 }
  if (!second) {
    const [dimension, value] = first ?? (['all', ''] as const)
    return (
      one<Counts>(
        db,
        'SELECT open, breached, frozen FROM board_count WHERE dimension = ? AND value = ? AND stage = ?',
        dimension,
        value,
        stage,
      ) ?? none
    )
  }
  const { where, params } = conditions(stage, filter)
  return (
    one<Counts>(
      db,
      `SELECT count(*) AS open, coalesce(sum(breached), 0) AS breached, coalesce(sum(frozen), 0) AS frozen
       FROM work_order AS w WHERE ${where}`,
      ...params,
    ) ?? none
  )
}

/** The most choosing first: its index is used. */
function dimensions(filter: BoardFilter): (readonly [Dimension, string])[] {
  const chosen: (readonly [Dimension, string])[] = []
  if (filter.customer !== undefined) chosen.push(['customer', filter.customer])
  if (filter.owner !== undefined) chosen.push(['owner', filter.owner])
  if (filter.priority !== undefined) chosen.push(['priority', filter.priority])
  return chosen
}

/** The first condition picks the index; a unary plus keeps the planner from choosing another. */
function conditions(stage: StageId, filter: BoardFilter): { where: string; params: string[] } {
  const chosen = dimensions(filter)
  const texts = chosen.map(([dimension], index) => `${index === 0 ? '' : '+'}w.${dimension} = ?`)
  return {
    where: ["w.status = 'open'", 'w.stage = ?', ...texts].join(' AND '),
    params: [stage, ...chosen.map(([, value]) => value)],
  }
}
