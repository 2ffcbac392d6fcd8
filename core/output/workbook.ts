import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { cleanText, FORMATS, LONGEST_CELL, sheetName, type Cell, type ColumnKind, type TableColumn } from './table.ts'
import { wallTimes } from './wallTime.ts'

/** One sheet of a book. */
export interface BookSheet {
  readonly title: string
  readonly columns: readonly TableColumn[]
  readonly rows: AsyncIterable<readonly Cell[]>
  /** The last row, made when all others are written. */
  readonly footer?: () => readonly Cell[]
}

export interface Book {
  /** Stands above each printed page; who made it when from what stands below. */
  readonly heading: string
  readonly note: string
  /** `{page}` and `{pages}` in it are counted by the printer. */
  readonly pageWords: string
  readonly sheets: readonly BookSheet[]
  /** IANA name of the zone that instants are shown in. */
  readonly zone: string
  /** UTC ms. */
  readonly madeAt: number
}

const KINDS: readonly ColumnKind[] = ['text', 'number', 'money', 'instant', 'day']
/** Cell formats: plain, then bold, then the one of the headings. */
const styleOf = (kind: ColumnKind, bold: boolean): number => KINDS.indexOf(kind) + (bold ? KINDS.length : 0)
const HEADING = 2 * KINDS.length
const HEADING_RIGHT = HEADING + 1

/** Of 1 to 9: a tenth larger than the usual 6, in half the time. */
const PACKED = 4

/** A piece handed on. */
const PIECE = 64 * 1024

/** What a spreadsheet can hold, the headings among them. */
const MOST_ROWS = 1_048_576

/**
 * A book of several sheets as XLSX, laid out for A4 landscape with its headings on every page. Written row by row: the
 * memory used does not grow with the rows. Texts are texts, whatever they begin with: no cell is ever a formula. What
 * is too long for a sheet goes on in a numbered next one; the totals stand below the last.
 * @param mostRows of a sheet, headings and totals among them
 */
export async function* writeBook(book: Book, mostRows = MOST_ROWS): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  const mtime = new Date(book.madeAt)
  zip.on('error', (error: Error) => out.destroy(error))
  let source: Readable | undefined
  const addSheet = (path: string, pieces: AsyncGenerator<Buffer>): Promise<void> =>
    new Promise((resolve, reject) => {
      zip.addReadStreamLazy(path, { mtime, compressionLevel: PACKED }, (take) => {
        source = Readable.from(pieces, { objectMode: false })
        const own = source
        own.once('error', reject).once('close', () => (own.readableEnded ? resolve() : reject(new Error('nobody reads on'))))
        take(null, own)
      })
    })
  const writing = writeSheets(book, mostRows, addSheet).then(
    (names) => {
      const add = (path: string, text: string): void => zip.addBuffer(Buffer.from(DECLARATION + text), path, { mtime })
      add('[Content_Types].xml', contentTypes(names.length))
      add('_rels/.rels', RELATIONS)
      add('xl/workbook.xml', workbook(names))
      add('xl/_rels/workbook.xml.rels', workbookRelations(names.length))
      add('xl/styles.xml', STYLES)
      zip.end()
    },
    // Rows that fail end the book, and whoever reads it is told why.
    (error: unknown) => void out.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  try {
    for await (const piece of out) yield piece as Uint8Array
    await writing
  } finally {
    // Whoever stops reading stops the rows too.
    source?.destroy()
  }
}

/** One sheet after the other, each in as many parts as it takes; answers their names. */
async function writeSheets(book: Book, mostRows: number, add: (path: string, pieces: AsyncGenerator<Buffer>) => Promise<void>): Promise<string[]> {
  const names: string[] = []
  for (const sheet of book.sheets) {
    const rows = sheet.rows[Symbol.asyncIterator]()
    const whole = names.length
    try {
      let next = await rows.next()
      do {
        const part = async function* (): AsyncGenerator<Buffer> {
          next = yield* sheetXml(sheet, book, rows, next, mostRows)
        }
        names.push(sheetName(sheet.title))
        await add(`xl/worksheets/sheet${names.length}.xml`, part())
      } while (!next.done)
    } finally {
      await rows.return?.()
    }
    const parts = names.length - whole
    for (let part = 1; parts > 1 && part <= parts; part++) names[whole + part - 1] = numbered(sheetName(sheet.title), part)
  }
  return names
}

/** Names of sheets have 31 characters at most. */
const numbered = (name: string, part: number): string => `${name.slice(0, 31 - ` (${part})`.length)} (${part})`

type Rows = AsyncIterator<readonly Cell[]>
type Taken = IteratorResult<readonly Cell[]>

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => (/[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark) : text)

/** Writes rows from `row` on until they end or the sheet is full; answers what comes next. */
async function* sheetXml({ columns, footer }: BookSheet, book: Book, rows: Rows, row: Taken, mostRows: number): AsyncGenerator<Buffer, Taken> {
  const letters = columns.map((_, index) => letterOf(index))
  const dateOf = wallTimes(book.zone).date
  const cell = (value: Cell, index: number, at: number, bold: boolean): string => {
    if (value === null) return ''
    const kind = columns[index]?.kind ?? 'text'
    const place = `${letters[index]}${at}`
    const style = styleOf(typeof value === 'string' && kind !== 'day' ? 'text' : kind, bold)
    if (typeof value === 'number') {
      const shown = kind === 'instant' ? serialOf(dateOf(value).getTime()) : kind === 'money' ? value / 100 : value
      return `<c r="${place}" s="${style}"><v>${shown}</v></c>`
    }
    if (kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return `<c r="${place}" s="${style}"><v>${serialOf(Date.parse(`${value}T00:00:00Z`))}</v></c>`
    return textCell(place, value, styleOf('text', bold))
  }
  const line = (cells: readonly Cell[], at: number, bold = false): string =>
    `<row r="${at}">${cells.map((value, index) => cell(value, index, at, bold)).join('')}</row>`
  const heading = columns.map(({ title, kind }, index) => textCell(`${letters[index]}1`, title, kind === 'number' || kind === 'money' ? HEADING_RIGHT : HEADING)).join('')
  let text = `${DECLARATION}${sheetHead(columns)}<sheetData><row r="1" ht="30" customHeight="1">${heading}</row>`
  let written = 1
  // Room for the totals.
  for (; !row.done && written < mostRows - 1; row = await rows.next()) {
    written += 1
    text += line(row.value, written)
    if (text.length < PIECE) continue
    yield Buffer.from(text)
    text = ''
  }
  if (row.done && footer) text += line(footer(), written + 1, true)
  yield Buffer.from(`${text}</sheetData>${sheetFoot(book)}`)
  return row
}

const textCell = (place: string, text: string, style: number): string =>
  text === '' ? '' : `<c r="${place}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escape(cleanText(text).slice(0, LONGEST_CELL).toWellFormed())}</t></is></c>`

/** Days since 1899-12-30, as spreadsheets count them. */
const serialOf = (ms: number): number => ms / 86_400_000 + 25_569

function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last
}

function sheetHead(columns: readonly TableColumn[]): string {
  const widths = columns.map(({ kind, width }, index) => {
    const shown = width ?? (kind === 'instant' ? 17 : 14)
    return `<col min="${index + 1}" max="${index + 1}" width="${shown}" customWidth="1"/>`
  })
  return `<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols>`
}

/** In headers and footers `&` begins a code. */
const printed = (text: string): string => escape(cleanText(text).replaceAll('&', '&&'))

function sheetFoot({ heading, note, pageWords }: Book): string {
  const pages = printed(pageWords).replace('{page}', '&amp;P').replace('{pages}', '&amp;N')
  return `<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.7" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddHeader>&amp;L${printed(heading)}&amp;R&amp;A</oddHeader><oddFooter>&amp;L&amp;8 ${printed(note)}&amp;R${pages}</oddFooter></headerFooter></worksheet>`
}

const contentTypes = (sheets: number): string =>
  `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${each(sheets, (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`)}</Types>`

const RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbookRelations = (sheets: number): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${each(sheets, (n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`

/** Row 1 is repeated on every printed page. */
const workbook = (names: readonly string[]): string =>
  `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.map((name, index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets><definedNames>${names.map((name, index) => `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escape(name.replaceAll("'", "''"))}'!$1:$1</definedName>`).join('')}</definedNames></workbook>`

const each = (count: number, part: (n: number) => string): string => Array.from({ length: count }, (_, index) => part(index + 1)).join('')

const custom = KINDS.filter((kind) => FORMATS[kind] !== undefined)
const numberFormat = (kind: ColumnKind): number => (FORMATS[kind] === undefined ? 0 : 164 + custom.indexOf(kind))
const format = (kind: ColumnKind, font: number): string =>
  `<xf numFmtId="${numberFormat(kind)}" fontId="${font}" fillId="0" borderId="${font}" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"/>`
const headingFormat = (side: 'left' | 'right'): string =>
  `<xf numFmtId="0" fontId="1" fillId="0" borderId="2" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${side}" vertical="center" wrapText="1"/></xf>`
/** Bold rows have a hairline above. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="${custom.length}">${custom.map((kind) => `<numFmt numFmtId="${numberFormat(kind)}" formatCode="${escape(FORMATS[kind] ?? '')}"/>`).join('')}</numFmts><fonts count="2"><font><sz val="10"/><name val="Microsoft YaHei"/></font><font><b/><sz val="10"/><name val="Microsoft YaHei"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top style="thin"/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${HEADING_RIGHT + 1}">${KINDS.map((kind) => format(kind, 0)).join('')}${KINDS.map((kind) => format(kind, 1)).join('')}${headingFormat('left')}${headingFormat('right')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
