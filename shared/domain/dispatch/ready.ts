import type { Break, Engineer, Job, Problem, Remark, SkillNeed, Span, Unserved } from './problem.ts'

/** A shift as the planner sees it: cut by leave and by `now`, with all that is fixed in it. */
export interface ReadyRound {
  readonly engineer: number
  readonly shift: Span
  /** Out and back within these; `regularTo` is when overtime begins. Where nothing is left of the shift, to < from. */
  readonly from: number
  readonly to: number
  readonly regularTo: number
  /** Leave amid the shift. */
  readonly away: readonly Span[]
  readonly breaks: readonly Break[]
}

/** A job that makes sense, its windows sorted, apart from each other and not before `now`. */
export interface ReadyJob {
  readonly job: Job
  readonly windows: readonly Span[]
  readonly durationMs: number
  readonly crew: number
  readonly after: readonly number[]
}

/** The question put in order; what makes no sense is told and left out. */
export interface Ready {
  readonly problem: Problem
  readonly engineers: readonly Engineer[]
  readonly engineerIndex: ReadonlyMap<string, number>
  readonly rounds: readonly ReadyRound[]
  readonly jobs: readonly ReadyJob[]
  readonly remarks: Remark[]
  readonly unserved: Unserved[]
}

const finite = (...values: number[]): boolean => values.every(Number.isFinite)

export function ready(problem: Problem): Ready {
  const remarks: Remark[] = []
  const unserved: Unserved[] = []
  const engineers = once(problem.engineers, 'engineer', remarks)
  const engineerIndex = new Map(engineers.map(({ id }, e) => [id, e]))
  const rounds = engineers.flatMap((engineer, e) => roundsOf(engineer, e, problem.now, remarks))
  const jobs = readyJobs(problem, engineerIndex, remarks, unserved)
  return { problem, engineers, engineerIndex, rounds, jobs, remarks, unserved }
}

function once<T extends { readonly id: string }>(all: readonly T[], kind: Remark['kind'], remarks: Remark[]): T[] {
  const seen = new Set<string>()
  return all.filter(({ id }) => {
    if (seen.has(id)) remarks.push({ kind, id, code: 'twice' })
    return !seen.has(id) && seen.add(id)
  })
}

/** Sorted by their beginning, those that are backwards or no numbers told and dropped. */
function forward<T extends Span>(spans: readonly T[], kind: Remark['kind'], id: string, remarks: Remark[]): T[] {
  return spans
    .filter((span) => {
      const good = finite(span.from, span.to) && span.from <= span.to
      if (!good) remarks.push({ kind, id, code: 'spanBackwards' })
      return good
    })
    .sort((a, b) => a.from - b.from || a.to - b.to)
}

/** Spans that touch or overlap as one. */
function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const span of spans) {
    const last = out.at(-1)
    if (last && span.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else out.push(span)
  }
  return out
}

function roundsOf(engineer: Engineer, index: number, now: number | undefined, remarks: Remark[]): ReadyRound[] {
  const { id } = engineer
  const shifts: Span[] = []
  for (const shift of forward(engineer.shifts, 'engineer', id, remarks)) {
    const last = shifts.at(-1)
    if (last && shift.from < last.to) {
      remarks.push({ kind: 'engineer', id, code: 'shiftsJoined' })
      shifts[shifts.length - 1] = { from: last.from, to: Math.max(last.to, shift.to) }
    } else shifts.push({ from: shift.from, to: shift.to })
  }
  const absences = joined(forward(engineer.absences ?? [], 'engineer', id, remarks))
  const owed = forward(engineer.breaks ?? [], 'engineer', id, remarks).filter(({ durationMs }) => durationMs > 0)
  const overtime = Math.max(0, engineer.overtimeMs ?? 0)
  return shifts.map((shift, s) => {
    let from = Math.max(shift.from, now ?? -Infinity)
    let to = Math.min(shift.to + overtime, shifts[s + 1]?.from ?? Infinity)
    const away: Span[] = []
    for (const absence of absences) {
      if (absence.to <= from || absence.from >= to || absence.from === absence.to) continue
      if (absence.from <= from) from = absence.to
      else if (absence.to >= to || absence.to >= shift.to) to = absence.from
      else away.push(absence)
    }
    const breaks: Break[] = []
    for (let b = owed.length - 1; b >= 0; b--) {
      const { from: earliest, to: latest, durationMs } = owed[b] as Break
      const window = { from: Math.max(earliest, from), to: Math.min(latest, to - durationMs), durationMs }
      // Owed once: the first shift with room for it has it.
      if (window.from <= window.to) breaks.unshift(...[window].filter(() => owed.splice(b, 1)))
    }
    return { engineer: index, shift, from, to, regularTo: Math.min(shift.to, to), away, breaks }
  })
}

function readyJobs(
  problem: Problem,
  engineerIndex: ReadonlyMap<string, number>,
  remarks: Remark[],
  unserved: Unserved[],
): ReadyJob[] {
  const { now = -Infinity } = problem
  const good: { job: Job; windows: Span[]; durationMs: number; crew: number }[] = []
  for (const job of once(problem.jobs, 'job', remarks)) {
    const wrong = nonsense(job)
    if (wrong) {
      unserved.push({ job: job.id, reason: 'invalid', detail: wrong })
      continue
    }
    for (const id of [...(job.engineers ?? []), ...(job.current?.engineers ?? [])]) {
      if (!engineerIndex.has(id)) remarks.push({ kind: 'job', id: job.id, code: 'unknownEngineer', detail: id })
    }
    const given = forward(job.windows, 'job', job.id, remarks)
    if (given.length === 0 && job.windows.length > 0 && !job.pinned) {
      unserved.push({ job: job.id, reason: 'invalid', detail: 'windows' })
      continue
    }
    const windows = joined(given.length > 0 ? given : [{ from: -Infinity, to: Infinity }])
      .filter(({ to }) => to >= now)
      .map(({ from, to }) => ({ from: Math.max(from, now), to }))
    if (windows.length === 0 && !job.pinned) {
      unserved.push({ job: job.id, reason: 'windowPassed' })
      continue
    }
    // A job in progress has not finished before now.
    const begun = job.pinned && job.pinned.from <= now ? now - job.pinned.from : 0
    good.push({ job, windows, durationMs: Math.max(job.durationMs, begun), crew: job.crew ?? 1 })
  }
  return ordered(good, remarks, unserved)
}

function nonsense(job: Job): string | undefined {
  if (!finite(job.durationMs) || job.durationMs < 0) return 'durationMs'
  if (!Number.isInteger(job.place) || job.place < 0) return 'place'
  if (job.crew !== undefined && (!Number.isInteger(job.crew) || job.crew < 1)) return 'crew'
  if (!finite(job.priority ?? 0) || (job.priority ?? 0) < 0) return 'priority'
  if (job.dueAt !== undefined && !finite(job.dueAt)) return 'dueAt'
  if (job.load !== undefined && !(job.load >= 0)) return 'load'
  if (job.pinned && !finite(job.pinned.from)) return 'pinned'
  return undefined
}

/** Each job behind those it waits for; circles, and what waits for what cannot be done, are told. */
function ordered(good: readonly Omit<ReadyJob, 'after'>[], remarks: Remark[], unserved: Unserved[]): ReadyJob[] {
  const byId = new Map(good.map((entry) => [entry.job.id, entry]))
  const lost = new Set(unserved.map(({ job }) => job))
  const mark = new Map<string, 'open' | 'done' | 'out'>()
  const out: ReadyJob[] = []
  const index = new Map<string, number>()
  const visit = (entry: Omit<ReadyJob, 'after'>): 'open' | 'done' | 'out' => {
    const { id } = entry.job
    const known = mark.get(id)
    if (known) return known
    mark.set(id, 'open')
    const after: number[] = []
    for (const before of new Set(entry.job.after)) {
      const other = byId.get(before)
      const state = other ? visit(other) : lost.has(before) ? 'out' : undefined
      if (state === undefined) remarks.push({ kind: 'job', id, code: 'afterUnknown', detail: before })
      else if (state === 'done') after.push(index.get(before) as number)
      else {
        const reason = state === 'open' ? 'afterCircle' : 'afterUnserved'
        if (mark.get(id) !== 'out') unserved.push({ job: id, reason, detail: before })
        mark.set(id, 'out')
      }
    }
    if (mark.get(id) === 'out') return 'out'
    mark.set(id, 'done')
    index.set(id, out.length)
    out.push({ ...entry, after })
    return 'done'
  }
  for (const entry of good) visit(entry)
  return out
}

export const skillName = ({ skill, level }: SkillNeed): string => `${skill}:${level}`

/**
 * When the engineer may begin the job as far as his certificates go: the longest stretch within the span in which all
 * of them are valid to the job's end; null: he lacks one at that level, 'expired': holds them, but not then.
 */
export function validBegin(engineer: Engineer, job: Job, durationMs: number, span: Span): Span | null | 'expired' {
  let from = span.from
  let to = span.to
  for (const need of job.skills ?? []) {
    const held = engineer.skills.filter(({ skill, level }) => skill === need.skill && level >= need.level)
    if (held.length === 0) return null
    const spans = held
      .map((skill) => ({ from: skill.from ?? -Infinity, to: skill.until ?? Infinity }))
      .sort((a, b) => a.from - b.from)
    let best: Span | undefined
    for (const valid of joined(spans)) {
      const cut = { from: Math.max(from, valid.from), to: Math.min(to, valid.to - durationMs) }
      if (cut.from <= cut.to && (!best || cut.to - cut.from > best.to - best.from)) best = cut
    }
    if (!best) return 'expired'
    from = best.from
    to = best.to
  }
  return { from, to }
}
