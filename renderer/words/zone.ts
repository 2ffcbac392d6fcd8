const formats = new Map<string, Intl.DateTimeFormat>()

function inZone(timeZone: string): Intl.DateTimeFormat {
  let made = formats.get(timeZone)
  if (!made) {
    const two = '2-digit'
    made = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: two, day: two, hour: two, minute: two, second: two, hourCycle: 'h23' })
    formats.set(timeZone, made)
  }
  return made
}

/** `2026-11-22T20:32:05`: what the clock on a wall in the zone shows. @param at UTC ms  @param zone IANA */
export function wallTime(at: number, zone: string): string {
  const parts = new Map(inZone(zone).formatToParts(at).map(({ type, value }) => [type, value]))
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return `${get('year').padStart(4, '0')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:${get('second')}`
}

/** How far the zone is ahead of UTC at that moment, ms. */
export const offsetMs = (at: number, zone: string): number => Date.parse(`${wallTime(at, zone)}Z`) - Math.floor(at / 1000) * 1000

/**
 * UTC ms of a time on the wall of the zone, `2026-11-22T20:32`; NaN where that is no time. One that a change to summer
 * time leaves out is read as on the clock before the change; of one that comes twice it is the first.
 */
export function instantOf(text: string, zone: string): number {
  const asUtc = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`)
  if (Number.isNaN(asUtc)) return NaN
  const offsets = [offsetMs(asUtc - 86_400_000, zone), offsetMs(asUtc + 86_400_000, zone)]
  const fits = offsets.map((offset) => asUtc - offset).find((at) => offsetMs(at, zone) === asUtc - at)
  return fits ?? asUtc - (offsets[0] ?? 0)
}
