import { parentPort, workerData } from 'node:worker_threads'
import { reportOf, type AskedJob } from '../../kernel/askedThread.ts'
import { openReadOnly } from '../../store/open.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { features } from '../index.ts'
import { buildMoment, MOST_ORDERS, ordersOf } from './build.ts'
import type { MomentData, MomentNews } from './thread.ts'

/** The thread of one moment: it sets the desk of then up in its memory, and answers by it until it is given up. */
const { folder, asked } = workerData as MomentData
const say = (news: MomentNews): void => parentPort?.postMessage({ news })
/** Whose rows no question of the past reads. */
const UNREAD: ReadonlySet<string> = new Set(['search', 'pattern', 'ledger', 'monthEnd', 'notification'])
const queries = new Map(features.flatMap((feature) => feature.queries).map((query) => [query.contract.name, query]))

function build(): ReadableDb | undefined {
  const db = openReadOnly(folder)
  try {
    if (asked.basis === 'known' && !one(db, 'SELECT 1 FROM event WHERE hlc <= ? LIMIT 1', asked.at * 2048 + 2047)) {
      say({ kind: 'refused', refusal: { code: 'momentTooEarly', field: 'at' } })
      return undefined
    }
    const orders = ordersOf(db, asked)
    if (!orders) {
      say({ kind: 'refused', refusal: { code: 'momentTooLarge', field: 'days', params: { most: MOST_ORDERS } } })
      return undefined
    }
    say({ kind: 'begun', orders: orders.length })
    const projections = features.filter(({ name }) => !UNREAD.has(name)).flatMap((feature) => feature.projections)
    const { past, events } = buildMoment(db, projections, orders, asked, (done) => say({ kind: 'progress', done }))
    say({ kind: 'ready', events })
    return past
  } finally {
    db.raw.close()
  }
}

const past = build()
parentPort?.on('message', (job: AskedJob) => {
  void reportOf(job.id, () => {
    if (!past) throw new Error('nothing was set up')
    const { name, input, now, principal } = job
    return queries.get(name)?.handle(input as never, { db: past, now, principal })
  }).then((report) => parentPort?.postMessage(report))
})
