import { folds } from '#shared/domain/folds.ts'
import { writeStopAnchor } from '../store/anchors.ts'
import { BlobStore } from '../store/blobs.ts'
import { openDesk, type Desk } from '../store/desk.ts'
import { blame, troubleOf } from '../store/errors.ts'
import type { EventLog } from '../store/eventLog.ts'
import { newestBackup, openFolder } from '../store/open.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Feature } from './feature.ts'
import { Pipeline } from './pipeline.ts'
import { Subjects } from './subjects.ts'

export interface SpineOptions {
  /** The data folder; made when absent. */
  readonly data: string
  readonly features: readonly Feature[]
  /** UTC ms; tests and demo data bring their own. */
  readonly clock?: () => number
  /** What the next program that wants the folder is told: `serve`, `import` … */
  readonly program?: string
}

export interface Spine {
  readonly folder: string
  readonly db: WritableDb
  readonly desk: Desk
  readonly log: EventLog
  readonly subjects: Subjects
  readonly pipeline: Pipeline
  readonly blobs: BlobStore
  readonly clock: () => number
  /** Signs where the chain stands, leaves an anchor of it and gives the folder back. */
  close(): void
}

/** Log, folds and pipeline on a data folder: the app without its services. Throws a DataFolderError. */
export function openSpine(options: SpineOptions): Spine {
  const clock = options.clock ?? Date.now
  const { features } = options
  const { path: folder, db, close } = openFolder(options.data, options.program)
  try {
    const subjects = new Subjects(db, folds, features.flatMap((feature) => feature.projections))
    const desk = openDesk({ folder, db, clock, apply: (events) => subjects.apply(events) })
    const blobs = new BlobStore(folder)
    const pipeline = new Pipeline({
      db,
      log: desk.log,
      subjects,
      clock,
      commands: new Map(features.flatMap((feature) => feature.commands).map((command) => [command.contract.name, command])),
      reactors: features.flatMap((feature) => feature.reactors ?? []),
      blobs,
    })
    desk.signHead()
    return {
      folder,
      db,
      desk,
      log: desk.log,
      subjects,
      pipeline,
      blobs,
      clock,
      close() {
        if (!db.raw.open) return
        try {
          desk.signHead()
          writeStopAnchor(db, folder, clock())
        } catch (error) {
          // A full or damaged disk must not keep the folder locked: the next start signs.
          if (troubleOf(error, folder) === undefined) throw error
        } finally {
          close()
        }
      },
    }
  } catch (error) {
    close()
    blame(error, folder, { backup: newestBackup(folder) ?? '-' })
  }
}
