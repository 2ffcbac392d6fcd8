import type { LiveStep } from '#shared/domain/live/steps.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import type { ReadableDb, WritableDb } from '../../store/sql.ts'

/** How far somebody went; of this data folder alone. */
export interface LiveProgress {
  readonly step: LiveStep
  readonly visited: readonly LiveStep[]
  /** UTC ms. */
  readonly finishedAt: number | null
}

const NAME = 'live'

export const readProgress = (db: ReadableDb): LiveProgress =>
  readSetting<LiveProgress>(db, NAME) ?? { step: 'choose', visited: [], finishedAt: null }

export const writeProgress = (db: WritableDb, progress: LiveProgress): void => writeSetting(db, NAME, progress)
