import { changeSetting, listSettings, settingsChanged, settingValues } from '#shared/contract/setting.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { decideSetting } from '#shared/domain/setting/decide.ts'
import { SETTINGS_ID } from '#shared/domain/setting/fold.ts'
import { SETTING_NAMES } from '#shared/domain/setting/settings.ts'
import { query, topic, type Feature } from '../../kernel/feature.ts'
import { handler } from '../../kernel/pipeline.ts'
import { all } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { settingRows } from './projection.ts'
import { readSettings } from './read.ts'

interface Changed {
  readonly name: string
  readonly at: number
  readonly by: string
  readonly event: string
}
const CHANGED = 'SELECT name, changed_at AS at, changed_by AS "by", event FROM center_setting'

export const setting: Feature = {
  name: 'setting',
  commands: [
    handler(changeSetting, (input, context) => {
      const decided = decideSetting(context.load('settings', SETTINGS_ID).state, input)
      return decided.ok ? accept({ events: decided.value, answer: {} }) : decided
    }),
  ],
  queries: [
    query(settingValues, (_input, { db }) => ({ values: { ...readSettings(db) } })),
    query(listSettings, (_input, { db }) => {
      const values = readSettings(db)
      const changed = new Map(all<Changed>(db, CHANGED).map((row) => [row.name, row]))
      const person = peopleOf(db)
      return {
        settings: SETTING_NAMES.map((name) => {
          const row = changed.get(name)
          return { name, value: values[name], changed: row ? { at: row.at, by: person(row.by), event: row.event } : null }
        }),
      }
    }),
  ],
  projections: [settingRows],
  topics: [
    topic(settingsChanged, (touched, _events, { db }) =>
      touched.some(({ kind }) => kind === 'settings') ? { values: { ...readSettings(db) } } : null,
    ),
  ],
}
