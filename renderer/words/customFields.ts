import { shallowReactive } from 'vue'
import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'

export type CustomField = OrderDetails['customFields'][number]

/** Fields that an administrator added, as the orders that were read tell of them; their words come with them. */
const known = shallowReactive(new Map<string, CustomField>())

export function learnFields(fields: readonly CustomField[]): void {
  for (const field of fields) known.set(field.id, field)
}
export const customField = (field: string): CustomField | undefined => known.get(field)
