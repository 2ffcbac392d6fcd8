// What runs against the clock in each stage and who is called when it breaks. Versioned data.
import * as z from 'zod'
import { ROLES } from '../user/fold.ts'

const yearMs = 366 * 86_400_000
const name = z.string().min(1).max(60)

const escalationLevel = z.strictObject({
  level: z.int().positive(),
  /** Level 1: the timer's limit, on its clock. Higher: wall time since the level below fired. */
  afterMs: z.int().positive().max(yearMs),
  /** Not called when somebody acted since the level below fired (METRICS, "Timers and the ladder"). */
  unlessActed: z.boolean().default(false),
  call: z.strictObject({ role: z.enum(ROLES) }),
  channels: z.array(z.enum(['inApp', 'chat', 'sms'])).min(1),
  /** Enters the daily upgrade-warning report until the order leaves the stage. */
  dailyReport: z.boolean().default(false),
})

const stageTimer = z
  .strictObject({
    key: name,
    stage: name,
    /** A stage may wait for something that began before it was entered. */
    startsAt: z.enum(['stageEntered', 'diagnosisConcluded']).default('stageEntered'),
    /** What stops the timer. */
    when: z.enum(['untilFirstReply', 'untilLeft']).default('untilLeft'),
    clock: z.enum(['wall', 'working']).default('wall'),
    calendarId: name.optional(),
    pausesOn: z.array(z.enum(['frozen', 'waitingOnCustomer'])).default([]),
    levels: z.array(escalationLevel).min(1).max(9),
  })
  .superRefine((timer, context) => {
    if (timer.clock === 'working' && timer.calendarId === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['calendarId'],
        message: 'the working clock needs a calendar',
      })
    }
    timer.levels.forEach((step, i) => {
      if (step.level !== i + 1) {
        context.addIssue({ code: 'custom', path: ['levels', i, 'level'], message: 'levels count 1, 2, 3 …' })
      }
    })
    if (timer.levels[0]?.unlessActed === true) {
      context.addIssue({
        code: 'custom',
        path: ['levels', 0, 'unlessActed'],
        message: 'the first level is called whatever was done: the limit has passed',
      })
    }
  })

export const slaPolicySchema = z
  .strictObject({ id: name, version: z.int().positive(), timers: z.array(stageTimer) })
  .superRefine((policy, context) => {
    const keys = new Set<string>()
    policy.timers.forEach((timer, i) => {
      if (keys.has(timer.key)) {
        context.addIssue({ code: 'custom', path: ['timers', i, 'key'], message: 'a timer key is used twice' })
      }
      keys.add(timer.key)
    })
  })

export type SlaPolicy = z.output<typeof slaPolicySchema>
export type StageTimerPolicy = SlaPolicy['timers'][number]
export type EscalationLevel = StageTimerPolicy['levels'][number]
