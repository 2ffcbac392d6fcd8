import { run, type WritableDb } from '../store/sql.ts'

type Cell = string | number | null
export type Row = Readonly<Record<string, Cell>>

/** A table of a projection: its key columns, then all others. Every row object holds exactly these columns. */
export interface Table {
  readonly name: string
  readonly key: readonly string[]
}

/**
 * Brings the rows of one subject from `before` to `after`, touching no row and no column that stays: an UPDATE that
 * names a column rewrites its indexes even where the value is the same. Of two rows with one key the last counts.
 */
export function replaceRows(db: WritableDb, table: Table, before: readonly Row[], after: readonly Row[]): void {
  if (before.length <= 1 && after.length <= 1) {
    const [was] = before
    const [is] = after
    if (!was || !is || keyOf(table, was) === keyOf(table, is)) replaceRow(db, table, was, is)
    else {
      remove(db, table, was)
      insert(db, table, is)
    }
    return
  }
  const old = new Map(before.map((row) => [keyOf(table, row), row]))
  const fresh = new Map(after.map((row) => [keyOf(table, row), row]))
  for (const [key, row] of old) if (!fresh.has(key)) remove(db, table, row)
  for (const [key, row] of fresh) replaceRow(db, table, old.get(key), row)
}

function replaceRow(db: WritableDb, table: Table, before: Row | undefined, after: Row | undefined): void {
  if (!before) {
    if (after) insert(db, table, after)
  } else if (!after) remove(db, table, before)
  else update(db, table, before, after)
}

const keyOf = (table: Table, row: Row): string => table.key.map((column) => row[column]).join('\n')

function insert(db: WritableDb, table: Table, row: Row): void {
  const columns = Object.keys(row)
  run(
    db,
    `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...Object.values(row),
  )
}

function update(db: WritableDb, table: Table, before: Row, after: Row): void {
  const columns: string[] = []
  const values: (Cell | undefined)[] = []
  for (const column in after) {
    if (after[column] === before[column]) continue
    columns.push(column)
    values.push(after[column])
  }
  if (columns.length === 0) return
  run(
    db,
    `UPDATE ${table.name} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE ${where(table)}`,
    ...values,
    ...table.key.map((column) => after[column]),
  )
}

function remove(db: WritableDb, table: Table, row: Row): void {
  run(db, `DELETE FROM ${table.name} WHERE ${where(table)}`, ...table.key.map((column) => row[column]))
}

const where = (table: Table): string => table.key.map((column) => `${column} = ?`).join(' AND ')
