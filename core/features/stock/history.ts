import type { StockMovement } from '#shared/contract/stock.ts'
import type { StockEvent } from '#shared/domain/stock/fold.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import { readSubjectBackwards } from '../../store/eventLog.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'

/** What moved on a shelf, newest first, read backwards along the log: a busy part has years of it. */
export function readMovements(
  db: ReadableDb,
  stock: string,
  limit: number,
  after: string | undefined,
): { movements: StockMovement[]; next: string | null } {
  const [hlc, origin, seq] = readPlace(after, 'movements', ['number', 'text', 'number']) ?? []
  const before =
    hlc !== undefined && origin !== undefined && seq !== undefined ? { hlc, origin, seq } : undefined
  const events = readSubjectBackwards(db, `stock:${stock}`, limit + 1, before)
  const { rows, next } = pageOf(events, limit, (last) => placeOf('movements', last.hlc, last.origin, last.seq))
  const person = peopleOf(db)
  const movements = rows.map((stored): StockMovement => {
    const event = stored as StockEvent
    const { moved, quantity, order, note } = movementOf(event)
    return {
      event: event.id,
      type: event.type,
      at: event.at,
      actor: { ...person(event.actor.id), kind: event.actor.kind },
      moved,
      quantity,
      order: order === null ? null : { id: order, number: numberOf(db, order) },
      note,
    }
  })
  return { movements, next }
}

interface Moved {
  moved: number | null
  quantity: number | null
  order: string | null
  note: string | null
}
const NONE: Moved = { moved: null, quantity: null, order: null, note: null }

function movementOf(event: StockEvent): Moved {
  switch (event.type) {
    case 'stockReceived':
      return { ...NONE, moved: event.data.quantity, note: event.data.document ?? null }
    case 'stockCounted':
      return { ...NONE, moved: event.data.new - event.data.old, quantity: event.data.new, note: event.data.reason }
    case 'partReserved':
      return { ...NONE, quantity: event.data.quantity, order: event.data.order }
    case 'reservationReleased':
      return { ...NONE, order: event.data.order, note: event.data.reason }
    case 'partIssued':
      return { ...NONE, moved: -event.data.quantity, order: event.data.order }
    case 'partDescribed':
      return { ...NONE, note: event.data.name }
    default:
      return NONE
  }
}

const numberOf = (db: ReadableDb, order: string): string =>
  one<{ number: string }>(db, 'SELECT number FROM work_order WHERE id = ?', order)?.number ?? order
