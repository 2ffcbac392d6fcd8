import { Temporal } from 'temporal-polyfill'
import { readInstant as readWritten } from '../kernel/dates.ts'
import { readPhone as readTelephone } from '../kernel/phone.ts'
import { isCleanText } from '../kernel/canonical.ts'
import { tidyCode, tidyName } from './normal.ts'
import type { ChoiceName, TableColumn, TableIssue, TableOptions } from './kinds.ts'

export type CellValue = string | number | readonly string[]

/** What a cell says, or why it says nothing; `warning`: it was understood, but look. */
export type ReadCell =
  | { readonly value: CellValue; readonly warning?: Flaw }
  | { readonly flaw: Flaw }
  | { readonly empty: true }
export type Flaw = Pick<TableIssue, 'code' | 'params'>

export interface CellContext {
  /** IANA zone of the company: times in a table are its wall times. */
  readonly zone: string
  readonly dayOrder: TableOptions['dayOrder']
  /** The value that a word stands for; undefined: it is none of them. */
  choice(name: ChoiceName, word: string): string | undefined
  /** The words that may stand in such a cell, for the message. */
  words(name: ChoiceName): string
}

const flaw = (code: string, params?: Flaw['params']): ReadCell => ({ flaw: { code, ...(params && { params }) } })

/** What a spreadsheet made of a long number: 1.38E+10. */
const SCIENTIFIC = /^([+-]?)(\d)(?:\.(\d+))?[eE]\+?(\d{1,3})$/
const CELL_ERROR = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)$/
const LONGEST_SHOWN = 40

const shown = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)

/** Reads a cell as its column wants it. Text is text, whatever formula it looks like. */
export function readCell(column: TableColumn, raw: string, context: CellContext): ReadCell {
  const text = tidyName(raw)
  if (text === '' || text === '-' || text === '—' || text === '/') return { empty: true }
  if (!isCleanText(raw)) return flaw('uncleanText')
  if (raw.includes('\uFFFD')) return flaw('badEncoding')
  if (CELL_ERROR.test(text)) return flaw('cellError', { value: text })
  switch (column.type) {
    case 'name':
      return text.length > column.max ? flaw('tooLong', { max: column.max }) : { value: text }
    case 'code':
      return readCode(tidyCode(raw), column.max)
    case 'login':
      return readLogin(tidyCode(raw))
    case 'phone':
      return readPhone(tidyCode(raw))
    case 'quantity':
      return readQuantity(tidyCode(raw))
    case 'instant':
      return readInstant(tidyCode(raw), context)
    case 'day':
      return readDay(tidyCode(raw), context)
    case 'list':
      return { value: split(text) }
    case 'choice': {
      const value = context.choice(column.choice, text)
      return value === undefined
        ? flaw('unknownWord', { value: shown(text), words: context.words(column.choice) })
        : { value }
    }
    case 'choices': {
      const values: string[] = []
      for (const word of split(text)) {
        const value = context.choice(column.choice, word)
        if (value === undefined) return flaw('unknownWord', { value: shown(word), words: context.words(column.choice) })
        if (!values.includes(value)) values.push(value)
      }
      return { value: values }
    }
  }
}

const split = (text: string): string[] => [...new Set(text.split(/[、，,;；/|\n]+/).map(tidyName).filter((part) => part !== ''))]

function readCode(text: string, max: number): ReadCell {
  if (SCIENTIFIC.test(text)) {
    const whole = unscientific(text)
    return whole === undefined ? flaw('numberDamaged', { value: text }) : { value: whole, warning: { code: 'numberRestored', params: { value: text, read: whole } } }
  }
  return text.length > max ? flaw('tooLong', { max }) : { value: text }
}

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/

function readLogin(text: string): ReadCell {
  const login = text.toLowerCase()
  return LOGIN.test(login) ? { value: login } : flaw('wrongLogin', { value: shown(text) })
}

function readPhone(text: string): ReadCell {
  if (SCIENTIFIC.test(text)) {
    const whole = unscientific(text)
    return whole === undefined ? flaw('phoneDamaged', { value: text }) : { value: whole, warning: { code: 'numberRestored', params: { value: text, read: whole } } }
  }
  // 13800000000.0: a number that was exported as one.
  const phone = readTelephone(text.replace(/^(\d{5,15})\.0+$/, '$1').replace(/[().·_]/g, ' '))
  return phone.ok ? { value: phone.value } : flaw('wrongPhone', { value: shown(text) })
}

/** All its digits, where the spreadsheet left them all. */
function unscientific(text: string): string | undefined {
  const [, sign = '', first = '', rest = '', exponent = ''] = SCIENTIFIC.exec(text) ?? []
  const power = Number(exponent)
  // As many digits behind the point as the power, and no more: 1.3812345678E+10.
  if (sign === '-' || rest.length !== power || power > 14) return undefined
  return first + rest
}

function readQuantity(text: string): ReadCell {
  const plain = text.replace(/(?<=\d)[, ](?=\d{3}(\D|$))/g, '').replace(/\.0+$/, '')
  if (SCIENTIFIC.test(plain)) return flaw('numberDamaged', { value: text })
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) return flaw('notNumber', { value: shown(text) })
  const value = Number(plain)
  if (!Number.isInteger(value)) return flaw('notWhole', { value: text })
  if (value < 0) return flaw('negative', { value: text })
  return value > 1_000_000 ? flaw('tooMany', { max: 1_000_000 }) : { value }
}

const YEAR_FIRST = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?=$|[ T])/
const TIME = /^[ T]*(上午|下午|am|pm)?\s*(\d{1,2})\s*[:时點点]\s*(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:[.,]\d+)?\s*秒?)?)?\s*(am|pm)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
/** Days since 1899-12-30, as spreadsheets count them: 1982 to 2119. */
const SERIAL_DATE = /^([3-7]\d{4})(\.\d+)?$/
const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)

/** UTC ms of a wall time of the company; a day alone begins at midnight. */
function readInstant(text: string, context: CellContext): ReadCell {
  const serial = SERIAL_DATE.exec(text)
  if (serial) {
    const local = EPOCH_1900 + Math.round((Number(text) * DAY_MS) / 1000) * 1000
    const at = inZone(local, context.zone)
    const read = new Date(local).toISOString().slice(0, 16).replace('T', ' ')
    return { value: at, warning: { code: 'serialDate', params: { value: text, read } } }
  }
  const date = readDate(text, context.dayOrder)
  if ('flaw' in date) return date
  const rest = text.slice(date.length)
  const time = rest.trim() === '' ? ['', '', '0', '0', '0'] : TIME.exec(rest)
  if (!time) return flaw('notDate', { value: shown(text) })
  const half = (time[1] ?? time[5] ?? '').toLowerCase()
  const said = Number(time[2])
  const hour = half === '' ? said : (said % 12) + (half === '下午' || half === 'pm' ? 12 : 0)
  const [minute, second] = [Number(time[3]), Number(time[4] ?? 0)]
  const local = Date.UTC(date.year, date.month - 1, date.day, hour, minute, second)
  const made = new Date(local)
  const isReal = made.getUTCMonth() === date.month - 1 && made.getUTCDate() === date.day && hour < 24 && minute < 60 && second < 60
  if (!isReal) return flaw('notDate', { value: shown(text) })
  const dated = readWritten(local)
  if (!dated.ok) return flaw(dated.refusal.code, { ...dated.refusal.params, value: shown(text) })
  const offset = time[6]
  if (offset !== undefined) return { value: Date.parse(`${made.toISOString().slice(0, 19)}${offset.toUpperCase()}`) }
  return { value: inZone(local, context.zone) }
}

/** YYYY-MM-DD; a time of day beside it is let go. */
function readDay(text: string, context: CellContext): ReadCell {
  const read = readInstant(text, { ...context, zone: 'UTC' })
  if (!('value' in read) || typeof read.value !== 'number') return read
  return { ...read, value: new Date(read.value).toISOString().slice(0, 10) }
}

function readDate(text: string, order: TableOptions['dayOrder']): { year: number; month: number; day: number; length: number } | { flaw: Flaw } {
  const first = YEAR_FIRST.exec(text) ?? COMPACT.exec(text)
  if (first) return { year: Number(first[1]), month: Number(first[2]), day: Number(first[3]), length: first[0].length }
  const last = YEAR_LAST.exec(text)
  if (!last) return { flaw: { code: 'notDate', params: { value: shown(text) } } }
  const [a, b, year, length] = [Number(last[1]), Number(last[2]), Number(last[3]), last[0].length]
  if (a > 12 || a === b) return { year, month: b, day: a, length }
  if (b > 12) return { year, month: a, day: b, length }
  if (order === null) return { flaw: { code: 'dateAmbiguous', params: { value: shown(text) } } }
  return order === 'dayFirst' ? { year, month: b, day: a, length } : { year, month: a, day: b, length }
}

/** `local`: the wall time as if it were UTC, ms. */
function inZone(local: number, zone: string): number {
  const date = new Date(local).toISOString().slice(0, -1)
  return Temporal.PlainDateTime.from(date).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}
