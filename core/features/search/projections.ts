import type { ContractState } from '#shared/domain/contract/fold.ts'
import type { CustomerState } from '#shared/domain/customer/fold.ts'
import type { EquipmentState } from '#shared/domain/equipment/fold.ts'
import type { DefectState } from '#shared/domain/knownDefect/fold.ts'
import type { ProviderState } from '#shared/domain/provider/fold.ts'
import type { StockState } from '#shared/domain/stock/fold.ts'
import type { UserState } from '#shared/domain/user/fold.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { isFoundOtherwise, orderWords } from './orderWords.ts'
import { orderPlace } from './place.ts'
import { Tokens } from './tokens.ts'
import { tablesOf, writeWords, type Searched } from './words.ts'

const orders: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: tablesOf('order'),
  write(db, id, before, after) {
    if (before && !isFoundOtherwise(before, after)) return
    const words = after.registered ? orderWords(after) : null
    writeWords(db, 'order', id, words, orderPlace(id, after.status === 'open', after.firstContactAt))
  },
}

/** Subjects that are few beside the orders: their words are compared as a whole. */
function subjects<State>(kind: SubjectKind, of: Searched, wordsOf: (state: State) => string | null): Projection<State> {
  return {
    kind,
    version: 2,
    tables: tablesOf(of),
    write(db, id, before, after) {
      const words = wordsOf(after)
      if (before && wordsOf(before) === words) return
      writeWords(db, of, id, words)
    },
  }
}

const customers = subjects<CustomerState>('customer', 'customer', (state) =>
  state.exists && state.mergedInto === null
    ? [state.name, ...state.formerNames]
        .reduce((tokens, name) => tokens.name(name), new Tokens())
        .name(state.contactName)
        .text(state.contactPhone)
        .text(state.address)
        .toString()
    : null,
)

const machines = subjects<EquipmentState>('equipment', 'machine', (state) =>
  state.exists
    ? new Tokens()
        .text(state.model)
        .text(state.serial)
        .text(state.firmware)
        .text(state.batch)
        .text(state.location)
        .belongs('customer', state.customer)
        .toString()
    : null,
)

const parts = subjects<StockState>('stock', 'part', (state) =>
  new Tokens().text(state.part).name(state.name).text(state.warehouse).toString(),
)

const people = subjects<UserState>('user', 'person', (state) =>
  state.exists ? new Tokens().name(state.displayName).text(state.login).toString() : null,
)

const contracts = subjects<ContractState>('serviceContract', 'contract', (state) =>
  state.exists ? new Tokens().text(state.number).text(state.notes).belongs('customer', state.customer).toString() : null,
)

const defects = subjects<DefectState>('knownDefect', 'defect', (state) =>
  state.exists
    ? new Tokens().name(state.title).text(state.model).text(state.symptoms.join('\n')).text(state.firmware).text(state.advice).toString()
    : null,
)

const providers = subjects<ProviderState>('serviceProvider', 'provider', (state) =>
  state.exists ? new Tokens().name(state.name).toString() : null,
)

export const searchProjections: readonly Projection<never>[] = [orders, customers, machines, parts, people, contracts, defects, providers]
