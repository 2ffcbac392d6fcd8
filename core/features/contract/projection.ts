import type { ContractState } from '#shared/domain/contract/fold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const CONTRACT: Table = { name: 'service_contract', key: ['id'] }
const MACHINE: Table = { name: 'contract_machine', key: ['contract', 'machine'] }

function rowOf(state: ContractState | null): readonly Row[] {
  if (!state?.exists) return []
  return [
    {
      id: state.id,
      number: state.number,
      customer: state.customer,
      kind: state.kind,
      all_machines: state.machines === null ? 1 : 0,
      from_day: state.from,
      to_day: state.to,
      coverage: state.coverage,
      response_hours: state.responseHours,
      notes: state.notes,
      active: state.active ? 1 : 0,
      demo: state.demo ? 1 : 0,
    },
  ]
}

const machineRows = (state: ContractState | null): readonly Row[] =>
  state?.exists ? (state.machines ?? []).map((machine) => ({ contract: state.id, machine })) : []

export const contractProjection: Projection<ContractState> = {
  kind: 'serviceContract',
  version: 1,
  tables: [CONTRACT.name, MACHINE.name],
  write(db, _id, before, after) {
    replaceRows(db, CONTRACT, rowOf(before), rowOf(after))
    replaceRows(db, MACHINE, machineRows(before), machineRows(after))
  },
}
