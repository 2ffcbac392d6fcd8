import { randomBytes } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import type { PlanContent } from './propose.ts'
import type { PlanSpec } from './spec.ts'
import type { PlanProgress, PlanReport } from './thread.ts'

export type PlanState = 'running' | 'ready' | 'cancelled' | 'failed' | 'accepted' | 'discarded'

export interface PlanRow {
  readonly id: string
  readonly kind: PlanSpec['kind']
  readonly state: PlanState
  readonly day: string
  readonly days: number
  readonly by_user: string
  readonly started_at: number
  readonly content: string | null
}

const NONE: PlanProgress = { used: 0, iterations: 0, cost: 0, unserved: 0 }
/** How often a run looks whether its data folder is still open. */
const LOOK_MS = 200
/** What was put away, or accepted, is looked at no longer. */
const KEPT_MS = 14 * 86_400_000

interface Run {
  readonly ending: Int32Array
  progress: PlanProgress
  end(state: PlanState, content: PlanContent | null): void
}

const running = new WeakMap<Database.Database, Map<string, Run>>()

function runsOf(db: ReadableDb): Map<string, Run> {
  let runs = running.get(db.raw)
  if (!runs) running.set(db.raw, (runs = new Map()))
  return runs
}

/** Runs at the same time for a desk: each takes a core. */
const MOST_RUNS = 2
export const isBusy = (db: ReadableDb): boolean => runsOf(db).size >= MOST_RUNS

export interface PlanDesk {
  readonly db: WritableDb
  readonly folder: string
  readonly now: number
  tell(plan: string, state: PlanState, progress: PlanProgress): void
}

/** Plans beside the event loop; how far it is says `planOf`, and `tell` at each step. */
export function startRun({ db, folder, now, tell }: PlanDesk, spec: PlanSpec, by: string): string {
  const id = `plan-${randomBytes(9).toString('hex')}`
  run(db, 'DELETE FROM dispatch_plan WHERE started_at < ?', now - KEPT_MS)
  run(
    db,
    "INSERT INTO dispatch_plan (id, kind, state, day, days, by_user, started_at) VALUES (?,?,'running',?,?,?,?)",
    id,
    spec.kind,
    spec.day,
    spec.days,
    by,
    now,
  )
  const ending = new SharedArrayBuffer(4)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { folder, spec, now, ending } })
  const runs = runsOf(db)
  const end: Run['end'] = (state, content) => {
    if (!runs.delete(id)) return
    clearInterval(watch)
    void worker.terminate()
    if (!db.raw.open) return
    keep(db, id, state, content)
    tell(id, state, own.progress)
  }
  const own: Run = { ending: new Int32Array(ending), progress: NONE, end }
  runs.set(id, own)
  // A closed folder is nobody's to plan for any more.
  const watch = setInterval(() => db.raw.open || end('failed', null), LOOK_MS).unref()
  worker.unref()
  worker.on('message', (report: PlanReport) => {
    if (report.kind === 'ready') {
      own.progress = { used: 1, iterations: report.content.iterations, cost: report.content.cost, unserved: report.content.unserved.length }
      return end('ready', report.content)
    }
    own.progress = report.progress
    if (runs.has(id) && db.raw.open) tell(id, 'running', own.progress)
  })
  worker.on('error', (error) => {
    process.emitWarning(`a plan failed: ${String(error)}`, 'Loopdesk')
    end('failed', null)
  })
  worker.on('exit', () => end('failed', null))
  return id
}

/** False: it does not run. @param best end with the best so far, rather than with nothing */
export function cancelRun(db: ReadableDb, id: string, best: boolean): boolean {
  const own = runsOf(db).get(id)
  if (!own) return false
  if (best) Atomics.store(own.ending, 0, 1)
  else own.end('cancelled', null)
  return true
}

export function keep(db: WritableDb, id: string, state: PlanState, content: PlanContent | null): void {
  run(db, 'UPDATE dispatch_plan SET state = ?, content = coalesce(?, content) WHERE id = ?', state, content && JSON.stringify(content), id)
}

export interface KnownPlan extends Omit<PlanRow, 'content'> {
  readonly content: PlanContent | null
  readonly progress: PlanProgress
}

const known = (db: ReadableDb, { content, ...row }: PlanRow): KnownPlan => {
  const own = runsOf(db).get(row.id)
  const parsed = content === null ? null : (JSON.parse(content) as PlanContent)
  const ended: PlanProgress = parsed ? { used: 1, iterations: parsed.iterations, cost: parsed.cost, unserved: parsed.unserved.length } : NONE
  // The program ended while it ran.
  const state = row.state === 'running' && !own ? 'failed' : row.state
  return { ...row, state, content: parsed, progress: own?.progress ?? ended }
}

export function planOf(db: ReadableDb, id: string): KnownPlan | undefined {
  const row = one<PlanRow>(db, 'SELECT * FROM dispatch_plan WHERE id = ?', id)
  return row && known(db, row)
}

/** Newest first, without their contents. */
export const plansOf = (db: ReadableDb, day: string | undefined): KnownPlan[] =>
  all<PlanRow>(
    db,
    `SELECT id, kind, state, day, days, by_user, started_at, NULL AS content FROM dispatch_plan
     WHERE state IN ('running', 'ready') AND (:day IS NULL OR day = :day) ORDER BY started_at DESC, id LIMIT 50`,
    { day: day ?? null },
  )
    .map((row) => known(db, row))
    .filter(({ state }) => state === 'running' || state === 'ready')
