import { AGES, type Drill, type insightOrders } from '#shared/contract/insight.ts'
import type { InputOf, OutputOf } from '#shared/contract/define.ts'
import { DAY_MS, SOON_MS } from '#shared/domain/insight/facts.ts'
import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { lastBucketUnder, RATED, type PerceivedLimits, type RatedPiece } from '#shared/domain/perceivedTime/pieces.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { WRONG } from './revenue.ts'
import { openIds, stuckIds, type Ids } from './standing.ts'
import type { Days } from './sums.ts'

type Asked = InputOf<typeof insightOrders>
type Found = OutputOf<typeof insightOrders>

interface Situation {
  readonly days: Days
  readonly zone: string
  readonly now: number
  readonly limits: PerceivedLimits
}

/** The orders of a figure: SQL with `i` for `order_insight`, and what it measures of each. */
interface Behind {
  readonly from: string
  readonly where: string
  readonly params: Readonly<Record<string, number | string>>
  readonly measure: string
}

const ORDERS = 'order_insight AS i'
const created = (condition: string, measure = 'NULL'): Behind => ({
  from: ORDERS,
  where: `i.created_day BETWEEN :from AND :to AND ${condition}`,
  params: {},
  measure,
})
const closed = (condition: string, measure = 'i.close_ms'): Behind => ({
  from: ORDERS,
  where: `i.closed_day BETWEEN :from AND :to AND ${condition}`,
  params: {},
  measure,
})
const rated = (condition: string): Behind => ({
  from: `order_rating AS r JOIN ${ORDERS} USING (order_id)`,
  where: `r.day BETWEEN :from AND :to AND ${condition}`,
  params: {},
  measure: 'r.stars',
})
const billed = (condition: string, measure: string): Behind => ({
  from: `${ORDERS} JOIN order_finance AS f USING (order_id)`,
  where: `i.closed_day BETWEEN :from AND :to AND f.billed_at IS NOT NULL AND ${condition}`,
  params: {},
  measure,
})
const among = ({ text, params }: Ids, measure: string): Behind => ({ from: ORDERS, where: `i.order_id IN (${text})`, params, measure })

function setOf(asked: Asked, { days, zone, now, limits }: Situation): Behind {
  const figure: Drill = asked.figure
  switch (figure) {
    case 'created':
      return created('i.counted = 1')
    case 'cancelled':
      return created("i.counted = 0 AND i.outcome = 'cancelled'")
    case 'merged':
      return created("i.counted = 0 AND i.outcome = 'merged'")
    case 'closedSince':
      return created('i.closed_day IS NOT NULL', 'i.close_ms')
    case 'notClosedSince':
      return created('i.counted = 1 AND i.closed_day IS NULL', ':now - i.created_at')
    case 'closedSoon':
      return created('i.soon = 1', 'i.close_ms')
    case 'inquired':
      return created('i.counted = 1 AND i.inquiries > 0', 'i.inquiries')
    case 'complained':
      return created('i.counted = 1 AND i.overtime + i.other_cause > 0')
    case 'overtime':
      return created('i.counted = 1 AND i.overtime > 0')
    case 'otherCause':
      return created('i.counted = 1 AND i.other_cause > 0')
    case 'open':
      return among(openIds(days, zone, now), ':now - i.created_at')
    case 'stuck':
      return among(stuckIds(days, zone, now), ':now - i.created_at')
    case 'closed':
      return closed('1')
    case 'fixed':
      return closed('i.fixed = 1')
    case 'notFixed':
      return closed('i.fixed = 0')
    case 'remote':
      return closed('i.remote = 1')
    case 'provisional':
      return closed(`i.closed_at > :now - ${SOON_MS}`)
    case 'led':
      return closed('i.lead IS NOT NULL')
    case 'billed':
      return billed('1', 'f.gross_fen')
    case 'revenueWrong':
      return billed(WRONG, 'abs(f.verified_fen - f.gross_fen)')
    case 'rated':
      return rated('1')
    case 'promoters':
      return rated('r.stars = 5')
    case 'passives':
      return rated('r.stars = 4')
    case 'detractors':
      return rated('r.stars <= 3')
    case 'breached':
      return breached(asked, days, zone)
    case 'ageing':
      return ageing(asked, now)
    case 'hit':
    case 'missed':
      return verdict(asked.perceived ?? 'response', figure, { days, zone, now, limits })
    case 'pending':
      return pending(asked.perceived ?? 'response', limits, now)
    case 'atCall':
      return ended('response', 'i.at_call = 1 AND i.response_slot <= :kept', limits)
    case 'byWish':
      return ended('execution', 'i.by_wish = 1 AND i.execution_slot > :kept', limits)
    case 'allFourHit':
      return closed(`i.all_slots IS NOT NULL AND ${allKept(limits)}`, 'i.total_ms')
    case 'allFourMissed':
      return closed(`i.all_slots IS NOT NULL AND NOT (${allKept(limits)})`, 'i.total_ms')
    case 'selfResolved':
      return closed("i.outcome = 'selfResolved'")
    case 'endedCancelled':
      return endedAs('cancelled', days, zone)
    case 'endedMerged':
      return endedAs('merged', days, zone)
    case 'waited':
      return waited(asked)
    case 'owned':
      return owned(asked, '1')
    case 'ownedBroken':
      return owned(asked, '(w.breached = 1 OR w.promise_by <= :now)')
    case 'visitedToday':
      return visitedToday(asked, zone, now)
  }
}

function breached({ stage, hour }: Asked, { from, to }: Days, zone: string): Behind {
  // The hour as the sums have it: whole hours since the day began.
  const begins = new Map<number, number>()
  for (let day = from; day <= to; day++) begins.set(day, startOf(day, zone))
  const hours = hour === undefined ? null : [...begins.values()].map((begin) => [begin + hour * HOUR, begin + (hour + 1) * HOUR])
  return {
    from: `stage_timer AS t JOIN ${ORDERS} USING (order_id)`,
    where: `t.fired_at >= :begin AND t.fired_at < :end AND i.counted = 1
        AND (:stage = '' OR t.stage = :stage)
        AND (:hours = '' OR EXISTS (SELECT 1 FROM json_each(:hours) AS h
          WHERE t.fired_at >= h.value ->> 0 AND t.fired_at < h.value ->> 1))`,
    params: {
      begin: startOf(from, zone),
      end: startOf(to + 1, zone),
      stage: stage ?? '',
      hours: hours === null ? '' : JSON.stringify(hours),
    },
    measure: 't.fired_at',
  }
}
const HOUR = 3_600_000

function ageing({ stage, age }: Asked, now: number): Behind {
  const [younger, older] = age === undefined ? [0, undefined] : [AGES[age - 1] ?? 0, AGES[age]]
  return {
    from: `work_order AS w JOIN ${ORDERS} ON i.order_id = w.id`,
    where: `w.status = 'open' AND (:stage = '' OR w.stage = :stage)
        AND w.first_contact_at <= :youngest AND w.first_contact_at > :oldest`,
    params: {
      stage: stage ?? '',
      youngest: younger === 0 ? Number.MAX_SAFE_INTEGER : now - younger * DAY_MS,
      oldest: older === undefined ? -1 : now - older * DAY_MS,
    },
    measure: ':now - w.first_contact_at',
  }
}

/** A stage of perceived time that kept its limit in the period, or did not: the open ones that passed it among them. */
function verdict(stage: RatedPiece, figure: 'hit' | 'missed', { days, zone, now, limits }: Situation): Behind {
  const limit = limits[stage]
  const kept = lastBucketUnder(limit)
  const ended = `i.${stage}_day BETWEEN :from AND :to AND i.${stage}_slot`
  if (figure === 'hit') return { from: ORDERS, where: `${ended} <= :kept`, params: { kept }, measure: `i.${stage}_ms` }
  return {
    from: `${ORDERS} JOIN order_perceived AS p USING (order_id)`,
    where: `(${ended} > :kept) OR (p.running = :stage AND p.running_since >= :since AND p.running_since < :until)`,
    params: {
      kept,
      stage,
      since: startOf(days.from, zone) - limit,
      until: Math.min(startOf(days.to + 1, zone), now + 1) - limit,
    },
    measure: `coalesce(i.${stage}_ms, :now - p.running_since)`,
  }
}

/** In that stage, within its limit, as things stand now. */
const pending = (stage: RatedPiece, limits: PerceivedLimits, now: number): Behind => ({
  from: `${ORDERS} JOIN order_perceived AS p USING (order_id)`,
  where: 'p.running = :stage AND p.running_since > :since',
  params: { stage, since: now - limits[stage] },
  measure: ':now - p.running_since',
})

/** The stage ended in the period, and more. */
const ended = (stage: RatedPiece, condition: string, limits: PerceivedLimits): Behind => ({
  from: ORDERS,
  where: `i.${stage}_day BETWEEN :from AND :to AND i.counted = 1 AND ${condition}`,
  params: { kept: lastBucketUnder(limits[stage]) },
  measure: `i.${stage}_ms`,
})

/** METRICS, “all four hit”: every stage that applies kept its limit. */
const allKept = (limits: PerceivedLimits): string =>
  RATED.map((stage) => `(i.${stage}_slot IS NULL OR i.${stage}_slot <= ${lastBucketUnder(limits[stage])})`).join(' AND ')

/** Cancelled or merged in the period, whenever they were created. */
const endedAs = (outcome: 'cancelled' | 'merged', { from, to }: Days, zone: string): Behind => ({
  from: `order_insight AS i INDEXED BY order_insight_void JOIN order_perceived AS p USING (order_id)`,
  where: 'i.counted = 0 AND p.outcome = :outcome AND p.ended_at >= :begin AND p.ended_at < :end',
  params: { outcome, begin: startOf(from, zone), end: startOf(to + 1, zone) },
  measure: 'p.ended_at - i.created_at',
})

/** Open orders of an owner, by the definitions of the workload. */
const owned = ({ person = '' }: Asked, condition: string): Behind => ({
  from: `work_order AS w JOIN ${ORDERS} ON i.order_id = w.id`,
  where: `w.status = 'open' AND w.owner = :person AND ${condition}`,
  params: { person },
  measure: ':now - w.first_contact_at',
})

/** What an engineer is booked for today: an appointment is one, however long it is. */
function visitedToday({ person = '' }: Asked, zone: string, now: number): Behind {
  const today = dayOf(now, zone)
  return {
    from: `(SELECT appointment, order_id, min(from_at) AS from_at FROM engineer_slot
        WHERE engineer = :person AND from_at < :end AND to_at > :begin GROUP BY appointment) AS s JOIN ${ORDERS} USING (order_id)`,
    where: '1',
    params: { person, begin: startOf(today, zone), end: startOf(today + 1, zone) },
    measure: 's.from_at',
  }
}

/** Orders closed in the period that waited so, longest first. */
function waited({ wait }: Asked): Behind {
  const name = wait ? `${wait.piece}.${wait.party}=` : '='
  const ms = "CAST(substr(',' || s.waits, instr(',' || s.waits, :wait) + length(:wait)) AS INTEGER)"
  return {
    from: `${ORDERS} JOIN order_waits AS s USING (order_id)`,
    where: `i.closed_day BETWEEN :from AND :to AND instr(',' || s.waits, :wait) > 0`,
    params: { wait: wait ? `,${name}` : name },
    measure: wait ? ms : 'i.total_ms',
  }
}

/** As many as the figure counts; those that it measures most of first, and newer ones before older ones. */
export function readOrders(db: ReadableDb, asked: Asked, chosen: Chosen, situation: Situation): Omit<Found, 'now'> {
  const { from, where, params, measure } = setOf(asked, situation)
  const bound: Record<string, number | string> = { ...situation.days, now: situation.now, ...params }
  // Only parameters that are named in the text may be bound.
  const named = (text: string): Record<string, number | string> =>
    Object.fromEntries(Object.entries(bound).filter(([name]) => new RegExp(`:${name}\\b`).test(text)))
  const behind = `${from} WHERE (${where})${chosen.where}`
  type Row = Omit<Found['orders'][number], 'frozen'> & { readonly frozen: 0 | 1 }
  const rows = all<Row>(
    db,
    `SELECT top.id, o.number, (SELECT name FROM customer WHERE id = o.customer) AS customer, o.model, o.symptom, o.status,
       o.stage, o.waits_on AS waitsOn, o.frozen,
       top.createdAt, top.closedAt, top.measure
     FROM (SELECT i.order_id AS id, i.created_at AS createdAt, i.closed_at AS closedAt, ${measure} AS measure
       FROM ${behind} ORDER BY 4 DESC, 2 DESC, 1 LIMIT ${asked.limit}) AS top
     JOIN work_order AS o ON o.id = top.id
     ORDER BY top.measure DESC, top.createdAt DESC, top.id`,
    named(`${behind} ${measure}`),
    ...chosen.params,
  )
  return { total: one<{ n: number }>(db, `SELECT count(*) AS n FROM ${behind}`, named(behind), ...chosen.params)?.n ?? 0, orders: rows.map((row) => ({ ...row, frozen: row.frozen === 1 })) }
}
