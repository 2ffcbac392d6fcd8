import type { CustomerRow } from '#shared/contract/customer.ts'
import { headOf } from '../../kernel/readState.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

interface Row {
  id: string
  name: string
  contact_name: string
  contact_phone: string
  address: string
  lat: number | null
  lon: number | null
  region: string
  provisional: number
  active: number
  demo: number
  erased: number
  stays: string | null
  stays_name: string | null
  machines: number
  open_orders: number
  head: string
}

const CUSTOMER = `
  SELECT c.*, place.lat, place.lon, merged.stays, (SELECT name FROM customer WHERE id = merged.stays) AS stays_name, ${headOf("'customer:' || c.id")} AS head,
    (SELECT count(*) FROM equipment AS e WHERE e.customer = c.id) AS machines,
    (SELECT coalesce(sum(open), 0) FROM board_count WHERE dimension = 'customer' AND value = c.id) AS open_orders
  FROM customer AS c LEFT JOIN customer_place AS place ON place.id = c.id
    LEFT JOIN customer_merged AS merged ON merged.id = c.id`

/** Customers that `where` chooses (a fixed text with parameters), in the order that it names. */
export function readCustomers(
  db: ReadableDb,
  where: string,
  params: Readonly<Record<string, string | number>>,
): CustomerRow[] {
  return all<Row>(db, `${CUSTOMER}\n${where}`, params).map((row) => ({
    id: row.id,
    name: row.name,
    contactName: row.contact_name,
    contactPhone: row.contact_phone,
    address: row.address,
    place: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    region: row.region,
    provisional: row.provisional === 1,
    active: row.active === 1,
    machines: row.machines,
    openOrders: row.open_orders,
    demo: row.demo === 1,
    erased: row.erased === 1,
    mergedInto: row.stays === null ? null : { id: row.stays, name: row.stays_name ?? row.stays },
    head: row.head,
  }))
}
