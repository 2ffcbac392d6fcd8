/** How many backups stay: the newest of each of the last days, weeks and months that have one. */
export interface Retention {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}

export const DEFAULT_RETENTION: Retention = { daily: 7, weekly: 4, monthly: 12 }

const DAY = 86_400_000
/** 1970-01-05 was the first Monday. */
const weekOf = (at: number): number => Math.floor((at / DAY - 4) / 7)
const monthOf = (at: number): number => {
  const date = new Date(at)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/**
 * Which backups may go. Days, weeks (from Monday) and months are UTC.
 * @param times UTC ms of the backups there are
 */
export function expired(times: readonly number[], keep: Retention): number[] {
  const newestFirst = [...times].sort((a, b) => b - a)
  const kept = new Set(newestFirst.slice(0, 1))
  const keepNewestOf = (period: (at: number) => number, count: number): void => {
    const seen = new Set<number>()
    for (const at of newestFirst) {
      if (seen.has(period(at))) continue
      seen.add(period(at))
      if (seen.size > count) return
      kept.add(at)
    }
  }
  keepNewestOf((at) => Math.floor(at / DAY), keep.daily)
  keepNewestOf(weekOf, keep.weekly)
  keepNewestOf(monthOf, keep.monthly)
  return newestFirst.filter((at) => !kept.has(at))
}
