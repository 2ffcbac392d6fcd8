import { Temporal } from 'temporal-polyfill'

export const MINUTE = 60_000
export const DAY = 86_400_000

/** The calendar day of an instant, YYYY-MM-DD; beyond the year 9999 with its sign, as ISO 8601 has it. */
export const dayIn = (zone: string, at: number): string => dayOfNumber(Math.floor((at + offsetAt(zone, at)) / DAY))
const dayPart = (at: number): string => new Date(at).toISOString().replace(/T.*/, '')

/** How far the clocks of a zone are ahead of UTC, ms. */
function offsetAt(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER)
  let offset = offsets.get(zone)?.get(quarter)
  if (offset === undefined) {
    offset = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6
    remember(offsets, zone, quarter, offset)
  }
  return offset
}

/** UTC ms of a wall time: an hour that the clocks leave out is read as the one after, of one told twice the first. */
export function instantIn(zone: string, day: string, time: string): number {
  const key = `${day}T${time}`
  let at = instants.get(zone)?.get(key)
  if (at === undefined) {
    at = Temporal.PlainDateTime.from(key).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
    remember(instants, zone, key, at)
  }
  return at
}

/** `2026-10-21 08:00–16:00`, with the day of the end where it is another one: for messages in any language. */
export function spanText(zone: string, { from, to }: { from: number; to: number }): string {
  const [first, last] = [wallText(zone, from), wallText(zone, to)]
  return `${first}–${last.startsWith(first.slice(0, 10)) ? last.slice(11) : last.slice(5)}`
}

const wallText = (zone: string, at: number): string =>
  new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16).replace('T', ' ')

/** Days since 1970-01-01 and back: for counting, no zone is meant. */
export function dayNumber(day: string): number {
  let n = dayNumbers.get(day)
  if (n === undefined) {
    if (dayNumbers.size >= MOST_REMEMBERED) dayNumbers.clear()
    dayNumbers.set(day, (n = Math.round(Date.parse(`${day}T00:00:00Z`) / DAY)))
  }
  return n
}
export function dayOfNumber(n: number): string {
  let day = dayNames.get(n)
  if (day === undefined) {
    if (dayNames.size >= MOST_REMEMBERED) dayNames.clear()
    dayNames.set(n, (day = dayPart(n * DAY)))
  }
  return day
}
export const addDays = (day: string, n: number): string => dayOfNumber(dayNumber(day) + n)

/** No zone changes its clocks within one. */
const QUARTER = 15 * MINUTE
const dayNames = new Map<number, string>()
const dayNumbers = new Map<string, number>()
const offsets = new Map<string, Map<number, number>>()
const instants = new Map<string, Map<string, number>>()
const MOST_REMEMBERED = 20_000

/** A roster asks for the same few wall times again and again; reckoning with a zone is dear. */
function remember<Key>(memory: Map<string, Map<Key, number>>, zone: string, key: Key, value: number): void {
  let of = memory.get(zone)
  if (!of || of.size >= MOST_REMEMBERED) memory.set(zone, (of = new Map()))
  of.set(key, value)
}
