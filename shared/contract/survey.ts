import * as z from 'zod'
import { done, id, instant, sha256 } from './common.ts'
import { defineCommand, defineQuery } from './define.ts'
import { rating } from './workOrder.ts'

/** What opens the page: 32 random bytes. Kept nowhere but in the message; the log knows its digest. */
const token = z.string().min(1).max(100)
/** Customers have no session: the token is all that they show. */
const open = { permission: 'public', audience: ['desk', 'portal'] } as const
/** Issued by the service center alone. */
const own = { permission: { action: 'manage', subject: 'WorkOrder' }, audience: [] } as const

export const openSurvey = defineQuery({
  name: 'survey.open',
  summary: 'What a customer rates by the link that was sent, and whether the link is still good.',
  input: z.object({ token }),
  output: z.object({
    now: instant,
    company: z.string(),
    language: z.enum(['zh-CN', 'en']),
    zone: z.string(),
    state: z.enum(['open', 'answered', 'expired', 'unknown']),
    /** Null where the link is unknown, or no longer good. */
    order: z.object({ number: z.string(), model: z.string(), symptom: z.string(), closedAt: instant.nullable() }).nullable(),
  }),
  ...open,
})

export const answerSurvey = defineCommand({
  name: 'survey.answer',
  summary: 'Keeps how the customer rates the finished work, by the link that was sent; once.',
  input: z.object({ token, ...rating }),
  output: z.object({}),
  ...open,
})

export const makeSurveyLink = defineCommand({
  name: 'survey.makeLink',
  summary: 'Makes a link to the rating of a closed order, for somebody who passes it on to the customer himself.',
  input: z.object({ order: id }),
  output: z.object({ token: z.string() }),
  permission: { action: 'change', subject: 'WorkOrder' },
})

export const sendSurvey = defineCommand({
  name: 'survey.send',
  summary: 'Notes that the customer of a closed order was asked for a rating.',
  input: z.object({ order: id, link: sha256, byHand: z.boolean() }),
  output: done,
  ...own,
})

export const keepSurvey = defineCommand({
  name: 'survey.keep',
  summary: 'Keeps the rating that came by a link.',
  input: z.object({ order: id, link: sha256, ...rating }),
  output: done,
  ...own,
})
