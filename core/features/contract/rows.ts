import type { ContractRow } from '#shared/contract/contract.ts'
import { headOf } from '../../kernel/readState.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

interface Row {
  id: string
  number: string
  customer: string
  customer_name: string | null
  kind: ContractRow['kind']
  all_machines: number
  listed: number
  from_day: string
  to_day: string
  coverage: ContractRow['coverage']
  response_hours: number | null
  notes: string
  active: number
  demo: number
  head: string
}

const CONTRACT = `
  SELECT k.*, c.name AS customer_name, ${headOf("'serviceContract:' || k.id")} AS head,
    (SELECT count(*) FROM contract_machine AS covered WHERE covered.contract = k.id) AS listed
  FROM service_contract AS k LEFT JOIN customer AS c ON c.id = k.customer`

/** Contracts that `where` chooses (a fixed text with parameters), in the order that it names. */
export function readContracts(
  db: ReadableDb,
  where: string,
  params: Readonly<Record<string, string | number>>,
): ContractRow[] {
  return all<Row>(db, `${CONTRACT}\n${where}`, params).map((row) => ({
    id: row.id,
    number: row.number,
    customer: { id: row.customer, name: row.customer_name ?? row.customer },
    kind: row.kind,
    machines: row.all_machines === 1 ? null : row.listed,
    from: row.from_day,
    to: row.to_day,
    coverage: row.coverage,
    responseHours: row.response_hours,
    notes: row.notes,
    active: row.active === 1,
    demo: row.demo === 1,
    head: row.head,
  }))
}

/** Those in force that name a machine, or all machines of its customer. */
export const COVERING = `
  WHERE k.active = 1 AND k.id IN (
    SELECT contract FROM contract_machine WHERE machine = :machine
    UNION SELECT id FROM service_contract WHERE customer = :customer AND all_machines = 1)
  ORDER BY k.to_day DESC, k.id LIMIT 50`
