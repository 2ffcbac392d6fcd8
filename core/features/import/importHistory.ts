import { basename, join } from 'node:path'
import { setImmediate as pause } from 'node:timers/promises'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { Spine } from '../../kernel/spine.ts'
import type { Mapping } from './mapping.ts'
import { Planner } from './plan.ts'
import { DamagedFileError, openRows, type Batch } from './rowStream.ts'
import { Rejects } from './rejects.ts'
import { standingsOf, type Standing, type Standings } from './standings.ts'

const BATCH = 200

/** What an import needs of the service center. */
export type Desk = Pick<Spine, 'folder' | 'db' | 'subjects' | 'pipeline'>

export interface ImportOptions {
  /** A CSV, or a zip that holds one. */
  readonly file: string
  readonly mapping: Mapping
  /** UTC ms: only rows that happened by then. */
  readonly asOf?: number
  /** Where rejected rows go; absent: `imports/` in the data folder. */
  readonly rejects?: string
  /** Rows a transaction; absent: so few that a slice of the one writer stays under 20 ms. */
  readonly batch?: number
  readonly progress?: (done: ImportProgress) => void
  /** Stops between two batches; what was taken in stays, and the next run goes on from there. */
  readonly signal?: AbortSignal
}

export interface ImportProgress {
  readonly bytes: number
  readonly totalBytes: number
  readonly rows: number
  /** Looking which rows are here already, then taking in the others. */
  readonly phase: 'looking' | 'importing'
}

/** Of the orders in this file, as they now stand. */
export interface ImportSummary extends Standings {
  /** Rows read, those rejected and those after `asOf` among them. */
  readonly rows: number
  readonly orders: number
  /** Added to the log by this run. */
  readonly events: number
  readonly rejected: number
  readonly rejectsFile: string | null
}

/**
 * Takes in the history of another ticket system as it happened (DESIGN §4): guards, timers and rules of today do not
 * judge it. The same rows again add nothing; a run that was stopped goes on where it stood. Refusals: those of
 * `openSource` and `rowReader`, `importStopped`, `fileDamaged`, and what a full or damaged data folder refuses with.
 */
export async function importHistory(app: Desk, options: ImportOptions): Promise<Result<ImportSummary>> {
  const { mapping, file } = options
  const rejects = new Rejects(options.rejects ?? join(app.folder, 'imports', `${basename(file)}.rejects.csv`))
  const planner = new Planner(mapping.name, app.db, app.subjects)
  const standings = new Map<string, Standing | null>()
  let events = 0
  try {
    if (!planner.fresh) {
      const looked = await pass(options, 'looking', ({ rows }) => {
        for (const row of rows) planner.survey(row)
        return accept(undefined)
      })
      if (!looked.ok) return looked
      planner.surveyed()
    }
    const read = await pass(options, 'importing', ({ rows, rejected }) => {
      for (const { row, reject } of rejected) rejects.add(row.line, reject, row.raw())
      const done = app.pipeline.ingest(planner.plan(rows), { kind: 'import', id: mapping.name })
      if (!done.ok) return done
      events += done.value.length
      for (const { order } of rows) if (!standings.has(order)) standings.set(order, null)
      for (const { subject } of done.value) if (subject.kind === 'workOrder') standings.set(subject.id, standingOf(app, subject.id))
      return accept(undefined)
    })
    if (!read.ok) return read
    await standUnchanged(app, standings)
    return accept({
      rows: read.value,
      orders: standings.size,
      events,
      rejected: rejects.count,
      rejectsFile: rejects.file,
      ...standingsOf([...standings.values()].filter((standing) => standing !== null)),
    })
  } finally {
    rejects.close()
  }
}

/** Reads the file once from end to end; returns how many rows it holds. */
async function pass(
  options: ImportOptions,
  phase: ImportProgress['phase'],
  take: (batch: Batch) => Result<unknown>,
): Promise<Result<number>> {
  const { file, mapping, asOf = Infinity, batch: most = BATCH, signal, progress } = options
  const opened = await openRows({ file, mapping, asOf, batch: most })
  if (!opened.ok) return opened
  const { batches, size, close } = opened.value
  let rows = 0
  try {
    for await (const batch of batches) {
      if (signal?.aborted) return refuse('importStopped')
      const taken = take(batch)
      if (!taken.ok) return taken
      rows = batch.read
      progress?.({ phase, rows, bytes: batch.bytes, totalBytes: size })
    }
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error
    return refuse('fileDamaged', 'file', { reason: error.message })
  } finally {
    close()
  }
  return accept(rows)
}

/** Where the orders stand of which this run added nothing. */
async function standUnchanged(app: Desk, standings: Map<string, Standing | null>): Promise<void> {
  let folded = 0
  for (const [order, standing] of standings) {
    if (standing !== null) continue
    standings.set(order, standingOf(app, order))
    folded += 1
    if (folded % 100 === 0) await pause()
  }
}

function standingOf(app: Desk, id: string): Standing {
  const { status, stage, firstContactAt, closedAt } = app.subjects.load<WorkOrderState>({ kind: 'workOrder', id }).state
  return { status, stage, firstContactAt, closedAt }
}
