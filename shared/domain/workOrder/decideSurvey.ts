import { refuse } from '../kernel/refusal.ts'
import { AGAIN_MS, LINK_MS } from '../survey/when.ts'
import { writeAbout } from './decidePeople.ts'
import { orderFor, type DecisionContext, type Verdict } from './decision.ts'
import type { Stars } from './events.ts'
import type { Channel } from './stages.ts'
import type { WorkOrderState } from './state.ts'

interface Rating {
  readonly order: string
  readonly stars: Stars
  /** 0 to 10: would the customer recommend us. Told beside the stars; METRICS makes the NPS of the stars. */
  readonly recommend?: number | undefined
  readonly text?: string | undefined
}

/** What the customer thinks of the finished work, told on the telephone; once closed, forever after. */
export function recordSurvey(context: DecisionContext, input: Rating & { readonly channel: Channel }): Verdict {
  const found = orderFor(context, input.order)
  return found.ok ? rate(context, found.value, input) : found
}

/** The customer answered by the link that was sent. */
export function answerSurvey(context: DecisionContext, input: Rating & { readonly link: string }): Verdict {
  const found = orderFor(context, input.order)
  if (!found.ok) return found
  const sent = found.value.surveys.find(({ link }) => link === input.link)
  if (!sent) return refuse('surveyUnknown', 'token')
  if (context.at >= sent.at + LINK_MS) return refuse('surveyExpired', 'token', { number: found.value.number })
  return rate(context, found.value, { ...input, channel: 'portal' })
}

function rate(context: DecisionContext, state: WorkOrderState, input: Rating & { readonly channel: Channel }): Verdict {
  if (state.firstClosedAt === null) return refuse('notYetClosed', 'order', { number: state.number })
  if (isWithin(context.at, state.ratings.at(-1)?.at)) return refuse('surveyAnswered', 'order', { number: state.number })
  const { stars, channel, recommend, text = '' } = input
  writeAbout(context, state, 'surveyAnswered', { stars, channel, ...(recommend !== undefined && { recommend }) }, text)
  return null
}

/**
 * The customer of a closed order is asked, once in 30 days; `byHand`: by somebody who passes the link on himself, where the
 * message may not have arrived. Not while the order is open again.
 */
export function sendSurvey(
  context: DecisionContext,
  input: { readonly order: string; readonly link: string; readonly byHand: boolean },
): Verdict {
  const found = orderFor(context, input.order)
  if (!found.ok) return found
  const state = found.value
  const { number } = state
  if (state.status !== 'closed') return refuse('notYetClosed', 'order', { number })
  if (isWithin(context.at, state.ratings.at(-1)?.at)) return refuse('surveyAnswered', 'order', { number })
  if (!input.byHand && isWithin(context.at, state.surveys.at(-1)?.at)) return refuse('surveySent', 'order', { number })
  context.book.add('workOrder', state.id, 'surveySent', { link: input.link, how: input.byHand ? 'byHand' : 'message' })
  return null
}

const isWithin = (at: number, last: number | undefined): boolean => last !== undefined && at - last < AGAIN_MS
