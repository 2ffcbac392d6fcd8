import type { Ready, ReadyRound } from './ready.ts'
import { validBegin } from './ready.ts'
import type { Span } from './problem.ts'

/** Something at a fixed time in a round: a pinned job (its number among the ready ones) or leave (job -1, no place). */
export interface Fixed extends Span {
  readonly job: number
  readonly place: number
}

/** Fixed things with too little time for the way between them, kept as one; usually there is one alone. */
export type Block = readonly Fixed[]

export interface RoundPins {
  /** Those that the way from the start leaves no time for: the round begins behind them. */
  readonly opening: Block
  readonly blocks: readonly Block[]
  /** Those that the way to the end leaves no time for: the round ends before them. */
  readonly closing: Block
}

/** Puts pinned jobs into the rounds of their engineers; what cannot be is told in `ready.unserved`. */
export function placePins(ready: Ready, way: (from: number, to: number) => number): RoundPins[] {
  const fixed: Fixed[][] = ready.rounds.map((round) => round.away.map((span) => ({ ...span, job: -1, place: -1 })))
  const byTime = ready.jobs
    .map((entry, index) => ({ ...entry, index, pinned: entry.job.pinned }))
    .filter(({ pinned }) => pinned)
    .sort((a, b) => (a.pinned?.from ?? 0) - (b.pinned?.from ?? 0) || a.index - b.index)
  for (const { job, durationMs, crew, index, pinned } of byTime) {
    if (!pinned) continue
    const span = { from: pinned.from, to: pinned.from + durationMs }
    const found = pinned.engineers.map((id) => roundFor(ready, id, index, span, fixed))
    const wrong = pinned.engineers.length !== crew ? 'crew' : found.find((round) => typeof round === 'string')
    if (wrong !== undefined) {
      ready.unserved.push({ job: job.id, reason: 'pinImpossible', detail: String(wrong) })
      continue
    }
    for (const round of found) fixed[round as number]?.push({ ...span, job: index, place: job.place })
  }
  return ready.rounds.map((round, r) => inBlocks(ready, round, fixed[r] as Fixed[], way))
}

/** The round in which the engineer does it, or why he cannot. */
function roundFor(ready: Ready, id: string, index: number, span: Span, fixed: readonly Fixed[][]): number | string {
  const e = ready.engineerIndex.get(id)
  const engineer = e === undefined ? undefined : ready.engineers[e]
  const entry = ready.jobs[index]
  if (!engineer || !entry) return `${id}:unknown`
  const valid = validBegin(engineer, entry.job, span.to - span.from, { from: span.from, to: span.from })
  if (valid === null || valid === 'expired') return `${id}:notQualified`
  const { now = -Infinity } = ready.problem
  const overlaps = (other: Span): boolean =>
    other.from < span.to && span.from < other.to && Number.isFinite(other.from) && Number.isFinite(other.to)
  if (engineer.absences?.some(overlaps)) return `${id}:absent`
  const begun = span.from <= now
  const r = ready.rounds.findIndex(({ engineer: owner, shift, regularTo, to }) => {
    const end = Math.max(shift.to, regularTo, to)
    return owner === e && shift.from <= span.from && (begun ? span.from < end : span.to <= end)
  })
  if (r === -1) return `${id}:offShift`
  if (ready.rounds.some((round, k) => round.engineer === e && fixed[k]?.some(overlaps))) return `${id}:busy`
  return r
}

function inBlocks(
  ready: Ready,
  round: ReadyRound,
  fixed: Fixed[],
  way: (from: number, to: number) => number,
): RoundPins {
  const engineer = ready.engineers[round.engineer]
  // What takes no time stands before the leave that begins with it: a block ends where its last thing does.
  fixed.sort((a, b) => a.from - b.from || a.to - b.to)
  const opening: Fixed[] = []
  const blocks: Fixed[][] = []
  let place = engineer?.start ?? -1
  let clock = round.from
  for (const item of fixed) {
    const tight = clock + (item.place === -1 ? 0 : way(place, item.place)) > item.from
    const last = blocks.at(-1)
    if (!tight) blocks.push([item])
    else if (last) last.push(item)
    else opening.push(item)
    if (tight && item.job !== -1 && (last || opening.length > 1 || item.from > (ready.problem.now ?? -Infinity))) {
      ready.remarks.push({ kind: 'job', id: ready.jobs[item.job]?.job.id ?? '', code: 'pinsTooTight' })
    }
    clock = item.to
    if (item.place !== -1) place = item.place
  }
  const closing = blocks.at(-1)
  const home = engineer?.end === undefined ? 0 : way(place, engineer.end)
  // Leave at the very end bars nothing: nobody travels behind it.
  if (closing?.some(({ job }) => job !== -1) && clock + home > round.to) return { opening, blocks: blocks.slice(0, -1), closing }
  return { opening, blocks, closing: [] }
}
