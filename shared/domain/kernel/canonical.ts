/**
 * RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, ECMAScript numbers, no white space.
 * Throws a CanonicalError on what a log that must be byte-equal everywhere cannot hold: NaN, infinities,
 * lone surrogates and NUL.
 */
export class CanonicalError extends Error {
  override readonly name = 'CanonicalError'
}

/** NUL ends C strings in some peers; a lone surrogate has no UTF-8 form. */
export const isCleanText = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

const SIMPLE_KEY = /^[A-Za-z0-9_]+$/

/** What JSON writes otherwise than it is, or may not hold at all; surrogates are looked at one by one. */
const SPECIAL = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

function text(value: string): string {
  if (!SPECIAL.test(value)) return `"${value}"`
  if (!isCleanText(value)) throw new CanonicalError('text holds NUL or a lone surrogate')
  return JSON.stringify(value)
}

export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return text(value)
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalError('not a finite number')
      return Object.is(value, -0) ? '0' : String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object': {
      if (value === null) return 'null'
      if (Array.isArray(value)) {
        let list = '['
        for (let i = 0; i < value.length; i++) list += (i ? ',' : '') + canonical(value[i])
        return list + ']'
      }
      return object(value as Record<string, unknown>)
    }
    default:
      throw new CanonicalError(`${typeof value} has no JSON form`)
  }
}

function object(value: Record<string, unknown>): string {
  const keys = Object.keys(value)
  if (!isSorted(keys)) keys.sort()
  let out = '{'
  for (const key of keys) {
    const item = value[key]
    if (item === undefined) continue
    if (out.length > 1) out += ','
    out += (SIMPLE_KEY.test(key) ? `"${key}"` : text(key)) + ':' + canonical(item)
  }
  return out + '}'
}

function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return false
  return true
}
