import type { DispatchNumbers } from '#shared/contract/dispatchNumbers.ts'
import { paidMs } from '#shared/domain/dispatch/figures.ts'
import { routesOf } from '#shared/domain/dispatch/routes.ts'
import { shortHours, skillKey, type Demand } from '#shared/domain/dispatch/skillGaps.ts'
import { upToStep } from '#shared/domain/dispatch/travel.ts'
import { endOf } from '#shared/domain/roster/judge.ts'
import type { Coordinates, EngineerRoster, Span } from '#shared/domain/roster/types.ts'
import { skillFinder } from '#shared/domain/skill/need.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { travelPort } from '../../connectors/travel/index.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readVisits } from '../roster/visits.ts'
import { readSetting } from '../setting/read.ts'
import { skillNames } from './words.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** An arrival so long after the appointment's begin is still on time. */
const GRACE_MS = 15 * MINUTE
/** METRICS, "first-time fix". */
const PROVISIONAL_MS = 30 * DAY

type Row = DispatchNumbers['total']
type Sums = Omit<Row, 'utilisation' | 'travelShare' | 'onTime' | 'firstTimeFix'> & { timely: number; fixed: number }
const NOTHING: Sums = { shiftMs: 0, workMs: 0, travelMs: 0, overtimeMs: 0, jobs: 0, arrivals: 0, closed: 0, provisional: 0, timely: 0, fixed: 0 }

/** What engineers did in a span, and for which skills hours are short. Booked time is what work is told by. */
export function readNumbers(db: ReadableDb, now: number, span: Span): Omit<DispatchNumbers, 'now'> {
  const rosters = rosterPort.read(db, span).map((roster) => within(roster, span))
  const travel = travelPort.open(db)
  const places = placesOf(db, rosters)
  const punctual = punctuality(db, span)
  const fixes = firstTimeFixes(db, span, now)
  const sums = rosters.map((roster) => {
    const stops = roster.booked.map(({ appointment, order, from, to }) => ({ id: appointment, from, to, place: places.get(order) ?? null }))
    const routes = routesOf(roster, stops, travel)
    const sum = (part: 'workMs' | 'travelMs' | 'overtimeMs'): number => routes.reduce((total, route) => total + route[part], 0)
    const own: Sums = {
      ...NOTHING,
      shiftMs: paidMs(roster.shifts, roster.absences),
      workMs: sum('workMs'),
      travelMs: sum('travelMs'),
      overtimeMs: sum('overtimeMs'),
      jobs: stops.length,
      ...punctual.get(roster.engineer),
      ...fixes.get(roster.engineer),
    }
    return { engineer: { id: roster.engineer, name: roster.name }, own }
  })
  const total = sums.reduce((all, { own }) => added(all, own), NOTHING)
  return {
    total: rowOf(total),
    engineers: sums.map(({ engineer, own }) => ({ engineer, ...rowOf(own) })),
    gaps: gapsIn(db, rosters, span, total.travelMs / Math.max(1, total.workMs + total.travelMs)),
  }
}

/** Shifts cut at the edges of the span, appointments that begin in it. */
function within(roster: EngineerRoster, span: Span): EngineerRoster {
  const shifts = roster.shifts.flatMap((shift) => {
    const cut = { ...shift, from: Math.max(shift.from, span.from), to: Math.min(shift.to, span.to) }
    return cut.from < cut.to ? [cut] : []
  })
  return { ...roster, shifts, booked: roster.booked.filter(({ from }) => from >= span.from && from < span.to) }
}

const added = (a: Sums, b: Sums): Sums =>
  Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value + b[name as keyof Sums]])) as unknown as Sums

function rowOf({ timely, fixed, ...sums }: Sums): Row {
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1000) / 1000)
  return {
    ...sums,
    utilisation: share(sums.workMs + sums.travelMs, sums.shiftMs),
    travelShare: share(sums.travelMs, sums.workMs + sums.travelMs),
    onTime: share(timely, sums.arrivals),
    firstTimeFix: share(fixed, sums.closed),
  }
}

function placesOf(db: ReadableDb, rosters: readonly EngineerRoster[]): Map<string, Coordinates | null> {
  const rows = all<{ id: string; lat: number | null; lon: number | null }>(
    db,
    `SELECT w.id, coalesce(machine.lat, site.lat) AS lat, coalesce(machine.lon, site.lon) AS lon
     FROM json_each(?) AS asked JOIN work_order AS w ON w.id = asked.value
     LEFT JOIN equipment_place AS machine ON machine.id = w.equipment LEFT JOIN customer_place AS site ON site.id = w.customer`,
    JSON.stringify([...new Set(rosters.flatMap(({ booked }) => booked.map(({ order }) => order)))]),
  )
  return new Map(rows.map(({ id, lat, lon }) => [id, lat === null || lon === null ? null : { lat, lon }]))
}

/** Each arrival against the appointment of that order and engineer which lies nearest before its end. */
const ARRIVALS = `
  SELECT a.engineer, count(*) AS arrivals, sum(a.arrived_at <= (
    SELECT s.from_at FROM engineer_slot AS s
    WHERE s.order_id = a.order_id AND s.engineer = a.engineer AND s.to_at > a.arrived_at - 43200000
    ORDER BY abs(s.from_at - a.arrived_at) LIMIT 1) + :grace) AS timely
  FROM order_arrival AS a
  WHERE a.arrived_at >= :from AND a.arrived_at < :to AND EXISTS (
    SELECT 1 FROM engineer_slot AS s
    WHERE s.order_id = a.order_id AND s.engineer = a.engineer AND s.to_at > a.arrived_at - 43200000)
  GROUP BY a.engineer`

function punctuality(db: ReadableDb, { from, to }: Span): Map<string, { arrivals: number; timely: number }> {
  const rows = all<{ engineer: string; arrivals: number; timely: number }>(db, ARRIVALS, { from, to, grace: GRACE_MS })
  return new Map(rows.map(({ engineer, arrivals, timely }) => [engineer, { arrivals, timely }]))
}

const FIXES = `
  SELECT c.engineer, count(*) AS closed, sum(c.closed_at > :young) AS provisional,
    sum(c.arrivals <= 1 AND c.reopened = 0 AND NOT EXISTS (
      SELECT 1 FROM work_order AS again INDEXED BY work_order_machine
      WHERE again.equipment = c.equipment AND again.symptom = c.symptom AND again.id <> c.order_id
        AND again.first_contact_at > c.closed_at AND again.first_contact_at <= c.closed_at + :month
        AND again.status IN ('open', 'closed'))) AS fixed
  FROM order_closing AS c WHERE c.closed_at >= :from AND c.closed_at < :to GROUP BY c.engineer`

function firstTimeFixes(db: ReadableDb, { from, to }: Span, now: number): Map<string, { closed: number; provisional: number; fixed: number }> {
  const params = { from, to, young: now - PROVISIONAL_MS, month: PROVISIONAL_MS }
  const rows = all<{ engineer: string; closed: number; provisional: number; fixed: number }>(db, FIXES, params)
  return new Map(rows.map(({ engineer, ...fixes }) => [engineer, fixes]))
}

/**
 * Hours a week that orders which came in ask of each skill and level, what those hold who have it, and how many of them
 * nobody is left for (`shortHours`): week by week, for what one week has too much helps no other. A person's hours are
 * his paid shifts less the share that everybody spent on the way. What waited from before belongs to the first week.
 */
function gapsIn(db: ReadableDb, rosters: readonly EngineerRoster[], span: Span, travelShare: number): DispatchNumbers['gaps'] {
  const weeks = (span.to - span.from) / (7 * DAY)
  const zone = readSetting(db, 'company.timeZone')
  const names = skillNames(db)
  const demands = demandsIn(db, span)
  const [needed, available, short, holders] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>(), new Map<string, Set<string>>()]
  const add = (sums: Map<string, number>, key: string, hours: number): void => void sums.set(key, (sums.get(key) ?? 0) + hours)
  const asked = new Map(demands.flatMap(({ skills }) => skills.map((need) => [skillKey(need), need] as const)))
  for (let from = span.from, n = 0; from < span.to; from += 7 * DAY, n++) {
    const week = { from, to: Math.min(from + 7 * DAY, span.to) }
    const own = demands.filter(({ at }) => (at < span.from ? n === 0 : at >= week.from && at < week.to))
    const people = rosters.map((roster) => {
      const { engineer, skills, shifts, absences } = within(roster, week)
      const valid = skills.filter(({ validUntil }) => validUntil === null || endOf(validUntil, zone) >= week.to)
      return { engineer, skills: valid, hours: (paidMs(shifts, absences) / HOUR) * (1 - travelShare) }
    })
    for (const { skills, hours } of own) for (const need of skills) add(needed, skillKey(need), hours)
    for (const [key, { skill, level }] of asked) {
      for (const { engineer, skills, hours } of people) {
        if (!skills.some((held) => held.skill === skill && held.level >= level)) continue
        add(available, key, hours)
        holders.set(key, (holders.get(key) ?? new Set()).add(engineer))
      }
    }
    for (const [key, hours] of shortHours(own, people)) add(short, key, hours)
  }
  const perWeek = (sums: ReadonlyMap<string, number>, key: string): number => Math.round(((sums.get(key) ?? 0) / weeks) * 10) / 10
  const gaps = [...asked].map(([key, { skill, level }]) => ({
    skill,
    name: names.get(skill) ?? skill,
    level,
    engineers: holders.get(key)?.size ?? 0,
    neededHoursPerWeek: perWeek(needed, key),
    availableHoursPerWeek: perWeek(available, key),
    shortHoursPerWeek: perWeek(short, key),
  }))
  return gaps.sort((a, b) => b.shortHoursPerWeek - a.shortHoursPerWeek || b.neededHoursPerWeek - a.neededHoursPerWeek || (a.name < b.name ? -1 : 1))
}

/** Orders of the span, and those that waited already when it began: open ones by what their visits ask, closed ones by the time that was booked. */
function demandsIn(db: ReadableDb, { from, to }: Span): (Demand & { readonly at: number })[] {
  const open = all<{ id: string; at: number }>(
    db,
    `SELECT w.id, w.first_contact_at AS at FROM visit_need AS n JOIN work_order AS w ON w.id = n.order_id
     WHERE w.first_contact_at < :to AND n.skills <> '[]'
       AND (w.first_contact_at >= :from OR NOT EXISTS (SELECT 1 FROM engineer_slot AS s WHERE s.order_id = w.id AND s.from_at < :from))`,
    { from, to },
  )
  const came = new Map(open.map(({ id, at }) => [id, at]))
  const asked = readVisits(db, [...came.keys()]).flatMap(({ order, skills, minutes, needs }) =>
    skills.length > 0 ? [{ skills, hours: (upToStep(minutes * MINUTE) * needs.crew) / HOUR, at: came.get(order) ?? from }] : [],
  )
  const skillOf = skillFinder(all<{ id: string; name: string }>(db, 'SELECT id, name FROM skill'))
  const done = all<{ skills: string; ms: number; at: number }>(db, DONE, from, to).flatMap(({ skills, ms, at }) => {
    const known = (JSON.parse(skills) as string[]).flatMap((named) => skillOf(named) ?? [])
    return known.length > 0 ? [{ skills: known, hours: ms / HOUR, at }] : []
  })
  return [...asked, ...done]
}

/** Closed orders have no row of needs: their skills stand with their closing. */
const DONE = `
  SELECT c.skills, w.first_contact_at AS at, (SELECT coalesce(sum(s.to_at - s.from_at), 0) FROM engineer_slot AS s WHERE s.order_id = c.order_id) AS ms
  FROM order_closing AS c JOIN work_order AS w ON w.id = c.order_id
  WHERE w.first_contact_at >= ? AND w.first_contact_at < ? AND c.skills <> '[]'`
