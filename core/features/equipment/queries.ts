import { findEquipment } from '#shared/contract/equipment.ts'
import { query } from '../../kernel/feature.ts'
import { prefixRange } from '../../kernel/prefix.ts'
import { headOf } from '../../kernel/readState.ts'
import { all } from '../../store/sql.ts'

interface EquipmentRow {
  id: string
  customer: string | null
  customer_name: string | null
  model: string
  serial: string
  firmware: string | null
  batch: string | null
  provisional: number
  demo: number
  head: string
}

const SELECT = `
  SELECT e.*, c.name AS customer_name, ${headOf("'equipment:' || e.id")} AS head
  FROM equipment AS e LEFT JOIN customer AS c ON c.id = e.customer`
const ORDER = 'ORDER BY e.model, e.serial, e.id LIMIT :limit'
const STARTS = '(e.serial >= :from AND e.serial < :to) OR (e.model >= :from AND e.model < :to) OR e.id = :text'

/** Machines of one customer are few; without one, the text goes along the indexes of serial and model. */
function selection(text: string, customer: string | undefined): string {
  const conditions = [
    ...(customer === undefined ? [] : ['e.customer = :customer']),
    ...(text === '' ? [] : [`(${STARTS})`]),
  ]
  return `${SELECT} ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ${ORDER}`
}

export const equipmentQueries = [
  query(findEquipment, ({ text, customer, limit }, { db }) => ({
    equipment: all<EquipmentRow>(db, selection(text, customer), {
      limit,
      ...(customer !== undefined && { customer }),
      ...(text !== '' && { text, ...prefixRange(text) }),
    }).map((row) => ({
      id: row.id,
      customer: row.customer === null ? null : { id: row.customer, name: row.customer_name ?? row.customer },
      model: row.model,
      serial: row.serial,
      firmware: row.firmware,
      batch: row.batch,
      provisional: row.provisional === 1,
      demo: row.demo === 1,
      head: row.head,
    })),
  })),
]
