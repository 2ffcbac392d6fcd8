import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { done, id, instant } from './common.ts'
import { calendarSchema } from '../domain/sla/calendar.ts'
import { slaPolicySchema } from '../domain/sla/policy.ts'
import { workflowSchema } from '../domain/workflow/definition.ts'

const manage = { action: 'manage', subject: 'Configuration' } as const
const published = done.extend({ version: z.number().int() })

/** The version of a definition counts up by one: a publication based on older sight is refused as `stale`. */
export const publishWorkflow = defineCommand({
  name: 'configuration.publishWorkflow',
  summary: 'Publishes the next version of the workflow; orders finish their present stage under the old one.',
  input: z.object({ definition: workflowSchema }),
  output: published,
  permission: manage,
  audience: ['desk', 'local'],
})

export const publishSlaPolicy = defineCommand({
  name: 'configuration.publishSlaPolicy',
  summary: 'Publishes the next version of the SLA policy; it governs the stages entered from now on.',
  input: z.object({ definition: slaPolicySchema }),
  output: published,
  permission: manage,
  audience: ['desk', 'local'],
})

export const publishCalendar = defineCommand({
  name: 'configuration.publishCalendar',
  summary: 'Publishes the next version of a calendar, with its holidays and 调休.',
  input: z.object({ definition: calendarSchema }),
  output: published,
  permission: manage,
  audience: ['desk', 'local'],
})

const kind = z.enum(['workflow', 'slaPolicy', 'calendar'])
const read = { action: 'read', subject: 'Configuration' } as const

export const listDefinitions = defineQuery({
  name: 'configuration.list',
  summary: 'Every version of every definition, newest first.',
  input: z.object({ kind: kind.optional() }),
  output: z.object({
    definitions: z.array(
      z.object({ kind, id: z.string(), version: z.number().int(), publishedAt: instant, publishedBy: z.string() }),
    ),
  }),
  permission: read,
})

export const getDefinition = defineQuery({
  name: 'configuration.get',
  summary: 'A definition in full; without a version the newest, null where there is none.',
  input: z.object({ kind, id, version: z.number().int().positive().optional() }),
  output: z.object({
    definition: z
      .object({ kind, id: z.string(), version: z.number().int(), publishedAt: instant, content: z.unknown() })
      .nullable(),
  }),
  permission: read,
})
