import { withChanges, type Change } from '../kernel/changes.ts'
import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'
import type { Coordinates } from '../roster/types.ts'

export const EQUIPMENT_FIELDS = [
  'customer',
  'model',
  'serial',
  'firmware',
  'batch',
  'deliveredOn',
  'warrantyUntil',
  'location',
  'active',
] as const
export type EquipmentField = (typeof EQUIPMENT_FIELDS)[number]

export interface EquipmentEvents {
  /** A machine that nobody knew when the customer called is registered provisionally. */
  equipmentRegistered: {
    customer: string | null
    model: string
    serial: string
    firmware?: string
    batch?: string
    deliveredOn?: string
    warrantyUntil?: string
    location?: string
    provisional?: true
    demo?: true
  }
  equipmentChanged: { changes: Change<EquipmentField, string | boolean | null>[] }
  equipmentConfirmed: Record<string, never>
  /** Where it stands, if that is not where its customer is. */
  equipmentLocated: { old: Coordinates | null; new: Coordinates | null }
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
  /** Days, YYYY-MM-DD; the last one of the warranty is within it. */
  readonly deliveredOn: string | null
  readonly warrantyUntil: string | null
  readonly location: string
  /** Null: where its customer is. */
  readonly place: Coordinates | null
  /** In use: not scrapped, not sold on. */
  readonly active: boolean
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
    deliveredOn: null,
    warrantyUntil: null,
    location: '',
    place: null,
    active: true,
    provisional: false,
    demo: false,
  }),

  evolve(state, stored) {
    const event = stored as EquipmentEvent
    switch (event.type) {
      case 'equipmentRegistered': {
        const { customer, model, serial, firmware, batch, deliveredOn, warrantyUntil, location, provisional, demo } =
          event.data
        return {
          ...state,
          exists: true,
          customer,
          model,
          serial,
          firmware: firmware ?? null,
          batch: batch ?? null,
          deliveredOn: deliveredOn ?? null,
          warrantyUntil: warrantyUntil ?? null,
          location: location ?? '',
          provisional: provisional === true,
          demo: demo === true,
        }
      }
      case 'equipmentChanged':
        return withChanges(state, event.data.changes)
      case 'equipmentConfirmed':
        return { ...state, provisional: false }
      case 'equipmentLocated':
        return { ...state, place: event.data.new }
      default:
        return state
    }
  },
}
