import type { Ready } from './ready.ts'

/** The earliest and the latest begin of each job that leave time for those before and behind it. */
export function precedence(ready: Ready, open: readonly boolean[]): { from: Float64Array; to: Float64Array } {
  const { jobs } = ready
  const from = new Float64Array(jobs.length).fill(-Infinity)
  const to = new Float64Array(jobs.length).fill(Infinity)
  const lost = new Set(ready.unserved.map(({ job }) => job))
  const earliest = (j: number): number => {
    const entry = jobs[j]
    if (!entry) return -Infinity
    // A pin that cannot be is never done.
    if (!open[j]) return lost.has(entry.job.id) ? Infinity : (entry.job.pinned?.from ?? -Infinity)
    return Math.max(from[j] as number, entry.windows[0]?.from ?? -Infinity)
  }
  const latest = (j: number): number => {
    const entry = jobs[j]
    if (!entry) return Infinity
    if (!open[j]) return entry.job.pinned?.from ?? Infinity
    return Math.min(to[j] as number, entry.windows.at(-1)?.to ?? Infinity)
  }
  // Each job stands behind those it waits for.
  jobs.forEach(({ after }, j) => {
    for (const before of after) from[j] = Math.max(from[j] as number, earliest(before) + (jobs[before]?.durationMs ?? 0))
  })
  for (let j = jobs.length - 1; j >= 0; j--) {
    for (const before of jobs[j]?.after ?? []) {
      to[before] = Math.min(to[before] as number, latest(j) - (jobs[before]?.durationMs ?? 0))
    }
  }
  return { from, to }
}

/** Open jobs that hang together by crews or by order, each group so that what comes first is first; -1: on its own. */
export function grouped(
  ready: Ready,
  open: readonly boolean[],
  firstVisit: Int32Array,
): { groups: number[][]; groupOf: Int32Array } {
  const { jobs } = ready
  const root = jobs.map((_, j) => j)
  const find = (j: number): number => {
    let at = j
    while (root[at] !== at) at = root[at] as number
    return at
  }
  jobs.forEach(({ after }, j) => {
    for (const before of after) if (open[j] && open[before]) root[find(j)] = find(before)
  })
  const members = new Map<number, number[]>()
  jobs.forEach((_, j) => {
    if (open[j]) members.set(find(j), [...(members.get(find(j)) ?? []), j])
  })
  const groupOf = new Int32Array(firstVisit[jobs.length] as number).fill(-1)
  const groups: number[][] = []
  for (const group of members.values()) {
    if (group.length === 1 && jobs[group[0] as number]?.crew === 1) continue
    for (const j of group) groupOf.fill(groups.length, firstVisit[j], firstVisit[j + 1])
    groups.push(group)
  }
  return { groups, groupOf }
}
