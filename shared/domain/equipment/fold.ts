import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

export interface EquipmentEvents {
  /** A machine that nobody knew when the customer called is registered provisionally. */
  equipmentRegistered: {
    customer: string | null
    model: string
    serial: string
    firmware?: string
    batch?: string
    provisional?: true
    demo?: true
  }
  equipmentChanged: { changes: { field: 'customer' | 'model' | 'serial' | 'firmware' | 'batch'; old: string | null; new: string | null }[] }
  equipmentConfirmed: Record<string, never>
}
export type EquipmentEvent = {
  [Type in keyof EquipmentEvents]: StoredEvent<Type, EquipmentEvents[Type]>
}[keyof EquipmentEvents]

export interface EquipmentState {
  readonly id: string
  readonly exists: boolean
  readonly customer: string | null
  readonly model: string
  readonly serial: string
  readonly firmware: string | null
  readonly batch: string | null
  readonly provisional: boolean
  readonly demo: boolean
}

export const equipmentFold: SubjectFold<EquipmentState> = {
  initial: (id) => ({
    id,
    exists: false,
    customer: null,
    model: '',
    serial: '',
    firmware: null,
    batch: null,
    provisional: false,
    demo: false,
  }),

  evolve(state, stored) {
    const event = stored as EquipmentEvent
    switch (event.type) {
      case 'equipmentRegistered': {
        const { customer, model, serial, firmware, batch, provisional, demo } = event.data
        return {
          ...state,
          exists: true,
          customer,
          model,
          serial,
          firmware: firmware ?? null,
          batch: batch ?? null,
          provisional: provisional === true,
          demo: demo === true,
        }
      }
      case 'equipmentChanged': {
        const next = { ...state } as Record<string, unknown>
        for (const change of event.data.changes) next[change.field] = change.new
        return next as unknown as EquipmentState
      }
      case 'equipmentConfirmed':
        return { ...state, provisional: false }
      default:
        return state
    }
  },
}
