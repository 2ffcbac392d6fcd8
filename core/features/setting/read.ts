import {
  SETTING_NAMES,
  settingOf,
  type SettingName,
  type SettingValue,
  type SettingValues,
} from '#shared/domain/setting/settings.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'

/** What is set for the service center now, or the default that the program ships. One look by primary key. */
export function readSetting<Name extends SettingName>(db: ReadableDb, name: Name): SettingValue<Name> {
  const row = one<{ value: string }>(db, 'SELECT value FROM center_setting WHERE name = ?', name)
  return settingOf(name, row && JSON.parse(row.value))
}

export function readSettings(db: ReadableDb): SettingValues {
  const rows = all<{ name: string; value: string }>(db, 'SELECT name, value FROM center_setting')
  const stored = new Map(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, settingOf(name, stored.get(name))])) as SettingValues
}
