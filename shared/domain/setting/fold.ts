import type { Json, StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

/** The one subject of kind `settings`. */
export const SETTINGS_ID = 'default'

export interface SettingsEvents {
  /** `old`: what held where it was decided. */
  settingChanged: { name: string; old: Json; new: Json }
}

export interface ChangedSetting {
  readonly value: Json
  /** UTC ms. */
  readonly at: number
  readonly by: string
  /** The `base` of the next change of this setting: two people who change different ones never meet. */
  readonly event: string
}

export interface SettingsState {
  readonly id: string
  /** By name; a name that this program does not know is a newer desk's and stays. */
  readonly changed: Readonly<Record<string, ChangedSetting>>
}

export const settingsFold: SubjectFold<SettingsState> = {
  initial: (id) => ({ id, changed: {} }),

  evolve(state, stored) {
    if (stored.type !== 'settingChanged') return state
    const { id, at, actor, data } = stored as StoredEvent<'settingChanged', SettingsEvents['settingChanged']>
    const changed: ChangedSetting = { value: data.new, at, by: actor.id, event: id }
    return { ...state, changed: { ...state.changed, [data.name]: changed } }
  },
}
