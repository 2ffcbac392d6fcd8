import { parentPort, workerData } from 'node:worker_threads'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { features } from '../features/index.ts'
import { sumByDaysOf } from '../features/perceivedTime/zone.ts'
import { openReadOnly } from '../store/open.ts'
import type { ReaderData, ReaderJob, ReaderReport } from './job.ts'

/** The thread that answers long questions: a connection of its own that cannot write, one question after the other. */
const { folder, zone } = workerData as ReaderData
const db = openReadOnly(folder)
db.raw.pragma('temp_store = MEMORY')
db.raw.pragma('cache_size = -65536')
sumByDaysOf(db, zone)
const queries = new Map(features.flatMap((feature) => feature.queries).map((query) => [query.contract.name, query]))

async function answer({ id, name, input, now, principal }: ReaderJob): Promise<ReaderReport> {
  const query = queries.get(name)
  if (!query) return { id, kind: 'failed', error: new Error(`no query ${name}`) }
  // All of an answer is read as the log stood at one moment.
  db.raw.exec('BEGIN')
  try {
    return { id, kind: 'done', value: await query.handle(input as never, { db, now, principal }) }
  } catch (error) {
    if (error instanceof Error && 'refusal' in error) return { id, kind: 'refused', refusal: error.refusal as Refusal }
    return { id, kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
  } finally {
    db.raw.exec('COMMIT')
  }
}

let last = Promise.resolve()
parentPort?.on('message', (job: ReaderJob) => {
  last = last.then(async () => parentPort?.postMessage(await answer(job)))
})
