import { closeOutput, openOutput, readOutput } from '#shared/contract/output.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { service, type Feature } from '../../kernel/feature.ts'
import type { RegisteredTable } from '../../kernel/table.ts'
import { Jobs } from './jobs.ts'
import { openFile } from './open.ts'

/** @param tables what can be had as a file, of every feature */
export function output(tables: readonly RegisteredTable[]): Feature {
  const jobs = new Jobs()
  const byName = new Map(tables.map((table) => [table.name, table]))
  return {
    name: 'output',
    commands: [],
    queries: [],
    projections: [],
    services: [
      service(openOutput, ({ table: name, input, format, language }, { db, clock, principal }) => {
        const table = byName.get(name)
        if (!principal) return refuse('unauthenticated')
        if (!table) return refuse('notFound', 'table')
        const file = openFile(table, input, format, { db, now: clock(), principal, language })
        if (!file.ok) return file
        const { fileName, mime, total, bytes, rows } = file.value
        const job = jobs.open(principal.actor.id, bytes, rows)
        return job === null ? refuse('tooManyOutputs') : accept({ job, fileName, mime, total })
      }),
      service(readOutput, async ({ job, piece }, { principal }) => {
        const read = principal && jobs.read(principal.actor.id, job, piece)
        return read ? accept(await read) : refuse('outputGone', 'job')
      }),
      service(closeOutput, ({ job }, { principal }) => {
        if (principal) jobs.close(principal.actor.id, job)
        return accept({})
      }),
    ],
  }
}
