import { Temporal } from 'temporal-polyfill'

/** UTC ms of a date as the file writes it; undefined when it is none. */
export type DateReader = (text: string) => number | undefined

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{2})',
  s: '(?<second>\\d{1,2})',
  S: '(?<fraction>\\d{1,9})',
  A: '(?<half>[AaPp][Mm]|上午|下午)',
}
const TOKEN = /YYYY|MM?|DD?|HH?|hh?|mm?|ss?|S|A/g
const ISO =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?<offset>Z|[+-]\d{2}:?\d{2})?)?$/

const minute = 60_000
const remembered = 50_000

export function isDateFormat(format: string): boolean {
  if (format === 'ISO') return true
  const used = (format.match(TOKEN) ?? []).map((token) => token[0])
  const names = used.map((letter) => (letter === 'h' ? 'H' : letter))
  const all = ['Y', 'M', 'D', 'H', 'm'].every((letter) => names.includes(letter))
  return all && new Set(names).size === names.length && used.includes('h') === used.includes('A')
}

/**
 * Reads local times of a zone. A time that the change of the clocks skips is read as if it had not been changed yet;
 * of two instants with one local time the earlier counts. A date with an offset of its own needs no zone.
 */
export function dateReader(format: string, zone: string): DateReader {
  const pattern = format === 'ISO' ? ISO : patternOf(format)
  const known = new Map<string, number | undefined>()
  return (text) => {
    if (known.has(text)) return known.get(text)
    const value = read(pattern.exec(text)?.groups, zone)
    if (known.size >= remembered) known.clear()
    known.set(text, value)
    return value
  }
}

function patternOf(format: string): RegExp {
  let source = ''
  let end = 0
  for (const match of format.matchAll(TOKEN)) {
    source += escaped(format.slice(end, match.index)) + TOKENS[match[0]]
    end = match.index + match[0].length
  }
  return new RegExp(`^${source}${escaped(format.slice(end))}$`)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function read(groups: Record<string, string | undefined> | undefined, zone: string): number | undefined {
  if (!groups) return undefined
  const part = (name: string): number => Number(groups[name] ?? 0)
  const hour = hourOf(part('hour'), groups['half'])
  const [year, month, day, minutes, seconds] = [part('year'), part('month'), part('day'), part('minute'), part('second')]
  if (hour === undefined || hour > 23 || minutes > 59 || seconds > 59) return undefined
  const ms = Math.floor(Number(`0.${groups['fraction'] ?? '0'}`) * 1000)
  const local = Date.UTC(year, month - 1, day, hour, minutes, seconds, ms)
  const date = new Date(local)
  // 31/2 would roll over into March; the first hundred years would be read as 19xx.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900) return undefined
  const utc = inZone(local, groups['offset'], zone)
  return utc >= 0 ? utc : undefined
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (/^p|下午/i.test(half) ? 12 : 0)
}

function inZone(local: number, offset: string | undefined, zone: string): number {
  if (offset === 'Z' || (offset === undefined && zone === 'UTC')) return local
  if (offset !== undefined) {
    const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
    return local + (offset.startsWith('-') ? minutes : -minutes) * minute
  }
  const date = new Date(local).toISOString().slice(0, -1)
  return Temporal.PlainDateTime.from(date).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}
