import * as contract from '#shared/contract/tableImport.ts'
import type { RowAction } from '#shared/domain/tableImport/kinds.ts'
import { query, type QueryContext } from '../../kernel/feature.ts'
import { importable, mayImport } from './access.ts'
import { filesOf, folderOf, readAll, readIssues } from './files.ts'
import { knownImports } from './imports.ts'
import { findJob, listJobs } from './jobs.ts'
import { templateOf } from './template.ts'

interface Fate {
  line: number
  action: RowAction
  cells: string[]
}

/** Of others, as if there were none. */
function visible({ db, principal }: QueryContext, id: string) {
  const job = knownImports(db.raw)?.find(id) ?? findJob(db, id)
  return job && mayImport(principal, job.kind) ? job : undefined
}

export const tableQueries = [
  query(contract.getTable, ({ id }, context) => ({ import: visible(context, id) ?? null })),

  query(contract.listTables, ({ kind, limit }, { db, principal }) => {
    const kinds = importable(principal).filter((each) => kind === undefined || each === kind)
    return { imports: kinds.length === 0 ? [] : listJobs(db, kinds, limit).map((job) => knownImports(db.raw)?.find(job.id) ?? job) }
  }),

  query(contract.tableIssues, async ({ id, ...page }, context) =>
    visible(context, id) ? readIssues(filesOf(folderOf(context.db), id).issues, page) : { issues: [], more: false },
  ),

  query(contract.tableRows, async ({ id }, context) => ({
    rows: visible(context, id) ? await readAll<Fate>(filesOf(folderOf(context.db), id).preview) : [],
  })),

  query(contract.tableTemplate, ({ kind, format, language }) => templateOf(kind, format, language)),
]
