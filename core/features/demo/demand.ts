import type { Random } from './random.ts'
import { dayOf, HOUR, kindOfDay, startOfDay, weekday } from './workHours.ts'

/** Sunday first: machines that stood over the weekend break on Monday. */
const OF_WEEK = [0.16, 1.34, 1.14, 1.02, 0.97, 0.93, 0.32]
/** January first: heat and humidity fill the summer, the Spring Festival empties February. */
const OF_YEAR = [0.94, 0.72, 1.02, 1, 0.98, 1.06, 1.2, 1.24, 1.05, 0.94, 1, 1.02]
const OF_DAY = [0.2, 0.15, 0.1, 0.1, 0.1, 0.2, 0.5, 1.6, 5, 9.5, 9, 6.5, 3, 5.5, 8.5, 7.5, 6, 4, 2.2, 1.5, 1.2, 0.9, 0.6, 0.4]
const ON_HOLIDAY = 0.1
/** The first day back at work. */
const AFTER_HOLIDAY = 1.45

/** Instants (UTC ms, ascending) at which customers make contact: daily and weekly peaks, holidays, seasons. */
export function contactTimes(random: Random, count: number, from: number, until: number): number[] {
  const hours: { at: number; upTo: number }[] = []
  let sum = 0
  for (let day = dayOf(from); day <= dayOf(until); day++) {
    const weight = weightOf(day)
    for (const [hour, share] of OF_DAY.entries()) {
      const at = startOfDay(day) + hour * HOUR
      if (at < from || at + HOUR > until) continue
      sum += weight * share
      hours.push({ at, upTo: sum })
    }
  }
  const times = Array.from({ length: count }, () => {
    const hour = hourAt(hours, random.next() * sum)
    return Math.floor((hour + random.next() * HOUR) / 1000) * 1000
  })
  return times.sort((a, b) => a - b)
}

function weightOf(day: number): number {
  const kind = kindOfDay(day)
  if (kind === 'holiday') return ON_HOLIDAY
  // A Saturday that is worked is a workday like another.
  const usual = kind === 'workday' && [0, 6].includes(weekday(day)) ? 0.9 : (OF_WEEK[weekday(day)] as number)
  const back = kind === 'workday' && kindOfDay(day - 1) === 'holiday' ? AFTER_HOLIDAY : 1
  return usual * back * (OF_YEAR[new Date(startOfDay(day + 1) - 1).getUTCMonth()] as number)
}

function hourAt(hours: readonly { at: number; upTo: number }[], place: number): number {
  let low = 0
  let high = hours.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hours[middle] as { upTo: number }).upTo > place) high = middle
    else low = middle + 1
  }
  return (hours[low] as { at: number }).at
}
