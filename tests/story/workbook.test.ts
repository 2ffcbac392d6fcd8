import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import type { Cell } from '#core/output/table.ts'
import { writeBook, type Book } from '#core/output/workbook.ts'

const COLUMNS = [
  { title: '工单', kind: 'text' },
  { title: '金额', kind: 'money' },
] as const

/** A sheet of `count` rows that sums as it goes, and says whether whoever reads left it to its end. */
function sheetOf(title: string, count: number, trouble = Infinity) {
  const seen = { sum: 0, over: false }
  async function* rows(): AsyncGenerator<Cell[]> {
    try {
      for (let n = 1; n <= count; n++) {
        await Promise.resolve()
        if (n === trouble) throw new Error('the disk is gone')
        seen.sum += n
        yield [`A-${n}`, n]
      }
    } finally {
      seen.over = true
    }
  }
  return { seen, sheet: { title, columns: COLUMNS, rows: rows(), footer: () => ['合计', seen.sum] } }
}

const bookOf = (...sheets: Book['sheets']): Book => ({ heading: '', note: '', pageWords: '{page}/{pages}', sheets, zone: 'Asia/Shanghai', madeAt: 0 })
async function bytesOf(book: Book, mostRows?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of writeBook(book, mostRows)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('a book whose rows are more than a sheet holds', () => {
  it('goes on in numbered sheets, the totals of all below the last; what fits to the row is one sheet', async () => {
    const long = sheetOf('服务收入', 20).sheet
    const book = await readXlsx(await bytesOf(bookOf(long, sheetOf('备件', 8).sheet, sheetOf('应收', 0).sheet), 10))
    expect(book.sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['服务收入 (1)', 9],
      ['服务收入 (2)', 9],
      ['服务收入 (3)', 6],
      ['备件', 10],
      ['应收', 2],
    ])
    const [first, second, third, parts] = book.sheets
    for (const sheet of [first, second, third]) expect(sheet?.rows[0]).toEqual(['工单', '金额'])
    expect(first?.rows.at(-1)).toEqual(['A-8', 0.08])
    expect(second?.rows[1]).toEqual(['A-9', 0.09])
    expect(third?.rows.slice(-2)).toEqual([['A-20', 0.2], ['合计', 2.1]])
    expect(parts?.rows.at(-1)).toEqual(['合计', 0.36])
  })

  it('ends where rows fail, and rows end where nobody reads on', async () => {
    const failing = sheetOf('服务收入', 20, 15)
    await expect(bytesOf(bookOf(failing.sheet), 10)).rejects.toThrow('the disk is gone')
    const wide = Array.from({ length: 40 }, () => sheetOf('很长', 200_000))
    for await (const piece of writeBook(bookOf(...wide.map(({ sheet }) => sheet)))) if (piece.byteLength > 0) break
    await expect.poll(() => wide[0]?.seen.over, { timeout: 20_000 }).toBe(true)
    expect(wide[1]?.seen.sum).toBe(0)
  })
})
