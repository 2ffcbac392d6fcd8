import { listEngineers } from '#shared/contract/engineer.ts'
import { query } from '../../kernel/feature.ts'
import { awayAt } from '../roster/away.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

const ENGINEERS = `
  SELECT id, display_name AS name,
    ${awayAt('user_account.id', ':at')} AS absent
  FROM user_account
  WHERE disabled = 0 AND EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'engineer')
  ORDER BY display_name, id`

/** An appointment of several days stands in each of them, and is shown once. */
const SLOTS = `
  SELECT appointment, order_id AS "order", min(from_at) AS "from", max(to_at) AS "to" FROM engineer_slot
  WHERE engineer = :engineer AND from_at >= :earliest AND from_at < :to AND to_at > :from
  GROUP BY appointment, order_id ORDER BY 3, 1`

interface Slot {
  appointment: string
  order: string
  from: number
  to: number
}

const DAY = 86_400_000
/** No appointment is longer. */
const LONGEST = 31 * DAY

function slotsOf(db: ReadableDb, engineer: string, from: number, to: number): Slot[] {
  return all<Slot>(db, SLOTS, { engineer, from, to, earliest: from - LONGEST })
}

export const engineerQueries = [
  query(listEngineers, ({ from, to }, { db, now }) => {
    const begin = from ?? now
    const engineers = all<{ id: string; name: string; absent: number }>(db, ENGINEERS, { at: begin })
    return {
      engineers: engineers.map(({ id, name, absent }) => ({
        id,
        name,
        absent: absent === 1,
        slots: slotsOf(db, id, begin, to ?? begin + DAY),
      })),
    }
  }),
]
