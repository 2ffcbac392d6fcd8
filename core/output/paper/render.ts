import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { spaced } from '#shared/i18n/spaced.ts'
import type { Block, Cell, Column, Paper, Row } from '#shared/contract/paper.ts'

const fontOf = (name: string): string => createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${name}.ttf`)
const REGULAR = '400Regular/NotoSansSC_400Regular'
const STRONG = '600SemiBold/NotoSansSC_600SemiBold'

/** Points. */
const LEFT = 45
const TOP = 42
const BOTTOM = 58
const GAP = 6
const HAIR = 0.4
const INK = '#000000'
/** Dark enough for any printer. */
const QUIET = '#404040'
const SIZE = { title: 17, heading: 11, finding: 10.5, body: 8.5, small: 7.2, figure: 18 } as const

/** A4, black on white, as bytes. The same sheet gives the same bytes. */
export function renderPaper(paper: Paper): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { left: LEFT, right: LEFT, top: TOP, bottom: BOTTOM },
    bufferPages: true,
    info: { Title: paper.title, Author: paper.about.author, CreationDate: new Date(paper.about.madeAt) },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  doc.registerFont('regular', fontOf(REGULAR))
  doc.registerFont('strong', fontOf(STRONG))
  new Sheet(doc, paper).draw()
  doc.end()
  return done
}

class Sheet {
  readonly #doc: PDFKit.PDFDocument
  readonly #paper: Paper
  readonly #width: number
  readonly #end: number

  constructor(doc: PDFKit.PDFDocument, paper: Paper) {
    this.#doc = doc
    this.#paper = paper
    this.#width = doc.page.width - 2 * LEFT
    this.#end = doc.page.height - BOTTOM
  }

  draw(): void {
    this.#head()
    for (const block of this.#paper.blocks) this.#block(block)
    this.#feet()
  }

  #head(): void {
    const { title, head, lines } = this.#paper
    this.#say(head, LEFT, TOP, this.#width, { size: SIZE.small, ink: QUIET })
    let y = TOP + 14
    this.#say(title, LEFT, y, this.#width, { size: SIZE.title, strong: true })
    y += 26
    for (const line of lines) {
      y += this.#say(line, LEFT, y, this.#width, { size: SIZE.small, ink: QUIET }) + 1
    }
    this.#line(y + 3, 1)
    this.#doc.y = y + 12
  }

  #block(block: Block): void {
    switch (block.kind) {
      case 'heading':
        // Never alone at the foot of a page.
        this.#room(64)
        this.#doc.y += 8
        this.#say(block.text, LEFT, this.#doc.y, this.#width, { size: SIZE.heading, strong: true })
        this.#doc.y += 17
        if (block.note !== undefined) this.#doc.y += this.#flow(block.note, SIZE.small, QUIET) + 4
        return
      case 'finding':
        this.#doc.y += this.#flow(block.text, SIZE.finding, INK, true) + GAP
        return
      case 'text':
        this.#doc.y += this.#flow(block.text, SIZE.body, INK) + GAP
        return
      case 'figures':
        return this.#figures(block.figures)
      case 'table':
        return this.#table(block.columns, block.rows)
    }
  }

  #flow(text: string, size: number, ink: string, strong = false): number {
    const height = this.#height(text, this.#width, size, strong)
    this.#room(height)
    return this.#say(text, LEFT, this.#doc.y, this.#width, { size, ink, strong })
  }

  #figures(figures: readonly { readonly label: string; readonly value: string }[]): void {
    this.#room(44)
    const width = this.#width / Math.max(1, figures.length)
    const { y } = this.#doc
    for (const [index, { label, value }] of figures.entries()) {
      const x = LEFT + index * width
      this.#say(value, x, y, width - GAP, { size: SIZE.figure, strong: true })
      this.#say(label, x, y + 25, width - GAP, { size: SIZE.small, ink: QUIET })
    }
    this.#doc.y = y + 42
  }

  #table(columns: readonly Column[], rows: readonly Row[]): void {
    const shares = columns.reduce((sum, { share }) => sum + share, 0)
    let x = LEFT
    const places = columns.map((column) => {
      const width = (this.#width * column.share) / shares
      const place = { column, x, width: width - GAP }
      x += width
      return place
    })
    const titles = (): void => {
      const { y } = this.#doc
      const height = Math.max(...places.map(({ column, width }) => this.#height(column.title, width, SIZE.small, true)))
      for (const { column, x: left, width } of places) {
        this.#say(column.title, left, y, width, { size: SIZE.small, strong: true, right: column.align === 'right' })
      }
      this.#line(y + height + 2, 0.8)
      this.#doc.y = y + height + 5
    }
    this.#room(60)
    titles()
    for (const row of rows) {
      const height = this.#rowHeight(places, row)
      if (this.#room(height + 4)) titles()
      const { y } = this.#doc
      for (const [index, { column, x: left, width }] of places.entries()) {
        const cell = row.cells[index]
        if (cell) this.#cell(column, cell, left, y, width)
      }
      if (row.note !== undefined) {
        const noted = this.#height(row.note, this.#width, SIZE.small)
        this.#say(row.note, LEFT, y + height - noted, this.#width, { size: SIZE.small, ink: QUIET })
      }
      this.#line(y + height + 2, HAIR)
      this.#doc.y = y + height + 5
    }
    this.#doc.y += GAP
  }

  #cell(column: Column, { text, under, strong, part }: Cell, x: number, y: number, width: number): void {
    const right = column.align === 'right'
    const bar = column.bar === true ? 34 : 0
    const height = this.#say(text, x, y, width - bar, { size: SIZE.body, strong: strong === true, right })
    if (under !== undefined) this.#say(under, x, y + height, width, { size: SIZE.small, ink: QUIET, right })
    if (column.bar !== true || part === undefined) return
    const left = x + width - 30
    this.#doc.lineWidth(HAIR).rect(left, y + 2.5, 30, 6).stroke(INK)
    this.#doc.rect(left, y + 2.5, 30 * Math.min(1, Math.max(0, part)), 6).fill(INK)
  }

  #rowHeight(places: readonly { readonly column: Column; readonly width: number }[], row: Row): number {
    const cells = places.map(({ column, width }, index) => {
      const cell = row.cells[index]
      if (!cell) return 0
      const own = this.#height(cell.text, width - (column.bar === true ? 34 : 0), SIZE.body, cell.strong === true)
      return own + (cell.under === undefined ? 0 : this.#height(cell.under, width, SIZE.small))
    })
    return Math.max(10, ...cells) + (row.note === undefined ? 0 : this.#height(row.note, this.#width, SIZE.small) + 1)
  }

  /** Begins a page where so much does not fit any more. */
  #room(height: number): boolean {
    if (this.#doc.y + height <= this.#end) return false
    this.#doc.addPage()
    this.#doc.y = TOP
    return true
  }

  #feet(): void {
    const { foot, page } = this.#paper
    const { start, count } = this.#doc.bufferedPageRange()
    for (let index = 0; index < count; index++) {
      this.#doc.switchToPage(start + index)
      // Below the margin, where pdfkit would begin another page.
      this.#doc.page.margins.bottom = 0
      const y = this.#end + 12
      this.#line(y - 4, HAIR)
      let line = y
      for (const text of foot) line += this.#say(text, LEFT, line, this.#width - 90, { size: 6.2, ink: QUIET })
      const number = page.replace('{page}', String(index + 1)).replace('{pages}', String(count))
      this.#say(number, LEFT + this.#width - 84, y, 84, { size: SIZE.small, right: true })
    }
  }

  #line(y: number, width: number): void {
    this.#doc.lineWidth(width).moveTo(LEFT, y).lineTo(LEFT + this.#width, y).stroke(INK)
  }

  #height(text: string, width: number, size: number, strong = false): number {
    return this.#font(size, strong).heightOfString(spaced(text), { width })
  }

  /** Writes and leaves the place where it was; returns the height. */
  #say(
    text: string,
    x: number,
    y: number,
    width: number,
    { size, strong = false, ink = INK, right = false }: { size: number; strong?: boolean; ink?: string; right?: boolean },
  ): number {
    const said = spaced(text)
    const doc = this.#font(size, strong)
    const { y: before } = doc
    const height = doc.heightOfString(said, { width })
    doc.fillColor(ink).text(said, x, y, { width, align: right ? 'right' : 'left' })
    doc.y = before
    return height
  }

  #font(size: number, strong: boolean): PDFKit.PDFDocument {
    return this.#doc.font(strong ? 'strong' : 'regular').fontSize(size)
  }
}
