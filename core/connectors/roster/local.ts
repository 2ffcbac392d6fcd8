import { joined, rotationShifts, united } from '#shared/domain/roster/rotation.ts'
import {
  type BookedSlot,
  type EngineerRoster,
  type LunchRule,
  type Rotation,
  type RotationShift,
  type Shift,
  type SkillHeld,
  type Span,
} from '#shared/domain/roster/types.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import type { RosterPort } from './port.ts'

interface EngineerRow {
  engineer: string
  name: string
  absent_from: number | null
  absent_to: number | null
  overtime_min: number | null
  home_name: string | null
  home_lat: number | null
  home_lon: number | null
  territory_name: string | null
  territory_km: number | null
  vehicle: string | null
  lunch: string | null
  hour_cost_fen: number | null
  has_shifts: number
}

const ASKED = '(:asked IS NULL OR u.id IN (SELECT value FROM json_each(:asked)))'
const ENGINEERS = `
  SELECT u.id AS engineer, u.display_name AS name, u.absent_from, u.absent_to, p.overtime_min, p.home_name, p.home_lat,
    p.home_lon, p.territory_name, p.territory_km, p.vehicle, p.lunch, p.hour_cost_fen,
    EXISTS (SELECT 1 FROM rotation AS r WHERE r.engineer = u.id)
      OR EXISTS (SELECT 1 FROM single_shift AS s WHERE s.engineer = u.id) AS has_shifts
  FROM user_account AS u LEFT JOIN engineer_profile AS p ON p.engineer = u.id
  WHERE u.disabled = 0 AND EXISTS (SELECT 1 FROM json_each(u.roles) WHERE value = 'engineer') AND ${ASKED}
  ORDER BY u.display_name, u.id`

const of = (column: string): string => `(:asked IS NULL OR ${column} IN (SELECT value FROM json_each(:asked)))`
const SKILLS = `SELECT engineer, skill, level, certificate, valid_until AS validUntil FROM engineer_skill WHERE ${of('engineer')}`
const ROTATIONS = `
  SELECT engineer, id, from_day AS "from", until_day AS "until", zone, cycle_days AS cycleDays, shifts FROM rotation
  WHERE ${of('engineer')}`
const SINGLES = `
  SELECT engineer, id, day, from_at AS "from", to_at AS "to" FROM single_shift
  WHERE from_at >= :earliest AND from_at < :to AND to_at > :from AND ${of('engineer')}`
const SKIPPED = `SELECT engineer, day FROM skipped_day WHERE day >= :first AND day <= :last AND ${of('engineer')}`
const LEAVES = `SELECT engineer, from_at AS "from", to_at AS "to" FROM engineer_leave WHERE to_at > :from AND from_at < :to AND ${of('engineer')}`
/** An appointment of several days stands in each of them. */
const SLOTS = `
  SELECT engineer, appointment, order_id AS "order", min(from_at) AS "from", max(to_at) AS "to" FROM engineer_slot
  WHERE from_at >= :earliest AND from_at <= :to AND to_at >= :from AND ${of('engineer')}
  GROUP BY engineer, appointment, order_id ORDER BY engineer, 4, appointment`

const DAY = 86_400_000
/** No appointment and no shift is longer. */
const LONGEST_SLOT = 8 * DAY
const LONGEST_SHIFT = 2 * DAY

type Of<Value> = Value & { readonly engineer: string }

function byEngineer<Value>(rows: readonly Of<Value>[]): ReadonlyMap<string, Value[]> {
  const map = new Map<string, Value[]>()
  for (const { engineer, ...value } of rows) {
    const list = map.get(engineer)
    if (list) list.push(value as Value)
    else map.set(engineer, [value as Value])
  }
  return map
}

/** Profiles and shifts as subjects of this log: the table that a company without an attendance system keeps. */
export const localRoster: RosterPort = {
  read(db, span, engineers) {
    const asked = engineers ? JSON.stringify(engineers) : null
    const people = all<EngineerRow>(db, ENGINEERS, { asked })
    const skills = byEngineer(all<Of<SkillHeld>>(db, SKILLS, { asked }))
    const rotations = byEngineer(readRotations(db, asked))
    const singles = byEngineer(readSingles(db, span, asked))
    const skipped = byEngineer(all<Of<{ day: string }>>(db, SKIPPED, { ...daysAround(span), asked }))
    const slots = byEngineer(all<Of<BookedSlot>>(db, SLOTS, { ...span, earliest: span.from - LONGEST_SLOT, asked }))
    const leaves = byEngineer(all<Of<Span>>(db, LEAVES, { ...span, asked }))
    return people.map((row): EngineerRoster => {
      const off = new Set(skipped.get(row.engineer)?.map(({ day }) => day))
      const turns = (rotations.get(row.engineer) ?? []).flatMap((rotation) => rotationShifts(rotation, span, off))
      return {
        ...personOf(row),
        absences: united([...absenceOf(row), ...(leaves.get(row.engineer) ?? [])]),
        skills: skills.get(row.engineer) ?? [],
        shifts: joined([...turns, ...(singles.get(row.engineer) ?? [])]),
        booked: slots.get(row.engineer) ?? [],
      }
    })
  },
}

function personOf(row: EngineerRow): Omit<EngineerRoster, 'skills' | 'shifts' | 'booked' | 'absences'> {
  const { engineer, name, home_lat: lat, home_lon: lon, territory_km: radiusKm } = row
  return {
    engineer,
    name,
    hasProfile: row.overtime_min !== null,
    hasShifts: row.has_shifts === 1,
    home: lat === null || lon === null ? null : { lat, lon, name: row.home_name ?? '' },
    territory: radiusKm === null ? null : { name: row.territory_name ?? '', radiusKm },
    vehicle: row.vehicle,
    overtimeMin: row.overtime_min ?? 0,
    lunch: row.lunch === null ? null : (JSON.parse(row.lunch) as LunchRule),
    hourCostFen: row.hour_cost_fen,
  }
}

const absenceOf = ({ absent_from: from, absent_to: to }: EngineerRow): Span[] => (from === null || to === null ? [] : [{ from, to }])

function readRotations(db: ReadableDb, asked: string | null): Of<Rotation>[] {
  const rows = all<Of<Omit<Rotation, 'shifts'> & { shifts: string }>>(db, ROTATIONS, { asked })
  return rows.map((row) => ({ ...row, shifts: JSON.parse(row.shifts) as RotationShift[] }))
}

function readSingles(db: ReadableDb, span: Span, asked: string | null): Of<Shift>[] {
  const rows = all<Of<Omit<Shift, 'source'>>>(db, SINGLES, { ...span, earliest: span.from - LONGEST_SHIFT, asked })
  return rows.map((row) => ({ ...row, source: 'single' }))
}

/** Days in any zone, with one to spare on each side. */
const daysAround = ({ from, to }: Span): { first: string; last: string } => ({
  first: new Date(from - 2 * DAY).toISOString().slice(0, 10),
  last: new Date(to + DAY).toISOString().slice(0, 10),
})

/** What shifts of one engineer stand in a span: for whoever changes them. */
export const localShifts = {
  singles: (db: ReadableDb, engineer: string, span: Span): Shift[] =>
    readSingles(db, span, JSON.stringify([engineer])).map(({ engineer: _of, ...shift }) => shift),
  skipped: (db: ReadableDb, engineer: string, span: Span): ReadonlySet<string> =>
    new Set(
      all<{ day: string }>(db, SKIPPED, { ...daysAround(span), asked: JSON.stringify([engineer]) }).map(({ day }) => day),
    ),
}
