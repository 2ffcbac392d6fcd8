import * as contract from '#shared/contract/roster.ts'
import type { RosterEngineer } from '#shared/contract/roster.ts'
import type { Leave, LunchRule, RotationShift } from '#shared/domain/roster/types.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { may } from '../../kernel/access.ts'
import { query } from '../../kernel/feature.ts'
import { headOf, readState } from '../../kernel/readState.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'
import { dayAt } from '../today.ts'
import { judgeVisit } from './judge.ts'
import { readVisits } from './visits.ts'

const DAY = 86_400_000
const LONGEST_SPAN = 62 * DAY

const ROTATIONS = `
  SELECT id, from_day AS "from", until_day AS "until", zone, cycle_days AS cycleDays, shifts FROM rotation
  WHERE engineer = ? ORDER BY from_day, id`
const PERSON = `
  SELECT u.phone, u.absent_from, u.absent_to, u.deputy, ${headOf("'engineerProfile:' || u.id")} AS head
  FROM user_account AS u WHERE u.id = ?`
const LEAVES = 'SELECT id, from_at AS "from", to_at AS "to" FROM engineer_leave WHERE engineer = ? AND to_at > ? ORDER BY from_at, id'
const SKIPPED = 'SELECT day FROM skipped_day WHERE engineer = ? AND day >= ? AND day <= ? ORDER BY day'
const LOST = `
  SELECT shift AS id, from_at AS "from", to_at AS "to", by_user AS "by" FROM lost_shift
  WHERE engineer = ? AND from_at < ? AND to_at > ? ORDER BY from_at, event`

const skillNames = (db: ReadableDb): ReadonlyMap<string, string> =>
  new Map(all<{ id: string; name: string }>(db, 'SELECT id, name FROM skill').map(({ id, name }) => [id, name]))

interface PersonRow {
  phone: string
  absent_from: number | null
  absent_to: number | null
  deputy: string | null
  head: string | null
}

export const rosterQueries = [
  query(contract.rosterEngineers, ({ engineer }, { db, now, principal }) => {
    const names = skillNames(db)
    const today = dayAt(db, now)
    const seesCost = may(principal, { action: 'change', subject: 'User' })
    const found = rosterPort.read(db, { from: now, to: now }, engineer === undefined ? undefined : [engineer])
    const engineers = found.map((each): RosterEngineer => {
      const person = one<PersonRow>(db, PERSON, each.engineer) as PersonRow
      const { absent_from: from, absent_to: to } = person
      type Stored = Omit<RosterEngineer['rotations'][number], 'shifts'> & { shifts: string }
      return {
        id: each.engineer,
        name: each.name,
        phone: person.phone,
        hasProfile: each.hasProfile,
        skills: each.skills.map((held) => ({
          ...held,
          name: names.get(held.skill) ?? held.skill,
          expired: held.validUntil !== null && held.validUntil < today,
        })),
        home: each.home && { ...each.home },
        territory: each.territory && { ...each.territory },
        vehicle: each.vehicle,
        overtimeMin: each.overtimeMin,
        lunch: each.lunch && { ...(each.lunch as LunchRule) },
        hourCostFen: seesCost ? each.hourCostFen : null,
        rotations: all<Stored>(db, ROTATIONS, each.engineer).map((row) => ({
          ...row,
          shifts: JSON.parse(row.shifts) as RotationShift[],
        })),
        absence: from === null || to === null ? null : { from, to, deputy: person.deputy },
        leaves: all<Leave>(db, LEAVES, each.engineer, now),
        head: person.head,
      }
    })
    return { now, zone: readSetting(db, 'company.timeZone'), engineers }
  }),

  query(contract.rosterShifts, ({ from, to: asked, engineers }, { db }) => {
    const zone = readSetting(db, 'company.timeZone')
    const to = Math.min(asked, from + LONGEST_SPAN)
    const [first, last] = [dayAt(db, from), dayAt(db, to)]
    return {
      zone,
      engineers: rosterPort.read(db, { from, to }, engineers).map((each) => ({
        id: each.engineer,
        name: each.name,
        shifts: each.shifts.map((shift) => ({ ...shift })),
        skipped: all<{ day: string }>(db, SKIPPED, each.engineer, first, last).map(({ day }) => day),
        absences: each.absences.filter((away) => away.from < to && away.to > from).map((away) => ({ ...away })),
        booked: each.booked.filter((slot) => slot.from < to && slot.to > from).map((slot) => ({ ...slot })),
        lost: all<{ id: string; from: number; to: number; by: string }>(db, LOST, each.engineer, to, from),
      })),
    }
  }),

  query(contract.checkBooking, ({ order, engineer, crew, from, to }, { db, now }) => {
    const verdict = judgeVisit(db, now, (id) => readState(db, 'workOrder', id).state, { order, engineers: [engineer, ...crew], from, to })
    return structuredClone(verdict) as { hard: never[]; soft: never[] }
  }),

  query(contract.visitOf, ({ order }, { db }) => {
    const visit = readVisits(db, [order])[0]
    if (!visit) return { visit: null }
    const names = skillNames(db)
    const numberOf = (id: string): string =>
      one<{ number: string }>(db, 'SELECT number FROM work_order WHERE id = ?', id)?.number ?? id
    const { place, siteName, minutes, needs, learnt, skills, unknownSkills } = visit
    return {
      visit: {
        place: place && { ...place },
        siteName,
        minutes,
        planned: {
          minutes: needs.minutes,
          crew: needs.crew,
          after: needs.after.map((id) => ({ id, number: numberOf(id) })),
          windows: needs.windows.map((window) => ({ ...window })),
        },
        learnt: { ...learnt },
        skills: skills.map(({ skill, level }) => ({ skill, level, name: names.get(skill) ?? skill })),
        unknownSkills: [...unknownSkills],
      },
    }
  }),
]
