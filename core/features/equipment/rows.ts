import type { EquipmentRow } from '#shared/contract/equipment.ts'
import { coverOn } from '#shared/domain/contract/cover.ts'
import { headOf } from '../../kernel/readState.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { COVERING, readContracts } from '../contract/rows.ts'

interface Row {
  id: string
  customer: string | null
  customer_name: string | null
  model: string
  serial: string
  firmware: string | null
  batch: string | null
  delivered_on: string | null
  warranty_until: string | null
  location: string
  lat: number | null
  lon: number | null
  active: number
  provisional: number
  demo: number
  open_orders: number
  head: string
}

const MACHINE = `
  SELECT e.*, place.lat, place.lon, c.name AS customer_name, ${headOf("'equipment:' || e.id")} AS head,
    (SELECT count(*) FROM work_order AS w WHERE w.equipment = e.id AND w.status = 'open') AS open_orders
  FROM equipment AS e LEFT JOIN customer AS c ON c.id = e.customer
    LEFT JOIN equipment_place AS place ON place.id = e.id`

/** Machines that `where` chooses (a fixed text with parameters), in the order that it names; `today`: the desk's day. */
export function readMachines(
  db: ReadableDb,
  today: string,
  where: string,
  params: Readonly<Record<string, string | number>>,
): EquipmentRow[] {
  return all<Row>(db, `${MACHINE}\n${where}`, params).map((row) => ({
    id: row.id,
    customer: row.customer === null ? null : { id: row.customer, name: row.customer_name ?? row.customer },
    model: row.model,
    serial: row.serial,
    firmware: row.firmware,
    batch: row.batch,
    deliveredOn: row.delivered_on,
    warrantyUntil: row.warranty_until,
    location: row.location,
    place: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    active: row.active === 1,
    cover: coverOn(today, row.warranty_until, contractsOf(db, row.id, row.customer)),
    openOrders: row.open_orders,
    provisional: row.provisional === 1,
    demo: row.demo === 1,
    head: row.head,
  }))
}

/** Contracts in force, now or at another time, that cover a machine. */
export const contractsOf = (db: ReadableDb, machine: string, customer: string | null) =>
  readContracts(db, COVERING, { machine, customer: customer ?? '' })
