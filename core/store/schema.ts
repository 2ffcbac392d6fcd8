import { emptySchema, schemaOf } from './migrate.ts'
import type { ReadableDb } from './sql.ts'

interface SchemaObject {
  type: string
  name: string
  sql: string | null
}

const OBJECTS = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name"

/** Compares tables, indexes and triggers with what the migrations up to the database's own number make. */
export function schemaFindings(db: ReadableDb): { wrong: string[]; notes: string[] } {
  const model = emptySchema(schemaOf(db))
  try {
    const expected = new Map(read(model.prepare(OBJECTS).all()))
    const found = new Map(read(db.raw.prepare(OBJECTS).all()))
    const wrong: string[] = []
    const notes: string[] = []
    for (const [name, text] of expected) {
      if (!found.has(name)) wrong.push(`${name} is missing`)
      else if (found.get(name) !== text) wrong.push(`${name} was changed`)
    }
    for (const name of found.keys()) {
      if (expected.has(name)) continue
      // A foreign trigger may change what is written; a foreign table or index harms nothing.
      if (name.startsWith('trigger')) wrong.push(`${name} is not ours`)
      else notes.push(`${name} is not ours`)
    }
    return { wrong, notes }
  } finally {
    model.close()
  }
}

const read = (rows: unknown[]): [string, string][] =>
  (rows as SchemaObject[]).map(({ type, name, sql }) => [`${type} ${name}`, sql ?? ''])
