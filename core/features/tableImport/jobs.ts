import { randomBytes } from 'node:crypto'
import type { TableImport, TableState } from '#shared/contract/tableImport.ts'
import { DEFAULT_OPTIONS, NO_ROWS, type RowCounts, type TableKind, type TableOptions } from '#shared/domain/tableImport/kinds.ts'
import { headingKey } from '#shared/domain/tableImport/match.ts'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

interface Row {
  id: string
  kind: TableKind
  file: string
  by_user: string
  created_at: number
  ended_at: number | null
  state: TableState
  head: string | null
  columns: string
  options: string
  counts: string
  done: number
  total: number
  refusal: string | null
}

const read = (row: Row): TableImport => ({
  id: row.id,
  kind: row.kind,
  file: row.file,
  by: row.by_user,
  createdAt: row.created_at,
  endedAt: row.ended_at,
  state: row.state,
  head: JSON.parse(row.head ?? 'null') as TableImport['head'],
  columns: JSON.parse(row.columns) as (string | null)[],
  options: { ...DEFAULT_OPTIONS, ...(JSON.parse(row.options) as Partial<TableOptions>) },
  counts: { ...NO_ROWS, ...(JSON.parse(row.counts) as Partial<RowCounts>) },
  done: row.done,
  total: row.total,
  refusal: JSON.parse(row.refusal ?? 'null') as TableImport['refusal'],
})

export function findJob(db: ReadableDb, id: string): TableImport | undefined {
  const row = one<Row>(db, 'SELECT * FROM table_import WHERE id = ?', id)
  return row && read(row)
}

export const listJobs = (db: ReadableDb, kinds: readonly TableKind[], limit: number): TableImport[] =>
  all<Row>(
    db,
    'SELECT * FROM table_import WHERE instr(?, kind) > 0 ORDER BY created_at DESC LIMIT ?',
    kinds.join(),
    limit,
  ).map(read)

export const jobIds = (db: ReadableDb): string[] => all<{ id: string }>(db, 'SELECT id FROM table_import').map(({ id }) => id)

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const newId = (): string => [...randomBytes(12)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')

export function addJob(db: WritableDb, job: { kind: TableKind; file: string; by: string; now: number }): string {
  const id = newId()
  run(
    db,
    "INSERT INTO table_import (id, kind, file, by_user, created_at, state) VALUES (?,?,?,?,?,'reading')",
    id,
    job.kind,
    job.file,
    job.by,
    job.now,
  )
  return id
}

export type JobChange = Partial<Pick<TableImport, 'state' | 'head' | 'columns' | 'options' | 'counts' | 'done' | 'total' | 'refusal' | 'endedAt'>>

const COLUMN: Readonly<Record<keyof JobChange, string>> = {
  state: 'state',
  head: 'head',
  columns: 'columns',
  options: 'options',
  counts: 'counts',
  done: 'done',
  total: 'total',
  refusal: 'refusal',
  endedAt: 'ended_at',
}
const PLAIN: ReadonlySet<string> = new Set(['state', 'done', 'total', 'endedAt'])

export function changeJob(db: WritableDb, id: string, change: JobChange): void {
  const entries = Object.entries(change) as [keyof JobChange, unknown][]
  const values = entries.map(([name, value]) => (PLAIN.has(name) || value === null ? value : JSON.stringify(value)))
  run(db, `UPDATE table_import SET ${entries.map(([name]) => `${COLUMN[name]} = ?`).join(', ')} WHERE id = ?`, ...values, id)
}

/** @param before UTC ms */
export const forgetJobs = (db: WritableDb, before: number): void => void run(db, 'DELETE FROM table_import WHERE created_at < ?', before)

export const removeJob = (db: WritableDb, id: string): void => void run(db, 'DELETE FROM table_import WHERE id = ?', id)

/** Headings by what was chosen for them last time. */
export const rememberedColumns = (db: ReadableDb, kind: TableKind): Map<string, string> =>
  new Map(
    all<{ heading: string; column_id: string }>(db, 'SELECT heading, column_id FROM table_import_column WHERE kind = ?', kind).map(
      (row) => [row.heading, row.column_id],
    ),
  )

export function rememberColumns(db: WritableDb, kind: TableKind, headings: readonly string[], columns: readonly (string | null)[]): void {
  db.raw.transaction(() => {
    for (const [index, heading] of headings.entries()) {
      const key = headingKey(heading)
      if (key === '') continue
      run(
        db,
        'INSERT INTO table_import_column (kind, heading, column_id) VALUES (?,?,?) ON CONFLICT DO UPDATE SET column_id = excluded.column_id',
        kind,
        key,
        columns[index] ?? '',
      )
    }
  })()
}
