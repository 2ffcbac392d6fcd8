import { equipmentHistory, findEquipment, getEquipment, listEquipment } from '#shared/contract/equipment.ts'
import { query } from '../../kernel/feature.ts'
import { ordersOf } from '../ordersOf.ts'
import { readRecordHistory } from '../recordHistory.ts'
import { foundBy } from '../search/find.ts'
import { dayAt } from '../today.ts'
import { machinesBySerial } from './list.ts'
import { contractsOf, readMachines } from './rows.ts'

const FOUND = 'e.id = :text OR e.id IN (SELECT value FROM json_each(:found))'

/** Machines of one customer are few; a text finds its machines in the index. */
function selection(text: string, customer: string | undefined): string {
  const conditions = [
    ...(customer === undefined ? [] : ['e.customer = :customer']),
    ...(text === '' ? [] : [`(${FOUND})`]),
  ]
  return `${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY e.model, e.serial, e.id LIMIT :limit`
}

export const equipmentQueries = [
  query(findEquipment, ({ text, customer, limit }, { db, now }) => ({
    equipment: readMachines(db, dayAt(db, now), selection(text, customer), {
      limit,
      ...(customer !== undefined && { customer }),
      ...(text !== '' && {
        text,
        found: foundBy(db, 'machine', text, customer === undefined ? undefined : { of: 'customer', id: customer }),
      }),
    }),
  })),
  query(listEquipment, (input, { db, now }) => {
    const { rows, next } = machinesBySerial(db, dayAt(db, now), { ...input, text: '' })
    return { equipment: rows, next }
  }),
  query(getEquipment, ({ equipment, orders }, { db, now }) => {
    const [machine = null] = readMachines(db, dayAt(db, now), 'WHERE e.id = :id', { id: equipment })
    return {
      now,
      equipment: machine,
      contracts: machine ? contractsOf(db, equipment, machine.customer?.id ?? null) : [],
      orders: ordersOf(db, 'equipment', equipment, orders),
    }
  }),
  query(equipmentHistory, ({ equipment }, { db }) => readRecordHistory(db, 'equipment', equipment)),
]
