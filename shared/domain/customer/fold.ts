import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'
import type { Coordinates } from '../roster/types.ts'

export interface CustomerEvents {
  /** The company's name is no personal datum; personal: contactName, contactPhone, address of a person. */
  customerRegistered: { name: string; region?: string; provisional?: true; demo?: true; imported?: { source: string } }
  customerRenamed: { old: string; new: string }
  /**
   * A personal field is named alone, or as `cleared`; its values are in the personal part only, keyed `field` → {old,
   * new}. `active`: whether the customer is still served; `region`: where it is, as the company divides its country.
   */
  customerChanged: { changes: CustomerChange[] }
  customerConfirmed: Record<string, never>
  /** Where its site is. personal: place {old, new}, for a customer may be a person. */
  customerLocated: Record<string, never>
  /** decision. It was another customer registered twice: `customer`, named `name`, stays. The first such decision holds. */
  customerMerged: { customer: string; name: string }
  /** The other side of it: the one that was merged into this one. */
  customerTookOver: { customer: string; name: string }
  /** The law of personal data: parts and blobs of this person were deleted. */
  personErased: { reason: string }
}
interface CustomerChange {
  field: CustomerPersonal | 'active' | 'region'
  old?: boolean | string
  new?: boolean | string
  cleared?: true
}
export const CUSTOMER_PERSONAL = ['contactName', 'contactPhone', 'address'] as const
type CustomerPersonal = (typeof CUSTOMER_PERSONAL)[number]

export type CustomerEvent = {
  [Type in keyof CustomerEvents]: StoredEvent<Type, CustomerEvents[Type]>
}[keyof CustomerEvents]

export interface CustomerState {
  readonly id: string
  readonly exists: boolean
  readonly name: string
  readonly contactName: string
  readonly contactPhone: string
  readonly address: string
  /** Null: nobody said. */
  readonly place: Coordinates | null
  /** Empty: none is known. */
  readonly region: string
  readonly provisional: boolean
  readonly active: boolean
  readonly demo: boolean
  readonly erased: boolean
  /** The customer that it turned out to be; null: it stands for itself. */
  readonly mergedInto: string | null
  /** Those that turned out to be this one, and the names that people still call it by. */
  readonly mergedFrom: readonly string[]
  readonly formerNames: readonly string[]
}

export const customerFold: SubjectFold<CustomerState> = {
  initial: (id) => ({
    id,
    exists: false,
    name: id,
    contactName: '',
    contactPhone: '',
    address: '',
    place: null,
    region: '',
    provisional: false,
    active: true,
    demo: false,
    erased: false,
    mergedInto: null,
    mergedFrom: [],
    formerNames: [],
  }),

  evolve(state, stored) {
    const event = stored as CustomerEvent
    switch (event.type) {
      case 'customerRegistered': {
        const personal = event.personal ?? {}
        const read = (key: string): string => (typeof personal[key] === 'string' ? personal[key] : '')
        return {
          ...state,
          exists: true,
          name: event.data.name,
          region: event.data.region ?? '',
          provisional: event.data.provisional === true,
          demo: event.data.demo === true,
          contactName: read('contactName'),
          contactPhone: read('contactPhone'),
          address: read('address'),
        }
      }
      case 'customerRenamed':
        return { ...state, name: event.data.new }
      case 'customerChanged': {
        const next: Record<string, unknown> = { ...state }
        for (const { field, new: value } of event.data.changes) {
          if (field === 'active' || field === 'region') next[field] = value
          else next[field] = personalOf(event.personal, field)
        }
        return next as unknown as CustomerState
      }
      case 'customerConfirmed':
        return { ...state, provisional: false }
      case 'customerLocated': {
        const change = event.personal?.['place']
        const place = typeof change === 'object' && change !== null && 'new' in change ? change.new : null
        return { ...state, place: place as Coordinates | null }
      }
      case 'customerMerged':
        return state.mergedInto === null ? { ...state, mergedInto: event.data.customer, active: false } : state
      case 'customerTookOver': {
        const { customer, name } = event.data
        const isKnown = state.mergedFrom.includes(customer)
        return isKnown ? state : { ...state, mergedFrom: [...state.mergedFrom, customer], formerNames: [...state.formerNames, name] }
      }
      case 'personErased':
        return { ...state, erased: true, contactName: '', contactPhone: '', address: '', place: null }
      default:
        return state
    }
  },
}

/** The new value of a personal field; none where it was cleared, or erased by law. */
function personalOf(personal: StoredEvent['personal'], field: string): string {
  const change = personal?.[field]
  const value = typeof change === 'object' && change !== null && 'new' in change ? change.new : null
  return typeof value === 'string' ? value : ''
}
