import { findCustomers } from '#shared/contract/customer.ts'
import { query } from '../../kernel/feature.ts'
import { headOf } from '../../kernel/readState.ts'
import { all } from '../../store/sql.ts'

interface CustomerRow {
  id: string
  name: string
  contact_name: string
  contact_phone: string
  address: string
  provisional: number
  demo: number
  erased: number
  head: string
}

/** Names that begin with the text first, then those that hold it. */
const FIND = `
  SELECT c.*, ${headOf("'customer:' || c.id")} AS head FROM customer AS c
  WHERE :text = '' OR instr(lower(c.name), lower(:text)) > 0 OR substr(c.contact_phone, 1, length(:text)) = :text OR c.id = :text
  ORDER BY instr(lower(c.name), lower(:text)) <> 1, c.name, c.id LIMIT :limit`

export const customerQueries = [
  query(findCustomers, ({ text, limit }, { db }) => ({
    customers: all<CustomerRow>(db, FIND, { text, limit }).map((row) => ({
      id: row.id,
      name: row.name,
      contactName: row.contact_name,
      contactPhone: row.contact_phone,
      address: row.address,
      provisional: row.provisional === 1,
      demo: row.demo === 1,
      erased: row.erased === 1,
      head: row.head,
    })),
  })),
]
