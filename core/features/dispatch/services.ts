import * as contract from '#shared/contract/dispatch.ts'
import * as plans from '#shared/contract/dispatchPlan.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { addDays, instantIn } from '#shared/domain/roster/zoneTime.ts'
import { countWays, keepWays } from '../../connectors/travel/matrix.ts'
import { service, type ServiceContext } from '../../kernel/feature.ts'
import { one } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'
import { acceptPlan, isBeingAccepted } from './acceptPlan.ts'
import { cancelRun, isBusy, keep, planOf, startRun, type PlanState } from './plans.ts'
import type { PlanSpec } from './spec.ts'
import type { PlanProgress } from './thread.ts'

function start(context: ServiceContext, spec: PlanSpec): Result<{ plan: string }> {
  const { db, clock, principal, bulletin, center } = context
  if (!principal) return refuse('unauthenticated')
  if (isBusy(db)) return refuse('plansBusy')
  const now = clock()
  const zone = readSetting(db, 'company.timeZone')
  if (instantIn(zone, addDays(spec.day, spec.days), '00:00') <= now) return refuse('dayIsOver', 'day', { day: spec.day })
  const tell = (plan: string, state: PlanState, progress: PlanProgress): void => bulletin.tell(plans.planProgress, { plan, state, ...progress })
  return accept({ plan: startRun({ db, folder: center.folder, now, tell }, spec, principal.actor.id) })
}

/** An event that speaks of what is not there is refused before anything is planned. */
function refuseEvent({ db, center }: ServiceContext, event: NonNullable<PlanSpec['event']>) {
  if (event.kind === 'ill') {
    const known = one(db, "SELECT 1 FROM user_account WHERE id = ? AND EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'engineer')", event.engineer)
    if (!known) return refuse('notEngineer', 'event.engineer', { user: event.engineer })
    return event.to !== undefined && event.to <= event.from ? refuse('invalidPeriod', 'event.to') : null
  }
  const { state } = center.subjects.load<{ registered: boolean; status: string; number: string; appointment: { from: number; to: number } | null }>({ kind: 'workOrder', id: event.order })
  if (!state.registered) return refuse('unknownOrder', 'event.order')
  if (state.status !== 'open') return refuse('notOpen', 'event.order', { number: state.number, status: state.status })
  if (event.kind === 'emergency') return null
  if (!state.appointment) return refuse('noAppointment', 'event.order', { number: state.number })
  return event.to <= state.appointment.from ? refuse('invalidPeriod', 'event.to') : null
}

export const dispatchServices = [
  service(plans.startPlan, ({ day, days, seconds, engineers, moveBooked, seed, iterations }, context) =>
    start(context, { kind: 'day', day, days, engineers, moveBooked, seconds, seed, iterations }),
  ),

  service(plans.replan, ({ day, event, seconds, seed, iterations }, context) => {
    const refused = refuseEvent(context, event)
    return refused ?? start(context, { kind: event.kind, day, days: 1, moveBooked: true, event, seconds, seed, iterations })
  }),

  service(plans.cancelPlan, ({ plan, keep: best }, { db }) => {
    if (!planOf(db, plan)) return refuse('unknownPlan', 'plan')
    return cancelRun(db, plan, best) ? accept({}) : refuse('planNotRunning', 'plan')
  }),

  service(plans.acceptPlan, ({ plan, orders }, context) => acceptPlan(context, plan, orders)),

  service(contract.setWays, ({ legs, replace }, { db }) => {
    keepWays(db, legs, replace)
    return accept({ legs: countWays(db) })
  }),

  service(plans.discardPlan, ({ plan }, { db }) => {
    const found = planOf(db, plan)
    if (!found) return refuse('unknownPlan', 'plan')
    // What was booked by it stays booked: it is history.
    if (found.state === 'accepted') return refuse('planAccepted', 'plan')
    if (isBeingAccepted(db, plan)) return refuse('planBeingAccepted', 'plan')
    cancelRun(db, plan, false)
    keep(db, plan, 'discarded', null)
    return accept({})
  }),
]
