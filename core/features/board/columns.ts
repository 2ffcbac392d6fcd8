import type { BoardFilter, Card } from '#shared/contract/board.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { NEVER } from '../workOrder/row.ts'
import { readCards } from './cards.ts'
import { countColumns, countsAt, type ColumnCounts } from './counts.ts'
import { conditionsOf, findText, NOTHING_SOUGHT, type Found } from './filter.ts'

export interface Column {
  stage: StageId
  open: number
  breached: number
  frozen: number
  whole: number
  cards: Card[]
  next: string | null
}

/** The filter of one question: its text is looked up and its columns are counted once. */
export interface Asked {
  readonly filter: BoardFilter
  readonly found: Found
  readonly counts: ColumnCounts
  /** Under no filter at all. */
  readonly whole: ColumnCounts
}
export function askBoard(db: ReadableDb, filter: BoardFilter): Asked {
  const found = findText(db, filter)
  return { filter, found, counts: countColumns(db, filter, found), whole: countColumns(db, {}, NOTHING_SOUGHT) }
}

/** A column's counts and its cards after a place, most urgent first. */
export function readColumn(db: ReadableDb, stage: StageId, { filter, found, counts, whole }: Asked, limit: number, after?: string): Column {
  const { where, params } = conditionsOf(db, filter, found, stage)
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
  return { stage, ...countsAt(counts, stage), whole: countsAt(whole, stage).open, cards, next: more && last ? placeOf(last) : null }
}

const placeOf = (card: Card): string => `${card.dueAt ?? NEVER}.${card.enteredAt}.${card.id}`

/** The contract's schema has checked the form. */
function parsePlace(place: string): [number, number, string] {
  const [urgency = '', enteredAt = '', ...id] = place.split('.')
  return [Number(urgency), Number(enteredAt), id.join('.')]
}
