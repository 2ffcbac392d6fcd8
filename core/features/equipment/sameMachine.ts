import { codeKey, tidyCode } from '#shared/domain/tableImport/normal.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

const BY_SERIAL = 'SELECT id, model FROM equipment WHERE serial IN (SELECT value FROM json_each(?)) ORDER BY id'

/**
 * The machines of a model with a serial, as people type it: in full width, in small or capital letters. Looked up along
 * the index by the spellings that it is kept in.
 */
export function sameMachines(db: ReadableDb, model: string, serial: string): string[] {
  const tidy = tidyCode(serial)
  const spellings = JSON.stringify([...new Set([serial, tidy, tidy.toUpperCase(), tidy.toLowerCase()])])
  return all<{ id: string; model: string }>(db, BY_SERIAL, spellings).flatMap((row) => (codeKey(row.model) === codeKey(model) ? [row.id] : []))
}
