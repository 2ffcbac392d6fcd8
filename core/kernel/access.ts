import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability'
import {
  ACTIONS,
  PERMISSION_SUBJECTS,
  type Action,
  type Permission,
  type PermissionSubject,
} from '#shared/contract/define.ts'
import type { Actor } from '#shared/domain/kernel/event.ts'
import { assertNever } from '#shared/domain/kernel/refusal.ts'
import type { Role } from '#shared/domain/user/fold.ts'

/** Who is asking: a signed-in person, or the program itself (scheduler, command line on its own data folder). */
export interface Principal {
  readonly actor: Actor
  readonly roles: readonly Role[]
  readonly local: boolean
  /** A wall display, by the id of its token: it may look at what a wall shows, and nothing else. */
  readonly wall?: string
}

export const LOCAL: Principal = { actor: { kind: 'system', id: 'local' }, roles: ['admin'], local: true }

type Ability = MongoAbility<[Action, PermissionSubject | 'all']>
const abilities = new Map<string, Ability>()

/** The one place where a permission is decided (DESIGN §6). */
export function may(principal: Principal, permission: Permission): boolean {
  if (principal.local) return true
  if (principal.wall !== undefined) return permission.action === 'read' && permission.subject === 'Wall'
  return abilityOf(principal.roles).can(permission.action, permission.subject)
}

/** Everything that the principal may do, as `action:Subject`, so that a screen offers nothing that is refused. */
export function allowed(principal: Principal): string[] {
  return PERMISSIONS.filter((permission) => may(principal, permission)).map(({ action, subject }) => `${action}:${subject}`)
}

const PERMISSIONS: readonly Permission[] = PERMISSION_SUBJECTS.flatMap((subject) =>
  ACTIONS.map((action) => ({ action, subject })),
)

/** The same for a role by itself: the administrator's table of roles is read from where they are decided. */
export const allowedTo = (role: Role): Permission[] =>
  PERMISSIONS.filter(({ action, subject }) => abilityOf([role]).can(action, subject))

function abilityOf(roles: readonly Role[]): Ability {
  const key = [...roles].sort().join()
  let ability = abilities.get(key)
  if (!ability) abilities.set(key, (ability = buildAbility(roles)))
  return ability
}

function buildAbility(roles: readonly Role[]): Ability {
  const { can, build } = new AbilityBuilder<Ability>(createMongoAbility)
  const everyday = (): void => {
    can('read', ['WorkOrder', 'Customer', 'Equipment', 'Provider', 'Contract', 'KnownDefect', 'Stock', 'Appointment', 'Notification', 'User', 'Wall'])
    can('use', ['Session', 'Notification'])
  }
  for (const role of roles) {
    everyday()
    switch (role) {
      case 'dispatcher':
        can(['create', 'change', 'decide', 'end'], 'WorkOrder')
        can(['create', 'change'], ['Customer', 'Equipment', 'Appointment'])
        break
      case 'technicalLead':
        can(['create', 'change', 'decide', 'end'], 'WorkOrder')
        can(['change'], ['Equipment', 'Appointment'])
        can(['create', 'change'], 'KnownDefect')
        break
      case 'supervisor':
      case 'director':
        can(['create', 'change', 'decide', 'end', 'release', 'backdate'], 'WorkOrder')
        can(['create', 'change'], ['Customer', 'Equipment', 'Appointment', 'Stock'])
        can(['create', 'change'], ['Provider', 'Contract', 'KnownDefect'])
        // To say that two customers are one.
        can('end', 'Customer')
        can('read', ['Audit', 'Configuration', 'Finance'])
        can('change', 'User')
        break
      case 'engineer':
        can(['change', 'decide'], 'WorkOrder')
        break
      case 'partsKeeper':
        can(['change', 'decide'], 'WorkOrder')
        can(['create', 'change'], 'Stock')
        break
      case 'finance':
        can('read', ['Audit', 'Finance'])
        can(['create', 'change', 'decide', 'release'], 'Finance')
        can(['create', 'change'], 'Contract')
        break
      case 'rnd':
        can('read', 'Audit')
        can(['create', 'change'], 'KnownDefect')
        break
      case 'admin':
        can([...ACTIONS], 'all')
        break
      default:
        assertNever(role)
    }
  }
  return build()
}
