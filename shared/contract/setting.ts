import * as z from 'zod'
import { defineCommand, defineQuery, defineTopic } from './define.ts'
import { base, done, id, instant } from './common.ts'
import { SETTING_NAMES } from '../domain/setting/settings.ts'

const name = z.enum(SETTING_NAMES)
/** By name; what each is says `SETTINGS`, which both sides read. */
const values = z.record(z.string(), z.unknown())
const look = { action: 'use', subject: 'Session' } as const

export const changeSetting = defineCommand({
  name: 'setting.change',
  summary: 'Changes one setting of the service center.',
  input: z.object({ name, value: z.unknown(), base: base.nullable().optional() }),
  output: done,
  permission: { action: 'change', subject: 'Configuration' },
  audience: ['desk', 'local'],
})

export const settingValues = defineQuery({
  name: 'setting.values',
  summary: 'What is set, by name: all that screens work by.',
  input: z.object({}),
  output: z.object({ values }),
  permission: look,
  audience: ['desk', 'local'],
})

export const listSettings = defineQuery({
  name: 'setting.list',
  summary: 'Every setting with its value and who changed it when; null: it is as the program ships it.',
  input: z.object({}),
  output: z.object({
    settings: z.array(
      z.object({
        name,
        value: z.unknown(),
        changed: z
          .object({ at: instant, by: z.object({ id, name: z.string() }), event: z.string() })
          .nullable(),
      }),
    ),
  }),
  permission: { action: 'read', subject: 'Configuration' },
  audience: ['desk', 'local'],
})

export const settingsChanged = defineTopic({
  name: 'setting',
  summary: 'What is set from now on, after any change.',
  message: z.object({ values }),
  permission: look,
})
