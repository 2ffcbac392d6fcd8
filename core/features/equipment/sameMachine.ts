import { codeKey } from '#shared/domain/tableImport/normal.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

/** Those whose rows are not written yet, right after an upgrade, are found as they are spelt. */
const BY_SERIAL = `
  SELECT id, model FROM equipment WHERE id IN (SELECT id FROM equipment_code WHERE serial = :key)
  UNION SELECT id, model FROM equipment WHERE serial = :serial ORDER BY id`

/** The machines of a model with a serial, as people type it: in full width, in small or capital letters or both. */
export function sameMachines(db: ReadableDb, model: string, serial: string): string[] {
  return all<{ id: string; model: string }>(db, BY_SERIAL, { key: codeKey(serial), serial }).flatMap((row) =>
    codeKey(row.model) === codeKey(model) ? [row.id] : [],
  )
}
