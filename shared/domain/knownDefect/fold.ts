import { withChanges, type Change } from '../kernel/changes.ts'
import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

export const DEFECT_FIELDS = ['title', 'model', 'symptoms', 'firmware', 'advice', 'active'] as const
export type DefectField = (typeof DEFECT_FIELDS)[number]

/** Where a known defect 已知缺陷 shows, and what is to be done. */
export interface DefectSigns {
  /** Start of the model: `BR-VS6000` means BR-VS6000X too. */
  readonly model: string
  /** Any of these words in the symptom; empty: whatever the symptom. */
  readonly symptoms: readonly string[]
  /** Start of the firmware's version; null: any, known or not. */
  readonly firmware: string | null
}
export interface DefectEvents {
  defectRegistered: DefectSigns & { title: string; advice: string; demo?: true }
  defectChanged: { changes: Change<DefectField, unknown>[] }
}
type DefectEvent = { [Type in keyof DefectEvents]: StoredEvent<Type, DefectEvents[Type]> }[keyof DefectEvents]

export interface DefectState extends DefectSigns {
  readonly id: string
  readonly exists: boolean
  readonly title: string
  readonly advice: string
  readonly active: boolean
  readonly demo: boolean
}

export const knownDefectFold: SubjectFold<DefectState> = {
  initial: (id) => ({
    id,
    exists: false,
    title: id,
    model: '',
    symptoms: [],
    firmware: null,
    advice: '',
    active: true,
    demo: false,
  }),

  evolve(state, stored) {
    const event = stored as DefectEvent
    switch (event.type) {
      case 'defectRegistered': {
        const { title, model, symptoms, firmware, advice, demo } = event.data
        return { ...state, exists: true, title, model, symptoms, firmware, advice, demo: demo === true }
      }
      case 'defectChanged':
        return withChanges(state, event.data.changes)
      default:
        return state
    }
  },
}
