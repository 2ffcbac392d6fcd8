import type { Role } from '../user/fold.ts'

/** A user as the ladder sees one. */
export interface Person {
  readonly id: string
  readonly disabled: boolean
  /** UTC ms, half-open. */
  readonly absence: { readonly from: number; readonly to: number; readonly deputy: string | null } | null
}

export interface People {
  /** In the order of their ids. */
  withRole(role: Role): readonly Person[]
  byId(id: string): Person | undefined
}

interface CalledPerson {
  readonly user: string
  readonly insteadOf?: string
}
export interface Called {
  readonly called: CalledPerson[]
  /** Nobody could be reached in the role of the policy: these were called instead. */
  readonly fellUpTo?: Role
}

const ABOVE: readonly Role[] = ['supervisor', 'director', 'admin']

/**
 * Whom a level calls: everyone on duty in the role, the order's owner first; the deputy of whoever is on leave,
 * and the deputy's deputy. Where nobody is left, the next role above: an alarm is heard by somebody.
 */
export function whoIsCalled(role: Role, people: People, now: number, owner: string | null): Called {
  const ladder = [role, ...ABOVE.slice(ABOVE.indexOf(role) + 1)]
  for (const step of ladder) {
    const called = reachable(people.withRole(step), people, now)
    if (called.length === 0) continue
    called.sort((a, b) => Number(b.user === owner) - Number(a.user === owner))
    return step === role ? { called } : { called, fellUpTo: step }
  }
  return { called: [] }
}

function reachable(holders: readonly Person[], people: People, now: number): CalledPerson[] {
  const called = new Map<string, CalledPerson>()
  for (const holder of holders) if (isOnDuty(holder, now)) called.set(holder.id, { user: holder.id })
  for (const holder of holders) {
    if (holder.disabled || isOnDuty(holder, now)) continue
    const deputy = deputyOf(holder, people, now)
    if (deputy !== undefined && !called.has(deputy)) called.set(deputy, { user: deputy, insteadOf: holder.id })
  }
  return [...called.values()]
}

const isAway = ({ absence }: Person, now: number): boolean => absence !== null && absence.from <= now && now < absence.to
const isOnDuty = (person: Person, now: number): boolean => !person.disabled && !isAway(person, now)

/** Who stands in for a person at this moment; nobody does for one who is there. */
export const standInOf = (person: Person, people: People, now: number): string | undefined =>
  isAway(person, now) ? deputyOf(person, people, now) : undefined

/** The first in the chain of deputies who is there; nobody where the chain ends or bites its tail. */
export function deputyOf(person: Person, people: People, now: number): string | undefined {
  const seen = new Set([person.id])
  let deputy = person.absence?.deputy ?? null
  while (deputy !== null && !seen.has(deputy)) {
    seen.add(deputy)
    const candidate = people.byId(deputy)
    if (!candidate || candidate.disabled) return undefined
    if (!isAway(candidate, now)) return candidate.id
    deputy = candidate.absence?.deputy ?? null
  }
  return undefined
}
