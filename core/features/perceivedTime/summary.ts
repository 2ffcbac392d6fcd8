import type { OutputOf } from '#shared/contract/define.ts'
import type { perceivedSummary } from '#shared/contract/perceivedTime.ts'
import { dayFromIso, dayOf, isoOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import {
  EDGES,
  lastBucketUnder,
  PIECES,
  RATED,
  WAIT_PARTIES,
  type PerceivedLimits,
  type PieceName,
  type RatedPiece,
} from '#shared/domain/perceivedTime/pieces.ts'
import { all, one, sql, type ReadableDb } from '../../store/sql.ts'
import type { InsightFilter } from '#shared/contract/insight.ts'
import { chosen, type Chosen } from '../insight/filter.ts'
import { readWaits } from '../insight/now.ts'
import { isLong, packedOf } from '../insight/packed.ts'
import { perceivedDays } from '../insight/perceivedDays.ts'
import { NOT_APPLICABLE, splitSlots } from './rollup.ts'
import { zoneOfRows } from './zone.ts'

type Summary = OutputOf<typeof perceivedSummary>
interface Sum {
  readonly slot: number
  readonly orders: number
  readonly ms: number
}
type Sums = ReadonlyMap<string, readonly Sum[]>

/** Days `from` to `to`, both included, `2026-11-22`. Reads the days' sums and what runs now; no order's history. */
export function readSummary(
  db: ReadableDb,
  period: { readonly from: string; readonly to: string; readonly byDay: boolean; readonly filter: InsightFilter },
  limits: PerceivedLimits,
  now: number,
): Summary {
  const zone = zoneOfRows(db)
  const from = dayFromIso(period.from)
  const to = dayFromIso(period.to)
  const of = chosen(db, period.filter)
  const filtered = of.by.size > 0 || (isLong({ from, to }) && packedOf(db) !== undefined)
  const lines: readonly Line[] = filtered
    ? perceivedDays(db, { from, to }, zone, of, period.byDay).map(({ day, figure, slot, orders, ms }) => [day, figure, slot, orders, ms])
    : linesOf(db, from, to, period.byDay)
  const { sums, days } = tally(lines, from, period.byDay ? to - from + 1 : 0, limits)
  const total = sums.get('total') ?? []
  return {
    now,
    zone,
    from: period.from,
    to: period.to,
    stages: RATED.map((stage) => {
      const ended = sums.get(stage) ?? []
      const limit = limits[stage]
      const count = openMisses(db, stage, limit, startOf(from, zone), startOf(to + 1, zone), now, of)
      return {
        stage,
        limitMs: limit,
        ...rateOf(ended, limit, count),
        pending: running(db, stage, now - limit + 1, Number.MAX_SAFE_INTEGER, of),
        ...distribution(ended),
        byWish: over(sums.get('byWish'), limit),
        atCall: ordersIn(sums.get('atCall')) - over(sums.get('atCall'), limit),
      }
    }),
    allFour: allFour(sums.get('all') ?? [], limits),
    total: { orders: ordersIn(total), sumMs: total.reduce((sum, { ms }) => sum + ms, 0), ...distribution(total) },
    waits: filtered ? readWaits(db, { from, to }, of, undefined).waits.map(({ piece, party, ms }) => ({ piece, party, ms })) : waitsOf(sums),
    outcomes: {
      closed: ordersIn(sums.get('outcome.closed')),
      remote: ordersIn(sums.get('outcome.remote')),
      selfResolved: ordersIn(sums.get('outcome.selfResolved')),
      cancelled: ordersIn(sums.get('outcome.cancelled')),
      merged: ordersIn(sums.get('outcome.merged')),
    },
    days: period.byDay ? readDays(db, from, to, zone, limits, now, of, days) : [],
  }
}

/** The stage runs and its limit passed in `[from, to)`; by index. */
function openMisses(db: ReadableDb, stage: RatedPiece, limit: number, from: number, to: number, now: number, of: Chosen): number {
  return running(db, stage, from - limit, Math.min(to, now + 1) - limit, of)
}

/** The same by the day on which the limit passed. */
function openMissesByDay(db: ReadableDb, stage: RatedPiece, limit: number, from: number, to: number, zone: string, now: number, of: Chosen): Map<number, number> {
  const rows = all<{ since: number }>(
    db,
    `SELECT running_since AS since ${runningIn(of)}`,
    stage,
    startOf(from, zone) - limit,
    Math.min(startOf(to + 1, zone), now + 1) - limit,
    ...of.params,
  )
  const days = new Map<number, number>()
  for (const { since } of rows) {
    const day = dayOf(since + limit, zone)
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  return days
}

const runningIn = ({ where }: Chosen): string =>
  `FROM order_perceived ${where === '' ? '' : 'JOIN order_insight AS i USING (order_id) '}
   WHERE running = ? AND running_since >= ? AND running_since < ?${where}`

/** Orders in whose stage the time runs since an instant in `[from, to)`. */
const running = (db: ReadableDb, stage: RatedPiece, from: number, to: number, of: Chosen): number =>
  one<{ n: number }>(
    db,
    `SELECT count(*) AS n ${runningIn(of)}`,
    stage,
    from,
    to,
    ...of.params,
  )?.n ?? 0

/** What ended on each day: by stage, all and those that took their limit or longer; and what was closed. */
interface DayTally {
  readonly ended: Float64Array
  readonly over: Float64Array
  readonly closed: Float64Array
}

function readDays(db: ReadableDb, from: number, to: number, zone: string, limits: PerceivedLimits, now: number, of: Chosen, { ended, over, closed }: DayTally): Summary['days'] {
  const missed = RATED.map((stage) => openMissesByDay(db, stage, limits[stage], from, to, zone, now, of))
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({
    day: isoOf(from + index),
    stages: RATED.map((stage, place) => {
      const at = index * RATED.length + place
      return { stage, ...ratesOf(ended[at] as number, over[at] as number, missed[place]?.get(from + index) ?? 0) }
    }),
    closed: closed[index] as number,
  }))
}

/** A row of `perceived_day`: day, figure, slot, orders, ms. */
type Line = readonly [day: number, figure: string, slot: number, orders: number, ms: number]

/** Day by day, or summed over the period. */
const linesOf = (db: ReadableDb, from: number, to: number, byDay: boolean): Line[] =>
  sql(
    db,
    byDay
      ? 'SELECT day, figure, slot, orders, ms FROM perceived_day WHERE day BETWEEN ? AND ?'
      : 'SELECT 0, figure, slot, sum(orders), sum(ms) FROM perceived_day WHERE day BETWEEN ? AND ? GROUP BY figure, slot',
  )
    .raw()
    .all(from, to) as Line[]

const PLACES: ReadonlyMap<string, number> = new Map(RATED.map((stage, place) => [stage, place]))

/** One pass: the sums over all days by figure and slot, and what a trend of `width` days shows. */
function tally(lines: readonly Line[], from: number, width: number, limits: PerceivedLimits): { sums: Sums; days: DayTally } {
  const bySlot = new Map<string, Map<number, { slot: number; orders: number; ms: number }>>()
  const last = RATED.map((stage) => lastBucketUnder(limits[stage]))
  const days = { ended: new Float64Array(width * RATED.length), over: new Float64Array(width * RATED.length), closed: new Float64Array(width) }
  const add = (counts: Float64Array, at: number, n: number): void => {
    counts[at] = (counts[at] as number) + n
  }
  for (const [day, figure, slot, orders, ms] of lines) {
    let slots = bySlot.get(figure)
    if (!slots) bySlot.set(figure, (slots = new Map()))
    const sum = slots.get(slot)
    if (sum) {
      sum.orders += orders
      sum.ms += ms
    } else slots.set(slot, { slot, orders, ms })
    if (width === 0) continue
    const place = PLACES.get(figure)
    if (place !== undefined) {
      const at = (day - from) * RATED.length + place
      add(days.ended, at, orders)
      if (slot > (last[place] as number)) add(days.over, at, orders)
    } else if (figure === 'outcome.closed') add(days.closed, day - from, orders)
  }
  return { sums: new Map([...bySlot].map(([figure, slots]) => [figure, [...slots.values()].sort((a, b) => a.slot - b.slot)])), days }
}

const ordersIn = (list: readonly Sum[] = []): number => list.reduce((sum, { orders }) => sum + orders, 0)

/** How many took their limit or longer. */
const over = (list: readonly Sum[] = [], limit: number): number =>
  ordersIn(list.filter(({ slot }) => slot > lastBucketUnder(limit)))

const rateOf = (ended: readonly Sum[], limit: number, openCount: number) => ratesOf(ordersIn(ended), over(ended, limit), openCount)

function ratesOf(ended: number, missed: number, openCount: number) {
  const hits = ended - missed
  const misses = missed + openCount
  return { hits, misses, openMisses: openCount, rate: share(hits, hits + misses) }
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

function distribution(list: readonly Sum[]) {
  const orders = ordersIn(list)
  return {
    meanMs: orders === 0 ? null : list.reduce((sum, { ms }) => sum + ms, 0) / orders,
    medianBelowMs: edgeOf(list, 0.5),
    p80BelowMs: edgeOf(list, 0.8),
    buckets: list.map(({ slot, orders: n }) => ({ below: EDGES[slot] ?? null, orders: n })),
  }
}

/** The edge below which at least that share of them lies; null: there are none, or it lies beyond the last edge. */
function edgeOf(list: readonly Sum[], part: number): number | null {
  const wanted = ordersIn(list) * part
  let seen = 0
  for (const { slot, orders } of list) {
    seen += orders
    if (seen >= wanted) return EDGES[slot] ?? null
  }
  return null
}

function allFour(list: readonly Sum[], limits: PerceivedLimits): Summary['allFour'] {
  const last = RATED.map((stage) => lastBucketUnder(limits[stage]))
  const isHit = (slots: readonly number[]): boolean =>
    slots.every((slot, index) => slot === NOT_APPLICABLE || slot <= (last[index] as number))
  const hits = ordersIn(list.filter(({ slot }) => isHit(splitSlots(slot))))
  const orders = ordersIn(list)
  return { hits, orders, rate: share(hits, orders) }
}

function waitsOf(sums: Sums): Summary['waits'] {
  const pieces: readonly PieceName[] = [...PIECES, 'unknown']
  return pieces.flatMap((piece) =>
    WAIT_PARTIES.flatMap((party) => {
      const ms = (sums.get(`wait.${piece}.${party}`) ?? []).reduce((sum, row) => sum + row.ms, 0)
      return ms > 0 ? [{ piece, party, ms }] : []
    }),
  )
}
