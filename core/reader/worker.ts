import { parentPort, workerData } from 'node:worker_threads'
import { features } from '../features/index.ts'
import { keepPacked, packingOf } from '../features/insight/packed.ts'
import { sumByDaysOf } from '../features/perceivedTime/zone.ts'
import { reportOf, type AskedJob } from '../kernel/askedThread.ts'
import { openReadOnly } from '../store/open.ts'
import type { ReaderData } from './job.ts'

/** The thread that answers long questions: a connection of its own that cannot write, one question after the other. */
const { folder, zone, lane } = workerData as ReaderData
const IDLE_MS = 300
const db = openReadOnly(folder)
db.raw.pragma('temp_store = MEMORY')
db.raw.pragma('cache_size = -65536')
sumByDaysOf(db, zone)
keepPacked(db)
const queries = new Map(features.flatMap((feature) => feature.queries).map((query) => [query.contract.name, query]))

/** All of an answer is read as the log stood at one moment. */
async function answer({ name, input, now, principal }: AskedJob): Promise<unknown> {
  const query = queries.get(name)
  if (!query) throw new Error(`no query ${name}`)
  db.raw.exec('BEGIN')
  try {
    return await query.handle(input as never, { db, now, principal })
  } finally {
    db.raw.exec('COMMIT')
  }
}

/** What filtered figures are told from is packed beside the questions, in slices, by a connection of its own. */
async function pack(): Promise<void> {
  const from = openReadOnly(folder)
  try {
    from.raw.exec('BEGIN')
    const steps = packingOf(db, from)
    while (steps && !steps.next().done) await new Promise((resolve) => setImmediate(resolve))
  } finally {
    from.raw.close()
    packing = undefined
  }
}

let last = Promise.resolve()
let packing: NodeJS.Timeout | undefined
parentPort?.on('message', (job: AskedJob) => {
  last = last.then(async () => {
    parentPort?.postMessage(await reportOf(job.id, () => answer(job)))
    if (lane === 'figures') packing ??= setTimeout(() => void pack(), IDLE_MS)
  })
})
