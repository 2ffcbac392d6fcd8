import { NONE } from '#shared/contract/board.ts'
import { countPromises, listPromises, type OwnerPromises, type PromiseFilter } from '#shared/contract/promise.ts'
import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { PARTIES, type Party } from '#shared/domain/workOrder/stages.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'
import { peopleOf } from '../people.ts'
import { readSetting } from '../setting/read.ts'
import { NEVER } from '../workOrder/row.ts'
import { promiseCommands } from './commands.ts'

/** Who promised what by when: the open orders along the index of their promises, never a scan. */
export const promise: Feature = {
  name: 'promise',
  commands: promiseCommands,
  queries: [
    query(listPromises, ({ filter, after, limit }, { db, now }) => {
      const dayEnds = endOfDay(db, now)
      return { now, dayEnds, ...readPromises(db, filter, { now, dayEnds }, limit, after) }
    }),
    query(countPromises, (_input, { db, now }) => {
      const dayEnds = endOfDay(db, now)
      const owners = countOwners(db, now, dayEnds)
      const sum = (of: 'open' | 'broken' | 'today'): number => owners.reduce((total, owner) => total + owner[of], 0)
      const brokenBy = Object.fromEntries(PARTIES.map((party) => [party, brokenOf(db, party, now)])) as Record<Party, number>
      return { now, dayEnds, open: sum('open'), broken: sum('broken'), today: sum('today'), brokenBy, owners }
    }),
  ],
  projections: [],
}

/** When the day of an instant ends in the time zone of the company; UTC ms. */
function endOfDay(db: ReadableDb, now: number): number {
  const zone = readSetting(db, 'company.timeZone')
  return startOf(dayOf(now, zone) + 1, zone)
}

interface Times {
  readonly now: number
  readonly dayEnds: number
}

function readPromises(db: ReadableDb, filter: PromiseFilter, times: Times, limit: number, after: string | undefined) {
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

const BETWEEN = `SELECT count(*) AS n FROM work_order INDEXED BY work_order_promise_owner
  WHERE status = 'open' AND owner IS ? AND promise_order > ? AND promise_order < ?`

/** Open orders by owner are counted live; what is broken of them is one range of an index each. */
function countOwners(db: ReadableDb, now: number, dayEnds: number): OwnerPromises[] {
  const person = peopleOf(db)
  const open = all<{ value: string; open: number }>(
    db,
    "SELECT value, sum(open) AS open FROM board_count WHERE dimension = 'owner' GROUP BY value",
  )
  const count = (owner: string | null, from: number, to: number): number => one<{ n: number }>(db, BETWEEN, owner, from, to)?.n ?? 0
  return open
    .map(({ value, open: all }) => {
      const owner = value === NONE ? null : value
      const today = count(owner, now, dayEnds)
      return { owner: owner === null ? null : { ...person(owner) }, open: all, broken: count(owner, -1, now + 1), today }
    })
    .sort((a, b) => b.broken - a.broken || b.open - a.open || ((a.owner?.id ?? '') < (b.owner?.id ?? '') ? -1 : 1))
}

const brokenOf = (db: ReadableDb, party: Party, now: number): number =>
  one<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM work_order INDEXED BY work_order_promise_party
     WHERE status = 'open' AND waits_on = ? AND promise_order <= ?`,
    party,
    now,
  )?.n ?? 0
