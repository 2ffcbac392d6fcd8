/** What stands in the boxes of a record's form, as text; a choice by its value, a record by its id. */
export type FormValues = Record<string, string>

export interface FormField {
  readonly name: string
  readonly label: string
  readonly kind?: 'line' | 'longText' | 'phone' | 'day' | 'number' | 'choice' | 'customer' | 'provider'
  readonly needed?: boolean
  readonly wide?: boolean
  readonly max?: number
  readonly hint?: string
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  /** Name of the record chosen already. */
  readonly known?: string | undefined
}

/** Only what differs from what was there: two people who change different fields do not meet. */
export function changed<Values extends Readonly<Record<string, unknown>>>(before: Values, after: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value))) as Partial<Values>
}

export const orNull = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim())
