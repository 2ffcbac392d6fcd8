import * as contract from '#shared/contract/contract.ts'
import { CONTRACT_FIELDS, type ContractEvents, type ContractState } from '#shared/domain/contract/fold.ts'
import { changesOf } from '#shared/domain/kernel/changes.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Refusal } from '#shared/domain/kernel/refusal.ts'
import { handler, type CommandContext } from '../../kernel/pipeline.ts'
import { one } from '../../store/sql.ts'
import { refuseCustomer } from '../customer/merged.ts'

const draft = <Type extends keyof ContractEvents>(id: string, type: Type, data: ContractEvents[Type]): EventDraft => ({
  subject: { kind: 'serviceContract', id },
  type,
  version: 1,
  data,
})

type Terms = Pick<ContractState, 'number' | 'customer' | 'from' | 'to' | 'machines'>

/** A number is one contract's; it ends no sooner than it begins; the machines it lists are the customer's. */
function refuseTerms(context: CommandContext, terms: Terms, id: string, before?: string): { ok: false; refusal: Refusal } | null {
  const { number, customer, from, to, machines } = terms
  const refused = before === customer ? null : refuseCustomer(context, customer)
  if (refused) return refused
  if (one(context.db, 'SELECT 1 FROM service_contract WHERE number = ? AND id <> ?', number, id)) {
    return refuse('contractExists', 'number', { number })
  }
  if (to < from) return refuse('contractEndsFirst', 'to')
  for (const machine of machines ?? []) {
    const { state } = context.load('equipment', machine)
    if (!state.exists) return refuse('unknownEquipment', 'machines')
    if (state.customer !== customer) {
      return refuse('notTheirMachine', 'machines', { machine: `${state.model} ${state.serial}` })
    }
  }
  return null
}

const unique = (machines: readonly string[] | null): readonly string[] | null => machines && [...new Set(machines)].sort()

export const contractCommands = [
  handler(contract.registerContract, ({ demo, machines, ...terms }, context) => {
    const id = context.commandId
    const data = { ...terms, machines: unique(machines) }
    const refused = refuseTerms(context, data, id)
    if (refused) return refused
    return accept({ events: [draft(id, 'contractRegistered', { ...data, ...(demo && { demo }) })], answer: { id } })
  }),
  handler(contract.changeContract, ({ contract: id, base, machines, ...rest }, context) => {
    const { state, last } = context.load('serviceContract', id)
    if (!state.exists) return refuse('unknownContract', 'contract')
    if (base !== undefined && last?.id !== base) return refuse('staleRecord', 'base')
    const given = { ...rest, ...(machines !== undefined && { machines: unique(machines) }) }
    const changes = changesOf(CONTRACT_FIELDS, state, given)
    const next = { ...state, ...Object.fromEntries(changes.map((change) => [change.field, change.new])) } as ContractState
    // A machine that was sold on meanwhile stays in the list until somebody touches the list.
    const checked = changes.some(({ field }) => field === 'machines') ? next : { ...next, machines: null }
    const refused = refuseTerms(context, checked, id, state.customer)
    if (refused) return refused
    return accept({ events: changes.length > 0 ? [draft(id, 'contractChanged', { changes })] : [], answer: {} })
  }),
]
