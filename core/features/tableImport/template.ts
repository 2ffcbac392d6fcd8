import { stringify } from 'csv-stringify/sync'
import { writeXlsx } from 'hucre/xlsx'
import { TABLE_COLUMNS, type TableKind } from '#shared/domain/tableImport/kinds.ts'
import type { Locale } from '#shared/i18n/refusalMessage.ts'
import { tableColumns } from '#shared/i18n/tableColumns.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const REQUIRED = '*'

/** Headings of a kind and one row as an example. In the workbook every cell is text, so that no number is damaged. */
export async function templateOf(kind: TableKind, format: 'xlsx' | 'csv', language: Locale) {
  const columns = TABLE_COLUMNS[kind].map(({ id, required }) => ({ names: tableColumns[kind][id], required }))
  const headings = columns.map(({ names, required }) => `${names?.[language] ?? ''}${required ? REQUIRED : ''}`)
  const example = columns.map(({ names }) => names?.example[language] ?? '')
  const name = `loopdesk-${kind}.${format}`
  if (format === 'csv') {
    const text = `\uFEFF${stringify([headings, example])}`
    return { name, type: 'text/csv', content: Buffer.from(text).toString('base64') }
  }
  const bytes = await writeXlsx({
    sheets: [
      {
        name: kind,
        columns: headings.map((header) => ({ header, width: 22, numFmt: '@' })),
        rows: [headings, example],
      },
    ],
  })
  return { name, type: XLSX, content: Buffer.from(bytes).toString('base64') }
}
