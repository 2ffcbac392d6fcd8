import type { App } from '#core/app.ts'
import { features } from '#core/features/index.ts'
import { all } from '#core/store/sql.ts'

/** Every row of every projection's tables, in the order of their keys: what a rebuild must give again. */
export function dumpProjections(app: Pick<App, 'db'>): Record<string, unknown[]> {
  const tables = new Set(features.flatMap((feature) => feature.projections.flatMap((projection) => projection.tables)))
  return Object.fromEntries(
    [...tables].sort().map((table) => [table, all(app.db, `SELECT * FROM ${table}`)]),
  )
}

/** The rows as a rebuild from the log writes them. */
export function rebuilt(app: Pick<App, 'db' | 'subjects'>): Record<string, unknown[]> {
  app.db.raw.transaction(() => app.subjects.rebuild())()
  return dumpProjections(app)
}
