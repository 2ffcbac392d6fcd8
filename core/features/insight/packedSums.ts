import type { InsightFigures } from '#shared/contract/insight.ts'
import { SOON_MS, type Dimension } from '#shared/domain/insight/facts.ts'
import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { RATED } from '#shared/domain/perceivedTime/pieces.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import type { Chosen } from './filter.ts'
import { FLAGS, KNOWN, NO_SLOT, type Packed } from './packed.ts'
import { COUNTERS, hourOf, type Counter } from './rollup.ts'
import type { Days, PerceivedSum, Sums } from './kinds.ts'

/** The same figures as SQL reads from the rows, from the columns in memory: one pass each. */

const PLACE = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<Record<Counter, number>>
const isWithin = (day: number, { from, to }: Days): boolean => day >= from && day <= to

/** What sums are told apart by. */
export type By = 'nothing' | 'day' | Dimension

/** By day number, by value of a dimension, or all under the empty text. */
export function packedSums(packed: Packed, days: Days, chosen: Chosen, by: By): Map<number | string, Sums> {
  const mask = packed.chosen(chosen)
  const { flags, createdDay, closedDay, closeMs, inquiries, ratings } = packed
  const found = new Map<number, Float64Array>()
  const codes = by === 'nothing' || by === 'day' ? null : packed.codes[by]
  const of = (row: number, day: number): Float64Array => {
    const key = codes ? (codes[row] as number) : by === 'day' ? day : 0
    let sums = found.get(key)
    if (!sums) found.set(key, (sums = new Float64Array(COUNTERS.length)))
    return sums
  }
  const count = (sums: Float64Array, counter: Counter, n = 1): void => {
    sums[PLACE[counter]] = (sums[PLACE[counter]] as number) + n
  }
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 0) continue
    const flag = flags[row] as number
    const born = createdDay[row] as number
    if (isWithin(born, days)) {
      const sums = of(row, born)
      if (flag & FLAGS.counted) {
        count(sums, 'created')
        const asked = inquiries[row] as number
        if (asked > 0) {
          count(sums, 'inquiries', asked)
          count(sums, 'inquired')
        }
        if (flag & (FLAGS.overtime | FLAGS.otherCause)) count(sums, 'complained')
        if (flag & FLAGS.overtime) count(sums, 'overtime')
        if (flag & FLAGS.otherCause) count(sums, 'other_cause')
      }
      if (flag & FLAGS.cancelled) count(sums, 'cancelled')
      if (flag & FLAGS.merged) count(sums, 'merged')
      if ((closedDay[row] as number) >= 0) count(sums, 'closed_since')
      if (flag & FLAGS.soon) count(sums, 'closed_soon')
    }
    const ended = closedDay[row] as number
    if (ended < 0 || !isWithin(ended, days)) continue
    const sums = of(row, ended)
    count(sums, 'closed')
    count(sums, 'close_ms', closeMs[row] as number)
    if (flag & FLAGS.fixed) count(sums, 'fixed')
    if (flag & FLAGS.remote) {
      count(sums, 'remote')
      if (flag & FLAGS.fixed) count(sums, 'remote_fixed')
    }
    if (flag & FLAGS.led) count(sums, 'led')
  }
  const { day, stars } = ratings.columns
  for (let at = 0; at < ratings.length; at++) {
    const row = ratings.owner[at] as number
    if (row < 0 || mask[row] === 0 || !isWithin(day[at] as number, days)) continue
    count(of(row, day[at] as number), `stars_${stars[at] as 1 | 2 | 3 | 4 | 5}`)
  }
  const keyOf = (key: number): number | string => (by === 'nothing' ? '' : by === 'day' ? key : (packed.names[by].list[key] as string))
  return new Map(
    [...found].map(([key, sums]) => [keyOf(key), Object.fromEntries(COUNTERS.map((name, index) => [name, sums[index] as number])) as Sums]),
  )
}

/** How many of those closed fall into each bucket, ascending, and the values of a bucket in order. */
export function packedCloses(packed: Packed, days: Days, chosen: Chosen) {
  const mask = packed.chosen(chosen)
  const { closedDay, closeMs, closeSlot } = packed
  const isIn = (row: number): boolean => mask[row] === 1 && (closedDay[row] as number) >= 0 && isWithin(closedDay[row] as number, days)
  const counts = new Float64Array(NO_SLOT + 1)
  for (let row = 0; row < mask.length; row++) if (isIn(row)) counts[closeSlot[row] as number] = (counts[closeSlot[row] as number] as number) + 1
  return {
    slots: [...counts.entries()].filter(([slot, n]) => n > 0 && slot !== NO_SLOT),
    valuesOf(slot: number): Float64Array {
      const values = new Float64Array(counts[slot] as number)
      let at = 0
      for (let row = 0; row < mask.length; row++) if (closeSlot[row] === slot && isIn(row)) values[at++] = closeMs[row] as number
      return values.sort()
    },
  }
}

/** Orders with an ended stay that meets the instants `[begin, end)`; of open ones also those that still are. */
export function packedStanding(packed: Packed, kind: 'open' | 'stuck', begin: number, end: number, chosen: Chosen): number {
  const mask = packed.chosen(chosen)
  const { spans, openSince } = packed
  const { stuck, from, to, next } = spans.columns
  const wanted = kind === 'stuck' ? 1 : 0
  let n = 0
  for (let at = 0; at < spans.length; at++) {
    const row = spans.owner[at] as number
    if (row < 0 || mask[row] === 0 || stuck[at] !== wanted) continue
    if ((to[at] as number) > begin && (from[at] as number) < end && (next[at] as number) >= end) n += 1
  }
  if (kind === 'open' && begin < end) for (let row = 0; row < mask.length; row++) if (mask[row] === 1 && (openSince[row] as number) < end) n += 1
  return n
}

export function packedProvisional(packed: Packed, days: Days, chosen: Chosen, now: number): number {
  const mask = packed.chosen(chosen)
  const { closedAt, closedDay } = packed
  let n = 0
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 1 && (closedAt[row] as number) > now - SOON_MS && isWithin(closedDay[row] as number, days)) n += 1
  }
  return n
}

export function packedRevenue(packed: Packed, days: Days, chosen: Chosen): InsightFigures['revenue'] {
  const mask = packed.chosen(chosen)
  const { flags, closedDay, grossFen, verifiedFen } = packed
  let [billed, wrong, differenceFen] = [0, 0, 0]
  for (let row = 0; row < mask.length; row++) {
    const flag = flags[row] as number
    if (mask[row] === 0 || (flag & FLAGS.billed) === 0 || (closedDay[row] as number) < 0 || !isWithin(closedDay[row] as number, days)) continue
    billed += 1
    if ((flag & FLAGS.verified) === 0) continue
    const difference = Math.abs((verifiedFen[row] as number) - (grossFen[row] as number))
    differenceFen += difference
    if (difference > 0 || (flag & FLAGS.skipped) !== 0) wrong += 1
  }
  return billed === 0 ? null : { billed, wrong, differenceFen, rate: wrong / billed }
}

/** First firings of limits by stage and hour of the day. */
export function packedFirings(packed: Packed, { from, to }: Days, zone: string, chosen: Chosen): { stage: StageId; hour: number; orders: number }[] {
  const mask = packed.chosen(chosen)
  const [begin, end] = [startOf(from, zone), startOf(to + 1, zone)]
  const { firings, flags } = packed
  const { at: instants, stage: stages } = firings.columns
  const cells = new Map<number, number>()
  for (let entry = 0; entry < firings.length; entry++) {
    const row = firings.owner[entry] as number
    const at = instants[entry] as number
    if (row < 0 || mask[row] === 0 || at < begin || at >= end || ((flags[row] as number) & FLAGS.counted) === 0) continue
    const cell = (stages[entry] as number) * 24 + hourOf(at, dayOf(at, zone), zone)
    cells.set(cell, (cells.get(cell) ?? 0) + 1)
  }
  return [...cells].map(([cell, orders]) => ({ stage: packed.stages.list[Math.floor(cell / 24)] as StageId, hour: cell % 24, orders }))
}

/** Where the time of closed orders went: ms and orders by wait, and of how many orders it is known. */
export function packedWaits(packed: Packed, days: Days, chosen: Chosen): { orders: number; sums: Map<string, { ms: number; orders: number }> } {
  const mask = packed.chosen(chosen)
  const { waits, closedDay } = packed
  const { name: names, ms: lengths } = waits.columns
  const ms = new Float64Array(packed.waitNames.list.length)
  const orders = new Float64Array(ms.length)
  for (let at = 0; at < waits.length; at++) {
    const row = waits.owner[at] as number
    if (row < 0 || mask[row] === 0 || (closedDay[row] as number) < 0 || !isWithin(closedDay[row] as number, days)) continue
    const name = names[at] as number
    ms[name] = (ms[name] as number) + (lengths[at] as number)
    orders[name] = (orders[name] as number) + 1
  }
  const sums = packed.waitNames.list.map((name, code) => [name, { ms: ms[code] as number, orders: orders[code] as number }] as const)
  return { orders: sums.find(([name]) => name === KNOWN)?.[1].orders ?? 0, sums: new Map(sums.filter(([name, { orders: n }]) => name !== KNOWN && n > 0)) }
}

const HISTOGRAMS = [...RATED, 'atCall', 'byWish', 'total'] as const
const SLOTS = 64
/** More than the four slots of an order make, packed in one number. */
const ALL_SLOTS = 2 ** 32

/** The sums of `perceived_day`, of chosen orders; all under the first day where no trend is asked for. */
export function packedPerceived(packed: Packed, days: Days, chosen: Chosen, byDay: boolean): PerceivedSum[] {
  const mask = packed.chosen(chosen)
  const { flags, closedDay, totalSlot, totalMs, allSlots, outcome, outcomes, stage: stages } = packed
  const width = byDay ? days.to - days.from + 1 : 1
  const orders = new Float64Array(width * HISTOGRAMS.length * SLOTS)
  const ms = new Float64Array(orders.length)
  // Numbers alone in the way of every order: a text made for each is most of the time.
  const outcomeCounts = new Float64Array(width * outcomes.list.length)
  const remoteCounts = new Float64Array(width)
  const allCounts = new Map<number, number>()
  const add = (day: number, figure: number, slot: number, length: number): void => {
    const at = ((byDay ? day - days.from : 0) * HISTOGRAMS.length + figure) * SLOTS + slot
    orders[at] = (orders[at] as number) + 1
    ms[at] = (ms[at] as number) + length
  }
  const up = (counts: Float64Array, at: number): void => {
    counts[at] = (counts[at] as number) + 1
  }
  for (let row = 0; row < mask.length; row++) {
    const flag = flags[row] as number
    // Not bounded by the registration: a call may have been answered on a day before it was written down.
    if (mask[row] === 0 || (flag & FLAGS.counted) === 0) continue
    for (let index = 0; index < RATED.length; index++) {
      const stage = stages[RATED[index] as (typeof RATED)[number]]
      const day = stage.day[row] as number
      if (day < 0 || !isWithin(day, days)) continue
      const slot = stage.slot[row] as number
      add(day, index, slot, stage.ms[row] as number)
      if (index === 0 && flag & FLAGS.atCall) add(day, 4, slot, 0)
      if (index === 2 && flag & FLAGS.byWish) add(day, 5, slot, 0)
    }
    const day = closedDay[row] as number
    if (day < 0 || !isWithin(day, days)) continue
    const place = byDay ? day - days.from : 0
    up(outcomeCounts, place * outcomes.list.length + (outcome[row] as number))
    const slot = totalSlot[row] as number
    if (slot === NO_SLOT) continue
    if (flag & FLAGS.remote) up(remoteCounts, place)
    add(day, 6, slot, totalMs[row] as number)
    const four = allSlots[row] as number
    if (four >= 0) allCounts.set(place * ALL_SLOTS + four, (allCounts.get(place * ALL_SLOTS + four) ?? 0) + 1)
  }
  const sums: PerceivedSum[] = []
  const tell = (place: number, figure: string, slot: number, n: number): void => {
    if (n > 0) sums.push({ day: days.from + place, figure, slot, orders: n, ms: 0 })
  }
  outcomeCounts.forEach((n, at) => tell(Math.floor(at / outcomes.list.length), `outcome.${outcomes.list[at % outcomes.list.length] as string}`, 0, n))
  remoteCounts.forEach((n, place) => tell(place, 'outcome.remote', 0, n))
  for (const [key, n] of allCounts) tell(Math.floor(key / ALL_SLOTS), 'all', key % ALL_SLOTS, n)
  for (let at = 0; at < orders.length; at++) {
    if (orders[at] === 0) continue
    const figure = HISTOGRAMS[Math.floor(at / SLOTS) % HISTOGRAMS.length] as string
    sums.push({ day: days.from + Math.floor(at / SLOTS / HISTOGRAMS.length), figure, slot: at % SLOTS, orders: orders[at] as number, ms: ms[at] as number })
  }
  return sums
}
