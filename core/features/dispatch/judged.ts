import type { VisitConflict } from '#shared/contract/dispatchWords.ts'
import type { TravelMs } from '#shared/domain/dispatch/travel.ts'
import { judgeBooking, type Neighbour } from '#shared/domain/roster/judge.ts'
import type { EngineerRoster, Span, Visit } from '#shared/domain/roster/types.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { placeOfOrder } from '../roster/visits.ts'
import { conflictWords } from './words.ts'

interface Link {
  readonly order: string
  readonly after: string
}
interface Other {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly stage: string
  readonly from_at: number | null
  readonly to_at: number | null
}

const LINKS = `
  SELECT order_id AS "order", after_id AS after FROM visit_after
  WHERE order_id IN (SELECT value FROM json_each(:ids)) OR after_id IN (SELECT value FROM json_each(:ids))`
const OTHERS = `
  SELECT w.id, w.number, w.status, w.stage, max(s.from_at) AS from_at, max(s.to_at) AS to_at
  FROM json_each(?) AS asked JOIN work_order AS w ON w.id = asked.value LEFT JOIN engineer_slot AS s ON s.order_id = w.id
  GROUP BY w.id`

interface World {
  readonly visits: ReadonlyMap<string, Visit>
  readonly rosters: ReadonlyMap<string, EngineerRoster>
  readonly names: ReadonlyMap<string, string>
  readonly travel: TravelMs
  readonly zone: string
  /** UTC ms. */
  readonly now: number
}

/** Judges many appointments by what was read once: what is not right with each of them as it stands. */
export function judgeAll(db: ReadableDb, world: World): (order: string, engineers: readonly string[], span: Span) => VisitConflict[] {
  const { visits, rosters, names, travel, zone, now } = world
  const links = all<Link>(db, LINKS, { ids: JSON.stringify([...visits.keys()]) })
  const ids = [...new Set(links.flatMap(({ order, after }) => [order, after]))]
  const others = new Map(all<Other>(db, OTHERS, JSON.stringify(ids)).map((row) => [row.id, row]))
  const before = grouped(links, 'order')
  const after = grouped(links, 'after')
  const neighbour = (id: string): Neighbour[] => {
    const other = others.get(id)
    if (!other) return []
    const { number, status, stage, from_at, to_at } = other
    const booked = from_at === null || to_at === null ? null : { from: from_at, to: to_at }
    return [{ order: id, number, booked, done: status !== 'open' || stage === 'signoff' }]
  }
  // What is not shown, such as the visit of a night shift the day before, is looked up where it matters.
  const numberOf = (id: string): string | undefined => one<{ number: string }>(db, 'SELECT number FROM work_order WHERE id = ?', id)?.number
  return (order, engineers, span) => {
    const visit = visits.get(order)
    if (!visit) return []
    const verdict = judgeBooking(
      {
        visit,
        engineers: engineers.flatMap((engineer) => rosters.get(engineer) ?? []),
        before: (before.get(order) ?? []).flatMap((link) => neighbour(link.after)),
        after: (after.get(order) ?? []).flatMap((link) => neighbour(link.order)).filter(({ booked }) => booked !== null && booked.to > now),
        numberOf: (id) => visits.get(id)?.number ?? numberOf(id),
        placeOf: (id) => (visits.get(id) ?? { place: placeOfOrder(db, id) }).place,
        travelMs: (from, to) => travel(from, to) ?? 0,
        zone,
      },
      span,
    )
    return conflictWords(verdict, names)
  }
}

function grouped(links: readonly Link[], by: keyof Link): ReadonlyMap<string, Link[]> {
  const groups = new Map<string, Link[]>()
  for (const link of links) groups.set(link[by], [...(groups.get(link[by]) ?? []), link])
  return groups
}
