import { NONE } from '#shared/contract/board.ts'
import type { PromiseFilter } from '#shared/contract/promise.ts'
import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'
import { readSetting } from '../setting/read.ts'
import { NEVER } from '../workOrder/row.ts'

/** When the day of an instant ends in the time zone of the company; UTC ms. */
export function endOfDay(db: ReadableDb, now: number): number {
  const zone = readSetting(db, 'company.timeZone')
  return startOf(dayOf(now, zone) + 1, zone)
}

/** UTC ms. */
interface Times {
  readonly now: number
  readonly dayEnds: number
}

/** Open orders by when their promise breaks, broken ones first. */
export function readPromises(db: ReadableDb, filter: PromiseFilter, times: Times, limit: number, after: string | undefined) {
  const where = ["w.status = 'open'"]
  const params: (string | number)[] = []
  const also = (condition: string, ...values: readonly (string | number)[]): void => {
    where.push(condition)
    params.push(...values)
  }
  const index = indexOf(filter)
  if (filter.owner === NONE) also('w.owner IS NULL')
  else if (filter.owner !== undefined) also('w.owner = ?', filter.owner)
  if (filter.waitsOn !== undefined) also('w.waits_on = ?', filter.waitsOn)
  if (filter.offeredTo !== undefined) also('w.handover_to = ?', filter.offeredTo)
  const [from, to] = spanOf(filter, times)
  also('w.promise_order >= ?', from)
  also('w.promise_order < ?', to)
  const place = readPlace(after, 2)
  if (place) also('(w.promise_order, w.id) > (?, ?)', ...place)
  const rows = all<{ id: string; at: number }>(
    db,
    `SELECT w.id, w.promise_order AS at FROM work_order AS w INDEXED BY ${index}
     WHERE ${where.join(' AND ')} ORDER BY w.promise_order, w.id LIMIT ?`,
    ...params,
    limit + 1,
  )
  const page = pageOf(rows, limit, ({ at, id }) => placeOf(at, id))
  const ids = page.rows.map(({ id }) => id)
  const cards = new Map(
    readCards(db, 'WHERE w.id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)).map((card) => [card.id, card]),
  )
  return { promises: ids.flatMap((id) => cards.get(id) ?? []), next: page.next }
}

/** The index of the narrowest part of the filter; each is in the order of the promises. */
function indexOf({ owner, waitsOn, offeredTo }: PromiseFilter): string {
  if (offeredTo !== undefined) return 'work_order_offered'
  if (owner !== undefined) return 'work_order_promise_owner'
  return waitsOn === undefined ? 'work_order_promise' : 'work_order_promise_party'
}

/** A promise is broken at the instant that it names. */
function spanOf({ due }: PromiseFilter, { now, dayEnds }: Times): [from: number, to: number] {
  switch (due) {
    case 'broken':
      return [0, now + 1]
    case 'today':
      return [now + 1, dayEnds]
    case 'later':
      return [dayEnds, NEVER]
    case 'none':
      return [NEVER, NEVER + 1]
    case undefined:
      return [0, NEVER + 1]
  }
}
