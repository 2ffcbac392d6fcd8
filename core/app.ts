import { Attendants } from './attendants.ts'
import { publishDefaults } from './features/configuration/publishDefaults.ts'
import { features } from './features/index.ts'
import { IndexPurge } from './features/search/purge.ts'
import { removeCondemned } from './kernel/erasure.ts'
import { Attention } from './kernel/attention.ts'
import type { Ask } from './kernel/feature.ts'
import type { Host } from './kernel/host.ts'
import { Bulletin } from './kernel/bulletin.ts'
import { openSpine } from './kernel/spine.ts'
import { momentsOf } from './features/timeMachine/moments.ts'
import { zoneOfRows } from './features/perceivedTime/zone.ts'
import { Reader } from './reader/reader.ts'
import { Maintenance } from './maintenance/index.ts'
import { startCheckpointer } from './store/checkpointer.ts'
import { blame } from './store/errors.ts'
import { newestBackup } from './store/open.ts'

export interface AppOptions {
  /** The data folder; made when absent. Taken for this process alone. */
  readonly data: string
  /** UTC ms; tests and demo data bring their own. */
  readonly clock?: () => number
  /** What the next program that wants the folder is told: `serve`, `import` … */
  readonly program?: string
  /** For whoever looks after the service: a failed backup. Absent: the process's warnings. */
  readonly warn?: (message: string) => void
  /** Whoever can open another folder in the place of this one. */
  readonly host?: Host
}

/**
 * The one composition root: builds the services in dependency order and stops them in reverse. Throws a
 * DataFolderError where the folder cannot be used.
 */
export function createApp(options: AppOptions) {
  const spine = openSpine({ ...options, features })
  const { folder, db, desk, log, subjects, pipeline, blobs, clock } = spine
  try {
    publishDefaults(spine)
  } catch (error) {
    spine.close()
    blame(error, folder, { backup: newestBackup(folder) ?? '-' })
  }
  const warn = options.warn ?? ((message: string) => process.emitWarning(message, 'Loopdesk'))
  const maintenance = new Maintenance(spine, warn)
  const attention = new Attention()
  const queries = new Map(features.flatMap((feature) => feature.queries).map((query) => [query.contract.name, query]))
  let reader: Reader | undefined
  const ask: Ask = async ({ name }, input, principal) => {
    const query = queries.get(name)
    if (!query) throw new Error(`no query ${name}`)
    const answer = query.lane && reader
      ? reader.ask(query.lane, { name, input, now: clock(), principal })
      : query.handle(input as never, { db, now: clock(), principal, center: app })
    return (await answer) as never
  }
  const attendants = new Attendants(spine, ask, attention, warn)
  const purge = new IndexPurge(db)
  // What a crash kept from being deleted goes now.
  removeCondemned(db, blobs)
  pipeline.onCommitted((_touched, events) => {
    if (events.some(({ type }) => type === 'personErased')) {
      removeCondemned(db, blobs)
      // Pasts that are looked at hold the words in memory.
      momentsOf(db).closeAll()
    }
    void purge.run()
  })
  void purge.run()
  let stopCheckpointer: (() => void) | undefined
  const app = {
    folder,
    db,
    desk,
    log,
    subjects,
    pipeline,
    clock,
    blobs,
    maintenance,
    attention,
    host: options.host ?? null,
    openBeside: (data: string) => openSpine({ data, features, clock, program: 'going live' }),
    bulletin: new Bulletin(),
    queries,
    ask,
    /** For a service that stays: timers fire, messages leave, the folder is backed up every day. */
    start(): void {
      stopCheckpointer ??= startCheckpointer(db)
      reader ??= new Reader({ folder, zone: zoneOfRows(db) })
      maintenance.start()
      attendants.start()
    },
    /** The desktop program's alarm clock rang, or the computer woke up: look what is due. */
    tick(): void {
      attendants.tick()
    },
    /** Settles when no erased word is left in the file. */
    searchPurged: () => purge.run(),
    /** Settles when no timer that is due is left. */
    idle(): Promise<void> {
      return attendants.idle()
    },
    close(): void {
      attendants.stop()
      reader?.close()
      momentsOf(db).closeAll()
      reader = undefined
      maintenance.stop()
      stopCheckpointer?.()
      spine.close()
    },
  }
  return app
}

export type App = ReturnType<typeof createApp>
