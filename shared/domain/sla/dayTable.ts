import type { CalendarDay } from './types.ts'

export type Days = Readonly<Record<string, CalendarDay>>

export interface ReadDays {
  readonly days: Days
  /** Lines that were not understood, counted from 1. */
  readonly bad: readonly { readonly line: number; readonly text: string }[]
}

/** How people write the two kinds; a spreadsheet may hold any of these. */
const KINDS: readonly (readonly [CalendarDay['kind'], RegExp])[] = [
  ['holiday', /^(放假|休息|休|节假日|法定节假日|holiday|off)$/i],
  ['workday', /^(调休|调休上班|补班|上班|班|workday|work)$/i],
]

/** `2027-01-01`, `2027/1/1`, `2027.1.1`, `2027年1月1日`. */
function dateOf(written: string): string | undefined {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(written)
  if (!parts) return undefined
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined
}

/** One day a line: date, kind, name. A first line that is no day is taken for the head of the columns. */
export function readDays(text: string): ReadDays {
  const days: Record<string, CalendarDay> = {}
  const bad: { line: number; text: string }[] = []
  for (const [index, line] of text.replace(/^\ufeff/, '').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [written = '', kindWord = '', ...rest] = line.trim().split(/[\t,;，]|\s+/).map((cell) => cell.replace(/^"|"$/g, '').trim())
    const date = dateOf(written)
    const kind = KINDS.find(([, words]) => words.test(kindWord))?.[0]
    const name = rest.join(' ').trim()
    if (date !== undefined && kind) days[date] = { kind, ...(name !== '' && { name: name.slice(0, 60) }) }
    else if (index > 0 || /^\d/.test(written)) bad.push({ line: index + 1, text: line.trim().slice(0, 60) })
  }
  return { days, bad }
}

export const sameDay = (a: CalendarDay | undefined, b: CalendarDay | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

export const yearsOf = (days: Days): number[] => [...new Set(Object.keys(days).map((date) => Number(date.slice(0, 4))))].sort((a, b) => a - b)
