import type { SuggestOption, WaitingOrder } from '#shared/contract/dispatch.ts'
import type { BookedPlace } from '#shared/domain/dispatch/openings.ts'
import type { Say } from '#shared/domain/dispatch/say.ts'
import { suggest, type Option, type SuggestEngineer, type SuggestJob } from '#shared/domain/dispatch/suggest.ts'
import type { Coordinates, EngineerRoster, Span, Visit } from '#shared/domain/roster/types.ts'
import { upToStep } from '#shared/domain/dispatch/travel.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { travelPort } from '../../connectors/travel/index.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readVisits } from '../roster/visits.ts'
import { readSetting } from '../setting/read.ts'
import { dueOf, priorityOf, readOrder, type OrderRow } from './orders.ts'
import { waitingOf } from './waiting.ts'
import { skillNames } from './words.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** Visits to a model count so long. */
const MODEL_DAYS = 365
/** Further ahead nobody is asked to look at once. */
const LONGEST_SPAN = 62 * DAY

interface Suggested {
  readonly order: WaitingOrder | null
  readonly options: SuggestOption[]
  readonly leftOut: { engineer: { id: string; name: string }; reasons: Say[] }[]
  readonly more: number
}

interface Asked {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly durationMs?: number | undefined
  readonly limit: number
}

/** Null: there is no such order. */
export function suggestFor(db: ReadableDb, now: number, orderId: string, asked: Asked): Suggested | null {
  const order = readOrder(db, orderId)
  const [visit] = readVisits(db, [orderId])
  if (!order || !visit) return null
  const zone = readSetting(db, 'company.timeZone')
  const from = Math.max(asked.from ?? now, now)
  const span = { from, to: Math.min(asked.to ?? from + 7 * DAY, from + LONGEST_SPAN) }
  const job = jobOf(db, order, visit, { durationMs: asked.durationMs, now }, partsOf(db, order))
  const { able, unable } = sortedBySkill(db, job)
  const rosters = rosterPort.read(db, span, able)
  const places = placesOf(db, span, able)
  const atMachine = lastAtMachine(db, visit.equipment)
  const atModel = timesAtModel(db, order.model, now)
  const carried = carriedBy(db, job.parts, rosters)
  const engineers = rosters.map((roster): SuggestEngineer => {
    // The order's own appointment makes room for another one.
    const others = roster.booked.filter((slot) => slot.order !== orderId)
    return {
      roster,
      booked: others.map(({ order: of, from: begin, to }): BookedPlace => ({ from: begin, to, number: places.get(of)?.number ?? '', place: places.get(of)?.place ?? null })),
      lastAtMachine: atMachine.get(roster.engineer) ?? null,
      timesAtModel: atModel.get(roster.engineer) ?? 0,
      carries: carried.get(roster.vehicle ?? '') ?? NOTHING,
    }
  })
  const context = { now, span, zone, weights: readSetting(db, 'dispatch.weights'), travel: travelPort.open(db), limit: asked.limit }
  const { options, leftOut, more } = suggest(job, engineers, context)
  const names = new Map(rosters.map(({ engineer, name }) => [engineer, name]))
  const person = (id: string): { id: string; name: string } => ({ id, name: names.get(id) ?? id })
  return {
    order: waitingOf(db, [order], now)[0] ?? null,
    options: options.map((option) => optionOf(option, person)),
    leftOut: [...leftOut.map(({ engineer, reasons }) => ({ engineer: person(engineer), reasons: [...reasons] })), ...unable],
    more,
  }
}
const NOTHING: ReadonlySet<string> = new Set()

function optionOf({ engineers, reasons, ...option }: Option, person: (id: string) => { id: string; name: string }): SuggestOption {
  const [lead = '', ...others] = engineers
  const against = reasons.filter((say) => say.against)
  return {
    ...option,
    engineer: person(lead),
    with: others.map(person),
    reasons: [...reasons],
    conflicts: against.map((say) => ({ ...say, hard: false, engineer: lead })),
  }
}

function jobOf(db: ReadableDb, order: OrderRow, visit: Visit, { durationMs, now }: { durationMs: number | undefined; now: number }, parts: readonly string[]): SuggestJob {
  const names = skillNames(db)
  return {
    place: visit.place,
    durationMs: upToStep(durationMs ?? visit.minutes * MINUTE),
    crew: visit.needs.crew,
    skills: visit.skills.map((need) => ({ ...need, name: names.get(need.skill) ?? need.skill })),
    windows: visit.needs.windows,
    notBefore: endsBefore(db, order.id),
    notAfter: beginsAfter(db, order.id, now),
    dueAt: dueOf(db)(order),
    priority: priorityOf(order),
    parts,
  }
}

/** When the jobs before it are over, as far as they are booked. */
function endsBefore(db: ReadableDb, order: string): number {
  const rows = all<{ to_at: number | null }>(
    db,
    `SELECT (SELECT max(to_at) FROM engineer_slot AS s WHERE s.order_id = w.id) AS to_at
     FROM visit_after AS v JOIN work_order AS w ON w.id = v.after_id
     WHERE v.order_id = ? AND w.status = 'open' AND w.stage <> 'signoff'`,
    order,
  )
  return Math.max(0, ...rows.map(({ to_at }) => to_at ?? 0))
}

/** When the first of the jobs after it begins, as far as they are booked. */
function beginsAfter(db: ReadableDb, order: string, now: number): number {
  const row = one<{ from_at: number | null }>(
    db,
    `SELECT min(s.from_at) AS from_at FROM visit_after AS v JOIN work_order AS w ON w.id = v.order_id
     JOIN engineer_slot AS s ON s.order_id = w.id AND s.to_at > :now
     WHERE v.after_id = :order AND w.status = 'open' AND w.stage <> 'signoff'`,
    { order, now },
  )
  return row?.from_at ?? Infinity
}

interface Held {
  readonly id: string
  readonly name: string
  readonly skill: string | null
  readonly level: number | null
  readonly has_profile: number
}
const HELD = `
  SELECT u.id, u.display_name AS name, h.skill, h.level, p.engineer IS NOT NULL AS has_profile FROM user_account AS u
  LEFT JOIN engineer_profile AS p ON p.engineer = u.id
  LEFT JOIN engineer_skill AS h ON h.engineer = u.id AND h.skill IN (SELECT value FROM json_each(?))
  WHERE u.disabled = 0 AND EXISTS (SELECT 1 FROM json_each(u.roles) WHERE value = 'engineer')`

/** Whoever lacks a skill, or whose skills nobody keeps, is told so by his profile alone: his week is not read. `able` undefined: everyone may. */
function sortedBySkill(db: ReadableDb, { skills }: SuggestJob): { able: string[] | undefined; unable: Suggested['leftOut'] } {
  if (skills.length === 0) return { able: undefined, unable: [] }
  const people = new Map<string, { id: string; name: string; hasProfile: boolean; held: Map<string, number> }>()
  for (const { id, name, skill, level, has_profile } of all<Held>(db, HELD, JSON.stringify(skills.map((need) => need.skill)))) {
    const known = people.get(id) ?? { id, name, hasProfile: has_profile === 1, held: new Map() }
    people.set(id, known)
    if (skill !== null) known.held.set(skill, level ?? 0)
  }
  const unable = [...people.values()].flatMap(({ id, name, hasProfile, held }): Suggested['leftOut'] => {
    if (!hasProfile) return [{ engineer: { id, name }, reasons: [{ code: 'noProfile', params: {}, against: true }] }]
    const lacking = skills.filter((need) => (held.get(need.skill) ?? 0) < need.level)
    const reasons = lacking.map((need): Say => ({ code: 'notQualified', params: { skill: need.name, level: need.level, has: held.get(need.skill) ?? 0 }, against: true }))
    return reasons.length > 0 ? [{ engineer: { id, name }, reasons }] : []
  })
  const out = new Set(unable.map(({ engineer }) => engineer.id))
  return { able: [...people.keys()].filter((id) => !out.has(id)), unable }
}

/** Number and place of every order that has time of these engineers in the span. */
function placesOf(db: ReadableDb, { from, to }: Span, engineers: readonly string[] | undefined): Map<string, { number: string; place: Coordinates | null }> {
  const rows = all<{ id: string; number: string; lat: number | null; lon: number | null }>(db, PLACES, {
    from,
    to,
    earliest: from - 8 * DAY,
    engineers: engineers ? JSON.stringify(engineers) : null,
  })
  return new Map(rows.map(({ id, number, lat, lon }) => [id, { number, place: lat === null || lon === null ? null : { lat, lon } }]))
}
const PLACES = `
  SELECT w.id, w.number, coalesce(machine.lat, site.lat) AS lat, coalesce(machine.lon, site.lon) AS lon
  FROM (SELECT DISTINCT order_id FROM engineer_slot WHERE from_at >= :earliest AND from_at <= :to AND to_at >= :from
    AND (:engineers IS NULL OR engineer IN (SELECT value FROM json_each(:engineers)))) AS s
  JOIN work_order AS w ON w.id = s.order_id
  LEFT JOIN equipment_place AS machine ON machine.id = w.equipment
  LEFT JOIN customer_place AS site ON site.id = w.customer`

function lastAtMachine(db: ReadableDb, equipment: string | null): Map<string, { at: number; number: string }> {
  if (equipment === null) return new Map()
  const rows = all<{ engineer: string; at: number; number: string }>(
    db,
    `SELECT a.engineer, max(a.arrived_at) AS at, w.number FROM order_arrival AS a JOIN work_order AS w ON w.id = a.order_id
     WHERE a.equipment = ? GROUP BY a.engineer`,
    equipment,
  )
  return new Map(rows.map(({ engineer, at, number }) => [engineer, { at, number }]))
}

function timesAtModel(db: ReadableDb, model: string, now: number): Map<string, number> {
  if (model === '') return new Map()
  const rows = all<{ engineer: string; n: number }>(
    db,
    'SELECT engineer, count(*) AS n FROM order_arrival WHERE model = ? AND arrived_at > ? GROUP BY engineer',
    model,
    now - MODEL_DAYS * DAY,
  )
  return new Map(rows.map(({ engineer, n }) => [engineer, n]))
}

/** Parts that are reserved for the order: what somebody would have to bring. */
const partsOf = (db: ReadableDb, { id }: OrderRow): string[] =>
  all<{ part: string }>(
    db,
    'SELECT DISTINCT s.part FROM part_reservation AS r JOIN part_stock AS s ON s.id = r.stock WHERE r.order_id = ?',
    id,
  ).map(({ part }) => part)

/** Which of the parts lie in which vehicle. */
function carriedBy(db: ReadableDb, parts: readonly string[], rosters: readonly EngineerRoster[]): Map<string, Set<string>> {
  const carried = new Map<string, Set<string>>()
  if (parts.length === 0) return carried
  const vehicles = rosters.flatMap(({ vehicle }) => vehicle ?? [])
  const rows = all<{ warehouse: string; part: string }>(
    db,
    `SELECT warehouse, part FROM part_stock WHERE part IN (SELECT value FROM json_each(:parts))
       AND warehouse IN (SELECT value FROM json_each(:vehicles)) AND on_hand > 0`,
    { parts: JSON.stringify(parts), vehicles: JSON.stringify(vehicles) },
  )
  for (const { warehouse, part } of rows) carried.set(warehouse, new Set([...(carried.get(warehouse) ?? []), part]))
  return carried
}
