import { canonical } from '#shared/domain/kernel/canonical.ts'
import type { SettingsState } from '#shared/domain/setting/fold.ts'
import { replaceRows, type Row } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const TABLE = { name: 'center_setting', key: ['name'] }

const rowsOf = (state: SettingsState | null): Row[] =>
  Object.entries(state?.changed ?? {}).map(([name, { value, at, by, event }]) => ({
    name,
    value: canonical(value),
    changed_at: at,
    changed_by: by,
    event,
  }))

export const settingRows: Projection<SettingsState> = {
  kind: 'settings',
  version: 1,
  tables: [TABLE.name],
  write(db, _id, before, after) {
    replaceRows(db, TABLE, rowsOf(before), rowsOf(after))
  },
}
