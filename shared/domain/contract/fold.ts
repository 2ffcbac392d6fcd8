import { withChanges, type Change } from '../kernel/changes.ts'
import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

/** 框架合同 serves call-outs, 维保合同 keeps machines, 延保 carries the warranty on. */
export const CONTRACT_KINDS = ['framework', 'maintenance', 'warrantyExtension'] as const
export type ContractKind = (typeof CONTRACT_KINDS)[number]

/** Who bears the cost of a job (METRICS, "Finance"). */
export const COVERAGES = ['chargeable', 'warranty', 'contract', 'goodwill'] as const
export type Coverage = (typeof COVERAGES)[number]

export const CONTRACT_FIELDS = [
  'number',
  'kind',
  'machines',
  'from',
  'to',
  'coverage',
  'responseHours',
  'notes',
  'active',
] as const
export type ContractField = (typeof CONTRACT_FIELDS)[number]

/** What a service contract 服务合同 says. Its money comes in a money part beside it. */
export interface ContractTerms {
  readonly number: string
  readonly kind: ContractKind
  /** The machines listed; null: all of the customer's, those bought later too. */
  readonly machines: readonly string[] | null
  /** First and last day, YYYY-MM-DD, both within; days of the desk's zone. */
  readonly from: string
  readonly to: string
  readonly coverage: Coverage
  /** Promised response, whole hours; null: none promised. */
  readonly responseHours: number | null
  readonly notes: string
}
export interface ContractEvents {
  contractRegistered: ContractTerms & { customer: string; demo?: true }
  contractChanged: { changes: Change<ContractField, unknown>[] }
}
type ContractEvent = { [Type in keyof ContractEvents]: StoredEvent<Type, ContractEvents[Type]> }[keyof ContractEvents]

export interface ContractState extends ContractTerms {
  readonly id: string
  readonly exists: boolean
  readonly customer: string
  /** Neither terminated nor entered by mistake. */
  readonly active: boolean
  readonly demo: boolean
}

export const contractFold: SubjectFold<ContractState> = {
  initial: (id) => ({
    id,
    exists: false,
    number: id,
    customer: '',
    kind: 'maintenance',
    machines: null,
    from: '',
    to: '',
    coverage: 'contract',
    responseHours: null,
    notes: '',
    active: true,
    demo: false,
  }),

  evolve(state, stored) {
    const event = stored as ContractEvent
    switch (event.type) {
      case 'contractRegistered': {
        const { demo, ...terms } = event.data
        return { ...state, ...terms, exists: true, demo: demo === true }
      }
      case 'contractChanged':
        return withChanges(state, event.data.changes)
      default:
        return state
    }
  },
}
