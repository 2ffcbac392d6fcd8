import { lunchesOf } from '#shared/domain/dispatch/lunch.ts'
import type { Placed } from '#shared/domain/dispatch/figures.ts'
import type { Engineer, Job, Problem, Weights } from '#shared/domain/dispatch/problem.ts'
import type { Say } from '#shared/domain/dispatch/say.ts'
import { STEP_MS, upToStep, type TravelMs } from '#shared/domain/dispatch/travel.ts'
import { kilometres } from '#shared/domain/roster/geo.ts'
import { endOf } from '#shared/domain/roster/judge.ts'
import { overlaps } from '#shared/domain/roster/rotation.ts'
import type { Coordinates, EngineerRoster, Span, Visit } from '#shared/domain/roster/types.ts'
import { addDays, instantIn } from '#shared/domain/roster/zoneTime.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { travelPort } from '../../connectors/travel/index.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readVisits } from '../roster/visits.ts'
import { readSetting } from '../setting/read.ts'
import { dueOf, leadFirst, priorityOf, readOrders, readWaiting, type OrderRow } from './orders.ts'
import type { PlanSpec } from './spec.ts'

/** Everything that a plan is made of, read at one moment. */
export interface Prepared {
  readonly problem: Problem
  readonly span: Span
  readonly rosters: readonly EngineerRoster[]
  readonly orders: ReadonlyMap<string, OrderRow>
  readonly visits: ReadonlyMap<string, Visit>
  /** Where jobs of the problem stand now, those that are fixed among them. */
  readonly before: readonly Placed[]
  /** When somebody has to be there, by order; null: nobody waits. */
  readonly due: ReadonlyMap<string, number | null>
  /** Jobs that may be moved. */
  readonly movable: ReadonlySet<string>
  /** Jobs that cannot stay as they are. */
  readonly forced: ReadonlySet<string>
  readonly unserved: readonly { readonly order: string; readonly reason: Say }[]
  readonly remarks: readonly Say[]
  readonly travel: TravelMs
}

const DAY = 86_400_000
const MINUTE = 60_000
/** In minutes of travel: what it is worth to send whoever knows the machine, or not to leave a territory. */
const KNOWS_MACHINE = -20
const OUTSIDE_TERRITORY = 30
/** Above every priority that an order can have. */
const EMERGENCY = 8

interface Booked extends Span {
  readonly appointment: string
  readonly order: string
  readonly engineers: readonly string[]
}

/** Reads what a plan asks and puts it as the planner wants it. What cannot be planned is named; the rest goes on. */
export function prepare(db: ReadableDb, spec: PlanSpec, now: number): Prepared {
  const zone = readSetting(db, 'company.timeZone')
  const span = { from: instantIn(zone, spec.day, '00:00'), to: instantIn(zone, addDays(spec.day, spec.days), '00:00') }
  const { event } = spec
  const everyone = rosterPort.read(db, { from: span.from - DAY, to: span.to + DAY }).map((roster) => workedIn(roster, span, event))
  const isAsked = (engineer: string): boolean => spec.engineers?.includes(engineer) ?? true
  const rosters = everyone.filter(({ engineer }) => isAsked(engineer))
  // Of a crew all are known, those too who are not asked about: it is not torn apart.
  const found = bookedIn(everyone, span, now).filter(({ engineers }) => engineers.some(isAsked))
  const left = whoLeft(db, found, everyone)
  const booked = found.map((slot) => ({ ...slot, engineers: [...slot.engineers, ...(left.get(slot.appointment) ?? [])] }))
  const waiting = spec.kind === 'day' ? readWaiting(db, { now, text: '', after: null, limit: MOST_ORDERS }).map(({ id }) => id) : []
  const asked = event?.kind === 'emergency' ? [event.order] : []
  const orders = readOrders(db, [...new Set([...booked.map(({ order }) => order), ...waiting, ...asked])])
  const visits = new Map(readVisits(db, [...orders.keys()]).map((visit) => [visit.order, visit]))
  const travel = travelPort.open(db)
  const due = dueOf(db)
  const places = new Places()
  const unserved: { order: string; reason: Say }[] = []
  const jobs: Job[] = []
  const before: Placed[] = []
  const movable = new Set<string>()
  const forced = forcedBy(spec, booked)
  for (const { order, appointment, from } of booked) if (left.has(appointment) && from > now) forced.add(order)
  const likings = likingsOf(db, rosters)
  const known = new Set([...orders.keys()])
  const neighbours = neighboursOf(db, known, now)
  for (const slot of booked) {
    const order = orders.get(slot.order)
    const visit = visits.get(slot.order)
    if (!order || !visit) continue
    const isEmergency = event?.kind === 'emergency' && event.order === slot.order
    const overrun = event?.kind === 'overrun' && event.order === slot.order ? event.to : null
    const dueAt = due(order)
    const engineers = leadFirst(order, slot.engineers)
    before.push({ order: slot.order, engineers, from: slot.from, to: slot.to, place: visit.place, dueAt })
    const placement = { engineers, from: slot.from }
    const windows = within(visit, neighbours(slot.order), span, upToStep(slot.to - slot.from))
    const mustMove = forced.has(slot.order) || isEmergency
    const isFixed = !mustMove && (mayNotMove(order, slot, spec, now, span) || overrun !== null || windows.length === 0)
    const durationMs = overrun === null ? slot.to - slot.from : Math.max(STEP_MS, overrun - slot.from)
    const job = jobOf(order, visit, { durationMs: isFixed ? durationMs : upToStep(durationMs), dueAt, place: places.of(visit.place) })
    const present = slot.engineers.filter(isAsked)
    if (isFixed) jobs.push({ ...job, pinned: { engineers: present, from: slot.from }, crew: present.length })
    else {
      movable.add(slot.order)
      if (windows.length === 0) unserved.push({ order: slot.order, reason: WINDOW_PASSED })
      else jobs.push({ ...job, ...likings(visit), windows, ...(!isEmergency && !left.has(slot.appointment) && { current: placement }) })
    }
  }
  const placed = new Set(before.map(({ order }) => order))
  const orphaned = orphanedIn(db, waiting, now)
  for (const id of [...waiting, ...asked]) {
    const order = orders.get(id)
    const visit = visits.get(id)
    const held = orphaned.get(id)
    // What was agreed for another day is put right with that day.
    if (!order || !visit || placed.has(id) || (held && held.from >= span.to)) continue
    const durationMs = upToStep(visit.minutes * MINUTE)
    const windows = within(visit, neighbours(id), span, durationMs)
    const hindrance = hindranceOf(order, neighbours(id), visit, span) ?? (windows.length === 0 ? WINDOW_PASSED : null)
    if (hindrance) {
      unserved.push({ order: id, reason: hindrance })
      continue
    }
    const job = jobOf(order, visit, { durationMs, dueAt: due(order), place: places.of(visit.place) })
    jobs.push({ ...job, ...likings(visit), windows })
    movable.add(id)
    if (!held) continue
    before.push({ order: id, engineers: leadFirst(order, held.engineers), from: held.from, to: held.to, place: visit.place, dueAt: due(order) })
    forced.add(id)
  }
  if (event?.kind === 'emergency') rush(jobs, event, now)
  const engineers = rosters.filter(({ shifts }) => shifts.length > 0).map((roster) => engineerOf(roster, places, zone))
  return {
    problem: { jobs: jobs.map(dueWithin(span, now)), engineers, travelMs: places.travel(travel), weights: neverRatherThanLate(readSetting(db, 'dispatch.weights'), span), now: upToStep(now) },
    span,
    rosters,
    orders,
    visits,
    before,
    due: new Map([...orders].map(([id, order]) => [id, due(order)])),
    movable,
    forced,
    unserved,
    remarks: remarksOf(rosters, visits),
    travel,
  }
}

/** What was due before anything of it is planned is late from then on: no plan can mend what is past. */
const dueWithin =
  ({ from }: Span, now: number) =>
  (job: Job): Job =>
    job.dueAt === undefined ? job : { ...job, dueAt: Math.max(job.dueAt, from, now) }

/** Left out weighs more than late by all that is planned: an order that is overdue is not passed over for being so. */
const neverRatherThanLate = (weights: Weights, { from, to }: Span): Weights => ({ ...weights, unserved: weights.unserved + (weights.late * (to - from)) / MINUTE })

const MOST_ORDERS = 2000
const WINDOW_PASSED: Say = { code: 'windowPassed', params: {}, against: true }

/** With the shifts that are worked in the span alone, and away where the event says so. */
function workedIn(roster: EngineerRoster, span: Span, event: PlanSpec['event']): EngineerRoster {
  const shifts = roster.shifts.filter((shift) => overlaps(shift, span))
  if (event?.kind !== 'ill' || event.engineer !== roster.engineer) return { ...roster, shifts }
  return { ...roster, shifts, absences: [...roster.absences, { from: event.from, to: event.to ?? span.to }] }
}

/** Appointments of these engineers that touch the span or one of their shifts in it; one that is long over only tells where he is. */
function bookedIn(rosters: readonly EngineerRoster[], span: Span, now: number): Booked[] {
  const found = new Map<string, Booked>()
  const touches = (slot: Span, shifts: readonly Span[]): boolean => overlaps(slot, span) || shifts.some((shift) => overlaps(slot, shift))
  // Of a crew one may reach into the span by his shift alone: all of them come along.
  const meant = new Set(rosters.flatMap(({ booked, shifts }) => booked.filter((slot) => touches(slot, shifts)).map(({ appointment }) => appointment)))
  for (const { engineer, booked } of rosters) {
    for (const { appointment, order, from, to } of booked) {
      if (!meant.has(appointment) || to <= now - DAY) continue
      const known = found.get(appointment)
      found.set(appointment, { appointment, order, from, to, engineers: [...(known?.engineers ?? []), engineer] })
    }
  }
  // An order has one appointment ahead; of earlier ones of the same order the last counts.
  const last = new Map<string, Booked>()
  for (const slot of [...found.values()].sort((a, b) => a.from - b.from)) last.set(slot.order, slot)
  return [...last.values()]
}

/** Of crews whoever works here no more: by appointment. */
function whoLeft(db: ReadableDb, booked: readonly Booked[], rosters: readonly EngineerRoster[]): ReadonlyMap<string, string[]> {
  const here = new Set(rosters.map(({ engineer }) => engineer))
  const rows = all<{ appointment: string; engineer: string }>(
    db,
    `SELECT DISTINCT s.appointment, s.engineer FROM json_each(?) AS asked JOIN engineer_slot AS s ON s.order_id = asked.value ->> 0 AND s.appointment = asked.value ->> 1`,
    JSON.stringify(booked.map(({ order, appointment }) => [order, appointment])),
  )
  const left = new Map<string, string[]>()
  for (const { appointment, engineer } of rows) if (!here.has(engineer)) left.set(appointment, [...(left.get(appointment) ?? []), engineer])
  return left
}

/** Time ahead of those who wait all the same, for nobody who has it works here any more. */
function orphanedIn(db: ReadableDb, waiting: readonly string[], now: number): ReadonlyMap<string, Booked> {
  const rows = all<Span & { order: string; appointment: string; engineer: string }>(
    db,
    `SELECT order_id AS "order", appointment, engineer, min(from_at) AS "from", max(to_at) AS "to" FROM engineer_slot
     WHERE order_id IN (SELECT value FROM json_each(?)) AND to_at > ? GROUP BY order_id, appointment, engineer ORDER BY engineer`,
    JSON.stringify(waiting),
    now,
  )
  const found = new Map<string, Booked>()
  for (const { engineer, ...slot } of rows) found.set(slot.order, { ...slot, engineers: [...(found.get(slot.order)?.engineers ?? []), engineer] })
  return found
}

/** What cannot stay: of whoever is ill all that lies in his absence; of a job that overruns what it runs into; an emergency. */
function forcedBy({ event }: PlanSpec, booked: readonly Booked[]): Set<string> {
  if (event?.kind === 'ill') {
    const away = { from: event.from, to: event.to ?? Infinity }
    return new Set(booked.filter((slot) => slot.engineers.includes(event.engineer) && overlaps(slot, away)).map(({ order }) => order))
  }
  if (event?.kind === 'emergency') return new Set([event.order])
  const job = event?.kind === 'overrun' ? booked.find(({ order }) => order === event.order) : undefined
  if (event?.kind !== 'overrun' || !job) return new Set()
  const longer = { from: job.from, to: event.to }
  const hit = booked.filter((slot) => slot !== job && overlaps(slot, longer) && slot.engineers.some((each) => job.engineers.includes(each)))
  return new Set(hit.map(({ order }) => order))
}

/** Pinned by somebody, under way, of another day, or of a crew that is not asked about: it stays. */
function mayNotMove(order: OrderRow, slot: Booked, spec: PlanSpec, now: number, span: Span): boolean {
  return (
    !spec.moveBooked ||
    order.pinned === slot.appointment ||
    order.status !== 'open' ||
    order.read_only === 1 ||
    slot.from <= now ||
    (order.arrived_at !== null && order.arrived_at >= slot.from - DAY / 2) ||
    slot.from < span.from ||
    slot.from >= span.to ||
    slot.engineers.some((each) => spec.engineers?.includes(each) === false)
  )
}

interface JobFacts {
  readonly durationMs: number
  readonly dueAt: number | null
  readonly place: number
}

function jobOf(order: OrderRow, visit: Visit, { durationMs, dueAt, place }: JobFacts): Job {
  return {
    id: order.id,
    order: order.id,
    place,
    durationMs,
    windows: [],
    skills: visit.skills,
    priority: priorityOf(order),
    crew: visit.needs.crew,
    after: visit.needs.after,
    ...(dueAt !== null && { dueAt }),
  }
}

interface Neighbours {
  /** Ends of jobs before it that are booked, but no part of this plan. */
  readonly notBefore: number
  /** Begins of jobs after it. */
  readonly notAfter: number
  /** A job before it that nobody has booked and that is no part of this plan. */
  readonly unbooked: string | null
}

/** Where work may begin: when the customer lets somebody in, on the days that are planned, after what comes before. */
function within(visit: Visit, { notBefore, notAfter }: Neighbours, span: Span, durationMs: number): Span[] {
  const bounds = { from: Math.max(span.from, notBefore), to: Math.min(span.to - 1, notAfter - durationMs) }
  const windows = visit.needs.windows.length === 0 ? [span] : visit.needs.windows
  return windows.map(({ from, to }) => ({ from: upToStep(Math.max(from, bounds.from)), to: Math.min(to, bounds.to) })).filter(({ from, to }) => from <= to)
}

function hindranceOf(order: OrderRow, neighbours: Neighbours, visit: Visit, span: Span): Say | null {
  const against = (code: Say['code'], params: Say['params'] = {}): Say => ({ code, params, against: true })
  if (order.status !== 'open' || order.read_only === 1) return against('invalid', { field: 'status' })
  if (order.frozen === 1) return against('frozen')
  if (neighbours.unbooked !== null) return against('afterUnserved', { number: neighbours.unbooked })
  const { windows } = visit.needs
  if (windows.length > 0 && windows.every(({ to }) => to < span.from)) return WINDOW_PASSED
  const [first] = windows.filter(({ to }) => to >= span.from)
  if (first && first.from >= span.to) return against('outsideWindow', { from: first.from, to: first.to })
  return null
}

/** Of the jobs before and after: those within the plan the planner itself puts in order. */
function neighboursOf(db: ReadableDb, planned: ReadonlySet<string>, now: number): (order: string) => Neighbours {
  return (order) => {
    const before = all<{ id: string; number: string; status: string; stage: string; to_at: number | null }>(db, BEFORE, order).filter(({ id }) => !planned.has(id))
    const after = all<{ id: string; from_at: number | null }>(db, AFTER, { order, now }).filter(({ id }) => !planned.has(id))
    const open = before.filter(({ status, stage }) => status === 'open' && stage !== 'signoff')
    return {
      notBefore: Math.max(0, ...open.map(({ to_at }) => to_at ?? 0)),
      notAfter: Math.min(Infinity, ...after.map(({ from_at }) => from_at ?? Infinity)),
      unbooked: open.find(({ to_at }) => to_at === null)?.number ?? null,
    }
  }
}
const BEFORE = `
  SELECT w.id, w.number, w.status, w.stage, (SELECT max(to_at) FROM engineer_slot AS s WHERE s.order_id = w.id) AS to_at
  FROM visit_after AS v JOIN work_order AS w ON w.id = v.after_id WHERE v.order_id = ?`
const AFTER = `
  SELECT w.id, (SELECT max(from_at) FROM engineer_slot AS s WHERE s.order_id = w.id AND s.to_at > :now) AS from_at
  FROM visit_after AS v JOIN work_order AS w ON w.id = v.order_id
  WHERE v.after_id = :order AND w.status = 'open' AND w.stage <> 'signoff'`

/** Who knows the machine, and whose territory it is in. */
function likingsOf(db: ReadableDb, rosters: readonly EngineerRoster[]): (visit: Visit) => Pick<Job, 'liking'> {
  return ({ equipment, place }) => {
    const liking: Record<string, number> = {}
    for (const { engineer, home, territory } of rosters) {
      if (home && territory && place && kilometres(home, place) > territory.radiusKm) liking[engineer] = OUTSIDE_TERRITORY
    }
    const known = equipment === null ? [] : all<{ engineer: string }>(db, 'SELECT DISTINCT engineer FROM order_arrival WHERE equipment = ?', equipment)
    for (const { engineer } of known) liking[engineer] = (liking[engineer] ?? 0) + KNOWS_MACHINE
    return Object.keys(liking).length > 0 ? { liking } : {}
  }
}

/** Above all others, and late from `by` on: better late than never. */
function rush(jobs: Job[], event: { readonly order: string; readonly by?: number | undefined }, now: number): void {
  const index = jobs.findIndex(({ id }) => id === event.order)
  const job = jobs[index]
  if (job) jobs[index] = { ...job, priority: EMERGENCY, dueAt: event.by ?? now }
}

function engineerOf(roster: EngineerRoster, places: Places, zone: string): Engineer {
  const { engineer, shifts, absences, home, overtimeMin } = roster
  const from = Math.min(...shifts.map((shift) => shift.from))
  const to = Math.max(...shifts.map((shift) => shift.to))
  const place = places.of(home)
  return {
    id: engineer,
    skills: heldBy(roster, zone),
    shifts,
    breaks: lunchesOf(roster, { from, to }, zone).map((lunch) => ({ from: lunch.from, to: lunch.to - lunch.durationMs, durationMs: lunch.durationMs })),
    absences,
    start: place,
    ...(home && { end: place }),
    overtimeMs: overtimeMin * MINUTE,
  }
}

const heldBy = ({ skills }: EngineerRoster, zone: string): Engineer['skills'] =>
  skills.map(({ skill, level, validUntil }) => ({ skill, level, ...(validUntil !== null && { until: endOf(validUntil, zone) }) }))

/** What is odd in the master data and was left aside, each named once. */
function remarksOf(rosters: readonly EngineerRoster[], visits: ReadonlyMap<string, Visit>): Say[] {
  const remarks: Say[] = []
  if (rosters.length === 0) remarks.push({ code: 'noEngineers', params: {}, against: true })
  const idle = rosters.filter(({ shifts }) => shifts.length === 0)
  for (const { engineer, name } of idle.slice(0, MOST_NAMED)) remarks.push({ code: 'noShift', params: { engineer, name }, against: true })
  const isSkillAsked = [...visits.values()].some(({ skills }) => skills.length > 0)
  const unknown = isSkillAsked ? rosters.filter(({ hasProfile, shifts }) => !hasProfile && shifts.length > 0) : []
  for (const { engineer, name } of unknown.slice(0, MOST_NAMED)) remarks.push({ code: 'noProfile', params: { engineer, name }, against: true })
  const nowhere = [...visits.values()].filter(({ place }) => place === null).length
  if (nowhere > 0) remarks.push({ code: 'noCoordinates', params: { count: nowhere }, against: true })
  for (const skill of new Set([...visits.values()].flatMap(({ unknownSkills }) => unknownSkills))) {
    remarks.push({ code: 'unknownSkill', params: { skill }, against: true })
  }
  return remarks
}
const MOST_NAMED = 50

/** Places by number; 0 is nowhere, from and to which no way is counted. */
class Places {
  readonly #numbers = new Map<string, number>()
  readonly #places: (Coordinates | null)[] = [null]

  of(place: Coordinates | null): number {
    if (!place) return 0
    const key = `${place.lat},${place.lon}`
    let number = this.#numbers.get(key)
    if (number === undefined) {
      this.#numbers.set(key, (number = this.#places.length))
      this.#places.push(place)
    }
    return number
  }

  travel(travel: TravelMs): Problem['travelMs'] {
    return (from, to) => travel(this.#places[from] ?? null, this.#places[to] ?? null) ?? 0
  }
}
