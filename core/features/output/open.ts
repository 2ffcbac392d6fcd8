import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { may } from '../../kernel/access.ts'
import type { RegisteredTable, TableContext } from '../../kernel/table.ts'
import { refuseInput } from '../../kernel/pipeline.ts'
import { MIME, writeTable, type Cell, type TableFormat } from '../../output/table.ts'
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
  context: TableContext,
): Result<OutputFile> {
  if (!may(context.principal, registered.permission)) return refuse('forbidden', undefined, { ...registered.permission })
  const parsed = registered.input.safeParse(input)
  if (!parsed.success) return refuseInput(parsed.error)
  const { title, columns, total, rows } = registered.open(parsed.data as never, context)
  const zone = readSetting(context.db, 'company.timeZone')
  let written = 0
  async function* counted(): AsyncGenerator<readonly Cell[]> {
    for await (const row of rows) {
      written += 1
      yield row
    }
  }
  const time = wallTimes(zone).text(context.now).replace(/[-:]/g, '').replace(' ', '-')
  return accept({
    fileName: `${title}-${time}.${format}`,
    mime: MIME[format],
    total,
    bytes: writeTable({ name: title, columns, rows: counted(), zone }, format),
    rows: () => written,
  })
}
