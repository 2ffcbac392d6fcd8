const HOUR = 3_600_000

/** Instants (UTC ms) as the clock on the wall of a zone shows them; offsets are asked for once an hour. */
export function wallTimes(zone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsets = new Map<number, number>()
  const shifted = (at: number): Date => {
    const hour = Math.floor(at / HOUR)
    let offset = offsets.get(hour)
    if (offset === undefined) {
      const parts = new Map(format.formatToParts(hour * HOUR).map(({ type, value }) => [type, Number(value)]))
      const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
      offset = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - hour * HOUR
      offsets.set(hour, offset)
    }
    return new Date(at + offset)
  }
  return {
    /** A date whose UTC fields are those of the wall: a spreadsheet knows no zones. */
    date: shifted,
    /** `2026-11-22 20:32` */
    text: (at: number): string => shifted(at).toISOString().slice(0, 16).replace('T', ' '),
  }
}
