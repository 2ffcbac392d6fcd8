/** A refusal is data with a stable code; an exception means a bug (DESIGN §6). */
export interface Refusal {
  readonly code: string
  /** The input or order field that the person has to look at. */
  readonly field?: string
  /** Values for the translated message, never personal data. */
  readonly params?: Readonly<Record<string, string | number | readonly string[]>>
}

export type Result<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal }

export const accept = <Value>(value: Value): Result<Value> => ({ ok: true, value })

export function refuse(code: string, field?: string, params?: Refusal['params']): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, ...(field !== undefined && { field }), ...(params !== undefined && { params }) } }
}

/** Makes the compiler name the case that a closed union forgot. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
