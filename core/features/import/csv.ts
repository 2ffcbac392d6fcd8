import { CsvError } from 'csv-parse'
import { parse, type Options as CsvOptions } from 'csv-parse/sync'

/** One record of the file. */
export interface CsvRow {
  readonly values: readonly string[]
  /** Where it begins, counted from 1. */
  readonly line: number
  /** Why it is none, where that shows at once. */
  readonly flaw: 'columnCount' | 'badQuotes' | 'rowTooLong' | null
  /** As it stands in the file, without its line end. */
  readonly raw: () => string
}

/** More than this between two ends of records is an unclosed quote, not a row. */
const LARGEST_ROW = 1_000_000
/** Of such a row, this much is shown. */
const SHOWN = 1000
const LF = 10
const CR = 13

interface Found {
  readonly values: string[]
  readonly end: number
}

/** The records of the bytes with the offsets of their ends, up to the first broken one; the last may be cut short. */
function cut(bytes: Buffer, options: CsvOptions): { found: Found[]; broken: boolean } {
  const found: Found[] = []
  let broken = false
  try {
    parse(bytes, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      ...options,
      on_record: (values: string[], context) => {
        found.push({ values, end: context.bytes })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // A quote still open at the end may be closed by what follows.
    broken = error.code !== 'CSV_QUOTE_NOT_CLOSED'
  }
  return { found, broken }
}

/** The first record, the bytes it took and the lines. */
export function readHeader(bytes: Buffer, delimiter: string): { columns: string[]; end: number; lines: number } | undefined {
  const [first] = cut(bytes, { delimiter, to: 1 }).found
  if (!first) return undefined
  const columns = first.values.map((name) => name.trim())
  return { columns, end: first.end, lines: lineEnds(bytes.subarray(0, first.end)) }
}

/**
 * Cuts bytes into rows as they come. A quote that is not closed, or closed too early, costs its own line and not the
 * rest of the file: where a record breaks the rules or spans lines with the wrong number of columns, its first line is
 * read alone, and reading goes on with the next. Read alone, a quote within a value is forgiven.
 */
export class CsvReader {
  readonly #delimiter: string
  readonly #columns: number
  /** The bytes after the last row, and the line they begin at. */
  #rest: Buffer = Buffer.alloc(0)
  #line: number
  /** Within a row too long to be one, up to its line end. */
  #skipping = false

  /** `columns`: how many a row has; `line`: where the first byte fed stands, from 1. */
  constructor(options: { delimiter: string; columns: number; line: number }) {
    this.#delimiter = options.delimiter
    this.#columns = options.columns
    this.#line = options.line
  }

  /** The rows that end within these bytes or those before; `last`: nothing follows. */
  feed(bytes: Buffer, last: boolean): CsvRow[] {
    const rows: CsvRow[] = []
    let window = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    if (this.#skipping) {
      const end = window.indexOf(LF)
      window = end < 0 ? Buffer.alloc(0) : window.subarray(end + 1)
      if (end >= 0) this.#line += 1
      this.#skipping = end < 0
    }
    while (window.length > 0) {
      const taken = this.#take(window, last, rows)
      if (taken === 0) break
      window = window.subarray(taken)
    }
    this.#rest = Buffer.from(window)
    return rows
  }

  /** How many bytes of the window are dealt with; 0: more are needed. */
  #take(window: Buffer, last: boolean, rows: CsvRow[]): number {
    const { found, broken } = cut(window, { delimiter: this.#delimiter })
    let start = 0
    for (const { values, end } of found) {
      if (end === window.length && !last && window[end - 1] !== LF) return start
      // Nearly every row is one line: no need to look at its bytes.
      const ends = window.indexOf(LF, start) === end - 1 ? 1 : lineEnds(window.subarray(start, end))
      const flawed = values.length !== this.#columns
      if (flawed && ends > 1) return start + this.#takeLine(window.subarray(start), rows)
      rows.push(this.#row(values, window, start, end, flawed ? 'columnCount' : null))
      start = end
      this.#line += ends
    }
    const left = window.subarray(start)
    if (broken || last || left.length > LARGEST_ROW) return start + this.#takeLine(left, rows)
    return start
  }

  /** The first line alone, whatever quotes it opens. */
  #takeLine(bytes: Buffer, rows: CsvRow[]): number {
    const blank = leadingBlank(bytes)
    this.#line += lineEnds(bytes.subarray(0, blank))
    if (blank === bytes.length) return blank
    const end = bytes.indexOf(LF, blank)
    if (end < 0 && bytes.length > LARGEST_ROW) {
      this.#skipping = true
      rows.push({ values: [], line: this.#line, flaw: 'rowTooLong', raw: () => bytes.toString('utf8', blank, SHOWN) })
      return bytes.length
    }
    const line = bytes.subarray(blank, end < 0 ? bytes.length : end + 1)
    const [row] = cut(line, { delimiter: this.#delimiter, relax_quotes: true }).found
    const values = row?.values ?? []
    const flaw = row === undefined ? 'badQuotes' : values.length === this.#columns ? null : 'columnCount'
    rows.push(this.#row(values, line, 0, line.length, flaw))
    this.#line += 1
    return blank + line.length
  }

  #row(values: string[], window: Buffer, start: number, end: number, flaw: CsvRow['flaw']): CsvRow {
    const blank = leadingBlank(window.subarray(start, end))
    const line = this.#line + (blank === 0 ? 0 : lineEnds(window.subarray(start, start + blank)))
    return { values, line, flaw, raw: () => window.toString('utf8', start + blank, end).replace(/[\r\n]+$/, '') }
  }
}

/** CRLF, LF or CR, each once. */
function lineEnds(bytes: Buffer): number {
  let ends = 0
  for (const [index, byte] of bytes.entries()) {
    if (byte === LF || (byte === CR && bytes[index + 1] !== LF)) ends += 1
  }
  return ends
}

function leadingBlank(bytes: Buffer): number {
  let blank = 0
  while (bytes[blank] === LF || bytes[blank] === CR) blank += 1
  return blank
}
