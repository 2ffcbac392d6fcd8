import { createWriteStream, statSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { once } from 'node:events'
import { readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { openPromise } from 'yauzl'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { LARGEST_TABLE, MOST_COLUMNS, MOST_ROWS } from '#shared/domain/tableImport/kinds.ts'
import { headingKey } from '#shared/domain/tableImport/match.ts'
import type { RawRow } from '#shared/domain/tableImport/row.ts'
import { CsvReader, readHeader } from '../import/csv.ts'

/** What a file turned out to be. */
export interface TableHead {
  readonly headings: readonly string[]
  /** Row of the spreadsheet that holds them, from 1. */
  readonly headingRow: number
  readonly rows: number
  readonly format: 'csv' | 'xlsx'
  readonly encoding?: string
  readonly delimiter?: string
  readonly sheet?: string
  /** The first rows, to look at while columns are matched. */
  readonly sample: readonly (readonly string[])[]
}

export interface ReadJob {
  readonly source: string
  /** Where the rows go: a JSON array a line. */
  readonly out: string
  /** Keys of the headings that columns go by: the row that holds most of them is the heading. */
  readonly words: readonly string[]
}

/** Titles may stand above the headings. */
const HEADING_WITHIN = 12
const SAMPLE = 5
const MOST_UNPACKED = 400 * 1024 * 1024
const MOST_ENTRIES = 2000
const MOST_SHEETS = 8
/** A cell beyond this is cut: no column takes as much. */
const LONGEST_CELL = 20_000

/**
 * Turns a CSV (UTF-8 with or without mark, GB18030; comma, semicolon or tab) or an XLSX into rows of text. Formulas
 * come as the values last seen. Runs in a worker thread; memory does not grow with the file.
 * Refuses `tableTooLarge`, `tableEmpty`, `tableOldFormat`, `tableDamaged`, `tableTooManyRows`, `tableTooManyColumns`.
 */
export async function readTable(job: ReadJob): Promise<Result<TableHead>> {
  const { size } = statSync(job.source)
  if (size === 0) return refuse('tableEmpty', 'file')
  if (size > LARGEST_TABLE) return refuse('tableTooLarge', 'file', { limit: LARGEST_TABLE / 1024 / 1024 })
  const head = await firstBytes(job.source, 4096)
  if (head.subarray(0, 8).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))) return refuse('tableOldFormat', 'file')
  if (head.subarray(0, 2).toString('latin1') === 'PK') return readSheet(job)
  if (head.includes(0) && head[0] !== 0xff && head[0] !== 0xfe) return refuse('tableDamaged', 'file', { reason: 'binary' })
  return readCsv(job)
}

async function firstBytes(file: string, count: number): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Writes rows as they come, and waits where the disk is slower. */
class RowFile {
  readonly #stream
  rows = 0

  constructor(path: string) {
    this.#stream = createWriteStream(path, { mode: 0o600 })
  }

  async add(row: RawRow): Promise<void> {
    this.rows += 1
    const text = JSON.stringify([row.line, row.cells, ...(row.flaw === undefined ? [] : [row.flaw])])
    if (!this.#stream.write(`${text}\n`)) await once(this.#stream, 'drain')
  }

  async end(): Promise<void> {
    this.#stream.end()
    await once(this.#stream, 'close')
  }
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

const known = (cells: readonly string[], words: ReadonlySet<string>): number =>
  cells.filter((cell) => words.has(headingKey(cell))).length

/** The row that holds most headings among the first ones; without any, the first that is not blank. */
function headingAmong(rows: readonly RawRow[], words: ReadonlySet<string>): number {
  let best = rows.findIndex(({ cells }) => !isBlank(cells))
  for (const [index, { cells }] of rows.entries()) if (known(cells, words) > known(rows[best]?.cells ?? [], words)) best = index
  return best
}

/** Splits a stream of rows into the heading and what follows it. */
async function take(rows: AsyncIterable<RawRow>, job: ReadJob, rest: Pick<TableHead, 'format' | 'encoding' | 'delimiter' | 'sheet'>): Promise<Result<TableHead>> {
  const words = new Set(job.words)
  const out = new RowFile(job.out)
  const first: RawRow[] = []
  const sample: (readonly string[])[] = []
  let heading: RawRow | undefined
  let width = 0
  const add = async (row: RawRow): Promise<void> => {
    if (row.flaw === undefined && isBlank(row.cells)) return
    const cells = row.cells.slice(0, width)
    const spill = row.cells.slice(width).some((cell) => cell.trim() !== '')
    if (sample.length < SAMPLE) sample.push(cells)
    await out.add({ line: row.line, cells, flaw: row.flaw ?? (spill ? 'columnCount' : undefined) })
  }
  const choose = async (): Promise<void> => {
    const index = headingAmong(first, words)
    heading = first[index]
    width = widthOf(heading?.cells ?? [])
    for (const row of first.splice(0).slice(index + 1)) await add(row)
  }
  try {
    for await (const row of rows) {
      if (heading) await add(row)
      else if (first.push(row) === HEADING_WITHIN) await choose()
      if (out.rows > MOST_ROWS) return refuse('tableTooManyRows', 'file', { limit: MOST_ROWS })
    }
    if (!heading) await choose()
  } finally {
    await out.end()
  }
  if (!heading || out.rows === 0) return refuse('tableEmpty', 'file')
  if (width > MOST_COLUMNS) return refuse('tableTooManyColumns', 'file', { limit: MOST_COLUMNS })
  const headings = heading.cells.slice(0, width).map((cell) => cell.trim().slice(0, 200))
  return accept({ headings, headingRow: heading.line, rows: out.rows, sample, ...rest })
}

/** Without the empty cells behind the last heading. */
const widthOf = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1

async function readCsv(job: ReadJob): Promise<Result<TableHead>> {
  const encoding = await encodingOf(job.source)
  const begin = await beginningOf(job.source, encoding)
  const layout = layoutOf(begin, new Set(job.words))
  return take(csvRows(job.source, encoding, layout), job, { format: 'csv', encoding, delimiter: layout.delimiter })
}

/** A mark says it; else what is valid UTF-8 throughout is UTF-8, and everything else what Chinese Windows writes. */
async function encodingOf(file: string): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isFirst = true
  try {
    for await (const chunk of bytesOf(file)) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
      if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
      isFirst = false
      decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'gb18030'
    throw error
  }
}

const CHUNK = 65_536

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r')
  try {
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** UTF-8 without a mark, whatever the file is written in. */
async function* decoded(file: string, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytesOf(file)) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

async function beginningOf(file: string, encoding: string): Promise<Buffer> {
  for await (const chunk of decoded(file, encoding)) return chunk
  return Buffer.alloc(0)
}

interface Layout {
  readonly delimiter: string
  /** Headings known in the row that holds most of them, and how many columns that row has. */
  readonly found: number
  readonly columns: number
}

/** The delimiter that finds most headings in the first lines; without any, the one that makes most columns. */
function layoutOf(begin: Buffer, words: ReadonlySet<string>): Layout {
  let best: Layout = { delimiter: ',', found: 0, columns: 0 }
  for (const delimiter of [',', '\t', ';']) {
    let own: Layout = { delimiter, found: 0, columns: 0 }
    let rest = begin
    for (let line = 0; line < HEADING_WITHIN; line++) {
      const header = readHeader(rest, delimiter)
      if (!header) break
      const row = { delimiter, found: known(header.columns, words), columns: header.columns.length }
      if (isBetter(row, own)) own = row
      rest = rest.subarray(header.end)
    }
    if (isBetter(own, best)) best = own
  }
  return best
}

const isBetter = (one: Layout, other: Layout): boolean => one.found > other.found || (one.found === other.found && one.columns > other.columns)

/** Rows with the number that a spreadsheet gives them: a value of several lines is one row. */
async function* csvRows(file: string, encoding: string, { delimiter, columns }: Layout): AsyncGenerator<RawRow> {
  const reader = new CsvReader({ delimiter, columns, line: 1 })
  let within = 0
  const rowsOf = function* (bytes: Buffer, last: boolean): Generator<RawRow> {
    for (const { values, line, flaw } of reader.feed(bytes, last)) {
      // A short row is as good as one with empty cells; a long one is looked at later.
      const cells = values.map((value) => value.slice(0, LONGEST_CELL))
      yield { line: line - within, cells, flaw: flaw === null || flaw === 'columnCount' ? undefined : flaw }
      for (const value of values) within += value.match(/\r\n|\n|\r/g)?.length ?? 0
    }
  }
  for await (const chunk of decoded(file, encoding)) yield* rowsOf(chunk, false)
  yield* rowsOf(Buffer.alloc(0), true)
}

async function readSheet(job: ReadJob): Promise<Result<TableHead>> {
  const problem = await problemOfZip(job.source)
  if (problem) return refuse(problem.code, 'file', { reason: problem.reason, limit: MOST_UNPACKED / 1024 / 1024 })
  const bytes = await readFile(job.source)
  try {
    const sheets: { name: string; index: number }[] = []
    await readXlsx(bytes, {
      sheets: ({ name, hidden, veryHidden }, index) => {
        if (!hidden && !veryHidden) sheets.push({ name, index })
        return false
      },
    })
    const chosen = await chooseSheet(bytes, sheets.slice(0, MOST_SHEETS), new Set(job.words))
    if (!chosen) return refuse('tableEmpty', 'file')
    return await take(sheetRows(bytes, chosen.index), job, { format: 'xlsx', sheet: chosen.name })
  } catch (error) {
    return refuse('tableDamaged', 'file', { reason: (error as Error).message.slice(0, 200) })
  }
}

/** The sheet whose first rows hold most headings; without any, the first that holds anything. */
async function chooseSheet(bytes: Buffer, sheets: readonly { name: string; index: number }[], words: ReadonlySet<string>) {
  let best: { name: string; index: number; found: number } | undefined
  for (const sheet of sheets) {
    let found = -1
    for await (const { cells } of sheetRows(bytes, sheet.index, HEADING_WITHIN)) if (!isBlank(cells)) found = Math.max(found, known(cells, words))
    if (found > (best?.found ?? -1)) best = { ...sheet, found }
  }
  return best
}

async function* sheetRows(bytes: Buffer, sheet: number, maxRows?: number): AsyncGenerator<RawRow> {
  for await (const { index, values } of streamXlsxRows(bytes, { sheet, ...(maxRows !== undefined && { maxRows }) })) {
    yield { line: index + 1, cells: values.slice(0, MOST_COLUMNS + 1).map(textOf) }
  }
}

/** Beyond this a spreadsheet keeps no digit: what is shown is not what was typed. */
const MOST_DIGITS = 1e15

function textOf(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.slice(0, LONGEST_CELL)
  if (typeof value === 'number') return Math.abs(value) >= MOST_DIGITS ? value.toExponential(2) : String(Number(value.toPrecision(15)))
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (Number.isNaN(value.getTime())) return ''
  return value.toISOString().slice(0, 19).replace('T', ' ')
}

/** Looks how much would be unpacked before anything is: the directory's word is checked against the bytes themselves. */
async function problemOfZip(file: string): Promise<{ code: string; reason: string } | undefined> {
  try {
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false })
    try {
      let [entries, unpacked] = [0, 0]
      let isSheet = false
      for await (const entry of zip.eachEntry()) {
        entries += 1
        if (entry.fileName === 'xl/workbook.xml') isSheet = true
        if (entries > MOST_ENTRIES || unpacked + entry.uncompressedSize > MOST_UNPACKED) return { code: 'tableTooLarge', reason: 'unpacked' }
        if (entry.fileName.endsWith('/')) continue
        for await (const chunk of await zip.openReadStreamPromise(entry)) unpacked += (chunk as Buffer).length
      }
      return isSheet ? undefined : { code: 'tableDamaged', reason: 'not a workbook' }
    } finally {
      zip.close()
    }
  } catch (error) {
    return { code: 'tableDamaged', reason: (error as Error).message.slice(0, 200) }
  }
}
