import { copyFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import * as contract from '#shared/contract/tableImport.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { TableKind } from '#shared/domain/tableImport/kinds.ts'
import type { TableImport } from '#shared/contract/tableImport.ts'
import { service, type ServiceContext } from '../../kernel/feature.ts'
import { one } from '../../store/sql.ts'
import { mayImport } from './access.ts'
import { importsOf, type TableImports } from './imports.ts'
import type { TableDesk } from './runner.ts'

const deskOf = ({ db, pipeline, clock, center }: ServiceContext): TableDesk => {
  const { folder, subjects, attention } = center
  return { db, pipeline, clock, folder, subjects, attention }
}

const allowed = (context: ServiceContext, kind: TableKind): Result<{ by: string; imports: TableImports }> =>
  mayImport(context.principal, kind)
    ? accept({ by: context.principal?.actor.id ?? '', imports: importsOf(deskOf(context)) })
    : refuse('forbidden', 'kind')

/** An import that the caller may see, and what does the work. */
function found(context: ServiceContext, id: string): Result<{ job: TableImport; imports: TableImports }> {
  const imports = importsOf(deskOf(context))
  const job = imports.find(id)
  if (!job) return refuse('unknownImport', 'id')
  return mayImport(context.principal, job.kind) ? accept({ job, imports }) : refuse('forbidden', 'id')
}

export const tableServices = [
  service(contract.beginTable, async ({ kind, blob, name }, context) => {
    const desk = allowed(context, kind)
    if (!desk.ok) return desk
    const { blobs } = context.center
    if (!blobs.has(blob)) return refuse('unknownBlob', 'blob')
    const begun = await desk.value.imports.begin({ kind, file: name, by: desk.value.by }, (path) => copyFile(blobs.pathOf(blob), path))
    // A list of people is no attachment: it stays in the store only where an order shows that very file.
    if (!one(context.db, 'SELECT 1 FROM order_blob WHERE blob = ? LIMIT 1', blob)) blobs.remove(blob)
    return begun
  }),

  service(contract.beginTableFile, async ({ kind, path }, context) => {
    const desk = allowed(context, kind)
    if (!desk.ok) return desk
    return desk.value.imports.begin({ kind, file: basename(path), by: desk.value.by }, (to) => copyFile(resolve(path), to))
  }),

  service(contract.checkTable, ({ id, columns, options }, context) => {
    const known = found(context, id)
    if (!known.ok) return known
    const { job, imports } = known.value
    return imports.check(job, columns ?? job.columns, options)
  }),

  service(contract.applyTable, ({ id }, context) => {
    const known = found(context, id)
    return known.ok ? known.value.imports.apply(known.value.job) : known
  }),

  service(contract.cancelTable, async ({ id }, context) => {
    const known = found(context, id)
    if (!known.ok) return known
    await known.value.imports.cancel(id)
    return accept({ id })
  }),

  service(contract.dropTable, async ({ id }, context) => {
    const known = found(context, id)
    if (!known.ok) return known
    await known.value.imports.drop(id)
    return accept({})
  }),
]
