import { randomBytes } from 'node:crypto'
import * as contract from '#shared/contract/timeMachine.ts'
import { isAnsweredInPast } from '#shared/domain/kernel/past.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { may } from '../../kernel/access.ts'
import { Refused } from '../../kernel/askedThread.ts'
import { query, service, type Feature, type RegisteredQuery } from '../../kernel/feature.ts'
import { refuseInput } from '../../kernel/pipeline.ts'
import { IDLE_MS, Moment, momentsOf } from './moments.ts'

/** 时光机: board, order and dashboards as they stood, from the log. @param others features whose queries are asked */
export function timeMachine(others: readonly Feature[]): Feature {
  const queries = new Map<string, RegisteredQuery>(others.flatMap((feature) => feature.queries).map((each) => [each.contract.name, each]))
  return {
    name: 'timeMachine',
    commands: [],
    projections: [],
    queries: [
      query(contract.askMoment, async ({ moment, query: name, input }, { db, principal }) => {
        const held = momentsOf(db).of(principal.actor.id, moment)
        if (!held) throw new Refused({ code: 'momentGone', field: 'moment' })
        const asked = queries.get(name)
        if (!asked || !isAnsweredInPast(name)) throw new Refused({ code: 'notInPast', field: 'query' })
        const { permission } = asked.contract
        if (permission !== 'public' && !may(principal, permission)) throw new Refused({ code: 'forbidden', params: { ...permission } })
        const parsed = asked.contract.input.safeParse(input)
        if (!parsed.success) throw new Refused(refuseInput(parsed.error).refusal)
        const answer = await held.ask({ name, input: parsed.data, now: held.at, principal })
        return { at: held.at, answer: answer as never }
      }),
      query(contract.momentProgress, ({ moment }, { db, principal }) => {
        const held = momentsOf(db).of(principal.actor.id, moment)
        if (!held) throw new Refused({ code: 'momentGone', field: 'moment' })
        const { state, done, orders, events, refusal } = held
        return { state, done, orders, events, code: refusal?.code ?? null }
      }),
    ],
    services: [
      service(contract.openMoment, async (input, { db, clock, principal, center }) => {
        if (!principal) return refuse('unauthenticated')
        if (input.at > clock()) return refuse('momentInFuture', 'at')
        const moments = momentsOf(db)
        const id = randomBytes(18).toString('base64url')
        const moment = new Moment({ folder: center.folder, asked: input })
        moments.keep(principal.actor.id, id, moment)
        try {
          return accept({ moment: id, at: input.at, orders: await moment.begun, openUntil: clock() + IDLE_MS })
        } catch (error) {
          moments.close(principal.actor.id, id)
          if (error instanceof Refused) return { ok: false, refusal: error.refusal }
          throw error
        }
      }),
      service(contract.closeMoment, ({ moment }, { db, principal }) => {
        if (principal) momentsOf(db).close(principal.actor.id, moment)
        return accept({})
      }),
    ],
  }
}
