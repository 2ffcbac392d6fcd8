import * as contract from '#shared/contract/dispatch.ts'
import { dispatchNumbers } from '#shared/contract/dispatchNumbers.ts'
import { getProposal, listPlans } from '#shared/contract/dispatchPlan.ts'
import { addDays, instantIn } from '#shared/domain/roster/zoneTime.ts'
import { travelPort } from '../../connectors/travel/index.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { may } from '../../kernel/access.ts'
import { query } from '../../kernel/feature.ts'
import { readState } from '../../kernel/readState.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { judgeVisit } from '../roster/judge.ts'
import { placeOfOrder } from '../roster/visits.ts'
import { readSetting } from '../setting/read.ts'
import { readMyDay } from './myDay.ts'
import { readNumbers } from './numbers.ts'
import { countWaiting, readOrder, readWaiting } from './orders.ts'
import { readPanel } from './panel.ts'
import { plansOf } from './plans.ts'
import { readProposal } from './proposal.ts'
import { suggestFor } from './suggestFor.ts'
import { waitingOf } from './waiting.ts'
import { conflictWords, skillNames } from './words.ts'

const DAY = 86_400_000
const NO_ORDER = { order: null, options: [], leftOut: [], more: 0 }

export const dispatchQueries = [
  query(contract.waitingOrders, ({ text, after, limit }, { db, now }) => {
    const [rank, entered, ...id] = after?.split('.') ?? []
    const rows = readWaiting(db, { now, text, after: id.length > 0 ? [Number(rank), Number(entered), id.join('.')] : null, limit: limit + 1 })
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      now,
      total: countWaiting(db, now, text),
      orders: waitingOf(db, rows.slice(0, limit), now),
      next: last ? `${last.rank}.${last.entered_at}.${last.id}` : null,
    }
  }),

  query(contract.dispatchDay, ({ day, text, engineers }, { db, now }) => {
    const span = daySpan(db, day, 1)
    const panel = readPanel(db, now, { span, text, engineers, ways: true })
    return { now, day, ...span, ...panel, tileUrl: readSetting(db, 'dispatch.tileUrl') }
  }, 'figures'),

  query(contract.dispatchWeek, ({ day, text, engineers }, { db, now }) => {
    const span = daySpan(db, day, 7)
    const panel = readPanel(db, now, { span, text, engineers, ways: false })
    const days = Array.from({ length: 7 }, (_, n) => ({ day: addDays(day, n), ...daySpan(db, addDays(day, n), 1) }))
    return { now, ...span, ...panel, days, tileUrl: readSetting(db, 'dispatch.tileUrl') }
  }, 'figures'),

  query(contract.tryBooking, ({ order, engineers, from, to }, { db, now }) => {
    const verdict = judgeVisit(db, now, (id) => readState(db, 'workOrder', id).state, { order, engineers, from, to })
    const [before, after] = waysAround(db, order, engineers[0] ?? '', from, to)
    return {
      conflicts: conflictWords(verdict, skillNames(db)),
      possible: verdict.hard.length === 0 && to > from && to > now && isOpen(db, order),
      travelBeforeMs: before,
      travelAfterMs: after,
    }
  }),

  query(contract.suggest, ({ order, ...asked }, { db, now }) => ({ now, ...(suggestFor(db, now, order, asked) ?? NO_ORDER) })),

  query(getProposal, ({ plan }, { db }) => ({ plan: readProposal(db, plan) })),

  query(listPlans, ({ day }, { db }) => {
    const person = peopleOf(db)
    const plans = plansOf(db, day).map(({ id, kind, state, day: on, days, by_user, started_at }) => ({
      id,
      kind,
      state,
      day: on,
      days,
      by: person(by_user),
      startedAt: started_at,
    }))
    return { plans }
  }),

  query(dispatchNumbers, ({ from, to }, { db, now }) => {
    const zone = readSetting(db, 'company.timeZone')
    const begin = instantIn(zone, from, '00:00')
    const end = Math.max(begin + DAY, Math.min(instantIn(zone, addDays(to, 1), '00:00'), begin + LONGEST_SPAN))
    return { now, ...readNumbers(db, now, { from: begin, to: end }) }
  }, 'figures'),

  query(contract.myDay, ({ day, engineer }, { db, now, principal }) => {
    const seesOthers = may(principal, { action: 'change', subject: 'Appointment' })
    return readMyDay(db, now, seesOthers ? (engineer ?? principal.actor.id) : principal.actor.id, day)
  }),
]

const isOpen = (db: ReadableDb, order: string): boolean => readOrder(db, order)?.status === 'open'

/** A quarter of a year at a time. */
const LONGEST_SPAN = 92 * DAY

function daySpan(db: ReadableDb, day: string, days: number): { from: number; to: number } {
  const zone = readSetting(db, 'company.timeZone')
  return { from: instantIn(zone, day, '00:00'), to: instantIn(zone, addDays(day, days), '00:00') }
}

/** The way to a job from what is before it, or from home, and on to what is after it. */
function waysAround(db: ReadableDb, order: string, engineer: string, from: number, to: number): [number | null, number | null] {
  const [roster] = rosterPort.read(db, { from: from - DAY, to: to + DAY }, [engineer])
  if (!roster) return [null, null]
  const others = roster.booked.filter((slot) => slot.order !== order)
  const shift = roster.shifts.find((each) => each.from <= from && from < each.to)
  const before = others.filter((slot) => slot.to <= from && (!shift || slot.to > shift.from)).at(-1)
  const after = others.find((slot) => slot.from >= to && (!shift || slot.from < shift.to))
  const travel = travelPort.open(db)
  const here = placeOfOrder(db, order)
  return [
    travel(before ? placeOfOrder(db, before.order) : roster.home, here),
    travel(here, after ? placeOfOrder(db, after.order) : roster.home),
  ]
}
