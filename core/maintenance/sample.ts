import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { folds } from '#shared/domain/folds.ts'
import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import type { SubjectFold } from '#shared/domain/kernel/fold.ts'
import { features } from '../features/index.ts'
import { parseSubject, type Projection } from '../kernel/subjects.ts'
import { readSubject } from '../store/eventLog.ts'
import { emptySchema, schemaOf } from '../store/migrate.ts'
import { all, one, type ReadableDb, type WritableDb } from '../store/sql.ts'

interface Difference {
  readonly table: string
  readonly subject: string
}
type Row = Record<string, unknown>

const projections = features.flatMap((feature) => feature.projections) as unknown as readonly Projection[]

/**
 * Folds some subjects by chance from the log into an empty schema in memory and compares their rows with those in the
 * folder. Only rows that carry the subject in their key can be compared one by one; sums over many subjects are left
 * to a rebuild.
 */
export function sampleProjections(db: ReadableDb, count: number): Difference[] {
  const differences: Difference[] = []
  for (const key of chooseSubjects(db, count)) {
    const subject = parseSubject(key)
    const fold = (folds as unknown as Record<string, SubjectFold<unknown> | undefined>)[subject.kind]
    const concerned = projections.filter((projection) => projection.kind === subject.kind)
    if (!fold || concerned.length === 0) continue
    const model = emptySchema(schemaOf(db))
    const scratch: WritableDb = { raw: model, readable: true, writable: true }
    try {
      const evolve = (state: unknown, event: StoredEvent): unknown => fold.evolve(state, event)
      const events = readSubject(db, key)
      const state = events.reduce(evolve, fold.initial(subject.id))
      for (const projection of concerned) {
        projection.write(scratch, subject.id, null, state, events[events.length - 1]?.id ?? '')
        for (const table of projection.tables) {
          if (!sameRows(scratch, db, table, subject.id)) differences.push({ table, subject: key })
        }
      }
    } finally {
      model.close()
    }
  }
  return differences
}

function chooseSubjects(db: ReadableDb, count: number): Set<string> {
  const last = one<{ id: number | null }>(db, 'SELECT max(rowid) AS id FROM event')?.id ?? 0
  const chosen = new Set<string>()
  for (let drawn = 0; drawn < count && last > 0; drawn++) {
    const from = randomInt(1, last + 1)
    const row = one<{ subject: string }>(db, 'SELECT subject FROM event WHERE rowid >= ? ORDER BY rowid LIMIT 1', from)
    if (row) chosen.add(row.subject)
  }
  return chosen
}

function sameRows(scratch: ReadableDb, db: ReadableDb, table: string, id: string): boolean {
  const keys = all<{ name: string }>(scratch, 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', table)
  const rows = all<Row>(scratch, `SELECT * FROM ${table}`)
  // What the key has in common in all these rows says whose they are, as long as the subject is in it.
  const common = keys.filter(({ name }) => rows.length > 0 && rows.every((row) => row[name] === rows[0]?.[name]))
  if (!common.some(({ name }) => rows[0]?.[name] === id)) return true
  const order = keys.map(({ name }) => name).join(', ')
  const where = common.map(({ name }) => `${name} = ?`).join(' AND ')
  const values = common.map(({ name }) => rows[0]?.[name])
  const select = `SELECT * FROM ${table} WHERE ${where} ORDER BY ${order}`
  return isDeepStrictEqual(all<Row>(scratch, select, ...values), all<Row>(db, select, ...values))
}
