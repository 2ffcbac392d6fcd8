import type { DispatchEngineer, Visit as ShownVisit } from '#shared/contract/dispatch.ts'
import { paidMs } from '#shared/domain/dispatch/figures.ts'
import { lunchesOf } from '#shared/domain/dispatch/lunch.ts'
import { routesOf } from '#shared/domain/dispatch/routes.ts'
import type { Say } from '#shared/domain/dispatch/say.ts'
import { endOf } from '#shared/domain/roster/judge.ts'
import { overlaps } from '#shared/domain/roster/rotation.ts'
import type { EngineerRoster, Span, Visit } from '#shared/domain/roster/types.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { travelPort } from '../../connectors/travel/index.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { readVisits } from '../roster/visits.ts'
import { readSetting } from '../setting/read.ts'
import { judgeAll } from './judged.ts'
import { dueOf, leadFirst, machineOf, readOrders, type OrderRow } from './orders.ts'
import { skillNames } from './words.ts'

const DAY = 86_400_000

interface Asked {
  readonly span: Span
  readonly text: string
  readonly engineers?: readonly string[] | undefined
  /** Ways between visits are reckoned for a day, not for a week. */
  readonly ways: boolean
}

interface Panel {
  readonly zone: string
  readonly engineers: DispatchEngineer[]
  readonly visits: ShownVisit[]
}

/** Engineers with all that they do in a span, and the visits themselves. A crew's visit stands once, with all who come. */
export function readPanel(db: ReadableDb, now: number, { span, text, engineers: only, ways }: Asked): Panel {
  const zone = readSetting(db, 'company.timeZone')
  const names = skillNames(db)
  const everyone = rosterPort.read(db, { from: span.from - DAY, to: span.to + DAY }, only && withCrews(db, only, span))
  const asked = everyone.filter((roster) => (only?.includes(roster.engineer) ?? true) && (text === '' || isMeant(roster, names, text)))
  const slots = slotsOf(everyone, asked, span)
  const ids = [...new Set([...slots.values()].map(({ order }) => order))]
  const orders = readOrders(db, ids)
  const needs = new Map(readVisits(db, ids).map((visit) => [visit.order, visit]))
  const travel = travelPort.open(db)
  const rosters = new Map(everyone.map((roster) => [roster.engineer, roster]))
  const judge = judgeAll(db, { visits: needs, rosters, names, travel, zone, now })
  const known = peopleOf(db)
  const person = (id: string): { id: string; name: string } => ({ id, name: rosters.get(id)?.name ?? known(id).name })
  const due = dueOf(db)
  const visits = [...slots.values()].flatMap((slot): ShownVisit[] => {
    const order = orders.get(slot.order)
    const visit = needs.get(slot.order)
    if (!order || !visit) return []
    const engineers = leadFirst(order, slot.engineers)
    const conflicts = order.status === 'open' && slot.to > now ? judge(slot.order, engineers, slot) : []
    return [{ ...shownVisit(order, visit, slot, names, now), engineers: engineers.map(person), dueAt: due(order), conflicts }]
  })
  const visitsOf = new Map<string, ShownVisit[]>()
  for (const visit of visits) for (const { id } of visit.engineers) visitsOf.set(id, [...(visitsOf.get(id) ?? []), visit])
  const lost = lostShifts(db, span)
  const engineers = asked.map((roster): DispatchEngineer => {
    const own = visitsOf.get(roster.engineer) ?? []
    const shifts = roster.shifts.filter((shift) => overlaps(shift, span))
    const stops = own.map((visit) => ({ id: visit.id, from: visit.from, to: visit.to, place: visit.place }))
    const routes = routesOf({ shifts, home: ways ? roster.home : null }, stops, ways ? travel : () => null)
    const sum = (part: 'workMs' | 'travelMs' | 'overtimeMs'): number => routes.reduce((total, route) => total + route[part], 0)
    return {
      id: roster.engineer,
      name: roster.name,
      territory: roster.territory?.name ?? '',
      base: roster.home && { lat: roster.home.lat, lon: roster.home.lon },
      skills: roster.skills.map(({ skill, level, validUntil }) => ({
        skill,
        name: names.get(skill) ?? skill,
        level,
        until: validUntil === null ? null : endOf(validUntil, zone),
      })),
      shifts: shifts.map(({ from, to }) => ({ from, to })),
      lunches: lunchesOf({ lunch: roster.lunch, shifts }, span, zone).map((lunch) => ({ ...lunch })),
      leave: roster.absences.filter((absence) => overlaps(absence, span)).map((absence) => ({ ...absence })),
      travel: routes.flatMap(({ legs }) => legs.map(({ from, to, toStop }) => ({ from, to, toVisit: toStop }))),
      visits: own.map(({ id }) => id),
      workMs: sum('workMs'),
      travelMs: sum('travelMs'),
      shiftMs: paidMs(shifts, roster.absences),
      overtimeMs: sum('overtimeMs'),
      remarks: remarksOf(roster, names, lost),
    }
  })
  return { zone, engineers, visits: visits.sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1)) }
}

function isMeant({ name, territory, skills, engineer }: EngineerRoster, names: ReadonlyMap<string, string>, text: string): boolean {
  const wanted = text.toLowerCase()
  const said = [name, engineer, territory?.name ?? '', ...skills.map(({ skill, level }) => `${names.get(skill) ?? skill}-L${level}`)]
  return said.some((word) => word.toLowerCase().includes(wanted))
}

interface Slot extends Span {
  readonly appointment: string
  readonly order: string
  readonly engineers: readonly string[]
}

/** Those asked for, and who comes with them in the span: a crew is judged and shown as a whole. */
const withCrews = (db: ReadableDb, asked: readonly string[], { from, to }: Span): string[] => [
  ...new Set([
    ...asked,
    ...all<{ engineer: string }>(
      db,
      `SELECT DISTINCT other.engineer FROM engineer_slot AS own JOIN engineer_slot AS other ON other.order_id = own.order_id
       WHERE own.engineer IN (SELECT value FROM json_each(:asked)) AND own.from_at < :to AND own.to_at > :from
         AND other.appointment = own.appointment`,
      { asked: JSON.stringify(asked), from, to },
    ).map(({ engineer }) => engineer),
  ]),
]

/** Appointments that touch the span and any of the asked engineers, each once. */
function slotsOf(all: readonly EngineerRoster[], asked: readonly EngineerRoster[], span: Span): Map<string, Slot> {
  const wanted = new Set(asked.flatMap(({ booked }) => booked.filter((slot) => overlaps(slot, span)).map(({ appointment }) => appointment)))
  const slots = new Map<string, Slot>()
  for (const { engineer, booked } of all) {
    for (const { appointment, order, from, to } of booked) {
      if (!wanted.has(appointment)) continue
      const known = slots.get(appointment)
      slots.set(appointment, { appointment, order, from, to, engineers: [...(known?.engineers ?? []), engineer] })
    }
  }
  return slots
}

function shownVisit(
  order: OrderRow,
  visit: Visit,
  { appointment, from, to }: Slot,
  names: ReadonlyMap<string, string>,
  now: number,
): Omit<ShownVisit, 'engineers' | 'dueAt' | 'conflicts'> {
  return {
    id: appointment,
    order: order.id,
    number: order.number,
    customer: order.customer === null ? null : { id: order.customer, name: order.customer_name ?? order.customer },
    machine: machineOf(order),
    symptom: order.symptom,
    priority: order.priority,
    status: order.status,
    stage: order.stage,
    place: visit.place && { lat: visit.place.lat, lon: visit.place.lon },
    from,
    to,
    skills: visit.skills.map(({ skill, level }) => ({ skill, name: names.get(skill) ?? skill, level })),
    pinned: order.pinned === appointment,
    begun: order.status !== 'open' || to <= now || (order.arrived_at !== null && order.arrived_at >= from - DAY / 2),
    head: order.head,
  }
}

/** Shifts that another desk gave twice, by engineer. */
function lostShifts(db: ReadableDb, span: Span): ReadonlySet<string> {
  const rows = all<{ engineer: string }>(db, 'SELECT DISTINCT engineer FROM lost_shift WHERE from_at < ? AND to_at > ?', span.to, span.from)
  return new Set(rows.map(({ engineer }) => engineer))
}

function remarksOf({ engineer, skills, hasShifts }: EngineerRoster, names: ReadonlyMap<string, string>, lost: ReadonlySet<string>): Say[] {
  const remarks: Say[] = skills
    .filter(({ skill }) => !names.has(skill))
    .map(({ skill }) => ({ code: 'unknownSkill', params: { skill }, against: true }))
  if (lost.has(engineer)) remarks.push({ code: 'shiftsJoined', params: { engineer }, against: true })
  if (!hasShifts) remarks.push({ code: 'noShift', params: {}, against: true })
  return remarks
}
