import type { CustomerRow } from '#shared/contract/customer.ts'
import type { EquipmentRow } from '#shared/contract/equipment.ts'
import { query } from '../../api/client.ts'
import { coverText } from '../master/words.ts'

/** What the first box finds: a customer, or a machine whose customer comes with it. */
export type Caller =
  | { readonly id: string; readonly kind: 'customer'; readonly customer: CustomerRow }
  | { readonly id: string; readonly kind: 'machine'; readonly machine: EquipmentRow }

const FOUND = 6

/** By name, pinyin or telephone the customer; by any piece of a serial the machine as well. */
export async function findCallers(text: string): Promise<Caller[]> {
  if (text === '') return []
  const [customers, machines] = await Promise.all([
    query('customer.find', { text, limit: FOUND }),
    /\d/.test(text) ? query('equipment.find', { text, limit: FOUND }) : null,
  ])
  return [
    ...(customers.ok ? customers.value.customers : []).map((customer) => ({ id: `customer:${customer.id}`, kind: 'customer' as const, customer })),
    ...(machines?.ok ? machines.value.equipment : []).map((machine) => ({ id: `machine:${machine.id}`, kind: 'machine' as const, machine })),
  ]
}
export const callerName = (caller: Caller): string => (caller.kind === 'customer' ? caller.customer.name : (caller.machine.customer?.name ?? caller.machine.serial))
export const callerMore = (caller: Caller): string =>
  caller.kind === 'customer'
    ? [caller.customer.contactName, caller.customer.contactPhone].filter(Boolean).join(' ')
    : [caller.machine.model, caller.machine.serial].join(' ')

/** The customer's machines; where none of them fits what is typed, everybody's. */
export async function findMachines(text: string, customer: string | null): Promise<readonly EquipmentRow[]> {
  const ask = async (of: { customer?: string }): Promise<readonly EquipmentRow[]> => {
    const answer = await query('equipment.find', { text, limit: 8, ...of })
    return answer.ok ? answer.value.equipment : []
  }
  if (customer === null) return text === '' ? [] : ask({})
  const own = await ask({ customer })
  return own.length > 0 || text === '' ? own : ask({})
}
export const machineMore = (machine: EquipmentRow, customer: string | null): string =>
  [machine.model, machine.customer?.id === customer ? coverText(machine.cover) : machine.customer?.name].filter(Boolean).join(' · ')
