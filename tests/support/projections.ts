import type { App } from '#core/app.ts'
import { features } from '#core/features/index.ts'
import { all } from '#core/store/sql.ts'

/** Every row of every projection's tables, in the order of their keys: what a rebuild must give again. */
export function dumpProjections(app: Pick<App, 'db'>): Record<string, unknown[]> {
  const tables = new Set(features.flatMap((feature) => feature.projections.flatMap((projection) => projection.tables)))
  const isIndex = (table: string): boolean => tables.has(`${table}_row`)
  const plain = [...tables].filter((table) => !isIndex(table) && !isIndex(table.replace(/_row$/, '')))
  return Object.fromEntries([
    ...plain.sort().map((table) => [table, all(app.db, `SELECT * FROM ${table}`)] as const),
    ...[...tables].filter(isIndex).map((table) => [table, readIndex(app, table)] as const),
  ])
}

/** Every word of an index by the subject that it finds: the number of its row is nobody's business (docs/adr/0011). */
function readIndex(app: Pick<App, 'db'>, table: string): unknown[] {
  app.db.raw.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.${table}_words USING fts5vocab(main, ${table}, instance)`)
  return all(
    app.db,
    `SELECT place.id, word.term, word.offset FROM temp.${table}_words AS word JOIN ${table}_row AS place ON place.row = word.doc
     ORDER BY place.id, word.offset, word.term`,
  )
}

/** The rows as a rebuild from the log writes them. */
export function rebuilt(app: Pick<App, 'db' | 'subjects'>): Record<string, unknown[]> {
  app.db.raw.transaction(() => app.subjects.rebuild())()
  return dumpProjections(app)
}
