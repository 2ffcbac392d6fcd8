import { parentPort, workerData } from 'node:worker_threads'
import { replan } from '#shared/domain/dispatch/replan.ts'
import { solve } from '#shared/domain/dispatch/solve.ts'
import { openReadOnly } from '../../store/open.ts'
import { prepare } from './prepare.ts'
import { propose } from './propose.ts'
import type { PlanJob, PlanReport } from './thread.ts'

/** The thread that plans: a connection of its own that cannot write, and a flag that tells it to end with what it has. */
const { folder, spec, now, ending } = workerData as PlanJob
const say = (report: PlanReport): void => parentPort?.postMessage(report)
const flag = new Int32Array(ending)

const db = openReadOnly(folder)
try {
  const prepared = prepare(db, spec, now)
  const plan = spec.kind === 'day' ? solve : replan
  const solution = plan(prepared.problem, {
    seed: spec.seed,
    milliseconds: spec.seconds * 1000,
    clock: () => performance.now(),
    ...(spec.iterations !== undefined && { iterations: spec.iterations }),
    cancelled: () => Atomics.load(flag, 0) !== 0,
    onProgress: ({ used, iterations, cost, unserved }) => say({ kind: 'progress', progress: { used, iterations, cost, unserved } }),
  })
  say({ kind: 'ready', content: propose(prepared, solution) })
} finally {
  db.raw.close()
}
