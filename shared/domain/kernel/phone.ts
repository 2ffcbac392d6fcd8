import { accept, refuse, type Result } from './refusal.ts'

/** Digits of a number, with country and area code; of an extension behind it. */
const FEWEST_DIGITS = 5
const MOST_DIGITS = 20
const EXTENSION_DIGITS = 8
/** What people write before an extension: `转 801`, `分机801`, `ext. 801`, `x801`, `#801`, `,801`. */
const BEFORE_EXTENSION = /(?:转接?|分机号?|ext(?:ension|n)?|[x#,;])[\s.:]*/i
/** Marks of direction and the like, which contacts and chats put around a number that is copied out of them. */
const INVISIBLE = /\p{Cf}/gu
const STRANGE = /[^\d ().+-]/u

/**
 * A telephone number as people write it, full width or half: the number with the blanks, dashes and brackets that it
 * was given, and ` #` before its extension. What is read once is read the same again. Empty: there is none.
 */
export function readPhone(written: string): Result<string> {
  const text = written.normalize('NFKC').replace(INVISIBLE, '').replace(/[‐-―−]/g, '-').replace(/\s+/g, ' ').trim()
  if (text === '') return accept('')
  const before = BEFORE_EXTENSION.exec(text)
  const number = (before ? text.slice(0, before.index) : text).trim()
  const extension = before ? text.slice(before.index + before[0].length).replace(/[ -]/g, '') : undefined
  const strange = STRANGE.exec(number)?.[0] ?? (number.lastIndexOf('+') > 0 ? '+' : undefined)
  if (strange !== undefined) return refuse('wrongPhone', undefined, { character: strange })
  const digits = number.replace(/\D/g, '').length
  if (digits < FEWEST_DIGITS) return refuse('phoneTooShort', undefined, { least: FEWEST_DIGITS })
  if (digits > MOST_DIGITS) return refuse('phoneTooLong', undefined, { most: MOST_DIGITS })
  if (extension === undefined) return accept(number)
  if (!/^\d+$/.test(extension) || extension.length > EXTENSION_DIGITS) return refuse('phoneExtension', undefined, { most: EXTENSION_DIGITS })
  return accept(`${number} #${extension}`)
}

/** Number and extension of what `readPhone` kept; null: it has none. */
export function phoneParts(phone: string): { readonly number: string; readonly extension: string | null } {
  const at = phone.lastIndexOf(' #')
  return at < 0 ? { number: phone, extension: null } : { number: phone.slice(0, at), extension: phone.slice(at + 2) }
}
