import { stringify } from 'csv-stringify/sync'
import { writeXlsxStream, type ColumnDef } from 'hucre/xlsx'
import { wallTimes } from './wallTime.ts'

export const TABLE_FORMATS = ['csv', 'xlsx'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

/** `instant`: UTC ms, written as date and time of the zone. `day`: YYYY-MM-DD. `money`: fen, written as yuan. */
export type ColumnKind = 'text' | 'number' | 'money' | 'instant' | 'day'
export type Cell = string | number | null

export interface TableColumn {
  readonly title: string
  readonly kind: ColumnKind
  /** In characters, for spreadsheets. */
  readonly width?: number
}

/** What a file of rows is made from, whatever its format. */
export interface Table {
  /** Of the sheet. */
  readonly name: string
  readonly columns: readonly TableColumn[]
  /** Cells in the order of the columns; asked for as fast as they are taken, never all at once. */
  readonly rows: AsyncIterable<readonly Cell[]>
  /** IANA name of the zone that instants are shown in. */
  readonly zone: string
}

export const MIME: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The bytes of a file, piece by piece; the memory used does not grow with the rows. */
export function writeTable(table: Table, format: TableFormat): AsyncIterable<Uint8Array> {
  return format === 'csv' ? csv(table) : xlsx(table)
}

const ROWS_TOGETHER = 200

/** With a byte order mark, so that spreadsheets read the Chinese as UTF-8. */
async function* csv({ columns, rows, zone }: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const textOf = wallTimes(zone).text
  const write = (batch: readonly (readonly string[])[]): Uint8Array =>
    encoder.encode(stringify(batch as string[][], { record_delimiter: 'windows', quoted_match: LINE_BREAK }))
  yield encoder.encode('\uFEFF')
  let batch: string[][] = [columns.map(({ title }) => harmless(title))]
  for await (const row of rows) {
    batch.push(
      columns.map(({ kind }, index) => {
        const cell = row[index] ?? null
        if (cell === null) return ''
        if (kind === 'instant' && typeof cell === 'number') return textOf(cell)
        if (kind === 'money' && typeof cell === 'number') return yuan(cell)
        return typeof cell === 'number' ? String(cell) : harmless(cleanText(cell))
      }),
    )
    if (batch.length < ROWS_TOGETHER) continue
    yield write(batch)
    batch = []
  }
  if (batch.length > 0) yield write(batch)
}

/** Fen as yuan, to the fen. */
function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** A line feed alone ends a line for many readers, although not for the one who wrote it. */
const LINE_BREAK = /[\r\n]/
/** A spreadsheet takes these for the beginning of a formula, in full width too. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
/** An apostrophe in front says: this is text (OWASP, "CSV Injection"). */
const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** Half a surrogate pair and control characters have no place in XML or in a line of CSV. */
export const cleanText = (text: string): string => text.toWellFormed().replace(CONTROL, '')
const CONTROL = /[\p{Cc}--[\t\n\r]]|[\uFFFE\uFFFF]/gv

/** Excel's own limit of a cell. */
export const LONGEST_CELL = 32_767
export const FORMATS: Readonly<Record<ColumnKind, string | undefined>> = {
  text: undefined,
  number: '0.##########',
  money: '#,##0.00',
  instant: 'yyyy-mm-dd hh:mm',
  day: 'yyyy-mm-dd',
}

/** Texts are texts here, whatever they begin with: no cell is ever a formula. */
async function* xlsx({ name, columns, rows, zone }: Table): AsyncGenerator<Uint8Array> {
  const dateOf = wallTimes(zone).date
  const defined = columns.map(({ title, kind, width }): ColumnDef => {
    const numFmt = FORMATS[kind]
    return { header: cleanText(title), width: width ?? (kind === 'instant' ? 17 : 14), ...(numFmt !== undefined && { numFmt }) }
  })
  async function* cells() {
    for await (const row of rows) {
      yield columns.map(({ kind }, index) => {
        const cell = row[index] ?? null
        if (cell === null) return null
        if (kind === 'instant' && typeof cell === 'number') return dateOf(cell)
        if (kind === 'money' && typeof cell === 'number') return cell / 100
        if (kind === 'day' && typeof cell === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(cell)) return new Date(`${cell}T00:00:00Z`)
        return typeof cell === 'string' ? cleanText(cell).slice(0, LONGEST_CELL).toWellFormed() : cell
      })
    }
  }
  const stream = writeXlsxStream(cells(), { name: sheetName(name), columns: defined, freezePane: { rows: 1 } })
  const reader = stream.getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value
  } finally {
    // Whoever stops reading stops the rows too.
    await reader.cancel()
  }
}

/** Excel allows 31 characters and none of these. */
export const sheetName = (name: string): string => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)
