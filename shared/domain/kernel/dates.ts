import { accept, refuse, type Refusal, type Result } from './refusal.ts'

/** Days that anybody here writes: whatever lies beyond is a slip of the pen, such as the year 0202 or 20266. */
const FIRST_DAY = '1970-01-01'
const LAST_DAY = '2099-12-31'
/** What is agreed with people lies no further ahead. */
const MOST_YEARS_AHEAD = 2
const YEAR_MS = 366 * 86_400_000

/** A day of a machine, a contract, a paper (YYYY-MM-DD). Refuses `dateTooEarly`, `dateTooLate`. */
export function readDay(day: string): Result<string> {
  if (day < FIRST_DAY) return refuse('dateTooEarly', undefined, { least: FIRST_DAY })
  return day > LAST_DAY ? refuse('dateTooLate', undefined, { most: LAST_DAY }) : accept(day)
}

/** The same of an instant, UTC ms. */
export function readInstant(at: number): Result<number> {
  if (at < Date.parse(FIRST_DAY)) return refuse('dateTooEarly', undefined, { least: FIRST_DAY })
  return at > Date.parse(LAST_DAY) ? refuse('dateTooLate', undefined, { most: LAST_DAY }) : accept(at)
}

/** A promise, an appointment, a window for a visit, UTC ms: nobody means one in a hundred years. */
export const refuseFarAhead = (at: number, now: number, field: string): { ok: false; refusal: Refusal } | null =>
  at - now > MOST_YEARS_AHEAD * YEAR_MS ? refuse('dateTooFarAhead', field, { years: MOST_YEARS_AHEAD }) : null
