import { randomUUID } from 'node:crypto'
import * as contract from '#shared/contract/survey.ts'
import type { InputOf, OutputOf } from '#shared/contract/define.ts'
import type { Actor } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { AGAIN_MS, LINK_MS } from '#shared/domain/survey/when.ts'
import { answerSurvey, sendSurvey } from '#shared/domain/workOrder/decideSurvey.ts'
import { query, service, type Feature, type QueryContext, type ServiceContext } from '../../kernel/feature.ts'
import { readState } from '../../kernel/readState.ts'
import { readSettings } from '../setting/read.ts'
import { decided } from '../workOrder/commands.ts'
import { digestOf, newLink, orderOfLink } from './links.ts'
import { surveyRows } from './projection.ts'

/** Whoever holds the link; nobody of us. */
const CUSTOMER: Actor = { kind: 'system', id: 'customer' }

/** A customer's rating: asked for after the closing, given once by a link or on the telephone (METRICS, "survey"). */
export const survey: Feature = {
  name: 'survey',
  commands: [decided(contract.sendSurvey, sendSurvey), decided(contract.keepSurvey, answerSurvey)],
  queries: [query(contract.openSurvey, ({ token }, context) => open(token, context))],
  services: [
    service(contract.answerSurvey, answer),
    service(contract.makeSurveyLink, ({ order }, { pipeline, principal }) => {
      if (!principal) return refuse('unauthenticated')
      const { token, link } = newLink()
      const sent = pipeline.execute({
        id: randomUUID(),
        name: contract.sendSurvey.name,
        input: { order, link, byHand: true },
        actor: principal.actor,
      })
      return sent.ok ? accept({ token }) : sent
    }),
  ],
  projections: [surveyRows],
}

function open(token: string, { db, now }: QueryContext): OutputOf<typeof contract.openSurvey> {
  const settings = readSettings(db)
  const desk = {
    now,
    company: settings['company.name'],
    language: settings['company.language'],
    zone: settings['company.timeZone'],
  }
  const given = orderOfLink(db, digestOf(token))
  if (!given) return { ...desk, state: 'unknown', order: null }
  const { state } = readState(db, 'workOrder', given.order)
  const rated = state.ratings.at(-1)
  const isAnswered = rated !== undefined && now - rated.at < AGAIN_MS
  // An old message in a drawer, a telephone that was sold: it tells of no work any more.
  if (now >= given.sentAt + LINK_MS) return { ...desk, state: isAnswered ? 'answered' : 'expired', order: null }
  return {
    ...desk,
    state: isAnswered ? 'answered' : 'open',
    order: {
      number: state.number,
      model: textOf(state.fields['model']),
      symptom: textOf(state.fields['faultSymptom']),
      closedAt: state.closedAt ?? state.firstClosedAt,
    },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Sent twice by a nervous thumb, the second is told that it was kept already. */
function answer(input: InputOf<typeof contract.answerSurvey>, { db, pipeline }: ServiceContext): Result<Record<string, never>> {
  const { token, ...rating } = input
  const link = digestOf(token)
  const given = orderOfLink(db, link)
  if (!given) return refuse('surveyUnknown', 'token')
  const kept = pipeline.execute({
    id: randomUUID(),
    name: contract.keepSurvey.name,
    input: { order: given.order, link, ...rating },
    actor: CUSTOMER,
  })
  return kept.ok ? accept({}) : kept
}
