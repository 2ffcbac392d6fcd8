import { dayOf, startOf, type DayNumber } from '../perceivedTime/days.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK_HOURS = 168
/** Beyond it a stretch tells nothing more about the hours of the week. */
const LONGEST_EXPOSURE = 14 * 24
/** So many hours of the mean stand behind each hour of the week, until it has been seen as long. */
const PRIOR_HOURS = 20

interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * How fast things come to an end in each hour of the week, learnt from what ended: time is then measured by what is
 * usually done in it, so that a night or a Sunday is short and a Monday morning long.
 */
export class Activity {
  readonly #begin: number
  /** Sums of the pace up to each hour from the first one on. */
  readonly #sums: Float64Array
  readonly #mean: number

  /** @param until UTC ms up to which questions may reach; beyond it an hour counts as the mean one */
  constructor(stretches: readonly Stretch[], zone: string, until: number) {
    const first = stretches.reduce((least, { from }) => Math.min(least, from), until)
    this.#begin = Math.floor(first / HOUR) * HOUR
    const hours = Math.max(1, Math.ceil((until - this.#begin) / HOUR) + 1)
    const slots = slotsOf(this.#begin, hours, zone)
    const { pace, mean } = paceOf(stretches, this.#begin, slots)
    this.#mean = mean
    this.#sums = new Float64Array(hours + 1)
    for (let hour = 0; hour < hours; hour++) {
      this.#sums[hour + 1] = (this.#sums[hour] as number) + (pace[slots[hour] as number] as number)
    }
  }

  /** The usual endings of one stretch between two instants: 1 is the time in which one comes to an end on average. */
  between(from: number, to: number): number {
    return this.#upTo(to) - this.#upTo(from)
  }

  #upTo(at: number): number {
    const place = (at - this.#begin) / HOUR
    const last = this.#sums.length - 1
    if (place <= 0) return place * this.#mean
    if (place >= last) return (this.#sums[last] as number) + (place - last) * this.#mean
    const hour = Math.floor(place)
    const before = this.#sums[hour] as number
    return before + (place - hour) * ((this.#sums[hour + 1] as number) - before)
  }
}

/** The hour of the week of each hour, Thursday midnight first (1970-01-01 was a Thursday). */
function slotsOf(begin: number, hours: number, zone: string): Uint8Array {
  const slots = new Uint8Array(hours)
  let day: DayNumber | undefined
  let midnight = 0
  let next = -Infinity
  for (let hour = 0; hour < hours; hour++) {
    const at = begin + hour * HOUR
    if (day === undefined || at >= next) {
      day = dayOf(at, zone)
      midnight = startOf(day, zone)
      next = startOf(day + 1, zone)
    }
    const ofDay = Math.min(23, Math.max(0, Math.floor((at - midnight) / HOUR)))
    slots[hour] = (((day % 7) + 7) % 7) * 24 + ofDay
  }
  return slots
}

function paceOf(stretches: readonly Stretch[], begin: number, slots: Uint8Array): { pace: Float64Array; mean: number } {
  const ended = new Float64Array(WEEK_HOURS)
  const exposed = new Float64Array(WEEK_HOURS)
  let endings = 0
  let exposure = 0
  for (const { from, to } of stretches) {
    const first = Math.floor((from - begin) / HOUR)
    const last = Math.floor((to - begin) / HOUR)
    const end = Math.min(last, first + LONGEST_EXPOSURE, slots.length - 1)
    for (let hour = first; hour <= end; hour++) {
      const start = begin + hour * HOUR
      const part = (Math.min(to, start + HOUR) - Math.max(from, start)) / HOUR
      const slot = slots[hour] as number
      exposed[slot] = (exposed[slot] as number) + part
      exposure += part
    }
    if (end !== last) continue
    const slot = slots[last] as number
    ended[slot] = (ended[slot] as number) + 1
    endings += 1
  }
  const mean = exposure > 0 && endings > 0 ? endings / exposure : HOUR / DAY
  const pace = ended.map((count, slot) => (count + PRIOR_HOURS * mean) / ((exposed[slot] as number) + PRIOR_HOURS))
  return { pace, mean }
}
