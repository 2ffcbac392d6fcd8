import type { Actor } from '#shared/domain/kernel/event.ts'
import { kilometres } from '#shared/domain/roster/geo.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { areaOf, machines, names, roster, type Base } from './resources.ts'
import type { Random } from './random.ts'
import { DAY, type Hours } from './workHours.ts'
import type { Life, World } from './world.ts'

const COLLEAGUES: Readonly<Partial<Record<Role, number>>> = {
  dispatcher: 4,
  technicalLead: 3,
  supervisor: 2,
  director: 1,
  partsKeeper: 2,
  engineer: 24,
}
/** Who has the login of the role itself; the accounts that every demo desk has. */
const FIRST: Readonly<Partial<Record<Role, string>>> = {
  dispatcher: 'dispatcher',
  technicalLead: 'lead',
  supervisor: 'supervisor',
  director: 'director',
  partsKeeper: 'parts',
  engineer: 'engineer',
}

export const user = (id: string): Actor => ({ kind: 'user', id })
export const ADMIN = user('admin')

export interface Engineer {
  readonly id: string
  readonly skills: readonly string[]
  readonly base: Base
  /** Booked windows, ascending. */
  readonly booked: { from: number; to: number }[]
}

export interface Staff {
  readonly of: Readonly<Record<'dispatcher' | 'technicalLead' | 'supervisor' | 'director' | 'partsKeeper', readonly string[]>>
  readonly engineers: readonly Engineer[]
}

/** Adds the colleagues of those whom every demo desk has, each marked as demo. */
export function hire(world: World, random: Random): Staff {
  const logins = (role: Role): string[] => {
    const first = FIRST[role] ?? role
    const count = COLLEAGUES[role] ?? 1
    const all = Array.from({ length: count }, (_, index) => (index === 0 ? first : `${first}${index + 1}`))
    for (const login of all.slice(1)) {
      const displayName = random.pick(names.surnames) + random.pick(names.given)
      world.act(ADMIN, 'user.add', { login, displayName, roles: [role], demo: true }, `demo-account-${login}`)
    }
    return all
  }
  const of = {
    dispatcher: logins('dispatcher'),
    technicalLead: logins('technicalLead'),
    supervisor: logins('supervisor'),
    director: logins('director'),
    partsKeeper: logins('partsKeeper'),
  }
  for (const role of ['dispatcher', 'technicalLead'] as const) {
    for (const login of of[role]) join(world, login, role === 'dispatcher' ? '调度组' : '技术支持组')
  }
  const engineers = logins('engineer').map((id, index): Engineer => {
    // The demo's own engineer works in the middle of 苏州.
    const base = index === 0 ? (roster.bases[0] as Base) : random.weighted(roster.bases)
    join(world, id, base.team)
    const main = machines.skills[index % machines.skills.length] as string
    return { id, skills: [...new Set([main, random.pick(machines.skills), random.pick(machines.skills)])], base, booked: [] }
  })
  return { of, engineers }
}

function join(world: World, login: string, team: string): void {
  world.act(ADMIN, 'user.changeProfile', { user: login, team }, `demo-team-${login}`)
}

/** Now and then a technical lead or a supervisor is away for some days, and somebody stands in. */
export function* absences(world: World, staff: Staff, random: Random): Life {
  const bosses = [...staff.of.technicalLead, ...staff.of.supervisor]
  for (;;) {
    yield world.now + random.between(9, 24) * DAY
    const away = random.pick(bosses)
    const peers = staff.of.technicalLead.includes(away) ? staff.of.technicalLead : staff.of.supervisor
    const deputy = random.pick(peers.filter((peer) => peer !== away))
    world.act(ADMIN, 'user.setAbsence', { user: away, from: world.now, to: world.now + random.whole(2, 6) * DAY, deputy })
  }
}

/** So many of those who can do it are asked: who set out from nearest. */
const NEAR = 4

/**
 * The first free window of somebody near who can do it, of those who are free soonest. Returns null where nobody is free
 * within three weeks.
 */
export function firstFree(
  staff: Staff,
  random: Random,
  wish: { skill: string; address: string; earliest: number; ms: number; hours: Hours; openAt: (hours: Hours, at: number) => number },
): { engineer: Engineer; from: number } | null {
  const able = staff.engineers.filter((engineer) => engineer.skills.includes(wish.skill))
  const place = areaOf(wish.address)
  const away = ({ base }: Engineer): number => (place ? kilometres(base, place) : 0)
  const near = (able.length > 0 ? able : staff.engineers).toSorted((a, b) => away(a) - away(b)).slice(0, NEAR)
  const asked = Array.from({ length: 3 }, () => random.pick(near))
  let best: { engineer: Engineer; from: number } | null = null
  for (const engineer of asked) {
    const from = gapOf(engineer, wish)
    if (from !== null && (best === null || from < best.from)) best = { engineer, from }
  }
  return best
}

const STEP = 30 * 60_000

function gapOf(
  engineer: Engineer,
  { earliest, ms, hours, openAt }: { earliest: number; ms: number; hours: Hours; openAt: (hours: Hours, at: number) => number },
): number | null {
  let from = openAt(hours, Math.ceil(earliest / STEP) * STEP)
  const latest = earliest + 21 * DAY
  while (from < latest) {
    const clash = engineer.booked.find((slot) => slot.from < from + ms && from < slot.to)
    // A visit ends on the day on which it began.
    if (!clash && openAt(hours, from + ms) - from < ms + STEP) return from
    from = openAt(hours, clash ? Math.ceil(clash.to / STEP) * STEP : from + STEP)
  }
  return null
}

export function book(engineer: Engineer, from: number, to: number): void {
  // Long past windows are in nobody's way.
  while (engineer.booked.length > 40) engineer.booked.shift()
  engineer.booked.push({ from, to })
  engineer.booked.sort((a, b) => a.from - b.from)
}

export function unbook(engineer: Engineer, from: number): void {
  const index = engineer.booked.findIndex((slot) => slot.from === from)
  if (index >= 0) engineer.booked.splice(index, 1)
}

