import type { Say } from '#shared/contract/dispatchWords.ts'
import { i18n } from '../../words/index.ts'
import { clockTime, duration } from '../../words/time.ts'

const { t } = i18n.global
const MINUTE = 60_000
const INSTANTS = new Set(['from', 'to', 'until', 'dueAt', 'at', 'wasFrom'])
const LENGTHS = new Set(['minutes', 'limit', 'available', 'longestMinutes', 'neededMinutes', 'usual'])

/** A reason, a doubt or a hindrance in words; times are those of the company, with the day where it is not that of `now`. */
export function sayText({ code, params }: Say, now: number): string {
  const told: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'number' && INSTANTS.has(name)) told[name] = clockTime(value, now)
    else if (typeof value === 'number' && LENGTHS.has(name)) told[name] = duration(Math.max(1, Math.round(value)) * MINUTE)
    else told[name] = typeof value === 'number' ? value : String(value ?? '')
  }
  return t(`dispatch.say.${code}`, told)
}
