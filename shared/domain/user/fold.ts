import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'
import { begun, ended, FOREVER, type Away } from './away.ts'

export const ROLES = [
  'dispatcher',
  'technicalLead',
  'supervisor',
  'director',
  'engineer',
  'partsKeeper',
  'finance',
  'rnd',
  'admin',
] as const
export type Role = (typeof ROLES)[number]

export interface UserEvents {
  /** personal: displayName. */
  userAdded: { login: string; roles: Role[]; demo?: true }
  rolesChanged: { old: Role[]; new: Role[] }
  /** personal: displayName {old, new}. */
  userRenamed: Record<string, never>
  userDisabled: { reason: string }
  userEnabled: Record<string, never>
  /** The secret itself is local to each desk and never in the log. */
  passwordChanged: { by: 'self' | 'admin' }
  /** Away between two instants; the deputy is called instead. */
  absenceSet: { from: number; to: number; deputy: string | null }
  absenceEnded: Record<string, never>
  /** Whole lists. personal: phone {old, new}. */
  profileChanged: { skills?: { old: string[]; new: string[] }; team?: { old: string; new: string } }
}
export type UserEvent = { [Type in keyof UserEvents]: StoredEvent<Type, UserEvents[Type]> }[keyof UserEvents]

export interface UserState {
  readonly id: string
  readonly exists: boolean
  readonly login: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly disabled: boolean
  readonly demo: boolean
  readonly absence: { readonly from: number; readonly to: number; readonly deputy: string | null } | null
  /** All that ever was and is to come, for figures of days past. */
  readonly away: readonly Away[]
  /** Empty: none is known. */
  readonly phone: string
  /** As people name them. */
  readonly skills: readonly string[]
  /** By which figures are told apart; empty: none. */
  readonly team: string
}

export const userFold: SubjectFold<UserState> = {
  initial: (id) => ({
    id,
    exists: false,
    login: '',
    displayName: id,
    roles: [],
    disabled: false,
    demo: false,
    absence: null,
    away: [],
    phone: '',
    skills: [],
    team: '',
  }),

  evolve(state, stored) {
    const event = stored as UserEvent
    switch (event.type) {
      case 'userAdded':
        return {
          ...state,
          exists: true,
          login: event.data.login,
          roles: event.data.roles,
          demo: event.data.demo === true,
          displayName: valueOf(event, 'displayName') ?? event.data.login,
        }
      case 'rolesChanged':
        return { ...state, roles: event.data.new, away: afterRoles(state.away, event.data, event.at) }
      case 'userRenamed':
        return { ...state, displayName: valueOf(event, 'displayName') ?? state.login }
      case 'userDisabled':
        return { ...state, disabled: true, away: begun(state.away, 'disabled', event.at, { from: event.at, to: FOREVER }) }
      case 'userEnabled':
        return { ...state, disabled: false, away: ended(state.away, 'disabled', event.at) }
      case 'absenceSet':
        return { ...state, absence: { ...event.data }, away: begun(state.away, 'leave', event.at, event.data) }
      case 'absenceEnded':
        return { ...state, absence: null, away: ended(state.away, 'leave', event.at) }
      case 'profileChanged':
        return {
          ...state,
          phone: valueOf(event, 'phone') ?? state.phone,
          skills: event.data.skills?.new ?? state.skills,
          team: event.data.team?.new ?? state.team,
        }
      default:
        return state
    }
  },
}

function afterRoles(away: readonly Away[], change: UserEvents['rolesChanged'], at: number): readonly Away[] {
  const was = change.old.includes('engineer')
  const is = change.new.includes('engineer')
  if (was === is) return away
  return is ? ended(away, 'otherRole', at) : begun(away, 'otherRole', at, { from: at, to: FOREVER })
}

function valueOf(event: UserEvent, name: 'displayName' | 'phone'): string | undefined {
  const value = event.personal?.[name]
  const now = typeof value === 'object' && value !== null ? (value as { new?: unknown }).new : value
  return typeof now === 'string' ? now : undefined
}
