import * as contract from '#shared/contract/timeMachine.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { may } from '../../kernel/access.ts'
import { query, service, type Feature, type RegisteredQuery } from '../../kernel/feature.ts'
import { refuseInput } from '../../kernel/pipeline.ts'
import { one } from '../../store/sql.ts'
import { buildMoment, MOST_ORDERS, ordersOf } from './build.ts'
import { IDLE_MS, Moments } from './moments.ts'

/** What the log alone answers. Of notices, sessions, reports and the like there is no past. */
const ANSWERED = ['board', 'workOrder', 'perceivedTime', 'insight', 'workload', 'escalation', 'promise', 'customer', 'equipment', 'pace', 'engineer']

/** Refusals travel by exception out of a query; the gateway tells them like any other. */
class Refused extends Error {
  readonly refusal
  constructor(refusal: { readonly code: string; readonly field?: string; readonly params?: Readonly<Record<string, string | number | readonly string[]>> }) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** 时光机: board, order and dashboards as they stood, from the log. @param others features whose queries are asked and whose rows are written */
export function timeMachine(others: readonly Feature[]): Feature {
  const moments = new Moments()
  const projections = others.flatMap((feature) => feature.projections)
  const queries = new Map<string, RegisteredQuery>(others.flatMap((feature) => feature.queries).map((each) => [each.contract.name, each]))
  return {
    name: 'timeMachine',
    commands: [],
    projections: [],
    queries: [
      query(contract.askMoment, async ({ moment, query: name, input }, { principal }) => {
        const held = moments.of(principal.actor.id, moment)
        if (!held) throw new Refused({ code: 'momentGone', field: 'moment' })
        const asked = queries.get(name)
        if (!asked || !ANSWERED.includes(name.split('.')[0] ?? '')) throw new Refused({ code: 'notInPast', field: 'query' })
        const { permission } = asked.contract
        if (permission !== 'public' && !may(principal, permission)) throw new Refused({ code: 'forbidden', params: { ...permission } })
        const parsed = asked.contract.input.safeParse(input)
        if (!parsed.success) throw new Refused(refuseInput(parsed.error).refusal)
        const answer = await asked.handle(parsed.data as never, { db: held.past, now: held.at, principal })
        return { at: held.at, answer: answer as never }
      }),
    ],
    services: [
      service(contract.openMoment, async (input, { db, clock, principal, center }) => {
        if (!principal) return refuse('unauthenticated')
        if (input.at > clock()) return refuse('momentInFuture', 'at')
        if (!one(db, 'SELECT 1 FROM event WHERE hlc <= ? LIMIT 1', input.at * 2048 + 2047) && input.basis === 'known') return refuse('momentTooEarly', 'at')
        const orders = ordersOf(db, input)
        if (!orders) return refuse('momentTooLarge', 'days', { most: MOST_ORDERS })
        const built = await buildMoment(db, projections, orders, input, () => center.attention.turn())
        if (!built) return refuse('momentGone', 'at')
        const moment = moments.keep(principal.actor.id, { at: input.at, past: built.past })
        const seen = one<{ n: number }>(built.past, 'SELECT count(*) AS n FROM work_order')?.n ?? 0
        return accept({ moment, at: input.at, orders: seen, events: built.events, openUntil: clock() + IDLE_MS })
      }),
      service(contract.closeMoment, ({ moment }, { principal }) => {
        if (principal) moments.close(principal.actor.id, moment)
        return accept({})
      }),
    ],
  }
}
