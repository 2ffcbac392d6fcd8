import { NONE } from '#shared/contract/board.ts'
import { countPromises, listPromises, type OwnerPromises } from '#shared/contract/promise.ts'
import { PARTIES, type Party } from '#shared/domain/workOrder/stages.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { promiseCommands } from './commands.ts'
import { endOfDay, readPromises } from './list.ts'

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
