import { one, run, type ReadableDb, type WritableDb } from './sql.ts'

/** Settings local to this data folder, as JSON. */
export function readSetting<Value>(db: ReadableDb, name: string): Value | null {
  const row = one<{ value: string }>(db, 'SELECT value FROM setting WHERE name = ?', name)
  return row ? (JSON.parse(row.value) as Value) : null
}

export function writeSetting(db: WritableDb, name: string, value: unknown): void {
  run(
    db,
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    JSON.stringify(value),
  )
}

export function removeSetting(db: WritableDb, name: string): void {
  run(db, 'DELETE FROM setting WHERE name = ?', name)
}
