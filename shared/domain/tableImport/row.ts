import { readCell, type CellContext, type CellValue } from './cells.ts'
import { TABLE_COLUMNS, type TableColumn, type TableIssue, type TableKind } from './kinds.ts'

/** A row as the file holds it. */
export interface RawRow {
  /** Row of the spreadsheet, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Why it is none, where that shows before any cell is read. */
  readonly flaw?: string | undefined
}

/** A row whose cells were read by their columns. */
export interface TableRow {
  readonly line: number
  readonly values: Readonly<Record<string, CellValue>>
  readonly issues: readonly TableIssue[]
}

const columnsById = new Map(
  Object.entries(TABLE_COLUMNS).map(([kind, columns]) => [kind, new Map(columns.map((column) => [column.id, column]))]),
)

/**
 * Reads the cells of a row.
 * @param columns the column that each cell belongs to; null: left out
 */
export function readRow(kind: TableKind, columns: readonly (string | null)[], raw: RawRow, context: CellContext): TableRow {
  const { line, cells, flaw } = raw
  if (flaw !== undefined) return { line, values: {}, issues: [{ line, column: null, code: flaw, level: 'error' }] }
  const known = columnsById.get(kind) as ReadonlyMap<string, TableColumn>
  const values: Record<string, CellValue> = {}
  const issues: TableIssue[] = []
  const flawed = new Set<string>()
  for (const [index, id] of columns.entries()) {
    const column = id === null ? undefined : known.get(id)
    if (!column) continue
    const read = readCell(column, cells[index] ?? '', context)
    if ('flaw' in read) {
      flawed.add(column.id)
      issues.push({ line, column: column.id, level: 'error', ...read.flaw })
    } else if ('value' in read) {
      values[column.id] = read.value
      if (read.warning) issues.push({ line, column: column.id, level: 'warning', ...read.warning })
    }
  }
  for (const { id, required } of TABLE_COLUMNS[kind]) {
    if (required && values[id] === undefined && !flawed.has(id)) {
      issues.push({ line, column: id, code: 'required', level: 'error' })
    }
  }
  return { line, values, issues }
}

/** The required columns that no heading means: no row could be taken. */
export const missingColumns = (kind: TableKind, columns: readonly (string | null)[]): string[] =>
  TABLE_COLUMNS[kind].filter(({ id, required }) => required && !columns.includes(id)).map(({ id }) => id)
