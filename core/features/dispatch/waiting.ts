import type { WaitingOrder } from '#shared/contract/dispatch.ts'
import type { Say } from '#shared/domain/dispatch/say.ts'
import type { Visit } from '#shared/domain/roster/types.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readVisits } from '../roster/visits.ts'
import { dueOf, machineOf, type OrderRow } from './orders.ts'
import { skillNames } from './words.ts'

const MINUTE = 60_000

/** Orders with what a visit of theirs asks, in the order given. */
export function waitingOf(db: ReadableDb, orders: readonly OrderRow[], now: number): WaitingOrder[] {
  const visits = new Map(readVisits(db, orders.map(({ id }) => id)).map((visit) => [visit.order, visit]))
  const names = skillNames(db)
  const due = dueOf(db)
  const holders = holdersOf(db)
  const befores = new Map(readBefore(db, orders).map((row) => [row.id, row]))
  return orders.flatMap((order): WaitingOrder[] => {
    const visit = visits.get(order.id)
    if (!visit) return []
    const before = visit.needs.after.flatMap((id) => befores.get(id) ?? [])
    return [
      {
        order: order.id,
        number: order.number,
        customer: order.customer === null ? null : { id: order.customer, name: order.customer_name ?? order.customer },
        machine: machineOf(order),
        symptom: order.symptom,
        priority: order.priority,
        stage: order.stage,
        place: visit.place && { lat: visit.place.lat, lon: visit.place.lon },
        skills: visit.skills.map(({ skill, level }) => ({ skill, name: names.get(skill) ?? skill, level })),
        durationMs: visit.minutes * MINUTE,
        crew: visit.needs.crew,
        windows: visit.needs.windows.map(({ from, to }) => ({ from, to })),
        after: before.map(({ id, number }) => ({ order: id, number })),
        dueAt: due(order),
        hindrances: hindrancesOf(order, visit, names, holders, before, now),
        head: order.head,
      },
    ]
  })
}

interface Before {
  readonly id: string
  readonly number: string
  /** It is open, and nobody has booked it. */
  readonly isOpen: number
}

const readBefore = (db: ReadableDb, orders: readonly OrderRow[]): Before[] =>
  all(
    db,
    `SELECT DISTINCT w.id, w.number, w.status = 'open' AND w.stage <> 'signoff'
       AND NOT EXISTS (SELECT 1 FROM engineer_slot AS s WHERE s.order_id = w.id) AS isOpen
     FROM json_each(?) AS asked JOIN visit_after AS v ON v.order_id = asked.value JOIN work_order AS w ON w.id = v.after_id`,
    JSON.stringify(orders.map(({ id }) => id)),
  )

/** The highest level at which anybody active holds a skill. */
function holdersOf(db: ReadableDb): ReadonlyMap<string, number> {
  const rows = all<{ skill: string; level: number }>(
    db,
    `SELECT s.skill, max(s.level) AS level FROM engineer_skill AS s JOIN user_account AS u ON u.id = s.engineer
     WHERE u.disabled = 0 GROUP BY s.skill`,
  )
  return new Map(rows.map(({ skill, level }) => [skill, level]))
}

function hindrancesOf(
  { frozen }: OrderRow,
  visit: Visit,
  names: ReadonlyMap<string, string>,
  holders: ReadonlyMap<string, number>,
  before: readonly Before[],
  now: number,
): Say[] {
  const says: Say[] = []
  const say = (code: Say['code'], params: Say['params'] = {}): void => void says.push({ code, params, against: true })
  if (frozen === 1) say('frozen')
  for (const { skill, level } of visit.skills) {
    const has = holders.get(skill) ?? 0
    if (has < level) say('notQualified', { skill: names.get(skill) ?? skill, level, has })
  }
  for (const skill of visit.unknownSkills) say('unknownSkill', { skill })
  for (const { number, isOpen } of before) if (isOpen) say('predecessorUnbooked', { number })
  const { windows } = visit.needs
  if (windows.length > 0 && windows.every(({ to }) => to <= now)) say('windowPassed')
  if (!visit.place) say('placeUnknown')
  return says
}
