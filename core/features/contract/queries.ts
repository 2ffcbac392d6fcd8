import { contractHistory, getContract, listContracts } from '#shared/contract/contract.ts'
import { query } from '../../kernel/feature.ts'
import { all } from '../../store/sql.ts'
import { readRecordHistory } from '../recordHistory.ts'
import { dayAt } from '../today.ts'
import { contractsByTerm } from './list.ts'
import { readContracts } from './rows.ts'

const MACHINES = `
  SELECT e.id, e.model, e.serial FROM contract_machine AS covered JOIN equipment AS e ON e.id = covered.machine
  WHERE covered.contract = ? ORDER BY e.model, e.serial, e.id`

export const contractQueries = [
  query(listContracts, (input, { db, now }) => {
    const today = dayAt(db, now)
    const { rows, next } = contractsByTerm(db, today, input)
    return { today, contracts: rows, next }
  }),
  query(getContract, ({ contract }, { db, now }) => ({
    now,
    today: dayAt(db, now),
    contract: readContracts(db, 'WHERE k.id = :id', { id: contract })[0] ?? null,
    machines: all<{ id: string; model: string; serial: string }>(db, MACHINES, contract),
  })),
  query(contractHistory, ({ contract }, { db }) => readRecordHistory(db, 'serviceContract', contract)),
]
