const DAY = 86_400_000

/** `2026-11-22`, the day of an instant in a zone. */
const isoDay = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

const shift = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

export interface Period {
  readonly from: string
  readonly to: string
}

/** Today, this month up to today, and the whole of last month, as natural days of the company's zone. */
export function periodsAt(now: number, zone: string): Readonly<Record<'today' | 'month' | 'lastMonth', Period>> {
  const today = isoDay(now, zone)
  const first = `${today.slice(0, 8)}01`
  const lastOfBefore = shift(first, -1)
  return {
    today: { from: today, to: today },
    month: { from: first, to: today },
    lastMonth: { from: `${lastOfBefore.slice(0, 8)}01`, to: lastOfBefore },
  }
}
