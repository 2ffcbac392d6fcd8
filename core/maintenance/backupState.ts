import type { Retention } from '../store/retention.ts'
import { readSetting } from '../store/settings.ts'
import type { ReadableDb } from '../store/sql.ts'

/** Setting `backup`: where and how many; absent: in the data folder, the default retention. */
export interface BackupSetting {
  readonly folder?: string
  readonly keep?: Retention
}

/** Setting `backupState`: what doctor tells. */
export interface BackupState {
  /** UTC ms of the last good one. */
  readonly at: number | null
  readonly file: string | null
  readonly failure: { readonly at: number; readonly message: string } | null
}

export const backupStateOf = (db: ReadableDb): BackupState =>
  readSetting<BackupState>(db, 'backupState') ?? { at: null, file: null, failure: null }
