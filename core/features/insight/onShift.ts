import { joined, overlaps, rotationShifts } from '#shared/domain/roster/rotation.ts'
import type { Rotation, RotationShift, Shift, Span } from '#shared/domain/roster/types.ts'
import { dayFromIso, isoOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import type { Days } from './sums.ts'

interface OnShift {
  readonly engineerDays: number
  /** The first day of the period from which on shifts are kept; null: nobody keeps any for the period. */
  readonly since: number | null
}

type Of<Value> = Value & { readonly engineer: string }
interface Row {
  readonly engineer: string
  readonly day: string
}

const DAY = 86_400_000
/** The days of a rotation are those of its own zone: an instant of a day lies within so much of it in any other. */
const AROUND = 2 * DAY

const ROTATIONS = `
  SELECT engineer, id, from_day AS "from", until_day AS "until", zone, cycle_days AS cycleDays, shifts FROM rotation
  WHERE from_day <= ? AND (until_day IS NULL OR until_day >= ?) ORDER BY engineer, id`
const SINGLES = 'SELECT engineer, id, day, from_at AS "from", to_at AS "to" FROM single_shift WHERE from_at >= ? AND from_at < ?'
const SKIPPED = 'SELECT engineer, day FROM skipped_day WHERE day BETWEEN ? AND ?'
const AWAY = `SELECT user AS engineer, from_at AS "from", to_at AS "to" FROM user_away WHERE from_at < ? AND to_at > ?`

/**
 * METRICS, "engineer-days on shift": days on which an engineer had a shift that has begun by now and was not wholly on
 * leave. A shift belongs to the day on which it begins; two of a day are one. Counted by the cycle of a rotation, with
 * the hours of single days looked at only where leave or the present cuts into them.
 * @param team of the engineers' present teams, empty for those without one; undefined: all
 */
export function readOnShift(db: ReadableDb, { from, to }: Days, zone: string, now: number, team?: string): OnShift {
  const last = Math.min(to, Math.floor((now + AROUND) / DAY))
  const kept = keptSince(db, team)
  if (kept === null || kept > last || last < from) return { engineerDays: 0, since: null }
  const [first, end] = [isoOf(from), isoOf(last)]
  const span = { from: startOf(from, zone) - AROUND, to: startOf(last + 1, zone) + AROUND }
  const members = team === undefined ? null : new Set(all<{ id: string }>(db, 'SELECT id FROM user_account WHERE team = ?', team).map(({ id }) => id))
  const rotations = byEngineer(all<Of<Omit<Rotation, 'shifts'> & { shifts: string }>>(db, ROTATIONS, end, first))
  const singles = byEngineer(all<Of<Omit<Shift, 'source'>>>(db, SINGLES, span.from, span.to))
  const skipped = byEngineer(all<Row>(db, SKIPPED, first, end))
  const away = byEngineer(all<Of<Span>>(db, AWAY, span.to, span.from))
  let engineerDays = 0
  for (const engineer of new Set([...rotations.keys(), ...singles.keys()])) {
    if (members && !members.has(engineer)) continue
    const roster: Roster = {
      rotations: (rotations.get(engineer) ?? []).map((row) => ({ ...row, shifts: JSON.parse(row.shifts) as RotationShift[] })),
      singles: (singles.get(engineer) ?? []).map((shift) => ({ ...shift, source: 'single' })),
      off: new Set(skipped.get(engineer)?.map(({ day }) => day)),
    }
    const days = rosteredDays(roster, from, last)
    for (const gone of [...(away.get(engineer) ?? []), { from: now + 1, to: Infinity }]) {
      const [begin, finish] = [gone.from, gone.to].map((at) => Math.floor(at / DAY)) as [number, number]
      for (let day = Math.max(from, begin - 2); day <= Math.min(last, finish + 1); day++) {
        if (days[day - from] !== 1) continue
        const isInside = day > begin + 2 && day < finish - 4
        if (isInside || !isWorked(roster, day, away.get(engineer) ?? [], now)) days[day - from] = 0
      }
    }
    for (const day of days) engineerDays += day
  }
  return { engineerDays, since: Math.max(from, kept) }
}

/** The first day of anybody's roster, or of a team's; null: nobody keeps one. */
function keptSince(db: ReadableDb, team: string | undefined): number | null {
  const first = one<{ day: string | null }>(
    db,
    team === undefined
      ? `SELECT min(day) AS day FROM (SELECT min(from_day) AS day FROM rotation
           UNION ALL SELECT * FROM (SELECT day FROM single_shift ORDER BY from_at LIMIT 1))`
      : `SELECT min(day) AS day FROM (SELECT r.from_day AS day FROM rotation AS r JOIN user_account AS u ON u.id = r.engineer WHERE u.team = :team
           UNION ALL SELECT (SELECT day FROM single_shift WHERE engineer = u.id ORDER BY from_at LIMIT 1) FROM user_account AS u WHERE u.team = :team)`,
    ...(team === undefined ? [] : [{ team }]),
  )?.day
  return first === null || first === undefined ? null : dayFromIso(first)
}

interface Roster {
  readonly rotations: readonly Rotation[]
  readonly singles: readonly Shift[]
  readonly off: ReadonlySet<string>
}

/** 1 for each day of the period on which a shift begins. */
function rosteredDays({ rotations, singles, off }: Roster, from: number, to: number): Uint8Array {
  const days = new Uint8Array(to - from + 1)
  for (const { from: begin, until, cycleDays, shifts } of rotations) {
    const first = dayFromIso(begin)
    const last = Math.min(to, until === null ? to : dayFromIso(until))
    for (const inCycle of new Set(shifts.map(({ day }) => day))) {
      const earliest = first + inCycle
      const skip = Math.max(0, Math.ceil((from - earliest) / cycleDays))
      for (let day = earliest + skip * cycleDays; day <= last; day += cycleDays) days[day - from] = 1
    }
  }
  for (const day of off) days[dayFromIso(day) - from] = 0
  for (const { day } of singles) {
    const at = dayFromIso(day) - from
    if (at >= 0 && at < days.length) days[at] = 1
  }
  return days
}

/** Some of the day's shifts has begun and was not on leave. */
function isWorked({ rotations, singles, off }: Roster, day: number, away: readonly Span[], now: number): boolean {
  const iso = isoOf(day)
  const around = { from: day * DAY - AROUND, to: (day + 1) * DAY + AROUND }
  const shifts = [...rotations.flatMap((rotation) => rotationShifts(rotation, around, off)), ...singles].filter((shift) => shift.day === iso)
  return joined(shifts).some((shift) => shift.from <= now && !isCovered(shift, away))
}

/** Spans of one kind never overlap, those of several kinds may. */
function isCovered(shift: Span, away: readonly Span[]): boolean {
  let reached = shift.from
  for (const gone of away.filter((each) => overlaps(each, shift)).sort((a, b) => a.from - b.from)) {
    if (gone.from > reached) return false
    reached = Math.max(reached, gone.to)
  }
  return reached >= shift.to
}

function byEngineer<Value extends Of<object>>(rows: readonly Value[]): ReadonlyMap<string, Value[]> {
  const map = new Map<string, Value[]>()
  for (const row of rows) {
    const list = map.get(row.engineer)
    if (list) list.push(row)
    else map.set(row.engineer, [row])
  }
  return map
}
