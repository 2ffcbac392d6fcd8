import { Temporal } from 'temporal-polyfill'

const DAY = 86_400_000
/** Every zone in use is off UTC by whole quarters of an hour: within one, the date is the same. */
const QUARTER = 900_000
const MOST_REMEMBERED = 50_000

/** A natural day of a zone as a number: days since 1970-01-01 of the local calendar. */
export type DayNumber = number

const memories = new Map<string, Map<number, DayNumber>>()

/** @param at UTC ms */
export function dayOf(at: number, zone: string): DayNumber {
  let memory = memories.get(zone)
  if (!memory || memory.size > MOST_REMEMBERED) memories.set(zone, (memory = new Map()))
  const quarter = Math.floor(at / QUARTER)
  let day = memory.get(quarter)
  if (day === undefined) {
    const { year, month, day: date } = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO(zone)
    day = Date.UTC(year, month - 1, date) / DAY
    memory.set(quarter, day)
  }
  return day
}

/** `2026-11-22`. */
export const isoOf = (day: DayNumber): string => new Date(day * DAY).toISOString().slice(0, 10)
export const dayFromIso = (iso: string): DayNumber => Date.parse(`${iso}T00:00:00Z`) / DAY

const begins = new Map<string, number>()

/** The instant at which a day begins, UTC ms. */
export function startOf(day: DayNumber, zone: string): number {
  const key = `${zone} ${day}`
  let begin = begins.get(key)
  if (begin === undefined) {
    if (begins.size > MOST_REMEMBERED) begins.clear()
    begins.set(key, (begin = Temporal.PlainDate.from(isoOf(day)).toZonedDateTime(zone).epochMilliseconds))
  }
  return begin
}
