import { features } from './features/index.ts'
import { openSpine } from './kernel/spine.ts'
import { Maintenance } from './maintenance/index.ts'
import { BlobStore } from './store/blobs.ts'

export interface AppOptions {
  /** The data folder; made when absent. Taken for this process alone. */
  readonly data: string
  /** UTC ms; tests and demo data bring their own. */
  readonly clock?: () => number
  /** What the next program that wants the folder is told: `serve`, `import` … */
  readonly program?: string
  /** For whoever looks after the service: a failed backup. Absent: the process's warnings. */
  readonly warn?: (message: string) => void
}

/**
 * The one composition root: builds the services in dependency order and stops them in reverse. Throws a
 * DataFolderError where the folder cannot be used.
 */
export function createApp(options: AppOptions) {
  const spine = openSpine({ ...options, features })
  const { folder, db, desk, log, subjects, pipeline, clock } = spine
  const maintenance = new Maintenance(spine, options.warn ?? ((message) => process.emitWarning(message, 'Loopdesk')))
  return {
    folder,
    db,
    desk,
    log,
    subjects,
    pipeline,
    clock,
    blobs: new BlobStore(folder),
    maintenance,
    queries: new Map(features.flatMap((feature) => feature.queries).map((query) => [query.contract.name, query])),
    close(): void {
      maintenance.stop()
      spine.close()
    },
  }
}

export type App = ReturnType<typeof createApp>
