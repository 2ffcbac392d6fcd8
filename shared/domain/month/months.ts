import { dayFromIso, dayOf, isoOf, startOf } from '../perceivedTime/days.ts'

/** A month of the calendar, `2026-10`. */
export type Month = string

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

/** @param at UTC ms @param zone IANA */
export const monthOf = (at: number, zone: string): Month => isoOf(dayOf(at, zone)).slice(0, 7)

export function nextMonth(month: Month): Month {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`
}

/** The instant at which a month begins, UTC ms. */
export const monthStart = (month: Month, zone: string): number => startOf(dayFromIso(`${month}-01`), zone)

/** The last day of a month, `2026-10-31`. */
export const lastDayOf = (month: Month): string => isoOf(dayFromIso(`${nextMonth(month)}-01`) - 1)
