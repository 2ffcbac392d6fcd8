import * as z from 'zod'
import { isCleanText } from '../domain/kernel/canonical.ts'
import { readDay, readInstant } from '../domain/kernel/dates.ts'
import { readPhone } from '../domain/kernel/phone.ts'
import { accept, refuse, type Result } from '../domain/kernel/refusal.ts'

/** Text as people type it: trimmed, no NUL, no lone surrogates (the log could not hold them), at most `max` characters. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine(isCleanText, { message: 'unclean text' })
    .transform((value) => value.trim())
/** A text in which something stands: not only what nobody sees. */
export const line = (max = 200) => text(max).pipe(z.string().min(1).refine((value) => !UNSEEN.test(value), { message: 'nothing to be seen' }))
const UNSEEN = /^[\s\p{Cf}\p{Cc}]+$/u

/** A value as the domain reads it, refused at the door in the domain's own words (`refuseInput`). */
const readBy =
  <Given, Value>(read: (given: Given) => Result<Value>) =>
  (given: Given, context: z.core.$RefinementCtx): Value => {
    const found = read(given)
    if (found.ok) return found.value
    context.issues.push({ code: 'custom', input: given, params: { refusal: found.refusal } })
    return z.NEVER
  }

/** A telephone number, with an extension or without; empty: none is known. */
export const phone = text(60).transform(readBy(readPhone))

/** Identity of a subject: what this desk and any other may have made. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$/)
/** UTC milliseconds, within the years that people write; days beside it can still be reckoned with. */
export const instant = z.number().int().min(0).max(Date.UTC(10_000, 11, 31))
/** Last event of the subject that the author had seen: a decision on older sight is refused as `stale`. */
export const base = z.string().length(22)
/** A day of the calendar, YYYY-MM-DD, that exists. */
export const day = z.iso.date()
/** The two as somebody writes them down: within the years that people date by. */
export const writtenInstant = z.number().int().transform(readBy(readInstant))
export const writtenDay = z.iso.date().transform(readBy(readDay))
/** Where a list goes on, said by the one before; opaque to who asks. The longest names, each sign of them escaped, have room. */
export const place = text(2000)
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Every command answers with the last event of each subject it wrote, the `base` of the next decision. */
const heads = z.record(z.string(), z.string())
export const done = z.object({ heads })

const CURSOR = /^(\d{1,16}\.){2}[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$/
/** Where a page ends and the next begins; opaque to who asks, checked at the door. */
export const cursor = z.string().transform(readBy((given: string) => (CURSOR.test(given) ? accept(given) : refuse('stalePage'))))
