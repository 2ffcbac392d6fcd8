import { defaultPreferences, noticePreferences, type NoticePreferences } from '#shared/domain/notification/preferences.ts'
import { one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'

interface Stored {
  readonly preferences: NoticePreferences
  /** Whether the person chose, rather than the company. */
  readonly chosen: boolean
}

/** What was stored, where this program understands it. */
export function preferencesOf(db: ReadableDb, user: string): Stored {
  const row = one<{ content: string }>(db, 'SELECT content FROM notification_preference WHERE user = ?', user)
  const parsed = row && noticePreferences.safeParse(JSON.parse(row.content))
  if (parsed?.success) return { preferences: parsed.data, chosen: true }
  const company = { sound: readSetting(db, 'notification.sound'), quietHours: readSetting(db, 'notification.quietHours') }
  return { preferences: defaultPreferences(company), chosen: false }
}

/** @param now UTC ms */
export function keepPreferences(db: WritableDb, user: string, preferences: NoticePreferences, now: number): void {
  run(
    db,
    `INSERT INTO notification_preference (user, content, changed_at) VALUES (?, ?, ?)
     ON CONFLICT (user) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at`,
    user,
    JSON.stringify(preferences),
    now,
  )
}
