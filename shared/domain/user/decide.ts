import type { EventDraft } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import type { Role, UserEvents, UserState } from './fold.ts'

type Decided = Result<readonly EventDraft[]>

/** What the other accounts look like, where a rule speaks of more than one person. */
export interface Others {
  /** Enabled administrators besides this user. */
  readonly admins: number
}

const LONGEST_ABSENCE_MS = 366 * 86_400_000

export function decideAdd(
  user: UserState,
  input: { displayName: string; roles: readonly Role[]; demo?: true | undefined },
): Decided {
  if (user.exists) return refuse('loginTaken', 'login', { login: user.id })
  return one(
    user,
    'userAdded',
    { login: user.id, roles: [...input.roles], ...(input.demo && { demo: true }) },
    {
      displayName: input.displayName,
    },
  )
}

export function decideRoles(user: UserState, roles: readonly Role[], others: Others): Decided {
  if (!user.exists) return unknownUser(user)
  if (sameRoles(user.roles, roles)) return accept([])
  if (user.roles.includes('admin') && !roles.includes('admin') && !user.disabled && others.admins === 0) {
    return refuse('lastAdmin', 'roles')
  }
  return one(user, 'rolesChanged', { old: [...user.roles], new: [...roles] })
}

export function decideRename(user: UserState, displayName: string): Decided {
  if (!user.exists) return unknownUser(user)
  if (user.displayName === displayName) return accept([])
  return one(user, 'userRenamed', {}, { displayName: { old: user.displayName, new: displayName } })
}

export function decideDisable(user: UserState, reason: string, others: Others): Decided {
  if (!user.exists) return unknownUser(user)
  if (user.disabled) return accept([])
  if (user.roles.includes('admin') && others.admins === 0) return refuse('lastAdmin', 'user')
  return one(user, 'userDisabled', { reason })
}

export function decideEnable(user: UserState): Decided {
  if (!user.exists) return unknownUser(user)
  return user.disabled ? one(user, 'userEnabled', {}) : accept([])
}

/** @param deputy null: nobody is called instead */
export function decideAbsence(
  user: UserState,
  absence: { from: number; to: number },
  deputy: UserState | null,
): Decided {
  if (!user.exists) return unknownUser(user)
  if (absence.to <= absence.from || absence.to - absence.from > LONGEST_ABSENCE_MS) {
    return refuse('invalidPeriod', 'to')
  }
  if (deputy && deputy.id === user.id) return refuse('ownDeputy', 'deputy')
  if (deputy && (!deputy.exists || deputy.disabled))
    return refuse('unknownUser', 'deputy', { user: deputy.id })
  return one(user, 'absenceSet', { from: absence.from, to: absence.to, deputy: deputy?.id ?? null })
}

export function decideEndAbsence(user: UserState): Decided {
  if (!user.exists) return unknownUser(user)
  return user.absence ? one(user, 'absenceEnded', {}) : accept([])
}

/** Undefined stays as it is. */
export function decideProfile(
  user: UserState,
  { phone, skills, team }: { phone?: string | undefined; skills?: readonly string[] | undefined; team?: string | undefined },
): Decided {
  if (!user.exists) return unknownUser(user)
  const newSkills = skills !== undefined && skills.join('\n') !== user.skills.join('\n') ? [...skills] : undefined
  const newPhone = phone !== undefined && phone !== user.phone ? phone : undefined
  const newTeam = team !== undefined && team !== user.team ? team : undefined
  if (newSkills === undefined && newPhone === undefined && newTeam === undefined) return accept([])
  return one(
    user,
    'profileChanged',
    {
      ...(newSkills && { skills: { old: [...user.skills], new: newSkills } }),
      ...(newTeam !== undefined && { team: { old: user.team, new: newTeam } }),
    },
    newPhone === undefined ? undefined : { phone: { old: user.phone, new: newPhone } },
  )
}

export function decideNotePassword(user: UserState, by: 'self' | 'admin'): Decided {
  if (!user.exists) return unknownUser(user)
  return one(user, 'passwordChanged', { by })
}

const unknownUser = (user: UserState) => refuse('unknownUser', 'user', { user: user.id })

const sameRoles = (a: readonly Role[], b: readonly Role[]): boolean =>
  [...a].sort().join() === [...b].sort().join()

function one<Type extends keyof UserEvents>(
  user: UserState,
  type: Type,
  data: UserEvents[Type],
  personal?: NonNullable<EventDraft['personal']>['data'],
): Decided {
  const subject = { kind: 'user', id: user.id } as const
  return accept([
    {
      subject,
      type,
      version: 1,
      data,
      ...(personal && { personal: { of: `user:${user.id}`, data: personal } }),
    },
  ])
}
