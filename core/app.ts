import { randomBytes } from 'node:crypto'
import { folds } from '#shared/domain/folds.ts'
import { features } from './features/index.ts'
import { Pipeline } from './kernel/pipeline.ts'
import { Subjects } from './kernel/subjects.ts'
import { EventLog } from './store/eventLog.ts'
import { openStore } from './store/open.ts'
import { one, run, type WritableDb } from './store/sql.ts'

export interface AppOptions {
  /** The data folder. */
  readonly data: string
  /** UTC ms; tests and demo data bring their own. */
  readonly clock?: () => number
}

/** The one composition root: builds the services in dependency order and stops them in reverse. */
export function createApp(options: AppOptions) {
  const clock = options.clock ?? Date.now
  const db = openStore(options.data)
  const log = new EventLog(db, originOf(db))
  const subjects = new Subjects(db, folds, features.flatMap((feature) => feature.projections))
  const pipeline = new Pipeline({
    db,
    log,
    subjects,
    clock,
    commands: new Map(features.flatMap((feature) => feature.commands).map((command) => [command.contract.name, command])),
    reactors: features.flatMap((feature) => feature.reactors ?? []),
  })
  return {
    db,
    log,
    subjects,
    pipeline,
    clock,
    queries: new Map(features.flatMap((feature) => feature.queries).map((query) => [query.contract.name, query])),
    close(): void {
      db.raw.close()
    },
  }
}

export type App = ReturnType<typeof createApp>

function originOf(db: WritableDb): string {
  const row = one<{ value: string }>(db, "SELECT value FROM setting WHERE name = 'origin'")
  if (row) return row.value
  const origin = `A-${randomBytes(5).toString('base64url')}`
  run(db, "INSERT INTO setting (name, value) VALUES ('origin', ?)", origin)
  return origin
}
