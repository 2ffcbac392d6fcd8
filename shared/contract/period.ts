import type * as z from 'zod'
import { MOST_DAYS, periodProblem } from '../domain/insight/period.ts'
import { day } from './common.ts'

/** Natural days of the company's zone, both included. */
export const periodFields = { from: day, to: day }

/** Refuses what goes backwards, over more than ten years or beyond the calendar, in words of its own. */
export const withinReach = <Schema extends z.ZodType<{ from: string; to: string }>>(schema: Schema): Schema =>
  schema.superRefine((period, context) => {
    const refusal = periodProblem(period)
    if (refusal) context.addIssue({ code: 'custom', message: refusal, path: ['to'], params: { refusal: { code: refusal, params: { most: MOST_DAYS } } } })
  })
