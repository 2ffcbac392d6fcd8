import { withChanges, type Change } from '../kernel/changes.ts'
import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

export const SKILL_FIELDS = ['name', 'active'] as const
export type SkillField = (typeof SKILL_FIELDS)[number]

/** A skill 技能 of the catalogue: what a job may ask of whoever does it. */
export interface SkillEvents {
  skillRegistered: { name: string; demo?: true }
  skillChanged: { changes: Change<SkillField, string | boolean>[] }
}
type SkillEvent = { [Type in keyof SkillEvents]: StoredEvent<Type, SkillEvents[Type]> }[keyof SkillEvents]

export interface SkillState {
  readonly id: string
  readonly exists: boolean
  /** As people say it, "PLC"; an order asks for it by this name, a level behind it: "PLC-L3". */
  readonly name: string
  /** Offered for new orders and engineers. */
  readonly active: boolean
  readonly demo: boolean
}

export const skillFold: SubjectFold<SkillState> = {
  initial: (id) => ({ id, exists: false, name: id, active: true, demo: false }),

  evolve(state, stored) {
    const event = stored as SkillEvent
    switch (event.type) {
      case 'skillRegistered':
        return { ...state, exists: true, name: event.data.name, demo: event.data.demo === true }
      case 'skillChanged':
        return withChanges(state, event.data.changes)
      default:
        return state
    }
  },
}
