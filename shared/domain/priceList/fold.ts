import { withChanges, type Change } from '../kernel/changes.ts'
import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

export const PRICE_KINDS = ['labour', 'travel', 'part', 'other'] as const
export type PriceKind = (typeof PRICE_KINDS)[number]

export const PRICE_FIELDS = ['name', 'kind', 'unit', 'unitFen', 'vatRate', 'costFen', 'active'] as const
export type PriceField = (typeof PRICE_FIELDS)[number]

/** One line of the price list 价目表; the subject's id is its code: for a part, the code of the part. */
export interface PriceTerms {
  readonly name: string
  readonly kind: PriceKind
  readonly unit: string
  /** Fen for one unit, without VAT. */
  readonly unitFen: number
  /** Basis points. */
  readonly vatRate: number
  /** What one piece costs us, fen; null: not known. */
  readonly costFen: number | null
}
export interface PriceEvents {
  priceRegistered: PriceTerms & { demo?: true }
  priceChanged: { changes: Change<PriceField, unknown>[] }
}
type PriceEvent = { [Type in keyof PriceEvents]: StoredEvent<Type, PriceEvents[Type]> }[keyof PriceEvents]

export interface PriceState extends PriceTerms {
  readonly id: string
  readonly exists: boolean
  /** Offered when a bill is written. */
  readonly active: boolean
  readonly demo: boolean
}

export const priceFold: SubjectFold<PriceState> = {
  initial: (id) => ({
    id,
    exists: false,
    name: id,
    kind: 'other',
    unit: '',
    unitFen: 0,
    vatRate: 0,
    costFen: null,
    active: true,
    demo: false,
  }),

  evolve(state, stored) {
    const event = stored as PriceEvent
    switch (event.type) {
      case 'priceRegistered': {
        const { demo, ...terms } = event.data
        return { ...state, ...terms, exists: true, demo: demo === true }
      }
      case 'priceChanged':
        return withChanges(state, event.data.changes)
      default:
        return state
    }
  },
}
