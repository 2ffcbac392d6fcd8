import * as z from 'zod'
import { defineQuery } from './define.ts'
import { day, instant } from './common.ts'
import { read, count, ms, person } from './dispatchParts.ts'

const share = z.number().nullable()
const numberRow = {
  /** Paid shift time, leave taken out. */
  shiftMs: ms,
  workMs: ms,
  travelMs: ms,
  overtimeMs: ms,
  jobs: count,
  /** (work + travel) ÷ shift. */
  utilisation: share,
  /** travel ÷ (work + travel). */
  travelShare: share,
  /** Arrivals no later than the appointment's begin + 15 min ÷ arrivals at an appointment. */
  onTime: share,
  arrivals: count,
  /** METRICS, "first-time fix", by lead engineer; younger than 30 days is provisional. */
  firstTimeFix: share,
  closed: count,
  provisional: count,
}

export const dispatchNumbers = defineQuery({
  name: 'dispatch.numbers',
  summary: 'Utilisation, travel, punctuality, first-time fix and overtime by engineer, and hours short by skill.',
  input: z.object({ from: day, to: day }),
  output: z.object({
    now: instant,
    total: z.object(numberRow),
    engineers: z.array(z.object({ engineer: person, ...numberRow })),
    /** Week by week what is asked for a skill and level against who has it, hours; `shortHours` > 0 is a gap. */
    gaps: z.array(
      z.object({
        skill: z.string(),
        name: z.string(),
        level: count,
        engineers: count,
        neededHoursPerWeek: z.number(),
        availableHoursPerWeek: z.number(),
        shortHoursPerWeek: z.number(),
      }),
    ),
  }),
  permission: read,
})
export type DispatchNumbers = z.infer<typeof dispatchNumbers.output>
