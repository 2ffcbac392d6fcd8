import { Temporal } from 'temporal-polyfill'
import { contractHistory, getContract, listContracts } from '#shared/contract/contract.ts'
import { query } from '../../kernel/feature.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import { all } from '../../store/sql.ts'
import { foundBy } from '../search/find.ts'
import { readRecordHistory } from '../recordHistory.ts'
import { dayAt } from '../today.ts'
import { readContracts } from './rows.ts'

/** Ending soon is worth a telephone call before it has ended. */
const SOON_DAYS = 60

const SHOWN = {
  current: 'k.active = 1 AND k.to_day >= :today',
  ending: 'k.active = 1 AND k.to_day >= :today AND k.to_day <= :soon',
  ended: '(k.active = 0 OR k.to_day < :today)',
  all: '1 = 1',
} as const

const TEXT = `
  (k.id IN (SELECT value FROM json_each(:found))
    OR k.customer IN (SELECT value FROM json_each(:customers)))`

const MACHINES = `
  SELECT e.id, e.model, e.serial FROM contract_machine AS covered JOIN equipment AS e ON e.id = covered.machine
  WHERE covered.contract = ? ORDER BY e.model, e.serial, e.id`

export const contractQueries = [
  query(listContracts, ({ text, customer, show, after, limit }, { db, now }) => {
    const today = dayAt(db, now)
    const soon = Temporal.PlainDate.from(today).add({ days: SOON_DAYS }).toString()
    const ascends = show === 'current' || show === 'ending'
    const [day, id] = readPlace(after, 2) ?? []
    const conditions: string[] = [SHOWN[show]]
    if (customer !== undefined) conditions.push('k.customer = :customer')
    if (text !== '') conditions.push(TEXT)
    if (day !== undefined) conditions.push(`(k.to_day, k.id) ${ascends ? '>' : '<'} (:day, :id)`)
    const direction = ascends ? 'ASC' : 'DESC'
    const found = readContracts(
      db,
      `WHERE ${conditions.join(' AND ')} ORDER BY k.to_day ${direction}, k.id ${direction} LIMIT :limit`,
      {
        limit: limit + 1,
        ...(show !== 'all' && { today }),
        ...(show === 'ending' && { soon }),
        ...(customer !== undefined && { customer }),
        ...(text !== '' && { found: foundBy(db, 'contract', text), customers: foundBy(db, 'customer', text) }),
        ...(day !== undefined && id !== undefined && { day, id }),
      },
    )
    const { rows, next } = pageOf(found, limit, (last) => placeOf(last.to, last.id))
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
