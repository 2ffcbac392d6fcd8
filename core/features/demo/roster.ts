import type { CommandInput } from '#shared/contract/registry.ts'
import type { Coordinates, Level } from '#shared/domain/roster/types.ts'
import { kilometres } from '#shared/domain/roster/geo.ts'
import type { DemoDesk } from './desk.ts'
import type { Customer } from './fleet.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { areaOf, roster } from './resources.ts'
import { ADMIN, user, type Engineer, type Staff } from './staff.ts'
import { DAY, dayOf, HOUR, kindOfDay, MINUTE, startOfDay, weekday } from './workHours.ts'
import type { Life, World } from './world.ts'

type Rotation = Pick<CommandInput['roster.addRotation'], 'cycleDays' | 'shifts'>

const week = (days: readonly number[], start: string, minutes: number): Rotation => ({
  cycleDays: 7,
  shifts: days.map((day) => ({ day, start, minutes })),
})
/** Days of a week from Monday on. */
const WORKDAYS = [0, 1, 2, 3, 4]
const OFFICE_DAYS = week(WORKDAYS, '08:30', 540)
const EARLY = week(WORKDAYS, '07:30', 540)
const WITH_SATURDAY = week([1, 2, 3, 4, 5], '08:30', 540)
/** Four days on, two off. */
const FOUR_TWO: Rotation = { cycleDays: 6, shifts: [0, 1, 2, 3].map((day) => ({ day, start: '08:00', minutes: 600 })) }
/** A night over midnight, every third day; and a day and night of standing by, every fourth. */
const NIGHTS: Rotation = { cycleDays: 3, shifts: [{ day: 0, start: '20:00', minutes: 720 }] }
const STAND_BY: Rotation = { cycleDays: 4, shifts: [{ day: 0, start: '08:00', minutes: 1440 }] }

const WEEKS_BACK = 5

/**
 * The roster as it stands when the tale ends: the catalogue of skills, who holds what, the shifts of the weeks past and
 * to come, and where customers are. It is planted last, so that what was booked before it stands as it was booked.
 */
export function* plantRoster(
  { world, staff }: Pick<DemoDesk, 'world' | 'staff'>,
  random: Random,
  { customers, plans, until }: { customers: readonly Customer[]; plans: readonly Plan[]; until: number },
): Life {
  const supervisor = user(staff.of.supervisor[0] ?? 'supervisor')
  for (const { id, name } of roster.skills) world.act(supervisor, 'skill.register', { name, demo: true }, id)
  const places = new Map<string, Coordinates>()
  for (const customer of customers) {
    const area = areaOf(customer.address)
    if (!area) continue
    const own = random.fork(customer.id)
    const place = { lat: area.lat + own.between(-0.04, 0.04), lon: area.lon + own.between(-0.05, 0.05) }
    places.set(customer.id, place)
    world.act(supervisor, 'customer.locate', { customer: customer.id, place })
  }
  const monday = dayOf(until) - ((weekday(dayOf(until)) + 6) % 7) - 7 * WEEKS_BACK
  // Whoever has nothing booked any more may as well work at night.
  const free = staff.engineers.filter(({ booked }, index) => index > 0 && !booked.some((slot) => slot.to > until))
  const unusual = new Map<string, Rotation>()
  for (const [index, rotation] of [NIGHTS, STAND_BY, FOUR_TWO, FOUR_TWO].entries()) {
    const engineer = free[index]
    if (engineer) unusual.set(engineer.id, rotation)
  }
  const homes = new Map<string, Coordinates>()
  for (const [index, engineer] of staff.engineers.entries()) {
    const own = random.fork(engineer.id)
    const profile = profileOf(engineer, index, own, until)
    homes.set(engineer.id, profile.home as Coordinates)
    world.act(supervisor, 'roster.setProfile', profile)
    const usual = index % 6 === 4 ? WITH_SATURDAY : index % 6 === 5 ? EARLY : OFFICE_DAYS
    const pattern = unusual.get(engineer.id) ?? usual
    const from = dateOf(pattern.cycleDays === 7 ? monday : monday + index)
    world.act(supervisor, 'roster.addRotation', { engineer: engineer.id, from, until: null, ...pattern })
    if (usual === OFFICE_DAYS && pattern === usual) saturdays(world, engineer.id, own, until)
  }
  for (const [index, plan] of plans.filter(({ hold }) => hold?.how === 'dispatch').entries()) {
    const place = places.get(plan.customer.id)
    if (index % 3 !== 2 && place) bookNear(world, plan, place, homes, until)
    else asksMore(world, plan, index, until)
  }
  yield* away(world, staff, until)
}

const STARTS = [13, 15.5, 33.5, 36, 38].map((hours) => hours * HOUR)

/** Today or tomorrow, by whoever lives nearest of those whom nothing forbids. */
function bookNear(world: World, plan: Plan, place: Coordinates, homes: ReadonlyMap<string, Coordinates>, until: number): void {
  const near = [...homes].sort(([, a], [, b]) => kilometres(a, place) - kilometres(b, place)).slice(0, 12)
  const ms = Math.ceil(plan.fault.hours * 2) * 0.5 * HOUR
  const midnight = startOfDay(dayOf(until))
  for (const [engineer] of near) {
    for (const start of STARTS) {
      const from = midnight + start
      if (from < until + HOUR) continue
      const window = { order: plan.id, base: world.head(plan.id), engineer, from, to: from + ms }
      if (world.try(user('dispatcher'), 'workOrder.bookAppointment', window).ok) return
    }
  }
}

/** Some customers let somebody in at certain times only, and some jobs want two. */
function asksMore(world: World, plan: Plan, index: number, until: number): void {
  const tomorrow = startOfDay(dayOf(until) + 1)
  const windows = [{ from: tomorrow + 13 * HOUR, to: tomorrow + 16 * HOUR }]
  world.decide(user('dispatcher'), 'planVisit', plan.id, index % 2 === 0 ? { windows } : { crew: 2 })
}

/** Holidays are off, and now and then somebody works on a Saturday. */
function saturdays(world: World, engineer: string, random: Random, until: number): void {
  const dispatcher = user('dispatcher')
  const today = dayOf(until)
  for (let day = today - 28; day <= today + 14; day++) {
    const isWorkday = weekday(day) >= 1 && weekday(day) <= 5
    if (isWorkday && kindOfDay(day) === 'holiday') world.act(dispatcher, 'roster.skipDay', { engineer, day: dateOf(day), skip: true })
    if (weekday(day) !== 6 || !random.chance(0.15)) continue
    const from = startOfDay(day) + 9 * HOUR
    world.act(dispatcher, 'roster.addShift', { engineer, from, to: from + 6 * HOUR })
  }
}

/** Two are on leave in the days to come, and another engineer is called instead. */
function* away(world: World, staff: Staff, until: number): Life {
  const [first, second, deputy] = staff.engineers.slice(-3).map(({ id }) => id)
  if (deputy === undefined) return
  const tomorrow = startOfDay(dayOf(until) + 1)
  world.act(ADMIN, 'user.setAbsence', { user: first, from: tomorrow, to: tomorrow + 2 * DAY, deputy })
  world.act(ADMIN, 'user.setAbsence', { user: second, from: tomorrow + 3 * DAY, to: tomorrow + 8 * DAY, deputy })
  yield until + MINUTE
}

function profileOf(engineer: Engineer, index: number, random: Random, until: number): CommandInput['roster.setProfile'] {
  const { base } = engineer
  const skills = engineer.skills.map((skill, n) => {
    const level: Level = n === 0 ? (random.chance(0.6) ? 3 : 2) : random.chance(0.4) ? 2 : 1
    const hasCertificate = level === 3 || random.chance(0.3)
    // Most certificates hold for long; a few end these days, and one has ended.
    const days = index === 5 && n === 1 ? -12 : index % 8 === 3 ? random.whole(3, 20) : random.whole(60, 700)
    return {
      skill,
      level,
      certificate: hasCertificate ? `ZS-${String(index + 1).padStart(3, '0')}-${n + 1}` : '',
      validUntil: hasCertificate ? dateOf(dayOf(until) + days) : null,
    }
  })
  return {
    engineer: engineer.id,
    skills,
    home: { lat: base.lat + random.between(-0.02, 0.02), lon: base.lon + random.between(-0.02, 0.02), name: base.name },
    territory: { name: base.territory, radiusKm: base.radiusKm },
    vehicle: `VAN-${String(index + 1).padStart(2, '0')}`,
    overtimeMin: random.pick([0, 60, 60, 90, 120]),
    lunch: { from: '11:30', to: '13:30', minutes: 45 },
    hourCostFen: random.whole(90, 160) * 100,
  }
}

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
