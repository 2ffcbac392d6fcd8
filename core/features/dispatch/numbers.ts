import type { DispatchNumbers } from '#shared/contract/dispatchNumbers.ts'
import { paidMs } from '#shared/domain/dispatch/figures.ts'
import { routesOf } from '#shared/domain/dispatch/routes.ts'
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
    gaps: gapsIn(db, rosters, span),
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
 * Hours a week asked for each skill and level, by orders that came in within the span, against the hours on shift of
 * those who hold it at that level or above. An hour counts once for every skill that its engineer has: a gap that is
 * shown is there, one that is not may still be.
 */
function gapsIn(db: ReadableDb, rosters: readonly EngineerRoster[], span: Span): DispatchNumbers['gaps'] {
  const weeks = (span.to - span.from) / (7 * DAY)
  const needed = neededHours(db, span)
  const names = skillNames(db)
  const zone = readSetting(db, 'company.timeZone')
  const gaps = [...needed].map(([key, hours]) => {
    const [skill = '', grade = '1'] = key.split('\n')
    const level = Number(grade)
    const holders = rosters.filter(({ skills }) =>
      skills.some((held) => held.skill === skill && held.level >= level && (held.validUntil === null || endOf(held.validUntil, zone) > span.to)),
    )
    const available = holders.reduce((sum, { shifts, absences }) => sum + paidMs(shifts, absences), 0) / HOUR
    const perWeek = (value: number): number => Math.round((value / weeks) * 10) / 10
    return {
      skill,
      name: names.get(skill) ?? skill,
      level,
      engineers: holders.length,
      neededHoursPerWeek: perWeek(hours),
      availableHoursPerWeek: perWeek(available),
      shortHoursPerWeek: perWeek(Math.max(0, hours - available)),
    }
  })
  return gaps.sort((a, b) => b.shortHoursPerWeek - a.shortHoursPerWeek || b.neededHoursPerWeek - a.neededHoursPerWeek || (a.name < b.name ? -1 : 1))
}

/** Of open orders by what their visits ask; of those that are over, by the time that was booked. */
function neededHours(db: ReadableDb, { from, to }: Span): Map<string, number> {
  const rows = all<{ id: string; skills: string | null }>(
    db,
    `SELECT w.id, n.skills FROM work_order AS w JOIN visit_need AS n ON n.order_id = w.id
     WHERE w.first_contact_at >= ? AND w.first_contact_at < ? AND n.skills <> '[]'`,
    from,
    to,
  )
  const visits = readVisits(db, rows.map(({ id }) => id))
  const needed = new Map<string, number>()
  const add = (skill: string, level: number, hours: number): void => {
    const key = `${skill}\n${level}`
    needed.set(key, (needed.get(key) ?? 0) + hours)
  }
  for (const { skills, minutes, needs } of visits) {
    for (const { skill, level } of skills) add(skill, level, (upToStep(minutes * MINUTE) * needs.crew) / HOUR)
  }
  const skillOf = skillFinder(all<{ id: string; name: string }>(db, 'SELECT id, name FROM skill'))
  for (const { skills, ms } of all<{ skills: string; ms: number }>(db, DONE, from, to)) {
    for (const named of JSON.parse(skills) as string[]) {
      const need = skillOf(named)
      if (need) add(need.skill, need.level, ms / HOUR)
    }
  }
  return needed
}

/** Closed orders have no row of needs: their skills stand with their closing. */
const DONE = `
  SELECT c.skills, (SELECT coalesce(sum(s.to_at - s.from_at), 0) FROM engineer_slot AS s WHERE s.order_id = c.order_id) AS ms
  FROM order_closing AS c JOIN work_order AS w ON w.id = c.order_id
  WHERE w.first_contact_at >= ? AND w.first_contact_at < ? AND c.skills <> '[]'`
