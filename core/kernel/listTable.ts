import { setImmediate as pause } from 'node:timers/promises'
import type { Cell, ColumnKind, TableColumn } from '../output/table.ts'
import type { OpenTable } from './table.ts'

/** A page of a list, and where the next one begins. */
export interface ListPage<Row> {
  readonly rows: Row[]
  readonly next: string | null
}

export const TABLE_PAGE = 200

/** The rows of a list page after page, each as the cells of a file. */
export async function* pagedRows<Row>(
  read: (after: string | undefined) => ListPage<Row>,
  cells: (row: Row) => Cell[],
): AsyncGenerator<Cell[]> {
  let after: string | undefined
  do {
    const page = read(after)
    yield* page.rows.map(cells)
    after = page.next ?? undefined
    // Others have their turn before the next page is read.
    await pause()
  } while (after !== undefined)
}

/** A column and what stands in it of a row. */
type ListColumn<Row> = TableColumn & { readonly cell: (row: Row) => Cell }

/** A list as a file: as long as it is, hence uncounted. */
export function listTable<Row>(
  title: string,
  columns: readonly ListColumn<Row>[],
  read: (after: string | undefined) => ListPage<Row>,
): OpenTable {
  return { title, columns, total: null, rows: pagedRows(read, (row) => columns.map(({ cell }) => cell(row))) }
}

type Maker<Row> = (title: string, cell: (row: Row) => Cell, width?: number) => ListColumn<Row>

/** Makes the columns of a list of such rows. */
export function columnsOf<Row>(): Readonly<Record<'text' | 'number' | 'day' | 'instant', Maker<Row>>> {
  const kind =
    (of: ColumnKind, usual: number): Maker<Row> =>
    (title, cell, width = usual) => ({ title, kind: of, width, cell })
  return { text: kind('text', 14), number: kind('number', 10), day: kind('day', 12), instant: kind('instant', 17) }
}
