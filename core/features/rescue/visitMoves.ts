import { SAVED_BELOW } from '#shared/domain/chance/moves.ts'
import { judgeBooking } from '#shared/domain/roster/judge.ts'
import type { EngineerRoster, Span, Visit } from '#shared/domain/roster/types.ts'
import { upToStep } from '#shared/domain/dispatch/travel.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { travelPort } from '../../connectors/travel/index.ts'
import { readState } from '../../kernel/readState.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { suggestFor } from '../dispatch/suggestFor.ts'
import { peopleOf } from '../people.ts'
import { judgeVisit } from '../roster/judge.ts'
import { placeOfOrder, readVisits } from '../roster/visits.ts'
import { readSetting } from '../setting/read.ts'
import { chanceOfDelay, readLateness } from './models.ts'
import { NOTHING, type Move, type Situation } from './move.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Of the suggestions for an order so many are looked at. */
const MOST_OPTIONS = 20
/** Of the visits that it could change places with. */
const MOST_SWAPS = 12
/** Who is on his way to a visit already does not turn round. */
const UNDER_WAY = HOUR / 2

/** Whether a visit is what the limit waits for. */
const needsVisit = ({ state, risk }: Situation): boolean =>
  state.arrivals.length === 0 &&
  state.fields['serviceMode'] !== 'remote' &&
  state.freeze === null &&
  (state.stage === 'scheduling' || state.stage === 'onsite') &&
  (risk.segment === 'execution' || risk.segment === 'scheduling')

/**
 * The earliest opening before the limit that dispatch itself would suggest (skills, shifts, leave, way there, windows,
 * the whole crew), and that booking accepts as things stand.
 */
export function otherEngineer(situation: Situation): Move | null {
  const { db, now, risk, state } = situation
  const lateness = readLateness(db, now)
  if (!needsVisit(situation) || !lateness || isPinned(db, state.id)) return null
  const before = Math.min(risk.due, state.appointment?.from ?? Infinity)
  const found = suggestFor(db, now, state.id, { from: now, to: before + DAY, limit: MOST_OPTIONS })
  const options = (found?.options ?? []).filter(({ from }) => from < before).sort((a, b) => a.from - b.from || a.cost - b.cost)
  const stateOf = (order: string) => readState(db, 'workOrder', order).state
  const slot = options.find(({ engineer, with: crew, from, to }) => {
    const engineers = [engineer, ...crew].map(({ id }) => id)
    return judgeVisit(db, now, stateOf, { order: state.id, engineers, from, to }).hard.length === 0
  })
  if (!slot) return null
  const { engineer, with: crew, from, to } = slot
  const after = Math.min(risk.chance, chanceOfDelay(lateness, risk.due - from))
  return { kind: 'otherEngineer', after, ...NOTHING, engineer, crew, from, to }
}

interface Held extends Span {
  readonly order: string
  readonly number: string
  readonly engineer: string
  readonly due: number
}

/** Visits before this one's that nobody holds and nobody is on his way to; each for one engineer. */
const VISITS = `
  SELECT s.engineer, min(s.from_at) AS "from", max(s.to_at) AS "to", w.id AS "order", w.number, p.running_since + :limit AS due
  FROM engineer_slot AS s
  JOIN work_order AS w ON w.id = s.order_id AND w.status = 'open' AND w.frozen = 0 AND w.read_only = 0
  JOIN order_perceived AS p ON p.order_id = w.id AND p.running = 'execution'
  WHERE s.from_at > :from AND s.from_at < :to AND w.id <> :order
    AND NOT EXISTS (SELECT 1 FROM visit_pin AS pin WHERE pin.order_id = w.id)
  GROUP BY s.appointment HAVING count(DISTINCT s.engineer) = 1 ORDER BY 2, 4 LIMIT ${MOST_SWAPS}`

/**
 * Two visits change places: each begins when the other would have, with the other's engineer, as long as it takes by
 * itself; both bookings hold beside all else that is booked, and the other order is not endangered by it.
 */
export function swap(situation: Situation): Move | null {
  const { db, now, risk, state } = situation
  const held = state.appointment
  const lateness = readLateness(db, now)
  if (!needsVisit(situation) || !held || held.crew.length > 0 || held.from <= now + UNDER_WAY || !lateness || isPinned(db, state.id)) return null
  const limit = readSetting(db, 'perceived.limits').execution
  const to = Math.min(risk.due, held.from)
  for (const other of all<Held>(db, VISITS, { limit, from: now + UNDER_WAY, to, order: risk.order })) {
    if (chanceOfDelay(lateness, other.due - held.from) >= SAVED_BELOW) continue
    const places = exchanged(db, { order: risk.order, engineer: held.engineer, from: held.from, to: held.to }, other)
    if (!places) continue
    const { order, number, engineer } = other
    const after = Math.min(risk.chance, chanceOfDelay(lateness, risk.due - other.from))
    return { kind: 'swap', after, ...NOTHING, engineer: peopleOf(db)(engineer), ...places.own, other: { order, number, ...places.others } }
  }
  return null
}

interface Place extends Span {
  readonly order: string
  readonly engineer: string
}

/** When both would be there, each for as long as it takes; null: one of them could not be booked. */
function exchanged(db: ReadableDb, own: Place, other: Place): { readonly own: Span; readonly others: Span } | null {
  const visits = readVisits(db, [own.order, other.order])
  const visitOf = (order: string): Visit | undefined => visits.find((visit) => visit.order === order)
  const [mine, theirs] = [visitOf(own.order), visitOf(other.order)]
  if (!mine || !theirs || mine.needs.crew > 1 || theirs.needs.crew > 1) return null
  const lasting = (visit: Visit, from: number): Span => ({ from, to: from + upToStep(visit.minutes * MINUTE) })
  const spans = { own: lasting(mine, other.from), others: lasting(theirs, own.from) }
  const rosters = rosterPort.read(db, { from: other.from - 2 * DAY, to: spans.others.to + 2 * DAY }, [own.engineer, other.engineer])
  const holds = (visit: Visit, engineer: string, span: Span, beside: Place): boolean => {
    const roster = rosters.find((each) => each.engineer === engineer)
    if (!roster) return false
    const booked = [...roster.booked.filter(({ order }) => order !== own.order && order !== other.order), ...slotOf(beside, engineer)]
    return isBookable(db, visit, { ...roster, booked: booked.sort((a, b) => a.from - b.from) }, span)
  }
  const isGood =
    holds(mine, other.engineer, spans.own, { order: other.order, engineer: own.engineer, ...spans.others }) &&
    holds(theirs, own.engineer, spans.others, { order: own.order, engineer: other.engineer, ...spans.own })
  return isGood ? spans : null
}

/** The other of the two, where it is the same engineer's. */
const slotOf = ({ order, engineer, from, to }: Place, of: string): EngineerRoster['booked'][number][] =>
  engineer === of ? [{ appointment: order, order, from, to }] : []

/** By the rule that every booking is judged by; orders that wait for one another do not change places. */
function isBookable(db: ReadableDb, visit: Visit, roster: EngineerRoster, span: Span): boolean {
  if (visit.needs.after.length > 0 || one(db, 'SELECT 1 FROM visit_after WHERE after_id = ? LIMIT 1', visit.order)) return false
  if (visit.needs.windows.length > 0 && !visit.needs.windows.some((window) => window.from <= span.from && span.from <= window.to)) return false
  const travel = travelPort.open(db)
  const verdict = judgeBooking(
    {
      visit,
      engineers: [roster],
      before: [],
      after: [],
      numberOf: () => undefined,
      placeOf: (order) => placeOfOrder(db, order),
      travelMs: (a, b) => travel(a, b) ?? 0,
      zone: readSetting(db, 'company.timeZone'),
    },
    span,
  )
  return verdict.hard.length === 0 && !verdict.soft.some(({ code }) => code === 'travelTooLong')
}

/** Held by a pin: nobody moves it but who pinned it. */
const isPinned = (db: ReadableDb, order: string): boolean => one(db, 'SELECT 1 FROM visit_pin WHERE order_id = ?', order) !== undefined
