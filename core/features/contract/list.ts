import { Temporal } from 'temporal-polyfill'
import type * as z from 'zod'
import type { ContractRow, listContracts } from '#shared/contract/contract.ts'
import type { ListPage } from '../../kernel/listTable.ts'
import { pageOf, placeOf, readPlace } from '../../kernel/place.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { foundBy } from '../search/find.ts'
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

type Wanted = z.output<(typeof listContracts)['input']>

/** Contracts that hold, ending soonest first; those that ended, latest first. @param today the desk's day */
export function contractsByTerm(db: ReadableDb, today: string, { text, customer, show, after, limit }: Wanted): ListPage<ContractRow> {
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
  return pageOf(found, limit, (last) => placeOf(last.to, last.id))
}
