import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { may } from '../../kernel/access.ts'
import type { RegisteredTable, TableContext } from '../../kernel/table.ts'
import { refuseInput } from '../../kernel/pipeline.ts'
import { MIME, writeTable, type Cell, type TableFormat } from '../../output/table.ts'
import { writeBook } from '../../output/workbook.ts'
import { wallTimes } from '../../output/wallTime.ts'
import { readSetting } from '../setting/read.ts'

interface OutputFile {
  readonly fileName: string
  readonly mime: string
  readonly total: number | null
  readonly bytes: AsyncIterable<Uint8Array>
  /** How many rows were written so far. */
  readonly rows: () => number
}

/** A file of the rows that a table is asked for, under the permission of the table. */
export function openFile(
  registered: RegisteredTable,
  input: unknown,
  format: TableFormat,
  context: Omit<TableContext, 'format'>,
): Result<OutputFile> {
  if (!may(context.principal, registered.permission)) return refuse('forbidden', undefined, { ...registered.permission })
  const parsed = registered.input.safeParse(input)
  if (!parsed.success) return refuseInput(parsed.error)
  const { title, columns, total, rows, footer, book } = registered.open(parsed.data as never, { ...context, format })
  const zone = readSetting(context.db, 'company.timeZone')
  let written = 0
  async function* counted(source: AsyncIterable<readonly Cell[]>): AsyncGenerator<readonly Cell[]> {
    for await (const row of source) {
      written += 1
      yield row
    }
  }
  async function* withFooter(): AsyncGenerator<readonly Cell[]> {
    yield* counted(rows)
    if (footer) yield footer()
  }
  const time = wallTimes(zone).text(context.now).replace(/[-:]/g, '').replace(' ', '-')
  return accept({
    fileName: `${title}-${time}.${format}`,
    mime: MIME[format],
    total,
    bytes:
      book && format === 'xlsx'
        ? writeBook({ ...book, sheets: book.sheets.map((sheet) => ({ ...sheet, rows: counted(sheet.rows) })), zone, madeAt: context.now })
        : writeTable({ name: title, columns, rows: withFooter(), zone }, format),
    rows: () => written,
  })
}
