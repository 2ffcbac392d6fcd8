import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'
import { NO_PROFILE, type EngineerProfile, type Leave, type LunchRule, type NamedPlace, type Rotation, type SkillHeld, type Territory } from './types.ts'

/** What dispatching knows of an engineer; its subject's id is the user's. */
export interface EngineerProfileEvents {
  /**
   * Whole values, old and new; what is not named stays. personal: home {old, new}, for it may be where he lives;
   * money: hourCostFen {old, new}.
   */
  engineerProfileChanged: {
    skills?: { old: SkillHeld[]; new: SkillHeld[] }
    territory?: { old: Territory | null; new: Territory | null }
    vehicle?: { old: string | null; new: string | null }
    overtimeMin?: { old: number; new: number }
    lunch?: { old: LunchRule | null; new: LunchRule | null }
  }
  rotationAdded: { rotation: Rotation }
  /** `until` before its first day: it never was. */
  rotationEnded: { rotation: string; until: string; old: string | null }
  /** Away on leave; several may lie ahead. */
  leaveAdded: { leave: string; from: number; to: number }
  leaveWithdrawn: { leave: string; from: number; to: number }
}
type EngineerProfileEvent = {
  [Type in keyof EngineerProfileEvents]: StoredEvent<Type, EngineerProfileEvents[Type]>
}[keyof EngineerProfileEvents]

export interface EngineerProfileState extends EngineerProfile {
  readonly id: string
  /** Somebody said something about him: his skills are judged from then on. */
  readonly known: boolean
  readonly rotations: readonly Rotation[]
  /** By their begin. Two desks may have given leaves that overlap: together they are one time away. */
  readonly leaves: readonly Leave[]
}

export const engineerProfileFold: SubjectFold<EngineerProfileState> = {
  initial: (id) => ({ id, known: false, rotations: [], leaves: [], ...NO_PROFILE }),

  evolve(state, stored) {
    const event = stored as EngineerProfileEvent
    switch (event.type) {
      case 'engineerProfileChanged': {
        const { skills, territory, vehicle, overtimeMin, lunch } = event.data
        return {
          ...state,
          known: true,
          skills: skills ? skills.new : state.skills,
          territory: territory ? territory.new : state.territory,
          vehicle: vehicle ? vehicle.new : state.vehicle,
          overtimeMin: overtimeMin ? overtimeMin.new : state.overtimeMin,
          lunch: lunch ? lunch.new : state.lunch,
          home: homeOf(event, state.home),
          hourCostFen: costOf(event, state.hourCostFen),
        }
      }
      case 'rotationAdded':
        return { ...state, rotations: [...state.rotations, event.data.rotation] }
      case 'rotationEnded': {
        const { rotation: id, until } = event.data
        return {
          ...state,
          rotations: state.rotations.flatMap((rotation) => {
            if (rotation.id !== id) return [rotation]
            return until < rotation.from ? [] : [{ ...rotation, until }]
          }),
        }
      }
      case 'leaveAdded': {
        const { leave: id, from, to } = event.data
        const others = state.leaves.filter((leave) => leave.id !== id)
        return { ...state, leaves: [...others, { id, from, to }].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1)) }
      }
      case 'leaveWithdrawn':
        return { ...state, leaves: state.leaves.filter(({ id }) => id !== event.data.leave) }
      default:
        return state
    }
  },
}

const freshOf = (part: Readonly<Record<string, unknown>> | null | undefined, name: string): unknown => {
  const change = part?.[name]
  return typeof change === 'object' && change !== null && 'new' in change ? change.new : undefined
}

/** Erased by law: nobody knows any more. */
function homeOf({ personal }: StoredEvent, before: NamedPlace | null): NamedPlace | null {
  if (personal === null) return null
  const home = freshOf(personal, 'home')
  return home === undefined ? before : (home as NamedPlace | null)
}

function costOf({ money }: StoredEvent, before: number | null): number | null {
  const cost = freshOf(money, 'hourCostFen')
  return typeof cost === 'number' ? cost : cost === null ? null : before
}
