import type { Engineer, Span, Unserved } from './problem.ts'
import { skillName, validBegin, type Ready, type ReadyJob, type ReadyRound } from './ready.ts'

type Why = Pick<Unserved, 'reason' | 'detail'>

/** Why a job that makes sense was left out: the first thing without which nobody could have come. */
export function reasonFor(ready: Ready, entry: ReadyJob): Why {
  const { engineers, rounds } = ready
  const { job, crew } = entry
  const named = engineers.filter(({ id }) => !job.engineers || job.engineers.includes(id))
  if (named.length === 0) return { reason: 'noEngineers' }
  const able = named.filter((engineer) => validBegin(engineer, job, 0, { from: -Infinity, to: Infinity }) !== null)
  const skilled = able.filter((engineer) => holdsAll(engineer, entry))
  if (skilled.length === 0 && able.length === 0) {
    const lacking = job.skills?.find((need) => !named.some((engineer) => holds(engineer, need.skill, need.level)))
    const detail = lacking ?? job.skills?.[0]
    return { reason: 'notQualified', ...(detail && { detail: skillName(detail) }) }
  }
  const own = rounds.filter(({ engineer }) => able.includes(engineers[engineer] as Engineer))
  const reached = (filter: (round: ReadyRound) => boolean): number =>
    new Set(own.filter(filter).map(({ engineer }) => engineer)).size
  if (able.length < crew) return { reason: 'crewTooSmall' }
  const within = (round: Span): boolean =>
    entry.windows.some(({ from, to }) => from <= round.to && to >= round.from && round.from < round.to)
  if (reached(({ shift }) => within(shift)) < crew) return { reason: 'offShift' }
  if (reached((round) => within(round)) < crew) return { reason: 'absent' }
  const alone = reached((round) => canAlone(ready, entry, round, true))
  if (alone >= crew) return { reason: 'noRoom' }
  if (reached((round) => canAlone(ready, entry, round, false)) >= crew) {
    const expired = job.skills?.find(({ skill, level }) => able.some((e) => holds(e, skill, level) && dated(e, skill)))
    return { reason: 'certificateExpired', ...(expired && { detail: expired.skill }) }
  }
  return { reason: 'windowTooShort' }
}

const holds = (engineer: Engineer, skill: string, level: number): boolean =>
  engineer.skills.some((held) => held.skill === skill && held.level >= level)

const dated = (engineer: Engineer, skill: string): boolean =>
  engineer.skills.some((held) => held.skill === skill && (held.until !== undefined || held.from !== undefined))

const holdsAll = (engineer: Engineer, { job }: ReadyJob): boolean =>
  (job.skills ?? []).every(({ skill, level }) => holds(engineer, skill, level))

/** Whether the round could have the job if it had nothing else. */
function canAlone(ready: Ready, entry: ReadyJob, round: ReadyRound, certificates: boolean): boolean {
  const { engineers, problem } = ready
  const { job, durationMs, windows } = entry
  const engineer = engineers[round.engineer]
  if (!engineer || (job.load ?? 0) > (engineer.capacity ?? Infinity) || (engineer.maxJobs ?? 1) < 1) return false
  const way = (from: number, to: number): number => (from === to ? 0 : problem.travelMs(from, to))
  const from = round.from + way(engineer.start, job.place)
  const to = round.to - durationMs - (engineer.end === undefined ? 0 : way(job.place, engineer.end))
  return windows.some((window) => {
    const cut = { from: Math.max(window.from, from), to: Math.min(window.to, to) }
    if (!(cut.from <= cut.to)) return false
    if (!certificates) return true
    const valid = validBegin(engineer, job, durationMs, cut)
    return valid !== null && valid !== 'expired'
  })
}
