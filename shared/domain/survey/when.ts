import { addDays, dayIn, instantIn } from '../roster/zoneTime.ts'

const HOUR = 3_600_000
/** METRICS, "survey". */
const AFTER_MS = 2 * HOUR
const EARLIEST = '09:00'
const LATEST = '20:00'
const LAPSES_MS = 24 * HOUR

/** After a rating or a survey, the order is left in peace for so long. */
export const AGAIN_MS = 30 * 24 * HOUR
/** A link is good for so long. */
export const LINK_MS = 30 * 24 * HOUR

/**
 * The first instant, not before `at`, at which a customer may be asked: between 09:00 and 20:00 of the customer, whose
 * zone is the company's; by the clock on the wall, also on a day on which it is set. UTC ms.
 */
export function askedFrom(at: number, zone: string): number {
  const day = dayIn(zone, at)
  const opens = (of: string): number => instantIn(zone, of, EARLIEST)
  if (at < opens(day)) return opens(day)
  return at < instantIn(zone, day, LATEST) ? at : opens(addDays(day, 1))
}

/** Who closed then and is asked at `at` or never: from 24 h before, to 2 h before, both included. */
export const closedFor = (at: number): { readonly from: number; readonly to: number } => ({ from: at - LAPSES_MS, to: at - AFTER_MS })

/** When the survey of an order that closed then goes out at best; the later it closed, the later. UTC ms. */
export const surveyAt = (closedAt: number, zone: string): number => askedFrom(closedAt + AFTER_MS, zone)
