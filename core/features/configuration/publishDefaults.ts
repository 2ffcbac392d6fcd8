import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { canonical } from '#shared/domain/kernel/canonical.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import type { Subjects } from '../../kernel/subjects.ts'
import { DataFolderError } from '../../store/errors.ts'
import { DEFAULT } from './config.ts'

type Params = ConstructorParameters<typeof DataFolderError>[1]

const RESOURCES = new URL('../../../resources/', import.meta.url)

const read = (path: string): { id: string } => JSON.parse(readFileSync(new URL(path, RESOURCES), 'utf8')) as { id: string }

/**
 * Gives a new data folder the calendars, the SLA policy and the workflow that the program ships. What an
 * administrator has published since is left alone. The command's id follows from the content, so that all desks
 * that start alike make the same events.
 */
export function publishDefaults({ pipeline, subjects }: { pipeline: Pipeline; subjects: Subjects }): void {
  const calendars = readdirSync(new URL('calendars/', RESOURCES)).sort()
  // A policy names calendars: these first.
  for (const file of calendars) {
    const calendar = read(`calendars/${file}`)
    give('calendar', calendar.id, 'configuration.publishCalendar', calendar)
  }
  give('slaPolicy', DEFAULT, 'configuration.publishSlaPolicy', read('policies/default-sla.json'))
  give('workflow', DEFAULT, 'configuration.publishWorkflow', read('workflows/default.json'))

  function give(kind: 'calendar' | 'slaPolicy' | 'workflow', id: string, name: string, definition: object): void {
    if (subjects.load({ kind, id }).last !== null) return
    const digest = createHash('sha256').update(canonical(definition)).digest('base64url').slice(0, 22)
    const result = pipeline.execute({
      id: `default:${kind}:${digest}`,
      name,
      input: { definition },
      actor: { kind: 'system', id: 'defaults' },
    })
    if (result.ok) return
    const { code, params } = result.refusal
    if (code === 'diskFull' || code === 'folderDamaged') throw new DataFolderError(code, params as Params)
    throw new Error(`the ${kind} that the program ships is refused: ${JSON.stringify(result.refusal)}`)
  }
}
